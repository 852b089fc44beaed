// SPDX-License-Identifier: Apache-2.0
// Drafts of notices. A draft is made of facts alone: how severe a method found the breach is advice to us and never part of it.
#include <algorithm>
#include <ostream>

#include "cli/exports/notice_draft.h"
#include "cli/verbs/leaving.h"
#include "cli/verbs/recording.h"
#include "engine/base/nearest.h"
#include "engine/workflow/scope.h"

namespace tocsin::cli {
namespace {

Result<DraftedDuty> duty_of(const CaseView& view, const std::string& name) {
  const auto& definition = *view.definition;
  DraftedDuty duty;
  duty.obligation = definition.obligation(case_file::CaseFile::obligation_of(name));
  if (duty.obligation == nullptr) {
    std::vector<std::string> known;
    for (const auto& one : definition.obligations) known.push_back(one.name);
    const auto near = nearest(name, known);
    return Error{
        Errc::not_found,
        "there is no obligation of that name in " + definition.name + (near.empty() ? "" : "; did you mean '" + near + "'?"),
        "",
        {},
        "case show " + view.file->ref};
  }
  duty.clock = definition.clock(duty.obligation->clock);
  duty.data_set = workflow::data_set_of(name);
  if (!duty.data_set.empty() && view.file->data_set(duty.data_set) == nullptr)
    return Error{Errc::not_found,
                 "there is no data set or group " + quoted(duty.data_set) + " in " + view.file->ref,
                 "",
                 {},
                 "dataset list " + view.file->ref};
  return duty;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

int print_contents(const Call& call, const CaseView& view, const Words& words, const DraftedDuty& duty) {
  const auto contents = draft_contents(view, words, duty);
  auto& out = call.world.out;
  Json fields = Json::array(), missing = Json::array();
  if (!call.json()) {
    out << banner(view.file->store) << "DRAFT, NOT SENT: tocsin sends nothing to anybody\n"
        << duty.clock->title << ", to " << duty.clock->to << "  [" << duty.clock->id << "]\n";
    if (contents.empty()) out << "the law lists no contents for it\n";
  }
  for (const auto& draft : contents) {
    const auto& content = *draft.content;
    Json facts = Json::object();
    for (const auto& fact : draft.facts) facts.set(fact.name, fact.text.empty() ? Json() : Json(fact.text));
    if (!draft.facts.empty() && !draft.is_known()) missing.push(content.field);
    fields.push(Json::object({{"field", content.field},
                              {"title", content.title},
                              {"known", draft.is_known()},
                              {"facts", facts},
                              {"may_follow", content.may_follow},
                              {"note", content.note.empty() ? Json() : Json(content.note)}}));
    if (call.json()) continue;
    out << "\n"
        << content.title << (content.note.empty() ? "" : " (" + content.note + ")")
        << (content.may_follow ? "" : " (may not follow later)") << "\n";
    if (draft.facts.empty()) out << "  .....\n";
    for (const auto& fact : draft.facts)
      out << "  " << fact.name << ": "
          << (fact.unreadable     ? "(its words cannot be read)"
              : fact.text.empty() ? "not known yet"
                                  : fact.text)
          << "\n";
  }
  if (call.json())
    call.print(Json::object({{"store", view.file->store},
                             {"case", view.file->ref},
                             {"obligation", call.one("OBLIGATION")},
                             {"clock", duty.clock->id},
                             {"fields", fields},
                             {"missing", missing}}));
  return 0;
}

void print_form(const Call& call, const CaseView& view, const workflow::NoticeTemplate& form, const FilledForm& filled) {
  auto& err = call.world.err;
  call.world.out << pretty(filled.document) << "\n";
  err << banner(view.file->store) << "DRAFT, NOT SENT: " << form.title << ", "
      << (filled.missing.empty() ? std::string("complete")
                                 : std::to_string(filled.missing.size()) + " required fields are missing")
      << "\n";
  for (const auto& one : filled.missing)
    err << "  missing " << one.field->id << " " << one.field->title << " <- " << joined(one.wanted, " or ")
        << (one.unreadable ? " (its words cannot be read)" : "") << "\n";
  for (const auto& one : filled.left_out)
    err << "  left out of " << one.field->id << " " << one.field->title
        << ", which takes one word: " << joined(one.words, ", ") << "\n";
}

Json json_of(const FilledForm& filled) {
  Json missing = Json::array(), left_out = Json::array();
  for (const auto& one : filled.missing)
    missing.push(Json::object({{"field", one.field->id},
                               {"title", one.field->title},
                               {"from", Json::array(one.wanted)},
                               {"unreadable", one.unreadable}}));
  for (const auto& one : filled.left_out)
    left_out.push(Json::object({{"field", one.field->id}, {"title", one.field->title}, {"words", Json::array(one.words)}}));
  return Json::object({{"document", filled.document}, {"missing", missing}, {"left_out", left_out}});
}

}  // namespace

Result<int> notice_draft(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  auto duty = duty_of(view, call.one("OBLIGATION"));
  if (!duty) return std::move(duty).error();
  auto leaving = leaving_of(call, "notice-draft");
  if (!leaving) return std::move(leaving).error();
  const auto leave = [&](const std::function<std::string(const Words&)>& told) {
    return words_that_leave(call, viewed->shop->engine(), view, *leaving, told);
  };
  if (!call.has("--template")) {
    auto words = leave([&](const Words& some) {
      std::string text;
      for (const auto& draft : draft_contents(view, some, *duty))
        for (const auto& fact : draft.facts) text += fact.text + "\n";
      return text;
    });
    if (!words) return std::move(words).error();
    return print_contents(call, view, *words, *duty);
  }
  auto form = read_template(call, call.one("--template"));
  if (!form) return std::move(form).error();
  if (std::find(form->clocks.begin(), form->clocks.end(), duty->clock->id) == form->clocks.end())
    return usage_error("template " + form->name + " is for " + joined(form->clocks, ", ") + ", and " +
                       duty->obligation->name + " is on " + duty->clock->id);
  auto words = leave([&](const Words& some) { return canonical(fill_form(view, some, *duty, *form).document); });
  if (!words) return std::move(words).error();
  const auto filled = fill_form(view, *words, *duty, *form);
  if (!call.json()) {
    print_form(call, view, *form, filled);
    return 0;
  }
  auto body = json_of(filled);
  body.set("store", view.file->store).set("case", view.file->ref).set("obligation", call.one("OBLIGATION"));
  call.print(body.set("template", form->name));
  return 0;
}

}  // namespace tocsin::cli
