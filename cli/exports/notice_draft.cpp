// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/notice_draft.h"

#include <algorithm>

#include "cli/local_time.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/values.h"

namespace tocsin::cli {
namespace {

using case_file::CaseFile;
using case_file::Claim;
using case_file::ObligationFile;
using workflow::FieldSource;
using workflow::TemplateField;
using Kind = FieldSource::Kind;
using State = obligation::State;

/// A value as the case has it: stored form, or words that were read or could not be.
struct Known {
  Json value;
  bool unreadable = false;
};

std::optional<Known> words_of(const Words& words, const case_file::TextRef& text) {
  if (!text) return std::nullopt;
  const auto found = words.find({text.n, text.field});
  if (found == words.end() || !found->second) return Known{{}, true};
  return Known{Json(*found->second)};
}

std::optional<Known> value_of(const Words& words, const Claim* claim) {
  if (claim == nullptr || !claim->is_known()) return std::nullopt;
  return claim->vaulted ? words_of(words, {claim->n, "value"}) : Known{claim->value};
}

std::vector<std::string> listed(const Json& value) {
  std::vector<std::string> out;
  if (value.is_text()) out.push_back(value.text());
  for (const auto& item : value.items()) out.push_back(item.text());
  return out;
}

/// Fills the fields of one form.
class Filling {
 public:
  Filling(const CaseView& view, const Words& words, const DraftedDuty& duty, const workflow::NoticeTemplate& form)
      : view_(view), file_(*view.file), words_(words), duty_(duty), form_(form) {}

  FilledForm fill() {
    for (const auto& field : form_.fields)
      if (!asks_completeness(field)) put(field);
    for (const auto& field : form_.fields)
      if (asks_completeness(field)) put(field);
    return std::move(filled_);
  }

 private:
  static bool asks_completeness(const TemplateField& field) {
    return std::any_of(field.from.begin(), field.from.end(),
                       [](const FieldSource& source) { return source.kind == Kind::completeness; });
  }

  void put(const TemplateField& field) {
    if (field.when) {
      const auto known = known_of(*field.when);
      if (!known || known->unreadable) return lack(field, {*field.when}, known.has_value());
      const auto has = listed(known->value);
      const bool is_asked = std::any_of(has.begin(), has.end(), [&](const std::string& word) {
        return std::find(field.is.begin(), field.is.end(), word) != field.is.end();
      });
      if (!is_asked && !field.otherwise.empty()) filled_.document.set(field.id, field.otherwise);
      if (!is_asked) return;
    }
    if (!field.value.empty()) {
      filled_.document.set(field.id, field.value);
      return;
    }
    bool unreadable = false;
    for (const auto& source : field.from) {
      const auto known = known_of(source);
      unreadable = unreadable || (known && known->unreadable);
      auto value = known && !known->unreadable ? fitted(field, source, known->value) : Json();
      if (value.is_null()) continue;
      filled_.document.set(field.id, std::move(value));
      return;
    }
    lack(field, field.from, unreadable);
  }

  void lack(const TemplateField& field, const std::vector<FieldSource>& wanted, bool unreadable) {
    if (!field.required) return;
    FilledForm::Missing missing{&field, {}, unreadable};
    for (const auto& source : wanted) missing.wanted.push_back(source.text());
    filled_.missing.push_back(std::move(missing));
  }

  /// The newest instance of the duty on a clock, seen from the data set that is drafted for.
  const ObligationFile* held(const std::string& clock) const {
    const ObligationFile* found = nullptr;
    for (const auto& one : file_.obligations)
      if (one.clock == clock && (one.data_set == duty_.data_set || one.data_set.empty() || duty_.data_set.empty()))
        found = &one;
    return found;
  }

  const case_file::Notice* filing(const std::string& clock) const {
    const auto* obligation = held(clock);
    return obligation == nullptr ? nullptr : file_.standing_filing(*obligation);
  }

  std::optional<Known> fact(const std::string& name) const {
    return value_of(words_, workflow::claim_seen_from(*view_.definition, file_, duty_.data_set, name));
  }

  std::optional<Known> edge(const FieldSource& source) const {
    const auto known = fact(source.name);
    if (!known) return std::nullopt;
    const auto span = workflow::span_of(known->value);
    const auto at = source.kind == Kind::begin ? span.from : span.to;
    return at ? std::optional(Known{Json(format_instant(*at))}) : std::nullopt;
  }

  std::optional<Known> exactness(const std::string& name) const {
    const auto known = fact(name);
    if (!known) return std::nullopt;
    return Known{Json(known->value.is_integer() ? "exact" : "approximate")};
  }

  /// Whether the first duty of the form is late: reasons are then owed with it.
  bool is_late() const {
    const auto* obligation = form_.clocks.empty() ? nullptr : held(form_.clocks.front());
    return obligation != nullptr && (obligation->state == State::overdue || obligation->state == State::met_late);
  }

  std::optional<Known> known_of(const FieldSource& source) const {
    switch (source.kind) {
      case Kind::fact: return fact(source.name);
      case Kind::begin:
      case Kind::end: return edge(source);
      case Kind::exactness: return exactness(source.name);
      case Kind::state: {
        const auto* obligation = held(source.name);
        return Known{Json(obligation::word(obligation == nullptr ? State::unraised : obligation->state))};
      }
      case Kind::filed: {
        const auto* notice = filing(source.name);
        return notice == nullptr ? std::nullopt : std::optional(Known{Json(format_instant(notice->at))});
      }
      case Kind::reference: {
        const auto* notice = filing(source.name);
        return notice == nullptr || notice->reference_pending ? std::nullopt : words_of(words_, notice->reference);
      }
      case Kind::reason: {
        const auto* notice = filing(source.name);
        return notice == nullptr ? std::nullopt : words_of(words_, notice->reason);
      }
      case Kind::exemption: {
        const auto* obligation = held(source.name);
        if (obligation == nullptr || !obligation->ruling || obligation->ruling->exemption.empty()) return std::nullopt;
        return Known{Json(obligation->ruling->exemption)};
      }
      case Kind::ref: return Known{Json(file_.ref)};
      case Kind::notification: {
        const bool is_first = form_.clocks.empty() || filing(form_.clocks.front()) == nullptr;
        return Known{Json(is_first ? "new" : "follow_up")};
      }
      case Kind::completeness: return Known{Json(filled_.missing.empty() ? "complete" : "incomplete")};
      case Kind::lateness: return Known{Json(is_late() ? "late" : "in_time")};
    }
    return std::nullopt;
  }

  /// The form's word for ours; null where it has none. Of a set the first in the map stands for all, and the draft says so.
  Json translated(const TemplateField& field, const Json& value) {
    const auto ours = listed(value);
    const std::string* first = nullptr;
    FilledForm::LeftOut left_out{&field, {}};
    for (const auto& [word, theirs] : field.words) {
      if (std::find(ours.begin(), ours.end(), word) == ours.end()) continue;
      if (first == nullptr) first = &theirs;
      else left_out.words.push_back(word);
    }
    if (!left_out.words.empty()) filled_.left_out.push_back(std::move(left_out));
    return first == nullptr ? Json() : Json(*first);
  }

  /// A value in the type of the field; null where it cannot be.
  Json fitted(const TemplateField& field, const FieldSource& source, const Json& value) {
    switch (field.kind) {
      case TemplateField::Kind::flag: {
        const auto word = translated(field, value);
        return word.is_null() ? Json() : Json(word.text() == "true");
      }
      case TemplateField::Kind::number: {
        if (value.is_integer()) return value;
        const auto range = workflow::range_of(value);  // of a range the upper end: too few would be the worse mistake
        return range.to ? Json(*range.to) : range.from ? Json(*range.from) : Json();
      }
      case TemplateField::Kind::date:
      case TemplateField::Kind::time: {
        const auto span = workflow::span_of(value);
        const auto at = span.from ? span.from : span.to;
        if (!at) return {};
        return field.kind == TemplateField::Kind::time ? format_instant(*at)
                                                       : local_stamp(*at, view_.definition->zone).substr(0, 10);
      }
      case TemplateField::Kind::text: break;
    }
    if (!field.words.empty()) return translated(field, value);
    const auto* fact = source.kind == Kind::fact ? view_.definition->fact(source.name) : nullptr;
    return fact != nullptr && fact->vaulted() ? value : Json(shown(value));
  }

  const CaseView& view_;
  const CaseFile& file_;
  const Words& words_;
  const DraftedDuty& duty_;
  const workflow::NoticeTemplate& form_;
  FilledForm filled_;
};

/// The fact on the duty's own data set, and on each group of people in it.
void add_facts(const CaseView& view, const Words& words, const DraftedDuty& duty, const workflow::Fact& fact,
               std::vector<DraftFact>& into) {
  const auto add = [&](const std::string& name, const Claim* claim) {
    const auto known = value_of(words, claim);
    if (!known && !into.empty() && into.back().name.ends_with(fact.name)) return;
    DraftFact one{name, {}, known && known->unreadable};
    if (known && !known->unreadable)
      one.text = claim->vaulted ? known->value.text() : with_local_times(shown(known->value), view.definition->zone);
    into.push_back(std::move(one));
  };
  if (fact.per != workflow::Level::group) {
    add(fact.name, workflow::claim_seen_from(*view.definition, *view.file, duty.data_set, fact.name));
    return;
  }
  for (const auto& group : workflow::data_sets_at(*view.file, workflow::Level::group))
    if (workflow::seen_from(*view.file, group, workflow::Level::data_set) == duty.data_set || group == duty.data_set)
      add(CaseFile::fact_in(group, fact.name), workflow::claim_seen_from(*view.definition, *view.file, group, fact.name));
}

}  // namespace

bool DraftContent::is_known() const {
  return std::any_of(facts.begin(), facts.end(), [](const DraftFact& one) { return !one.text.empty(); });
}

std::vector<DraftContent> draft_contents(const CaseView& view, const Words& words, const DraftedDuty& duty) {
  std::vector<DraftContent> contents;
  for (const auto& content : duty.clock->contents) {
    DraftContent draft{&content, {}};
    for (const auto& name : content.facts)
      if (const auto* fact = view.definition->fact(name)) add_facts(view, words, duty, *fact, draft.facts);
    contents.push_back(std::move(draft));
  }
  return contents;
}

FilledForm fill_form(const CaseView& view, const Words& words, const DraftedDuty& duty,
                     const workflow::NoticeTemplate& form) {
  return Filling(view, words, duty, form).fill();
}

}  // namespace tocsin::cli
