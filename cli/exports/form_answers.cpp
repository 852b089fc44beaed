// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/form_answers.h"

#include <algorithm>
#include <array>
#include <functional>

#include "cli/times/local_time.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/values.h"

namespace tocsin::cli {
namespace {

using workflow::FieldSource;
using workflow::TemplateField;
using Kind = FieldSource::Kind;

constexpr std::string_view kNotYetKnown = "Not yet known";

/// "26 August 2023" in a zone: no reader takes the month for the day.
std::string long_date(Instant at, const std::string& zone) {
  constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};
  const auto stamp = local_stamp(at, zone);  // 2023-08-26 20:10 BST
  const auto month = static_cast<std::size_t>(std::stoi(stamp.substr(5, 2)) - 1);
  return std::to_string(std::stoi(stamp.substr(8, 2))) + " " + std::string(months[month]) + " " + stamp.substr(0, 4);
}

std::string hour(Instant at, const std::string& zone) { return local_stamp(at, zone).substr(11, 5); }

/// A time known within limits, its ends written as `write` does.
std::string between(const workflow::Span& span, const std::function<std::string(Instant)>& write) {
  if (span.from && span.to) {
    const auto from = write(*span.from), to = write(*span.to);
    return from == to ? from : "between " + from + " and " + to;
  }
  if (span.from) return "not before " + write(*span.from);
  return span.to ? "not after " + write(*span.to) : "";
}

/// Our word as people read it: "vetting_level" is "vetting level".
std::string spaced(std::string word) {
  std::replace(word.begin(), word.end(), '_', ' ');
  return word;
}

class Answering {
 public:
  Answering(const CaseView& view, const Words& words, const DraftedDuty& duty, const workflow::NoticeTemplate& form)
      : view_(view), file_(*view.file), duty_(duty), form_(form), sources_(view, words, duty, form) {}

  FormAnswers answers() {
    result_.is_follow_up = sources_.is_follow_up();
    result_.is_late = sources_.is_late();
    for (const auto& section : form_.sections) {
      FormPart part{&section, asked(section), {}};
      if (part.asked == FormPart::Asked::yes)
        for (const auto& field : form_.fields)
          if (field.section == section.name && asked(field) == FormPart::Asked::yes) part.answers.push_back(answer(field));
      result_.parts.push_back(std::move(part));
    }
    check_contents();
    return std::move(result_);
  }

 private:
  FormPart::Asked asked(const auto& part) const {
    if (!part.when) return FormPart::Asked::yes;
    const auto known = sources_.known(*part.when, true);
    if (!known || known->unreadable) return FormPart::Asked::unknown;
    const auto has = listed(known->value);
    const bool is = std::any_of(has.begin(), has.end(), [&](const std::string& word) {
      return std::find(part.is.begin(), part.is.end(), word) != part.is.end();
    });
    return is ? FormPart::Asked::yes : FormPart::Asked::no;
  }

  FormAnswer answer(const TemplateField& field) {
    FormAnswer answer;
    answer.field = &field;
    if (!field.value.empty()) answer.lines = {field.value}, answer.is_known = true;
    for (const auto& source : field.from) {
      if (answer.is_known) break;
      if (auto known = sources_.known(source, true)) take(answer, source, *known);
      else if (source.kind == Kind::fact)
        for (const auto& one : sources_.besides(source.name)) answer.besides.push_back(one);
    }
    if (answer.is_known) return answer;
    if (!field.optional) answer.lines = {field.unknown.empty() ? std::string(kNotYetKnown) : field.unknown};
    say_next(answer);
    return answer;
  }

  void take(FormAnswer& answer, const FieldSource& source, const Known& known) {
    const auto& field = *answer.field;
    answer.is_unreadable = answer.is_unreadable || known.unreadable;
    answer.is_withheld = answer.is_withheld || known.is_withheld;
    if (known.unreadable) return;
    auto lines = written(field, known.value, answer.remark);
    if (lines.empty()) return;
    answer.lines = std::move(lines);
    answer.is_known = true;
    answer.is_unreadable = answer.is_withheld = false;
    answer.is_words = known.is_words;
    answer.said = known.said;
    answer.besides = known.besides;
    if (known.said.empty()) answer.derived = derived(source);
    if (known.is_words && !field.contact)
      result_.words.push_back({field.id, field.title, short_name(source), answer.lines.front()});
  }

  std::string derived(const FieldSource& source) const {
    switch (source.kind) {
      case Kind::state: return "from the decisions and notices of the case";
      case Kind::notification: return result_.is_follow_up ? "a filing stands" : "no filing stands";
      case Kind::lateness: return "from the deadline";
      default: break;
    }
    const auto* filing = sources_.filing(source.name);
    return filing == nullptr ? "from the case" : "from notice " + std::to_string(filing->number);
  }

  /// The value in the words of the form; none where the form has no word for it.
  std::vector<std::string> written(const TemplateField& field, const Json& value, std::string& remark) const {
    const auto& zone = view_.definition->zone;
    const auto span = workflow::span_of(value);
    switch (field.kind) {
      case TemplateField::Kind::choices: return chosen(field, value, remark);
      case TemplateField::Kind::number: return number(value, remark);
      case TemplateField::Kind::date: return one(between(span, [&](Instant at) { return long_date(at, zone); }));
      case TemplateField::Kind::hour: {
        const bool same_day = !span.from || !span.to || long_date(*span.from, zone) == long_date(*span.to, zone);
        return one(
            between(span, [&](Instant at) { return hour(at, zone) + (same_day ? "" : " on " + long_date(at, zone)); }));
      }
      case TemplateField::Kind::time: return one(between(span, [&](Instant at) { return local_time(at, zone); }));
      case TemplateField::Kind::flag:
      case TemplateField::Kind::text: break;
    }
    if (field.words.empty()) return one(value.is_text() ? value.text() : shown(value));
    const auto ours = listed(value);
    for (const auto& [word, theirs] : field.words)
      if (std::find(ours.begin(), ours.end(), word) != ours.end()) return {theirs};
    return {};
  }

  static std::vector<std::string> one(std::string text) {
    return text.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::move(text)};
  }

  static std::vector<std::string> number(const Json& value, std::string& remark) {
    if (value.is_integer()) return {std::to_string(value.integer())};
    const auto range = workflow::range_of(value);
    if (!range.to) return range.from ? one("At least " + std::to_string(*range.from)) : one("");
    if (range.from) remark = "at least " + std::to_string(*range.from) + "; the form is given the most it can be";
    else remark = "the most it can be";
    return {std::to_string(*range.to)};
  }

  /// Every choice of the form that one of our words means, in the order of the form's map; what it has no word for stands behind its word
  /// for that.
  static std::vector<std::string> chosen(const TemplateField& field, const Json& value, std::string& remark) {
    std::vector<std::string> lines, rest;
    const auto ours = listed(value);
    for (const auto& [word, theirs] : field.words)
      if (std::find(ours.begin(), ours.end(), word) != ours.end() &&
          std::find(lines.begin(), lines.end(), theirs) == lines.end())
        lines.push_back(theirs);
    for (const auto& word : ours)
      if (std::none_of(field.words.begin(), field.words.end(), [&](const auto& pair) { return pair.first == word; }))
        rest.push_back(spaced(word));
    std::string listed_rest;
    for (const auto& word : rest) listed_rest += (listed_rest.empty() ? "" : ", ") + word;
    if (rest.empty()) return lines;
    if (field.words.empty()) return {listed_rest};
    if (!field.other.empty()) lines.push_back(field.other + ": " + listed_rest);
    else remark = "the form has no word for " + listed_rest;
    return lines;
  }

  /// How a gap is filled: the first fact that the case's workflow asks, or the reference that is awaited.
  void say_next(FormAnswer& answer) const {
    for (const auto& source : answer.field->from) {
      if (const auto* filing = source.kind == Kind::reference ? sources_.filing(source.name) : nullptr) {
        answer.next = "notice receipt " + file_.ref + " " + std::to_string(filing->number) + " --reference REF";
        return;
      }
      const bool is_of_a_fact = source.kind == Kind::fact || source.kind == Kind::begin || source.kind == Kind::end;
      answer.asks = is_of_a_fact ? view_.definition->fact(source.name) : nullptr;
      if (answer.asks == nullptr) continue;
      answer.next = "case set " + file_.ref + " " +
                    workflow::fact_seen_from(*view_.definition, file_, duty_.data_set, source.name) + "=...";
      return;
    }
  }

  void check_contents() {
    std::vector<std::string> clocks = {duty_.clock->id};
    if (!form_.clocks.empty()) {
      auto first = form_.clock_for(form_.clocks.front(), duty_.clock->id);
      if (first != duty_.clock->id) clocks.insert(clocks.begin(), std::move(first));
    }
    for (const auto& id : clocks)
      if (const auto* clock = view_.definition->clock(id))
        for (const auto& content : clock->contents) result_.contents.push_back({&content, state_of(content)});
  }

  ContentCheck::State state_of(const workflow::Content& content) const {
    const bool by_a_fact = std::any_of(content.facts.begin(), content.facts.end(), [&](const std::string& name) {
      return sources_.known({Kind::fact, name}, true).has_value();
    });
    if (by_a_fact || is_met(content.field)) return ContentCheck::State::present;
    if (content.where_possible) return ContentCheck::State::where_possible;
    return content.may_follow ? ContentCheck::State::may_follow : ContentCheck::State::absent;
  }

  bool is_met(const std::string& content) const {
    for (const auto& part : result_.parts)
      for (const auto& answer : part.answers)
        if (answer.is_known &&
            std::find(answer.field->meets.begin(), answer.field->meets.end(), content) != answer.field->meets.end())
          return true;
    return false;
  }

  const CaseView& view_;
  const case_file::CaseFile& file_;
  const DraftedDuty& duty_;
  const workflow::NoticeTemplate& form_;
  const DraftSources sources_;
  FormAnswers result_;
};

}  // namespace

std::string_view word(ContentCheck::State state) {
  switch (state) {
    case ContentCheck::State::present: return "present";
    case ContentCheck::State::may_follow: return "may_follow";
    case ContentCheck::State::where_possible: return "where_possible";
    case ContentCheck::State::absent: break;
  }
  return "absent";
}

FormAnswers answer_form(const CaseView& view, const Words& words, const DraftedDuty& duty,
                        const workflow::NoticeTemplate& form) {
  return Answering(view, words, duty, form).answers();
}

}  // namespace tocsin::cli
