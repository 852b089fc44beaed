// SPDX-License-Identifier: Apache-2.0
#include "cli/views/views.h"

#include "engine/workflow/explain.h"

namespace tocsin::cli {
namespace {

Json json_of(const std::optional<Instant>& at) { return at ? Json(format_instant(*at)) : Json(); }

Json json_of(const std::optional<std::string>& words) { return words ? Json(*words) : Json(); }

Json missing_json(const std::vector<workflow::Missing>& missing) {
  Json json = Json::array();
  for (const auto& one : missing) json.push(one.subject);
  return json;
}

Json fact_json(const case_file::Claim& claim, const Words& words) {
  const auto found = words.find({claim.n, "value"});
  const Json value = !claim.vaulted ? claim.value : found == words.end() ? Json() : json_of(found->second);
  auto json = Json::object({{"value", value},
                            {"at", format_instant(claim.at)},
                            {"recorded_at", format_instant(claim.recorded_at)},
                            {"by", claim.by},
                            {"source", claim.source},
                            {"status", claim.status},
                            {"version", claim.n}});
  return claim.vaulted ? with_marks(std::move(json), words, {claim.n, "value"}) : json;
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

Json states_json(const std::map<std::string, std::string, std::less<>>& states) {
  Json json = Json::object();
  for (const auto& [region, state] : states) json.set(region, state);
  return json;
}

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
       {"states", states_json(file.states)},
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
                             {"judged_by", json_of(item.judged_by)},
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
    auto json = Json::object({{"n", event.n},
                              {"type", event.type},
                              {"at", format_instant(event.at)},
                              {"recorded_at", format_instant(event.recorded_at)},
                              {"by", event.by},
                              {"account", event.account},
                              {"body", event.body},
                              {"texts", texts},
                              {"prev", to_hex(event.prev)},
                              {"seal", to_hex(view.seals[i])}});
    if (event.body.has("marks")) json.set("marks", event.body["marks"]);
    events.push(std::move(json));
  }
  return Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"events", events}});
}

}  // namespace tocsin::cli
