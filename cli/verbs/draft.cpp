// SPDX-License-Identifier: Apache-2.0
// Drafts of notices. A draft is made of facts alone: how severe a method found the breach is advice to us and never part of it.
#include <algorithm>
#include <ostream>

#include "cli/exports/answers_page.h"
#include "cli/exports/notice_draft.h"
#include "cli/times/typed_times.h"
#include "cli/verbs/leaving.h"
#include "cli/verbs/recording.h"
#include "cli/views/words.h"
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
                 "there is no data set or group " + in_quotes(duty.data_set) + " in " + view.file->ref,
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

void print_json(const Call& call, const CaseView& view, const Screening& found, Json body);

int print_contents(const Call& call, const CaseView& view, const DraftedDuty& duty,
                   const std::vector<DraftContent>& contents, const Screening& found) {
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
    if (!draft.facts.empty() && !draft.is_known() && !content.where_possible) missing.push(content.field);
    fields.push(Json::object({{"field", content.field},
                              {"title", content.title},
                              {"known", draft.is_known()},
                              {"facts", facts},
                              {"may_follow", content.may_follow},
                              {"where_possible", content.where_possible},
                              {"note", content.note.empty() ? Json() : Json(content.note)}}));
    if (call.json()) continue;
    out << "\n"
        << content.title << (content.where_possible ? " (where possible)" : "")
        << (content.note.empty() ? "" : " (" + content.note + ")") << (content.may_follow ? "" : " (may not follow later)")
        << "\n";
    if (draft.facts.empty()) out << "  .....\n";
    for (const auto& fact : draft.facts)
      out << "  " << fact.name << ": "
          << (fact.unreadable     ? "(its words cannot be read)"
              : fact.text.empty() ? "not known yet"
                                  : fact.text)
          << "\n";
  }
  if (call.json())
    print_json(call, view, found,
               Json::object({{"case", view.file->ref},
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

std::vector<DraftedWords> words_of(const std::vector<DraftContent>& contents) {
  std::vector<DraftedWords> words;
  for (const auto& content : contents)
    for (const auto& fact : content.facts)
      if (fact.is_words && !fact.unreadable)
        words.push_back({content.content->field, content.content->title, fact.name, fact.text});
  return words;
}

using Form = std::optional<workflow::NoticeTemplate>;

/// The form that was asked for, or the one for people that the duty's clock has; none where there is none.
Result<Form> form_for(const Call& call, const DraftedDuty& duty) {
  if (call.has("--template") && call.has("--phone")) return usage_error("--phone is a template: give one of the two");
  if (call.has("--template")) {
    auto named = read_template(call, call.one("--template"));
    if (!named) return std::move(named).error();
    if (named->is_for(duty.clock->id)) return Form(std::move(*named));
    return usage_error("template " + named->name + " is for " + joined(named->clocks, ", ") + ", and " +
                       duty.obligation->name + " is on " + duty.clock->id);
  }
  const auto wanted = call.has("--phone") ? workflow::NoticeTemplate::Kind::call : workflow::NoticeTemplate::Kind::form;
  auto all = read_templates(call);
  if (!all) return std::move(all).error();
  for (auto& form : *all)
    if (form.kind == wanted && form.is_for(duty.clock->id)) return Form(std::move(form));
  if (call.has("--phone")) return usage_error("nothing is known of what is asked on the telephone for " + duty.clock->id);
  return Form();
}

/// Names of persons are said too: whoever mends the words mends all at once.
Error identifiers_refused(const Call& call, const CaseView& view, const Screening& found) {
  Error error{
      Errc::refused,
      "the draft would hold what identifies people, so nothing of it is printed. No authority is sent the breached data "
      "themselves: say it in other words, or let it stand with --allow-identifiers --because TEXT",
      "identifiers",
      {},
      "notice draft " + view.file->ref + " " + call.one("OBLIGATION") + " --allow-identifiers --because TEXT"};
  for (const auto& place : found.warnings) call.world.err << "warning: " << visible(place.sentence()) << "\n";
  for (const auto& place : found.blocking) error.missing.push_back(place.sentence());
  const auto is_fact = [](const ScreenedPlace& place) { return place.source.find('(') == std::string::npos; };
  const auto fact = std::find_if(found.blocking.begin(), found.blocking.end(), is_fact);
  if (fact != found.blocking.end()) error.next = "case set " + view.file->ref + " " + fact->source + "=@FILE";
  return error;
}

/// Warns of names, and records that what identifies people may stand. False: it was a dry run, and nothing is printed.
Result<bool> pass_screening(Call& call, Viewed& viewed, const Form& form, const Screening& found,
                            const std::string& because) {
  for (const auto& place : found.warnings) call.world.err << "warning: " << visible(place.sentence()) << "\n";
  if (found.blocking.empty()) {
    if (call.has("--allow-identifiers")) call.world.err << "nothing in it identifies people: there is nothing to allow\n";
    return !call.has("--dry-run");
  }
  auto& shop = *viewed.shop;
  if (shop.store().purpose() != "live")
    return Error{
        Errc::refused, "this is a " + shop.store().purpose() + " store, in which nothing can be allowed", "store", {}, ""};
  commands::AllowIdentifiers command{call.one("OBLIGATION"), form ? form->name : "", form ? form->digest : "", {}, because};
  for (const auto& place : found.blocking)
    if (command.places.size() < 1000) command.places.push_back(place.mark());
  auto request = request_of(call, TypedTimes(call, viewed.view.definition->zone));
  if (!request) return std::move(request).error();
  warn_about_clock(call, shop.store());
  auto outcome = shop.engine().record(viewed.view.file->ref, command, *request);
  if (!outcome) return std::move(outcome).error();
  if (!outcome->dry_run) call.world.recorded = "event " + std::to_string(outcome->version) + " of " + outcome->ref;
  call.world.err << (outcome->dry_run ? "DRY RUN: nothing was written, and no draft is printed. Would record: "
                                      : "recorded: ")
                 << sentence_of(outcome->events.back(), viewed.view.definition->zone) << "\n";
  for (const auto& place : found.blocking) call.world.err << "  " << visible(place.sentence()) << "\n";
  return !outcome->dry_run;
}

Json places_json(const std::vector<ScreenedPlace>& places) {
  Json list = Json::array();
  for (const auto& place : places)
    list.push(Json::object({{"field", place.field},
                            {"source", place.source},
                            {"line", static_cast<std::int64_t>(place.finding.line)},
                            {"column", static_cast<std::int64_t>(place.finding.column)},
                            {"kind", screening::word(place.finding.kind)}}));
  return list;
}

void print_json(const Call& call, const CaseView& view, const Screening& found, Json body) {
  call.print(body.set("store", view.file->store)
                 .set("warnings", places_json(found.warnings))
                 .set("allowed", places_json(found.blocking)));
}

/// A draft before it is printed: people's words in it, and all that it says.
struct Drafted {
  std::vector<DraftedWords> words;
  std::string told;
};

Drafted drafted(const CaseView& view, const Words& words, const DraftedDuty& duty, const Form& form,
                const std::string& asked) {
  if (!form) {
    Drafted made{words_of(draft_contents(view, words, duty)), {}};
    for (const auto& one : made.words) made.told += one.text + "\n";
    return made;
  }
  if (form->kind == workflow::NoticeTemplate::Kind::document) {
    auto filled = fill_form(view, words, duty, *form);
    return {std::move(filled.words), canonical(filled.document)};
  }
  const auto answers = answer_form(view, words, duty, *form);
  return {answers.words, canonical(answers_json({view, duty, asked, *form, answers}))};
}

int print_document(const Call& call, const CaseView& view, const Words& words, const DraftedDuty& duty,
                   const workflow::NoticeTemplate& form, const Screening& found) {
  const auto filled = fill_form(view, words, duty, form);
  if (!call.json()) {
    print_form(call, view, form, filled);
    return 0;
  }
  auto body = json_of(filled);
  body.set("case", view.file->ref).set("obligation", call.one("OBLIGATION"));
  print_json(call, view, found, std::move(body.set("template", form.name).set("form", form.digest)));
  return 0;
}

int print_for_people(const Call& call, const CaseView& view, const Words& words, const DraftedDuty& duty,
                     const workflow::NoticeTemplate& form, const Screening& found) {
  const auto answers = answer_form(view, words, duty, form);
  const AnswersPage page{view, duty, call.one("OBLIGATION"), form, answers};
  if (call.json()) print_json(call, view, found, answers_json(page));
  else call.world.out << (call.one("--format") == "markdown" ? answers_markdown(page) : answers_text(page));
  return exit_code(words);
}

/// What of the options does not go together.
Result<void> check_options(const Call& call, const DraftedDuty& duty, const Form& form) {
  const auto format = call.one("--format");
  if (!form && format == "markdown")
    return usage_error("no form is known for " + duty.clock->id +
                       ", and without one there is no Markdown: leave --format out");
  if (form && form->kind == workflow::NoticeTemplate::Kind::document && !format.empty())
    return usage_error("form " + form->name + " is handed over as a JSON document: leave --format out");
  if (call.has("--dry-run") && (!call.has("--allow-identifiers") || call.has("--include-privileged")))
    return usage_error("--dry-run judges --allow-identifiers, and nothing else");
  return {};
}

}  // namespace

Result<int> notice_draft(Call& call) {
  const auto format = call.one("--format");
  if (!format.empty() && format != "text" && format != "markdown")
    return usage_error("--format is text or markdown, and --json is JSON; not " + in_quotes(format));
  if (call.has("--because") && !call.has("--allow-identifiers"))
    return usage_error("--because belongs to --allow-identifiers");
  auto because = text_of(call, "--because");
  if (!because) return std::move(because).error();
  if (call.has("--allow-identifiers") && because->empty())
    return usage_error("--allow-identifiers needs --because TEXT: the case's history keeps who let them stand, and why");
  auto leaving = leaving_of(call, "notice-draft");
  if (!leaving) return std::move(leaving).error();
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  auto duty = duty_of(view, call.one("OBLIGATION"));
  if (!duty) return std::move(duty).error();
  auto form = form_for(call, *duty);
  if (!form) return std::move(form).error();
  if (auto ok = check_options(call, *duty, *form); !ok) return std::move(ok).error();

  const auto make = [&](const Words& some) { return drafted(view, some, *duty, *form, call.one("OBLIGATION")); };
  auto& engine = viewed->shop->engine();
  auto all = words_or_none(engine, view);
  // Screened before anything is recorded: a draft that is refused lets no privileged words out either.
  const auto found = screen(make(leaving->with_privileged ? all : without_privileged(std::move(all))).words);
  if (!found.blocking.empty() && !call.has("--allow-identifiers")) return identifiers_refused(call, view, found);
  const auto words = words_that_leave(call, engine, view, *leaving, [&](const Words& some) { return make(some).told; });
  if (!words) return words.error();
  auto passed = pass_screening(call, *viewed, *form, found, *because);
  if (!passed) return std::move(passed).error();
  if (!*passed) return 0;
  if (!*form) return print_contents(call, view, *duty, draft_contents(view, *words, *duty), found);
  return (*form)->kind == workflow::NoticeTemplate::Kind::document
             ? print_document(call, view, *words, *duty, **form, found)
             : print_for_people(call, view, *words, *duty, **form, found);
}

}  // namespace tocsin::cli
