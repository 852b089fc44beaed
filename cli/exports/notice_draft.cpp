// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/notice_draft.h"

#include <algorithm>

#include "cli/times/local_time.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/values.h"

namespace tocsin::cli {
namespace {

using case_file::CaseFile;
using case_file::Claim;
using workflow::FieldSource;
using workflow::TemplateField;
using Kind = FieldSource::Kind;

/// Fills the fields of one form.
class Filling {
 public:
  Filling(const CaseView& view, const Words& words, const DraftedDuty& duty, const workflow::NoticeTemplate& form)
      : view_(view), sources_(view, words, duty, form), form_(form) {}

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
      if (known->is_words && value.is_text() && !field.contact)
        filled_.words.push_back({field.id, field.title, short_name(source), value.text()});
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

  std::optional<Known> known_of(const FieldSource& source) const { return sources_.known(source, filled_.missing.empty()); }

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
      case TemplateField::Kind::hour:
      case TemplateField::Kind::choices:
      case TemplateField::Kind::text: break;
    }
    if (!field.words.empty()) return translated(field, value);
    const auto* fact = source.kind == Kind::fact ? view_.definition->fact(source.name) : nullptr;
    return fact != nullptr && fact->vaulted() ? value : Json(shown(value));
  }

  const CaseView& view_;
  const DraftSources sources_;
  const workflow::NoticeTemplate& form_;
  FilledForm filled_;
};

/// The fact on the duty's own data set, and on each group of people in it.
void add_facts(const CaseView& view, const Words& words, const DraftedDuty& duty, const workflow::Fact& fact,
               std::vector<DraftFact>& into) {
  const auto add = [&](const std::string& name, const Claim* claim) {
    std::optional<Known> known;
    if (claim != nullptr && claim->is_known()) {
      const auto found = claim->vaulted ? words.find({claim->n, "value"}) : words.end();
      if (!claim->vaulted) known = Known{claim->value};
      else if (found == words.end() || !found->second) known = Known{{}, true, true};
      else known = Known{Json(*found->second), false, true};
    }
    if (!known && !into.empty() && into.back().name.ends_with(fact.name)) return;
    DraftFact one{name, {}, known && known->unreadable, known && known->is_words};
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
