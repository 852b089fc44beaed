// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/definition.h"

#include <algorithm>
#include <cassert>

#include "engine/base/digest.h"
#include "engine/base/json.h"

namespace tocsin::workflow {

namespace {

/// The element whose member `key` is `name`, or null.
template <class T, class Key>
const T* find_by(const std::vector<T>& all, Key key, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.*key == name; });
  return found == all.end() ? nullptr : &*found;
}

guard::Type type_of(const Fact& fact) {
  using Kind = guard::Type::Kind;
  if (fact.vaulted()) return {Kind::vaulted};
  switch (fact.kind) {
    case Fact::Kind::time:
    case Fact::Kind::period: return {Kind::time};
    case Fact::Kind::choice: return {Kind::choice, fact.words, fact.ordered};
    case Fact::Kind::set: return {Kind::set, fact.words};
    case Fact::Kind::count: return {Kind::count};
    case Fact::Kind::text: break;
  }
  return {Kind::vaulted};
}

}  // namespace

const State* Region::state(std::string_view wanted) const { return find_by(states, &State::name, wanted); }

const State& Region::initial() const {
  for (const auto& one : states) {
    if (one.initial) return one;
  }
  assert(!states.empty());  // check() refuses a region without an initial state
  return states.front();
}

std::string Anchor::text() const {
  switch (kind) {
    case Kind::fact: return "facts." + name;
    case Kind::filed: return "filed(obligations." + name + ")";
    case Kind::exempted: return "exempted(obligations." + name + "." + exemption + ")";
    case Kind::opened: break;
  }
  return "case.opened_at";
}

const ClockVersion* Clock::in_force(Instant at) const {
  for (const auto& version : versions) {
    if ((!version.from || *version.from <= at) && (!version.until || at < *version.until)) return &version;
  }
  return nullptr;
}

const Exemption* Clock::exemption(std::string_view wanted) const { return find_by(exemptions, &Exemption::name, wanted); }

std::string Reading::name() const {
  using calendar::Counting;
  const bool is_1182 = rule.counting == Counting::eu1182_hours || rule.counting == Counting::eu1182_days ||
                       rule.counting == Counting::eu1182_months;
  return is_1182 ? "eu1182" : std::string(word(rule.counting));
}

const Fact* Definition::fact(std::string_view wanted) const { return find_by(facts, &Fact::name, wanted); }
const Region* Definition::region(std::string_view wanted) const { return find_by(regions, &Region::name, wanted); }
const Obligation* Definition::obligation(std::string_view wanted) const {
  return find_by(obligations, &Obligation::name, wanted);
}
const Clock* Definition::clock(std::string_view id) const { return find_by(clocks, &Clock::id, id); }
const Party* Definition::party(std::string_view wanted) const { return find_by(parties, &Party::name, wanted); }

const method::Method* Definition::method(std::string_view wanted) const {
  return find_by(methods, &method::Method::name, wanted);
}

const calendar::WorkDays* Definition::work_days(const ClockVersion& version) const {
  const auto found = calendars.find(version.calendar.empty() ? calendar : version.calendar);
  return found == calendars.end() ? nullptr : &found->second;
}

const Region* Definition::closing_region() const {
  if (const auto* named = region("case")) return named;
  return regions.size() == 1 ? &regions.front() : nullptr;
}

std::pair<const Region*, const Transition*> Definition::transition(std::string_view wanted) const {
  for (const auto& one : regions) {
    if (const auto* found = find_by(one.transitions, &Transition::name, wanted)) return {&one, found};
  }
  return {nullptr, nullptr};
}

namespace {

Json json_of(const std::optional<Instant>& at) { return at ? Json(format_instant(*at)) : Json(); }

Json json_of(const calendar::Rule& rule) {
  Json limits = Json::array();
  for (const auto& limit : rule.limits) limits.push(json_of(limit));
  return Json::object({{"counting", word(rule.counting)},
                       {"period", rule.period},
                       {"after", rule.after},
                       {"unless_passed_at", rule.unless_passed_at},
                       {"limits", limits}});
}

Json json_of(const ClockVersion& version) {
  Json also = Json::array();
  for (const auto& reading : version.also) also.push(Json::array({json_of(reading.rule), Json(reading.note)}));
  return Json::object({{"from", json_of(version.from)},
                       {"until", json_of(version.until)},
                       {"rule", json_of(version.rule)},
                       {"basis", version.basis},
                       {"calendar", version.calendar},
                       {"from_submission_of", version.from_submission_of},
                       {"relief", version.relief ? Json::array(version.relief->not_for) : Json()},
                       {"also", also},
                       {"note", version.note}});
}

}  // namespace

std::string clock_digest(const Clock& clock) {
  Json versions = Json::array(), contents = Json::array(), exemptions = Json::array();
  for (const auto& version : clock.versions) versions.push(json_of(version));
  for (const auto& content : clock.contents) {
    auto one = Json::array({Json(content.field), Json(content.title), Json(content.may_follow)});
    if (content.where_possible) one.push("where_possible");  // only then, so that other clocks keep the digest they had
    contents.push(std::move(one));
  }
  for (const auto& one : clock.exemptions) {
    exemptions.push(Json::array({Json(one.name), Json(one.title), Json(one.basis), Json(one.demands), Json(one.raises),
                                 one.from ? Json(format_instant(*one.from)) : Json(),
                                 one.until ? Json(format_instant(*one.until)) : Json()}));
  }
  return to_hex(sha256(canonical(Json::object({{"id", clock.id},
                                               {"kind", word(clock.kind)},
                                               {"proposed", clock.proposed},
                                               {"title", clock.title},
                                               {"owed_by", clock.owed_by},
                                               {"to", clock.to},
                                               {"trigger", clock.trigger},
                                               {"late", clock.late},
                                               {"versions", versions},
                                               {"contents", contents},
                                               {"exemptions", exemptions},
                                               {"source", clock.source},
                                               {"confidence", clock.confidence},
                                               {"note", clock.note}}))));
}

const std::vector<std::string>& markings_of(const Definition& definition) {
  static const std::vector<std::string> public_sector = {"official", "official-sensitive"};
  return definition.markings.empty() ? public_sector : definition.markings;
}

const std::vector<std::string>& contact_kinds() {
  static const std::vector<std::string> kinds = {"phone", "mail", "web", "post"};
  return kinds;
}

std::string definition_digest(const std::vector<SourceFile>& files) {
  std::vector<std::pair<std::string, std::string>> sorted;
  for (const auto& file : files) sorted.emplace_back(file.path, to_hex(sha256(file.text)));
  std::sort(sorted.begin(), sorted.end());
  Json list = Json::array();
  for (const auto& [path, digest] : sorted) list.push(Json::array({path, digest}));
  return to_hex(sha256(canonical(list)));
}

guard::Scope scope_of(const Definition& definition) {
  guard::Scope scope;
  for (const auto& fact : definition.facts) scope.names["facts." + fact.name] = type_of(fact);
  for (const auto& region : definition.regions) {
    guard::Type type{guard::Type::Kind::state};
    for (const auto& state : region.states) type.words.push_back(state.name);
    scope.names["states." + region.name] = std::move(type);
    scope.regions.insert(region.name);
  }
  scope.names["actions.open"] = {guard::Type::Kind::integer};
  for (const auto& obligation : definition.obligations) {
    scope.obligations.insert(obligation.name);
    if (const auto* clock = definition.clock(obligation.clock))
      for (const auto& exemption : clock->exemptions) scope.exemptions.insert(obligation.name + "." + exemption.name);
  }
  return scope;
}

}  // namespace tocsin::workflow
