// SPDX-License-Identifier: Apache-2.0
#include "cli/views.h"

#include <algorithm>
#include <ostream>

#include "cli/local_time.h"
#include "engine/workflow/card.h"
#include "engine/workflow/explain.h"

namespace tocsin::cli {
namespace {

Json json_of(const std::optional<Instant>& at) { return at ? Json(format_instant(*at)) : Json(); }

Json json_of(const std::optional<std::string>& words) { return words ? Json(*words) : Json(); }

Json state_json(const std::map<std::string, std::string, std::less<>>& states) {
  Json json = Json::object();
  for (const auto& [region, state] : states) json.set(region, state);
  return json;
}

Json missing_json(const std::vector<workflow::Missing>& missing) {
  Json json = Json::array();
  for (const auto& one : missing) json.push(one.subject);
  return json;
}

Json fact_json(const case_file::Claim& claim, const Words& words) {
  const auto found = words.find({claim.n, "value"});
  const Json value = !claim.vaulted ? claim.value : found == words.end() ? Json() : json_of(found->second);
  return Json::object({{"value", value},
                       {"at", format_instant(claim.at)},
                       {"recorded_at", format_instant(claim.recorded_at)},
                       {"by", claim.by},
                       {"source", claim.source},
                       {"status", claim.status},
                       {"version", claim.n}});
}

Json obligation_json(const workflow::Standing& standing, const workflow::Definition& definition,
                     const case_file::CaseFile& file) {
  Json json = Json::object({{"state", standing.state},
                            {"kind", standing.kind},
                            {"basis", standing.basis},
                            {"due", Json()},
                            {"provisional", false},
                            {"since", Json()},
                            {"applies", standing.applies},
                            {"on_current_facts", Json()}});
  if (standing.file == nullptr) return json;
  const auto& held = *standing.file;
  json.set("due", json_of(held.due))
      .set("provisional", held.provisional)
      .set("since", json_of(held.since))
      .set("clock", held.clock);
  if (!held.data_set.empty()) json.set("data_set", held.data_set);
  if (!held.owed_by.empty()) json.set("owed_by", held.owed_by);
  if (held.ruling && held.ruling->review_at) json.set("review_at", json_of(held.ruling->review_at));
  if (held.ruling && held.ruling->ends_at) json.set("ends_at", json_of(held.ruling->ends_at));
  Json also = Json::array();
  for (const auto& reading : workflow::other_readings(definition, file, held))
    also.push(Json::object({{"reading", reading.name}, {"due", json_of(reading.due)}}));
  if (!also.items().empty()) json.set("also", also);
  if (const auto now = on_current_facts(file, held); !now.empty()) json.set("on_current_facts", now);
  return json;
}

}  // namespace

Json next_json(const CaseView& view, std::string_view by) {
  Json next = Json::array();
  for (const auto& step : workflow::next_steps(*view.definition, *view.file, view.people, by))
    next.push(Json::object({{"transition", step.transition},
                            {"region", step.region},
                            {"to", step.to},
                            {"allowed", step.allowed},
                            {"missing", missing_json(step.missing)}}));
  return next;
}

Json data_sets_json(const case_file::CaseFile& file, const Words& words) {
  Json list = Json::array();
  for (const auto& one : file.data_sets) {
    const auto title = words.find({one.title.n, one.title.field});
    list.push(Json::object({{"name", one.name},
                            {"title", title == words.end() ? Json() : json_of(title->second)},
                            {"group", one.is_group},
                            {"of", one.is_group ? Json(one.of) : Json()}}));
  }
  return list;
}

Json json_of(const CaseView& view, const Words& words) {
  const auto& file = *view.file;
  Json facts = Json::object(), obligations = Json::object();
  for (const auto& fact : file.facts)
    if (const auto* claim = fact.adopted()) facts.set(fact.name, fact_json(*claim, words));
  Json claims = Json::array();
  for (const auto& [fact, claim] : claims_not_adopted(file)) claims.push(fact_json(*claim, words).set("fact", fact->name));
  for (const auto& standing : workflow::standings(*view.definition, file))
    obligations.set(standing.name, obligation_json(standing, *view.definition, file));
  const auto title = words.find({file.title.n, file.title.field});
  return Json::object(
      {{"store", file.store},
       {"case", file.ref},
       {"title", title == words.end() ? Json() : json_of(title->second)},
       {"workflow",
        Json::object({{"name", file.workflow}, {"version", file.workflow_version}, {"digest", file.definition}})},
       {"states", state_json(file.states)},
       {"stage", word(file.stage)},
       {"version", file.version},
       {"opened_at", format_instant(file.opened_at)},
       {"incident", file.incident.empty() ? Json() : Json(file.incident)},
       {"data_sets", data_sets_json(file, words)},
       {"facts", facts},
       {"not_adopted", claims},
       {"obligations", obligations},
       {"next", next_json(view, "")}});
}

std::vector<std::pair<const case_file::FactFile*, const case_file::Claim*>> claims_not_adopted(
    const case_file::CaseFile& file) {
  std::vector<std::pair<const case_file::FactFile*, const case_file::Claim*>> all;
  for (const auto& fact : file.facts)
    for (const auto& claim : fact.standing)
      if (&claim != fact.adopted() && claim.is_known()) all.emplace_back(&fact, &claim);
  return all;
}

Json json_of(const Due& due, Instant now, const std::string& store) {
  Json items = Json::array();
  for (const auto& item : due.items)
    items.push(Json::object({{"case", item.ref},
                             {"title", item.has_title ? Json(item.title) : Json()},
                             {"kind", item.kind},
                             {"name", item.name},
                             {"due", json_of(item.due)},
                             {"bucket", item.bucket},
                             {"provisional", item.provisional},
                             {"age_hours", item.age_hours},
                             {"basis", item.basis}}));
  Json reminders = Json::array();
  for (const auto& one : due.reminders)
    reminders.push(Json::object({{"case", one.ref}, {"obligation", one.obligation}, {"at", format_instant(one.at)}}));
  return Json::object(
      {{"store", store}, {"now", format_instant(now)}, {"more", due.more}, {"items", items}, {"reminders", reminders}});
}

Json history_json(const CaseView& view, const Words& words) {
  Json events = Json::array();
  for (std::size_t i = 0; i < view.events.size(); ++i) {
    const auto& event = view.events[i];
    Json texts = Json::object();
    for (const auto& [field, digest] : event.texts) {
      const auto found = words.find({event.n, field});
      texts.set(field, found == words.end() ? Json() : json_of(found->second));
    }
    events.push(Json::object({{"n", event.n},
                              {"type", event.type},
                              {"at", format_instant(event.at)},
                              {"recorded_at", format_instant(event.recorded_at)},
                              {"by", event.by},
                              {"account", event.account},
                              {"body", event.body},
                              {"texts", texts},
                              {"prev", to_hex(event.prev)},
                              {"seal", to_hex(view.seals[i])}}));
  }
  return Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"events", events}});
}

std::string shown(const Json& value) {
  if (value.is_null()) return "unknown";
  if (value.is_text()) return value.text();
  if (value.is_object())
    return (value.has("from") ? shown(value["from"]) : "") + ".." + (value.has("to") ? shown(value["to"]) : "");
  if (!value.is_array()) return canonical(value);
  std::string words;
  for (const auto& item : value.items()) words += (words.empty() ? "" : ",") + shown(item);
  return words;
}

namespace {

/// The other obligations that one notice meets.
std::string also_of(const Json& body) {
  std::string text;
  for (const auto& other : body["also"].items())
    text +=
        " and " + other["obligation"].text() + (other["verdict"].text() == "late" ? " (LATE)" : "") +
        (other["gaps"].items().empty() || body["complete"].boolean() ? "" : " (with gaps: " + shown(other["gaps"]) + ")");
  return text;
}

std::string ruling_of(const Json& body) {
  const auto& record = body["record"];
  const auto subject = "'" + body["subject"].text() + "'";
  const auto exemption = record.has("exemption") ? " (" + record["exemption"].text() + ")" : std::string();
  if (record["outcome"].text() == "restricted") return subject + " is withheld for a time" + exemption;
  return subject + " is not owed" + exemption;
}

/// A suggestion is never a decision, and says so.
std::string suggestion_of(const Json& body) {
  std::string text;
  for (const auto& [fact, word] : body["suggests"].members()) text += ", suggests " + fact + " = " + word.text();
  return text;
}

}  // namespace

std::string sentence_of(const ledger::Event& event) {
  const auto& b = event.body;
  const auto number = [&](const char* name) { return std::to_string(b[name].integer()); };
  const auto& t = event.type;
  if (t == "case_opened") return "case opened under " + b["workflow"].text() + " version " + number("workflow_version");
  if (t == "fact_set")
    return "fact " + case_file::CaseFile::fact_in(b["data_set"].text(), b["fact"].text()) + " = " +
           (event.texts.contains("value") ? "(words)" : shown(b["value"])) +
           (b["source"].text() == "controller" ? "" : ", says " + b["source"].text()) +
           (b["adoptable"].boolean() ? "" : "; stands until somebody who judges it says so");
  if (t == "note_added")
    return "note" + (b.has("with") ? ", with " + b["with"].text() : std::string()) +
           (b.has("channel") ? ", by " + b["channel"].text() : std::string());
  if (t == "moved")
    return b["region"].text() + ": " + b["from"].text() + " -> " + b["to"].text() + " (" + b["transition"].text() + ")";
  if (t == "obligation_raised")
    return "obligation " + b["obligation"].text() + " is owed" +
           (b.has("due") ? " by " + b["due"].text() : std::string(" without undue delay")) +
           (b["provisional"].boolean() && b.has("due") ? ", PROVISIONAL" : "") +
           (b["basis"].text().empty() ? "" : " (" + b["basis"].text() + ")");
  if (t == "anchor_moved")
    return "obligation " + b["obligation"].text() + " runs from " + b["anchor"].text() +
           (b.has("due") ? ", owed by " + b["due"].text() : std::string()) +
           (b["provisional"].boolean() && b.has("due") ? ", PROVISIONAL" : "");
  if (t == "obligation_missed") return "obligation " + b["obligation"].text() + " is OVERDUE since " + b["due"].text();
  if (t == "notice_recorded")
    return "notice " + number("notice") + " on " + b["obligation"].text() + also_of(b) + " by " + b["channel"].text() +
           (b["verdict"].text() == "late"      ? ", LATE"
            : b["verdict"].text() == "further" ? ", a further one"
                                               : ", in time") +
           (b["gaps"].items().empty() || b["complete"].boolean() ? "" : ", with gaps: " + shown(b["gaps"]));
  if (t == "filing_stands") return "notice " + number("notice") + " stands for " + b["obligation"].text() + " now";
  if (t == "receipt_recorded") return "receipt for notice " + number("notice");
  if (t == "notice_withdrawn")
    return "notice " + number("notice") + " on " + b["obligation"].text() + " withdrawn: it was recorded in error";
  if (t == "decision_proposed")
    return "decision proposed: " + (b["kind"].text() == "rule_out" ? ruling_of(b)
                                    : b["kind"].text() == "notice" ? b["subject"].text() + " was recorded in error"
                                    : b["kind"].text() == "anchor" ? b["subject"].text() + " was " + shown(b["value"])
                                                                   : "'" + b["subject"].text() + "'");
  if (t == "decision_advised") return "advice on '" + b["subject"].text() + "' (event " + number("decision") + ")";
  if (t == "decision_approved")
    return "'" + b["subject"].text() + "' (event " + number("decision") + ") approved" +
           (b.has("relayed") ? ", relayed by " + b["relayed"].text() + ", to be confirmed by " + b["confirm_by"].text()
                             : std::string()) +
           (b["same_account"].boolean() ? ", from the same account" : "");
  if (t == "approval_confirmed")
    return "approval of '" + b["subject"].text() + "' (event " + number("decision") + ") confirmed";
  if (t == "obligation_ruled_out")
    return "obligation " + b["obligation"].text() + " ruled out, as decided in event " + number("decision");
  if (t == "duty_reopened")
    return "obligation " + b["obligation"].text() + " is owed again" +
           (b.has("fact")          ? ": " + b["fact"].text() + " has changed"
            : b["ended"].boolean() ? ": the restriction has ended"
                                   : std::string());
  if (t == "data_set_added")
    return std::string(b["is_group"].boolean() ? "group of people" : "data set") + " '" + b["data_set"].text() + "'" +
           (b.has("of") ? " in '" + b["of"].text() + "'" : std::string());
  if (t == "identifiers_allowed")
    return "personal identifiers allowed in a draft on " + b["obligation"].text() +
           (b.has("template") ? " by form " + b["template"].text() : std::string()) + " (" +
           std::to_string(b["places"].items().size()) + (b["places"].items().size() == 1 ? " place)" : " places)");
  if (t == "incident_linked") return "belongs to incident " + b["incident"].text();
  if (t == "severity_assessed")
    return "severity by " + b["method"].text() + (b.has("data_set") ? " of '" + b["data_set"].text() + "'" : std::string()) +
           ": " + b["result"].text() + (b["score"].text().empty() ? "" : " (" + b["score"].text() + ")") + suggestion_of(b);
  if (t == "action_added")
    return "action " + number("action") + (b.has("owner") ? " for " + b["owner"].text() : std::string()) +
           (b.has("due") ? ", due " + b["due"].text() : std::string());
  if (t == "action_done") return "action " + number("action") + " done";
  if (t == "case_reopened") return "case reopened" + (b.has("cause") ? " by event " + number("cause") : std::string());
  if (t == "person_added") return b["person"].text() + ": " + shown(b["roles"]);
  return t;
}

std::string with_local_times(std::string text, const std::string& zone) {
  for (std::size_t at = 0; at + 20 <= text.size(); ++at) {
    if (text[at + 10] != 'T' || text[at + 4] != '-') continue;
    const auto end = text.find('Z', at);
    const auto parsed = end == std::string::npos ? Result<Instant>(Error{}) : parse_instant(text.substr(at, end + 1 - at));
    if (!parsed) continue;
    const auto local = local_time(*parsed, zone);
    text.replace(at, end + 1 - at, local);
    at += local.size() - 1;
  }
  return text;
}

std::string banner(const std::string& store) {
  if (store == "story") return "STORY: what follows was played from a story file. It is no real case.\n";
  if (store == "exercise") return "EXERCISE: what follows is practice. It is no real case.\n";
  return "";
}

std::pair<std::string, std::string> owed_next(const workflow::Definition& definition, const case_file::CaseFile& file,
                                              Instant now) {
  auto matters = workflow::open_matters(definition, file);
  std::stable_sort(matters.begin(), matters.end(), [&](const auto& a, const auto& b) {
    const auto rank = [&](const workflow::OpenMatter& m) {
      return std::pair(workflow::bucket_rank(workflow::bucket_of(m, now)), m.key);
    };
    return rank(a) < rank(b);
  });
  if (matters.empty())
    return {file.stage == case_file::Stage::open ? "nothing is owed" : "the case is closed", "case show " + file.ref};
  const auto& first = matters.front();
  std::string sentence = "owed next: " + first.name;
  if (first.has_deadline())
    sentence += (workflow::bucket_of(first, now) == "overdue" ? ", OVERDUE since " : ", by ") +
                both_times(first.key, definition.zone) + (first.is_provisional() ? ", PROVISIONAL" : "");
  else if (first.kind == "obligation") sentence += ", without undue delay";
  if (!first.basis.empty()) sentence += " (" + first.basis + ")";
  if (first.kind == "obligation")
    return {sentence, "notice record " + file.ref + " " + first.name + " --channel NAME --reference REF|pending"};
  if (first.kind == "action") return {sentence, "action list " + file.ref};
  return {sentence, "decision list " + file.ref};
}

int print_outcome(const Call& call, Engine& engine, const Outcome& outcome, const std::string& remark) {
  const auto& definition = *outcome.definition;
  call.world.case_ref = outcome.ref;
  if (!outcome.dry_run) call.world.recorded = "event " + std::to_string(outcome.version) + " of " + outcome.ref;
  CaseView view{outcome.events, {}, outcome.file, outcome.definition, {}, call.world.clock()};
  const auto all = outcome.dry_run ? Result<CaseView>(Error{}) : engine.show(outcome.ref, call.world.clock());
  const auto words = all ? words_or_none(engine, *all) : Words{};
  const auto title = word_at(words, outcome.file->title, outcome.dry_run ? "(not written yet)" : "(title not readable)");
  const auto [owed, command] =
      owed_next(definition, *outcome.file, std::max(call.world.clock(), outcome.file->last_recorded));
  if (call.json()) {
    Json events = Json::array();
    for (const auto& event : outcome.events)
      events.push(
          Json::object({{"n", event.n}, {"type", event.type}, {"at", format_instant(event.at)}, {"body", event.body}}));
    Json body = Json::object({{"store", outcome.file->store},
                              {"case", outcome.ref},
                              {"version", outcome.version},
                              {"states", state_json(outcome.file->states)},
                              {"events", events},
                              {"repeated", outcome.repeated},
                              {"dry_run", outcome.dry_run},
                              {"owed", owed},
                              {"next", "tocsin " + command}});
    for (const auto& event : outcome.events) {
      if (event.type == "decision_proposed")
        body.set("digest", outcome.file->decision(event.n)->digest).set("subject", event.body["subject"]);
      if (event.type == "notice_recorded") body.set("notice", event.body["notice"]);
      if (event.type == "action_added") body.set("action", event.body["action"]);
    }
    call.print(with_words(std::move(body), words));
    return 0;
  }
  auto& out = call.world.out;
  out << banner(outcome.file->store);
  if (outcome.repeated) out << "recorded before under this request id; nothing was written now\n";
  if (outcome.dry_run) out << "DRY RUN: nothing was written\n";
  if (!remark.empty()) out << remark << "\n";
  for (const auto& event : outcome.events)
    if (event.type == "decision_proposed")
      out << "decision " << outcome.file->decision(event.n)->digest.substr(0, 8) << "\n";
  out << outcome.ref << "  " << title << "\n";
  std::string recorded;
  for (const auto& event : outcome.events) {
    recorded += (recorded.empty() ? "" : "; ") + with_local_times(sentence_of(event), definition.zone);
    if (event.by != ledger::kClock) recorded += " [" + both_times(event.at, definition.zone) + "]";
  }
  out << (outcome.dry_run ? "would record: " : "recorded: ") << recorded << "\n";
  out << owed << " -> tocsin " << command << "\n";
  return 0;
}

}  // namespace tocsin::cli
