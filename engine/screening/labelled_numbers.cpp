// SPDX-License-Identifier: Apache-2.0
// Numbers that only their label tells: "pay number 4711", "warrant no. 123456", "PC 4711", "ext. 4711", and what is listed after them.
#include <algorithm>
#include <array>
#include <string_view>

#include "engine/screening/number_run.h"
#include "engine/screening/searches.h"

namespace tocsin::screening {
namespace {

/// A word that a number may follow.
struct Label {
  std::string_view words;
  Kind kind;
  enum class Marker { required, singular, optional } marker;  ///< "number", "no."; singular: "staff numbers" are a count
  std::size_t least;                                          ///< digits
};

// clang-format off
constexpr Label labels[] = {
    {"pay",                Kind::pay_number,         Label::Marker::required, 3},
    {"payroll",            Kind::pay_number,         Label::Marker::required, 3},
    {"salary",             Kind::pay_number,         Label::Marker::required, 3},
    {"assignment",         Kind::pay_number,         Label::Marker::required, 3},
    {"personnel",          Kind::pay_number,         Label::Marker::singular, 3},
    {"staff",              Kind::pay_number,         Label::Marker::singular, 3},
    {"employee",           Kind::pay_number,         Label::Marker::singular, 3},
    {"warrant",            Kind::warrant_number,     Label::Marker::optional, 4},
    {"warrant card",       Kind::warrant_number,     Label::Marker::optional, 4},
    {"collar",             Kind::warrant_number,     Label::Marker::required, 2},
    {"shoulder",           Kind::warrant_number,     Label::Marker::required, 2},
    {"epaulette",          Kind::warrant_number,     Label::Marker::required, 2},
    {"badge",              Kind::warrant_number,     Label::Marker::required, 2},
    {"pass",               Kind::warrant_number,     Label::Marker::required, 3},
    {"identity card",      Kind::warrant_number,     Label::Marker::required, 3},
    {"id card",            Kind::warrant_number,     Label::Marker::required, 3},
    {"officer",            Kind::warrant_number,     Label::Marker::singular, 3},
    {"force",              Kind::warrant_number,     Label::Marker::singular, 3},
    {"service",            Kind::warrant_number,     Label::Marker::singular, 3},
    {"national insurance", Kind::national_insurance, Label::Marker::optional, 6},
    {"ni",                 Kind::national_insurance, Label::Marker::required, 6},
    {"nino",               Kind::national_insurance, Label::Marker::optional, 6},
    {"telephone",          Kind::telephone,          Label::Marker::optional, 5},
    {"phone",              Kind::telephone,          Label::Marker::optional, 5},
    {"tel",                Kind::telephone,          Label::Marker::optional, 5},
    {"mobile",             Kind::telephone,          Label::Marker::optional, 5},
    {"mob",                Kind::telephone,          Label::Marker::optional, 5},
    {"fax",                Kind::telephone,          Label::Marker::optional, 5},
    {"extension",          Kind::telephone,          Label::Marker::optional, 3},
    {"ext",                Kind::telephone,          Label::Marker::optional, 3},
};
/// Ranks, in capitals: PC 4711 is a collar number. A year behind them is none.
constexpr std::string_view ranks[] = {"PC", "WPC", "TPC", "DC", "TDC", "PS", "DS", "SC", "PCSO", "Sgt", "Insp", "DI"};
constexpr std::string_view markers[] = {"numbers", "number", "nos", "no", "nr", "num", "ids", "id", "refs", "ref", "reference"};
constexpr std::string_view plurals[] = {"numbers", "nos", "ids", "refs"};
constexpr std::string_view counted[] = {"people", "persons", "officers", "staff", "records", "employees", "members", "individuals",
                                        "cards", "files", "entries", "users", "data", "items", "pounds", "euros", "times", "digits",
                                        "calls", "of", "per", "were", "are", "percent", "million", "thousand"};
// clang-format on

std::size_t after_any(const PlainText& text, std::size_t i, const auto& words, std::string_view* found = nullptr) {
  for (const auto& word : words)
    if (const auto end = text.after(i, word)) {
      if (found != nullptr) *found = word;
      return end;
    }
  return 0;
}

/// Past spaces and at most one line break.
std::size_t after_gap(const PlainText& text, std::size_t i) {
  for (bool broken = false; text.at(i) == ' ' || (text.at(i) == '\n' && i < text.size() && !broken); ++i)
    broken = broken || text.at(i) == '\n';
  return i;
}

/// Past what may stand between a label and its number.
std::size_t after_fillers(const PlainText& text, std::size_t i) {
  constexpr std::string_view marks = ":=#-.|(\"'";
  for (int k = 0; k < 6; ++k) {
    i = after_gap(text, i);
    const bool ends_a_sentence = text.at(i) == '.' && text.at(i + 1) == '\n';
    if (!ends_a_sentence && marks.find(text.at(i)) != std::string_view::npos) ++i;
    else if (const auto word = after_any(text, i, std::array<std::string_view, 5>{"is", "was", "are", "were", "being"}))
      i = word;
    else break;
  }
  return i;
}

bool begins_a_year(const PlainText& text, std::size_t i) {
  return (text.at(i) == '1' && text.at(i + 1) == '9') || (text.at(i) == '2' && text.at(i + 1) == '0');
}

struct Value {
  std::size_t end = 0;  ///< 0: none stands there
  std::size_t digits = 0;
  bool has_letters = false;
  bool is_year = false;
  bool is_round = false;
};

/// "123456", "P123456", "AB-12345", "4711K"; not 47,000, not what is explained, not a part of something longer.
Value value_at(const PlainText& text, const std::vector<bool>& explained, std::size_t i) {
  Value value;
  const auto from = i;
  for (std::size_t letters = 0; text.is_letter(i) && letters < 4; ++letters) ++i;
  if (i > from && (text.at(i) == '-' || text.at(i) == '/') && text.is_digit(i + 1)) ++i;
  const auto digits_from = i;
  for (; text.is_digit(i); ++i)
    if (explained[i]) return {};
  value.digits = i - digits_from;
  const auto digits_end = i;
  if (text.is_letter(i)) ++i;
  if (value.digits == 0 || text.is_word(i)) return {};
  const bool goes_on = (text.at(i) == ',' || text.at(i) == '.') && text.is_digit(i + 1);
  const bool is_a_reference = (text.at(i) == '-' || text.at(i) == '/') && text.is_word(i + 1);
  if (goes_on || is_a_reference) return {};
  if (after_any(text, after_gap(text, i), counted) != 0 || text.at(i) == '%') return {};
  value.has_letters = digits_from > from || i > digits_end;
  value.is_year = !value.has_letters && value.digits == 4 && begins_a_year(text, from);
  value.is_round = value.digits >= 3 && text.at(digits_end - 1) == '0' && text.at(digits_end - 2) == '0';
  value.end = i;
  return value;
}

/// A telephone number, with what people write between its digits.
Value telephone_at(const PlainText& text, const std::vector<bool>& explained, std::size_t i) {
  if (text.at(i) == '+' || text.at(i) == '(') ++i;
  Value value;
  const auto run = run_at(text, explained, i, true);
  if (run.groups.empty()) return value;
  if (after_any(text, after_gap(text, run.end), counted) != 0) return value;
  value.digits = run.digits.size();
  value.is_year = value.digits == 4 && begins_a_year(text, i);
  value.end = run.digits.size() > 15 ? 0 : run.end;  // the longest there is, by E.164
  return value;
}

class Search {
 public:
  Search(const PlainText& text, const std::vector<bool>& explained, std::vector<Hit>& hits)
      : text_(text), explained_(explained), hits_(hits) {}

  void label_at(std::size_t i) {
    for (const auto& label : labels)
      if (auto end = text_.after(i, label.words)) number_after(label, end);
  }

  void rank_at(std::size_t i) {
    for (const auto& rank : ranks) {
      if (text_.text().compare(i, rank.size(), rank) != 0 || text_.is_word(i + rank.size())) continue;
      const auto at = after_gap(text_, i + rank.size());
      const auto value = value_at(text_, explained_, at);
      const bool fits = value.end != 0 && text_.is_digit(at) && value.digits >= 3 && value.digits <= 6 && !value.is_year;
      if (fits) hits_.push_back({Kind::warrant_number, at, value.end});
    }
  }

 private:
  Value read(Kind kind, std::size_t i) const {
    return kind == Kind::telephone ? telephone_at(text_, explained_, i) : value_at(text_, explained_, i);
  }

  void number_after(const Label& label, std::size_t i) {
    std::string_view marker;
    auto k = after_gap(text_, i);
    const auto marked = after_any(text_, k, markers, &marker);
    const bool sharp = text_.at(k) == '#';
    if (marked != 0) k = marked;
    else if (sharp) ++k;
    else if (label.marker != Label::Marker::optional) return;
    if (marked != 0 && text_.at(k) == '(' && text_.at(k + 1) == 's' && text_.at(k + 2) == ')') k += 3;
    const bool is_plural = std::find(std::begin(plurals), std::end(plurals), marker) != std::end(plurals);
    const bool is_marked = marked != 0 || sharp || text_.at(after_gap(text_, k)) == ':';
    take_list(label, after_fillers(text_, k), is_marked, is_plural);
  }

  /// The number, and those listed after it with commas, strokes and "and".
  void take_list(const Label& label, std::size_t i, bool is_marked, bool is_plural) {
    for (int taken = 0; taken < 10'000; ++taken) {
      const auto value = read(label.kind, i);
      const bool may_be_a_count =
          label.marker == Label::Marker::singular && is_plural && !value.has_letters && (value.digits < 5 || value.is_round);
      if (value.end == 0 || value.digits < label.least || (value.is_year && !is_marked) || may_be_a_count) return;
      hits_.push_back({label.kind, i, value.end});
      i = after_gap(text_, value.end);
      bool goes_on = false;
      for (const char c : {',', '/', '&'})
        if (text_.at(i) == c && i < text_.size()) i = after_gap(text_, i + 1), goes_on = true;
      if (const auto word = after_any(text_, i, std::array<std::string_view, 2>{"and", "or"}))
        i = after_gap(text_, word), goes_on = true;
      if (!goes_on) return;
    }
  }

  const PlainText& text_;
  const std::vector<bool>& explained_;
  std::vector<Hit>& hits_;
};

}  // namespace

void search_labelled_numbers(const PlainText& text, const std::vector<bool>& explained, std::vector<Hit>& hits) {
  Search search(text, explained, hits);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!text.begins_word(i) || !text.is_letter(i)) continue;
    search.label_at(i);
    search.rank_at(i);
  }
}

}  // namespace tocsin::screening
