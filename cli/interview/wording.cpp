// SPDX-License-Identifier: Apache-2.0
#include "cli/interview/wording.h"

#include <algorithm>

#include "cli/screen/text_width.h"
#include "cli/times/spoken_time.h"
#include "engine/workflow/values.h"

namespace tocsin::cli {

using workflow::Fact;
using workflow::Level;
using workflow::Question;

namespace {

std::string_view word(Fact::Kind kind) {
  constexpr std::string_view words[] = {"time", "period", "text", "choice", "set", "count"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word(Level level) {
  constexpr std::string_view words[] = {"breach", "data_set", "group"};
  return words[static_cast<std::size_t>(level)];
}

std::string listed_words(const std::vector<std::string>& words, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? std::string() : i + 1 == words.size() ? " " + std::string(last) + " " : ", ") + words[i];
  return text;
}

std::string both(const Json& end, const std::string& zone) {
  const auto at = end.is_text() ? parse_instant(end.text()) : Result<Instant>(Error{});
  return at ? said_back(*at, zone) : std::string();
}

std::string where(const CaseView& view, const std::string& data_set) {
  if (data_set.empty()) return {};
  const auto* held = view.file->data_set(data_set);
  return std::string(held != nullptr && held->is_group ? "group '" : "data set '") + data_set + "': ";
}

}  // namespace

std::string in_lines(std::string_view text, int columns, int indent, int used) {
  std::string lines;
  int at = used;
  bool is_fresh = true;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" \n"), text.size());
    const auto one = text.substr(0, end);
    const bool breaks = end < text.size() && text[end] == '\n';
    if (!is_fresh && at + 1 + width_of(one) > columns) {
      lines += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
      at = indent;
      is_fresh = true;
    }
    if (!is_fresh) {
      lines += ' ';
      ++at;
    }
    lines += one;
    at += width_of(one);
    is_fresh = is_fresh && one.empty();
    if (breaks) {
      lines += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
      at = indent;
      is_fresh = true;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string answers_of(const Fact& fact) {
  std::string numbered;
  for (std::size_t i = 0; i < fact.words.size(); ++i)
    numbered += (i == 0 ? "" : ", ") + std::to_string(i + 1) + "\u00a0" + fact.words[i];
  switch (fact.kind) {
    case Fact::Kind::choice: return numbered + (fact.ordered ? "; from low to high" : "");
    case Fact::Kind::set: return "one or several, with commas: " + numbered;
    case Fact::Kind::count: return "a number, or a range: 126, 12000.., ..47000, 12000..47000";
    case Fact::Kind::time:
      return std::string("a time: 20:10, sat\u00a020:10, 26\u00a0aug\u00a020:10, ") + (fact.future ? "+2h" : "-40m") +
             "; between two: FROM..TO";
    case Fact::Kind::period:
      return "from when to when: FROM..TO, each like 20:10, sat\u00a020:10 or 26\u00a0aug\u00a020:10; or one time";
    case Fact::Kind::text:
      return "words, in as many lines as they need; a line with only . ends them; or @FILE, or @ for your editor";
  }
  return {};
}

bool Wording::judges(const Fact& fact) const {
  return fact.by.empty() || view.people.empty() || view.people.holds_any(by, fact.by);
}

std::string Wording::value(const case_file::Claim& claim) const {
  if (claim.vaulted) return word_at(words, {claim.n, "value"});
  const auto& zone = view.definition->zone;
  const auto& it = claim.value;
  const auto from = both(it.is_object() ? it["from"] : it, zone), to = it.is_object() ? both(it["to"], zone) : "";
  if (from.empty() && to.empty()) return shown(it);
  if (!it.is_object()) return from;
  return from.empty() ? "by " + to : to.empty() ? "from " + from : from + " to " + to;
}

std::string Wording::row(std::string_view label, const std::string& text) const {
  constexpr int kLabel = 10, kNarrow = 60;
  auto line = "  " + std::string(label);
  const int indent = columns < kNarrow ? 4 : 2 + kLabel;
  if (columns < kNarrow) line += ": ";
  else line += std::string(static_cast<std::size_t>(2 + kLabel - width_of(line)), ' ');
  auto lines = line + in_lines(text, columns, indent, width_of(line));
  // What belongs together was kept so by a blank that does not break.
  for (auto at = lines.find("\u00a0"); at != std::string::npos; at = lines.find("\u00a0")) lines.replace(at, 2, " ");
  return lines + "\n";
}

std::string Wording::who(const Question& question) const {
  const auto& fact = *question.fact;
  if (fact.by.empty()) return {};
  const auto roles = listed_words(fact.by, "or");
  if (view.people.empty()) return roles + "; nobody is listed yet, so any answer counts";
  if (judges(fact)) return roles + " (" + listed_words(question.judges, "and") + "): your answer counts";
  if (question.judges.empty())
    return roles + " (nobody listed). Yours stands as a claim and counts once somebody of that role says the same";
  return roles + " (" + listed_words(question.judges, "and") + "). Yours stands as a claim and counts once " +
         (question.judges.size() == 1 ? question.judges.front() : "one of them") + " says the same";
}

std::string Wording::body(const Question& question, bool for_list) const {
  const auto& fact = *question.fact;
  const auto& zone = view.definition->zone;
  std::string text;
  const auto more = question.because.size();
  if (question.because.empty()) text += row("why", "for the record: no duty and no transition waits for it");
  for (std::size_t i = 0; i < question.because.size() && (for_list || i == 0); ++i)
    text += row(i == 0 ? "why" : "and",
                with_local_times(question.because[i].sentence, zone) +
                    (for_list || more == 1 ? "" : " (and " + std::to_string(more - 1) + " more: type\u00a0why)"));
  if (!fact.law.empty()) text += row("law", fact.law);
  if (const auto who_judges = who(question); !who_judges.empty()) text += row("judged by", who_judges);
  for (const auto* claim : question.claims)
    text += row("said", claim->by + (claim->source == "controller" ? "" : " for " + claim->source) + ": " + value(*claim) +
                            " (" + claim->status + ", not adopted)");
  if (question.suggestion != nullptr)
    text += row("suggested", question.suggestion->suggests.find(fact.name)->second + ", by method " +
                                 question.suggestion->method + "; another answer needs a reason");
  return text + row("answer", answers_of(fact));
}

std::string Wording::asked(const Question& question, std::size_t number, std::size_t of) const {
  const auto head = std::to_string(number) + " of " + std::to_string(of) + "  " + where(view, question.data_set) +
                    (question.fact->ask.empty() ? question.name + "?" : question.fact->ask);
  return in_lines(head, columns, 4) + "\n" + body(question, false);
}

std::string Wording::why(const Question& question) const {
  std::string text;
  for (const auto& because : question.because)
    text += row(text.empty() ? "why" : "and", with_local_times(because.sentence, view.definition->zone));
  return text.empty() ? row("why", "for the record: no duty and no transition waits for it") : text;
}

std::string Wording::listed(const Question& question, std::size_t number) const {
  const auto head =
      std::to_string(number) + ". " + question.name + "  " + where(view, question.data_set) + question.fact->ask;
  return in_lines(head, columns, 4) + "\n" + body(question, true);
}

Json Wording::json(const Question& question) const {
  const auto& fact = *question.fact;
  Json because = Json::array(), claims = Json::array();
  for (const auto& one : question.because)
    because.push(Json::object({{"kind", workflow::word(one.kind)},
                               {"subject", one.subject},
                               {"sentence", one.sentence},
                               {"due", one.due ? Json(format_instant(*one.due)) : Json()}}));
  for (const auto* claim : question.claims)
    claims.push(Json::object({{"by", claim->by},
                              {"source", claim->source},
                              {"status", claim->status},
                              {"value", claim->vaulted ? Json() : claim->value}}));
  return Json::object(
      {{"fact", question.name},
       {"ask", fact.ask},
       {"type", word(fact.kind)},
       {"choices", Json::array(fact.words)},
       {"because", because},
       {"law", fact.law.empty() ? Json() : Json(fact.law)},
       {"by", Json::array(fact.by)},
       {"judges", Json::array(question.judges)},
       {"per", word(fact.per)},
       {"of", question.data_set.empty() ? Json() : Json(question.data_set)},
       {"claims", claims},
       {"suggested",
        question.suggestion == nullptr ? Json() : Json(question.suggestion->suggests.find(fact.name)->second)}});
}

}  // namespace tocsin::cli
