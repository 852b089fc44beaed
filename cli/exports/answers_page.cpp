// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/answers_page.h"

#include <algorithm>

#include "cli/exports/answer_lines.h"
#include "cli/times/local_time.h"

namespace tocsin::cli {
namespace {

using Asked = FormPart::Asked;

const case_file::ObligationFile* owed(const AnswersPage& page) { return page.view.file->obligation(page.obligation); }

std::string heading_of(const AnswersPage& page) {
  std::string text = "case " + page.view.file->ref + ", " + page.obligation;
  const auto* held = owed(page);
  if (held == nullptr) return text + ": not owed yet (" + page.duty.clock->id + ")";
  text += ": " + std::string(obligation::word(held->state));
  if (held->due)
    text += ", by " + both_times(*held->due, page.view.definition->zone) + (held->provisional ? ", PROVISIONAL" : "");
  return text + " (" + held->basis + ")";
}

std::string form_of(const AnswersPage& page) { return page.form.name + ", form " + page.form.digest.substr(0, 12); }

std::string upper(std::string text) {
  for (auto& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string why_not_asked(const FormPart& part) {
  if (part.asked == Asked::no) return {};
  return "asked only where " + part.section->when->text() + " is " +
         (part.section->is.empty() ? "" : part.section->is.front()) + ", which is not yet known";
}

/// What is said about an answer, a line each: who said it, what is beside it, what fills the gap.
std::vector<std::string> about(const AnswersPage& page, const FormAnswer& answer) {
  std::vector<std::string> lines;
  for (const auto& said : answer.said) lines.push_back(said_line(said, *page.view.definition));
  if (!answer.derived.empty()) lines.push_back(answer.derived);
  if (!answer.remark.empty()) lines.push_back(answer.remark);
  for (const auto& said : answer.besides) lines.push_back("also said: " + besides_line(said, *page.view.definition));
  if (!answer.field->note.empty()) lines.push_back(answer.field->note);
  if (answer.is_known) return lines;
  if (answer.is_withheld) lines.push_back("left out: legally privileged");
  else if (answer.is_unreadable) lines.push_back("known, and its words cannot be read");
  if (answer.field->optional) lines.push_back("leave it empty while there is nothing to say");
  if (answer.next.empty()) lines.push_back("the workflow of this case does not ask it: write it into the form");
  else lines.push_back("-> tocsin " + answer.next);
  for (auto& hint : hints_of(answer)) lines.push_back(std::move(hint));
  return lines;
}

std::string state_words(const ContentCheck& check) {
  switch (check.state) {
    case ContentCheck::State::present: return "present";
    case ContentCheck::State::may_follow: return "absent, MAY FOLLOW without undue further delay";
    case ContentCheck::State::where_possible: return "not known; asked only where possible";
    case ContentCheck::State::absent: break;
  }
  return "ABSENT, and may not follow";
}

std::string content_line(const ContentCheck& check) {
  const auto& content = *check.content;
  return (content.point.empty() ? "" : content.point + " ") + content.title + ": " + state_words(check);
}

/// How many answers are not yet known.
std::size_t gaps(const FormAnswers& answers) {
  std::size_t count = 0;
  for (const auto& part : answers.parts)
    count += static_cast<std::size_t>(std::count_if(part.answers.begin(), part.answers.end(), [](const FormAnswer& one) {
      return !one.is_known && !one.field->optional;
    }));
  return count;
}

Json said_json(const Said& said) {
  const auto& claim = *said.claim;
  return Json::object({{"fact", said.fact},
                       {"source", claim.source},
                       {"status", claim.status},
                       {"by", claim.by},
                       {"at", format_instant(claim.at)},
                       {"recorded_at", format_instant(claim.recorded_at)}});
}

Json json_of(const FormAnswer& answer, const workflow::NoticeTemplate& form) {
  Json said = Json::array(), besides = Json::array();
  for (const auto& one : answer.said) said.push(said_json(one));
  for (const auto& one : answer.besides)
    besides.push(said_json(one).set("value", one.claim->vaulted ? Json() : one.claim->value));
  std::string text;
  for (const auto& line : answer.lines) text += (text.empty() ? "" : "\n") + line;
  const auto* field = answer.field;
  return Json::object({{"field", field->id},
                       {"title", field->title},
                       {"answer", text},
                       {"known", answer.is_known},
                       {"unreadable", answer.is_unreadable},
                       {"withheld", answer.is_withheld},
                       {"sources", said},
                       {"also_said", besides},
                       {"derived", answer.derived.empty() ? Json() : Json(answer.derived)},
                       {"remark", answer.remark.empty() ? Json() : Json(answer.remark)},
                       {"provenance", Json::array(field->provenance)},
                       {"confidence", confidence_of(*field, form)},
                       {"next", answer.next.empty() ? Json() : Json("tocsin " + answer.next)}});
}

std::string_view word(Asked asked) { return asked == Asked::yes ? "yes" : asked == Asked::no ? "no" : "unknown"; }

}  // namespace

std::string answers_text(const AnswersPage& page) {
  const bool is_call = page.form.kind == workflow::NoticeTemplate::Kind::call;
  std::string text;
  if (const auto told = banner(page.view.file->store); !told.empty()) text += "# " + told;
  text += "# DRAFT, NOT SENT: tocsin sends nothing to anybody\n" + remark(page.form.title + " (" + form_of(page) + ")") +
          remark(heading_of(page)) + remark(page.form.about) +
          (is_call ? "# Read out what does not begin with #.\n" : "# Lines that begin with # are not for the form.\n");
  int number = 0;
  for (const auto& part : page.answers.parts) {
    ++number;
    if (part.asked == Asked::no) continue;
    text += "\n" + remark((is_call ? std::to_string(number) + ". " : "") + upper(part.section->title));
    if (!part.section->note.empty()) text += remark("  " + part.section->note);
    if (part.asked == Asked::unknown) text += remark("  " + why_not_asked(part));
    for (const auto& answer : part.answers) {
      if (is_call && answer.lines.empty()) continue;  // nobody asked, and there is nothing to say
      const auto marks = marks_of(*answer.field, page.form);
      text += is_call ? answer.field->title + ": " : "\n" + remark(answer.field->title + marks);
      for (const auto& line : answer.lines) text += pasteable(line);
      for (const auto& line : about(page, answer)) text += remark("  " + visible(line));
    }
  }
  text += "\n# WHAT THE LAW ASKS OF IT\n";
  for (const auto& check : page.answers.contents) text += remark("  " + content_line(check));
  if (page.answers.contents.empty()) text += "#   the law of this case lists no contents\n";
  const auto open = gaps(page.answers);
  text += "\n" + remark(open == 0 ? std::string("nothing is open") : std::to_string(open) + " answers are not yet known");
  for (const auto& one : page.form.provenances)
    text += remark("[" + one.name + "] " + one.title + "; confidence " + one.confidence);
  return text;
}

std::string answers_markdown(const AnswersPage& page) {
  std::string text;
  if (const auto told = banner(page.view.file->store); !told.empty()) text += "> " + told + "\n";
  text += "# " + page.form.title + "\n\n**DRAFT, NOT SENT.** " + heading_of(page) + "; " + form_of(page) + ". " +
          page.form.about + "\n";
  for (const auto& part : page.answers.parts) {
    if (part.asked == Asked::no) continue;
    text += "\n## " + part.section->title + "\n";
    if (part.asked == Asked::unknown) text += "\n*" + why_not_asked(part) + "*\n";
    for (const auto& answer : part.answers) {
      text += "\n### " + answer.field->title + marks_of(*answer.field, page.form) + "\n\n" +
              (answer.lines.empty() ? "" : fenced(answer.lines));
      for (const auto& line : about(page, answer))
        text += "\n* " + (line.starts_with("-> ") ? "`" + line.substr(3) + "`" : in_markdown(line));
      text += "\n";
    }
  }
  text += "\n## What the law asks of it\n\n";
  for (const auto& check : page.answers.contents) text += "* " + in_markdown(content_line(check)) + "\n";
  if (page.answers.contents.empty()) text += "The law of this case lists no contents.\n";
  text += "\n";
  for (const auto& one : page.form.provenances)
    text += "* [" + one.name + "] " + in_markdown(one.title) + "; confidence " + one.confidence + "\n";
  return text;
}

Json answers_json(const AnswersPage& page) {
  Json sections = Json::array(), contents = Json::array(), missing = Json::array(), provenances = Json::object();
  for (const auto& part : page.answers.parts) {
    Json fields = Json::array();
    for (const auto& answer : part.answers) {
      fields.push(json_of(answer, page.form));
      if (!answer.is_known && !answer.field->optional) missing.push(answer.field->id);
    }
    sections.push(Json::object(
        {{"section", part.section->name}, {"title", part.section->title}, {"asked", word(part.asked)}, {"fields", fields}}));
  }
  for (const auto& check : page.answers.contents)
    contents.push(Json::object({{"field", check.content->field},
                                {"title", check.content->title},
                                {"point", check.content->point.empty() ? Json() : Json(check.content->point)},
                                {"state", word(check.state)}}));
  for (const auto& one : page.form.provenances)
    provenances.set(one.name, Json::object({{"title", one.title}, {"confidence", one.confidence}}));
  const auto* held = owed(page);
  return Json::object({{"case", page.view.file->ref},
                       {"obligation", page.obligation},
                       {"clock", page.duty.clock->id},
                       {"due", held != nullptr && held->due ? Json(format_instant(*held->due)) : Json()},
                       {"template", page.form.name},
                       {"form", page.form.digest},
                       {"report", page.answers.is_follow_up ? "follow_up" : "initial"},
                       {"late", page.answers.is_late},
                       {"sections", sections},
                       {"contents", contents},
                       {"missing", missing},
                       {"provenances", provenances}});
}

}  // namespace tocsin::cli
