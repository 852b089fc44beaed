// SPDX-License-Identifier: Apache-2.0
#include "engine/screening/identifiers.h"

#include <algorithm>

#include "engine/screening/number_run.h"
#include "engine/screening/plain_text.h"
#include "engine/screening/searches.h"

namespace tocsin::screening {
namespace {

std::size_t after_one_between(const PlainText& text, std::size_t i) {
  return text.at(i) == ' ' || text.at(i) == '-' || text.at(i) == '.' ? i + 1 : i;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// The check of ISO/IEC 7812: every second digit from the right counts double.
bool passes_luhn(std::string_view digits) {
  int sum = 0;
  bool doubled = false;
  for (auto at = digits.rbegin(); at != digits.rend(); ++at, doubled = !doubled) {
    const int digit = *at - '0';
    sum += !doubled ? digit : digit > 4 ? 2 * digit - 9 : 2 * digit;
  }
  return sum % 10 == 0;
}

/// Whether a network issues cards that begin so and are so long.
bool is_issued(std::string_view digits) {
  const auto number = [&](std::size_t count) {
    int value = 0;
    for (const char c : digits.substr(0, count)) value = value * 10 + (c - '0');
    return value;
  };
  const auto between = [](int value, int from, int to) { return value >= from && value <= to; };
  switch (digits.size()) {
    case 13: return number(1) == 4;
    case 14: return number(2) == 36 || number(2) == 38 || between(number(3), 300, 305);
    case 15: return number(2) == 34 || number(2) == 37;
    case 16:
      return number(1) == 4 || between(number(2), 50, 69) || between(number(4), 2221, 2720) ||
             between(number(4), 3528, 3589);
    case 17:
    case 18:
    case 19: return number(1) == 4 || number(2) == 50 || between(number(2), 56, 69);
    default: return false;
  }
}

}  // namespace

std::string_view word(Kind kind) {
  switch (kind) {
    case Kind::email: return "email";
    case Kind::telephone: return "telephone";
    case Kind::national_insurance: return "national_insurance";
    case Kind::card: return "card";
    case Kind::pay_number: return "pay_number";
    case Kind::warrant_number: return "warrant_number";
    case Kind::name: break;
  }
  return "name";
}

std::string_view title(Kind kind) {
  switch (kind) {
    case Kind::email: return "an e-mail address";
    case Kind::telephone: return "a telephone number";
    case Kind::national_insurance: return "a National Insurance number";
    case Kind::card: return "the number of a payment card";
    case Kind::pay_number: return "a pay or staff number";
    case Kind::warrant_number: return "a warrant, collar or pass number";
    case Kind::name: break;
  }
  return "likely the name of a person";
}

/// Two letters, six digits, A to D: AB123456C, ab 12 34 56 c. The letters are those that are given out, and QQ, which examples use.
void search_national_insurance(const PlainText& text, std::vector<Hit>& hits) {
  constexpr std::string_view never_first = "DFIQUV", never_second = "DFIOQUV";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!text.begins_word(i)) continue;
    const char first = upper(text.at(i)), second = upper(text.at(i + 1));
    if (first < 'A' || first > 'Z' || second < 'A' || second > 'Z') continue;
    const bool is_example = first == 'Q' && second == 'Q';
    if (!is_example &&
        (never_first.find(first) != std::string_view::npos || never_second.find(second) != std::string_view::npos))
      continue;
    auto k = i + 2;
    bool fits = true;
    for (int pair = 0; pair < 3 && fits; ++pair) {
      k = after_one_between(text, k);
      fits = text.is_digit(k) && text.is_digit(k + 1);
      k += 2;
    }
    if (!fits) continue;
    k = after_one_between(text, k);
    const char last = upper(text.at(k));
    if (last < 'A' || last > 'D' || text.is_word(k + 1)) continue;
    hits.push_back({Kind::national_insurance, i, k + 1});
  }
}

void search_cards(const PlainText& text, const std::vector<bool>& explained, std::vector<Hit>& hits) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!text.is_digit(i) || text.is_digit(i - 1) || !may_begin(text, i)) continue;
    const auto run = run_at(text, explained, i, false);
    for (std::size_t count = run.groups.size(); count > 0; --count) {
      const auto digits = run.first_digits(count);
      if (!is_issued(digits) || !passes_luhn(digits)) continue;
      hits.push_back({Kind::card, i, run.groups[count - 1].end});
      break;
    }
  }
}

std::vector<Finding> find_identifiers(std::string_view words) {
  const PlainText text(words);
  const auto marks = explained(text);
  std::vector<Hit> hits;
  search_addresses(text, hits);
  search_national_insurance(text, hits);
  search_cards(text, marks, hits);
  search_labelled_numbers(text, marks, hits);
  search_telephones(text, marks, hits);

  std::vector<bool> taken(text.size(), false);
  std::vector<Hit> kept;
  for (const auto& hit : hits) {
    const auto from = taken.begin() + static_cast<std::ptrdiff_t>(hit.from);
    const auto end = taken.begin() + static_cast<std::ptrdiff_t>(hit.end);
    if (std::find(from, end, true) != end) continue;
    std::fill(from, end, true);
    kept.push_back(hit);
  }
  std::sort(kept.begin(), kept.end(), [](const Hit& a, const Hit& b) { return a.from < b.from; });
  std::vector<Finding> findings;
  for (const auto& hit : kept) findings.push_back(text.finding(hit.kind, hit.from));
  return findings;
}

}  // namespace tocsin::screening
