// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/workflow_reader.h"

#include <algorithm>
#include <charconv>

#include "adapters/yaml_library/region_reader.h"

namespace tocsin::yaml_library {

using workflow::Anchor;
using workflow::Definition;
using workflow::Fact;
using workflow::Obligation;

namespace {

const std::vector<std::string> workflow_keys = {"workflow", "version",  "title",       "about",    "zone",
                                                "law",      "calendar", "parties",     "roles",    "facts",
                                                "methods",  "regions",  "obligations", "markings", "accept_risk"};
const std::vector<std::string> fact_types = {"text", "time", "period", "choice", "set", "count"};

Fact::Kind fact_kind(std::string_view word) {
  if (word == "time") return Fact::Kind::time;
  if (word == "period") return Fact::Kind::period;
  if (word == "choice") return Fact::Kind::choice;
  if (word == "set") return Fact::Kind::set;
  return word == "count" ? Fact::Kind::count : Fact::Kind::text;
}

/// The syntax of an IANA name; whether the machine knows the zone is for whoever prints times.
bool is_zone(std::string_view zone) {
  if (zone == "UTC") return true;
  const bool letters = std::all_of(zone.begin(), zone.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '_' || c == '-' ||
           c == '+';
  });
  return letters && zone.size() <= 64 && zone.find('/') != std::string_view::npos && zone.front() != '/' &&
         zone.back() != '/' && zone.find("//") == std::string_view::npos;
}

bool is_workflow_name(std::string_view name) {
  for (bool more = true; more;) {
    const auto slash = name.find('/');
    if (!is_name_with_hyphens(name.substr(0, slash))) return false;
    more = slash != std::string_view::npos;
    if (more) name.remove_prefix(slash + 1);
  }
  return true;
}

void read_head(const Fields& fields, Definition& into) {
  into.place = fields.place();
  into.name = fields.required_text("workflow");
  if (!into.name.empty() && !is_workflow_name(into.name)) {
    fields.wrong(*fields.find("workflow"), in_quotes(into.name) + " cannot be the name of a workflow",
                 "write it like uk/supplier-breach");
  }
  const auto version = fields.require("version", "add version: 1") == nullptr ? std::nullopt : fields.integer("version");
  if (version && (*version < 1 || *version > 1'000'000)) {
    fields.wrong(*fields.find("version"), "'version' is out of range: " + std::to_string(*version), "it counts from 1");
  } else if (version) {
    into.version = static_cast<int>(*version);
  }
  into.title = fields.required_text("title");
  into.about = fields.text("about");
  into.zone = fields.required_text("zone", "add zone: Europe/London, or the name of another time zone");
  if (!into.zone.empty() && !is_zone(into.zone)) {
    fields.wrong(*fields.find("zone"), in_quotes(into.zone) + " is not the name of a time zone",
                 "write it like Europe/London");
  }
  fields.require("law", "add law: with the names of files in law/, without .yaml");
  for (const auto* word : fields.words("law")) {
    into.law.push_back(word->text);
    into.places["law." + word->text] = fields.place_of(*word);
  }
  into.calendar = fields.text("calendar");
  for (const auto* word : fields.words("methods")) {
    into.wanted_methods.push_back(word->text);
    into.places["methods." + word->text] = fields.place_of(*word);
  }
  if (!into.calendar.empty()) into.places["calendar"] = fields.place_of(*fields.find("calendar"));
}

void read_parties(const Fields& fields, Definition& into) {
  for (const auto& [name, value] : fields.named("parties", false)) {
    const Fields party(fields.page(), *value, "party " + in_quotes(name->text), {"title", "optional"}, name);
    into.parties.push_back({name->text, party.required_text("title"), party.flag("optional"), party.place_of(*name)});
  }
}

/// How words may be marked, and who may accept a risk that stays.
void read_handling(const Fields& fields, Definition& into) {
  for (const auto* word : fields.words("markings")) {
    if (is_name_with_hyphens(word->text)) into.markings.push_back(word->text);
    else
      fields.wrong(*word, in_quotes(word->text) + " cannot be a protective marking",
                   "use lower-case letters, digits, '_' and '-', like official-sensitive");
  }
  into.accept_risk =
      texts_with_places(fields, "accept_risk", "", into, "name a role, or leave it out for anybody who is listed");
}

void read_roles(const Fields& fields, Definition& into) {
  for (const auto& [name, value] : fields.named("roles", true)) {
    if (value->kind != Node::Kind::scalar || value->text.empty()) {
      fields.wrong(*name, "role " + in_quotes(name->text) + " does not say what it does",
                   "write a sentence after the colon");
    }
    into.roles.emplace_back(name->text, value->text);
  }
}

/// The allowed words of a choice or set; other types have none.
std::vector<std::string> read_fact_words(const Fields& fields, Fact::Kind kind) {
  const bool wants_words = kind == Fact::Kind::choice || kind == Fact::Kind::set;
  if (!wants_words) {
    if (const auto* of = fields.find("of"))
      fields.wrong(*of, "only a choice or a set has 'of'", "leave it out, or write type: choice or type: set");
    return {};
  }
  if (fields.require("of", "add of: with a list of words") == nullptr) return {};
  std::vector<std::string> words;
  for (const auto* word : fields.words("of")) {
    if (is_name(word->text) && word->text != "unknown") {
      words.push_back(word->text);
    } else {
      fields.wrong(*word, in_quotes(word->text) + " cannot be a word of a fact",
                   "use lower-case letters, digits and _; 'unknown' is kept for taking a value back");
    }
  }
  return words;
}

/// A type that is not known is guessed, so that what else the fact says is not a second mistake.
Fact::Kind read_kind(const Fields& fields) {
  const auto kind = fact_kind(fields.one_of("type", fact_types));
  return kind == Fact::Kind::text && fields.has("of") && fields.text("type") != "text" ? Fact::Kind::choice : kind;
}

/// What a fact or an obligation hangs on; without the key, the breach as a whole.
workflow::Level read_level(const Fields& fields) {
  if (!fields.has("per")) return workflow::Level::breach;
  return fields.one_of("per", {"data_set", "group"}) == "group" ? workflow::Level::group : workflow::Level::data_set;
}

Fact read_fact(const Fields& fields, const Node& name, Definition& into) {
  Fact fact;
  fact.name = name.text;
  fact.place = fields.place_of(name);
  fact.kind = read_kind(fields);
  fact.ask = fields.text("ask");
  fact.words = read_fact_words(fields, fact.kind);
  fact.ordered = fields.flag("ordered");
  if (fact.ordered && fact.kind != Fact::Kind::choice) {
    fields.wrong(*fields.find("ordered"), "only a choice can be ordered", "leave it out");
  }
  fact.judged = fields.flag("judged");
  fact.personal = fields.flag("personal");
  fact.by = texts_with_places(fields, "by", "facts." + fact.name, into,
                              "name a role, or leave 'by' out if everybody's word counts");
  fact.law = fields.text("law");
  fact.per = read_level(fields);
  fact.future = fields.flag("future");
  if (fact.future && fact.kind != Fact::Kind::time) {
    fields.wrong(*fields.find("future"), "only a time can lie in the future", "leave it out");
  }
  fact.suggested_by = text_with_place(fields, "suggested_by", "facts." + fact.name, into);
  return fact;
}

void read_facts(const Fields& fields, Definition& into) {
  for (const auto& [name, value] : fields.named("facts", false)) {
    const Fields fact(fields.page(), *value, "fact " + in_quotes(name->text),
                      {"type", "ask", "of", "ordered", "judged", "personal", "by", "law", "per", "future", "suggested_by"},
                      name);
    into.facts.push_back(read_fact(fact, *name, into));
  }
}

constexpr const char* anchor_forms =
    "write facts.NAME, case.opened_at, filed(obligations.NAME) or exempted(obligations.NAME.EXEMPTION)";

/// "facts.aware_at", "case.opened_at", "filed(obligations.ico)" or "exempted(obligations.staff.art_34_3_c)".
std::optional<Anchor> read_anchor(std::string_view text) {
  if (text == "case.opened_at") return Anchor{Anchor::Kind::opened, {}};
  if (text.starts_with("facts.") && is_name(text.substr(6))) return Anchor{Anchor::Kind::fact, std::string(text.substr(6))};
  constexpr std::string_view filed = "filed(obligations.", exempted = "exempted(obligations.";
  const bool is_filed = text.starts_with(filed);
  if ((!is_filed && !text.starts_with(exempted)) || !text.ends_with(")")) return std::nullopt;
  const auto inside = is_filed ? filed.size() : exempted.size();
  const auto name = text.substr(inside, text.size() - inside - 1);
  const auto dot = name.find('.');
  if (is_filed != (dot == std::string_view::npos) || !is_name_with_hyphens(name.substr(0, dot))) return std::nullopt;
  if (is_filed) return Anchor{Anchor::Kind::filed, std::string(name)};
  if (!is_name(name.substr(dot + 1))) return std::nullopt;
  return Anchor{Anchor::Kind::exempted, std::string(name.substr(0, dot)), std::string(name.substr(dot + 1))};
}

std::vector<Anchor> read_anchors(const Fields& fields, std::string_view key, const std::string& owner, Definition& into) {
  std::vector<Anchor> anchors;
  for (const auto* node : fields.words(key)) {
    const auto anchor = read_anchor(node->text);
    if (!anchor) {
      fields.wrong(*node, in_quotes(node->text) + " is nothing a clock can run from", anchor_forms);
      continue;
    }
    anchors.push_back(*anchor);
    into.places[owner + ".anchor." + anchor->text()] = fields.place_of(*node);
  }
  return anchors;
}

/// Other starts by name: {classified: facts.classified_at}.
void read_starts(const Fields& fields, const std::string& owner, Obligation& obligation, Definition& into) {
  const auto* node = fields.find("starts");
  if (node == nullptr) return;
  std::vector<std::string> names;
  for (const auto& [name, value] : fields.named("starts", false)) names.push_back(name->text);
  const Fields starts(fields.page(), *node, "'starts' of " + fields.owner(), names);
  for (const auto& name : names) {
    into.places[owner + ".starts." + name] = starts.place_of_key(name);
    obligation.starts.emplace_back(name, read_anchors(starts, name, owner, into));
  }
}

/// "24h", "90m" or "3d".
std::optional<Duration> read_duration(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end + 1 != text.data() + text.size() || number < 1 || number > 10'000) return std::nullopt;
  if (*end == 'm') return minutes(number);
  if (*end == 'h') return hours(number);
  return *end == 'd' ? std::optional(hours(24 * number)) : std::nullopt;
}

std::vector<Duration> read_reminders(const Fields& fields) {
  std::vector<Duration> reminders;
  for (const auto* node : fields.words("remind")) {
    const auto duration = read_duration(node->text);
    if (duration) reminders.push_back(*duration);
    else fields.wrong(*node, in_quotes(node->text) + " is no length of time", "write it like 24h, 90m or 3d");
  }
  std::sort(reminders.begin(), reminders.end());
  return reminders;
}

Obligation read_obligation(const Fields& fields, const Node& name, Definition& into) {
  const auto owner = "obligations." + name.text;
  Obligation obligation;
  obligation.name = name.text;
  obligation.place = fields.place_of(name);
  obligation.clock = text_with_place(fields, "clock", owner, into);
  fields.require("to", "add to: with one of the parties");
  obligation.to = text_with_place(fields, "to", owner, into);
  obligation.owed_by = text_with_place(fields, "owed_by", owner, into);
  fields.require("anchor", "add anchor: facts.NAME, case.opened_at, filed(...) or exempted(...)");
  obligation.anchor = read_anchors(fields, "anchor", owner, into);
  read_starts(fields, owner, obligation, into);
  obligation.watched = fields.flag("watched");
  obligation.proposed = fields.flag("proposed");
  obligation.per = read_level(fields);
  obligation.directed = text_with_place(fields, "directed", owner, into);
  obligation.relief_for = text_with_place(fields, "relief_for", owner, into);
  obligation.remind = read_reminders(fields);
  obligation.applies = read_guard(fields, "applies", owner, into);
  obligation.again_when = texts_with_places(fields, "again_when", owner, into);
  obligation.rule_out = read_approval(fields, "rule_out", owner, into);
  obligation.notice = text_with_place(fields, "notice", owner, into);
  return obligation;
}

void read_obligations(const Fields& fields, Definition& into) {
  for (const auto& [name, value] : fields.named("obligations", true)) {
    const Fields obligation(fields.page(), *value, "obligation " + in_quotes(name->text),
                            {"clock", "to", "owed_by", "watched", "proposed", "per", "anchor", "starts", "directed",
                             "relief_for", "applies", "again_when", "rule_out", "notice", "remind"},
                            name);
    into.obligations.push_back(read_obligation(obligation, *name, into));
  }
}

}  // namespace

Definition read_workflow(Page& page, const Node& root) {
  const Fields fields(page, root, "the workflow", workflow_keys);
  Definition definition;
  read_head(fields, definition);
  fields.require("parties", "add parties: {NAME: {title: ...}}");  // regions and obligations: check() says it
  read_parties(fields, definition);
  read_roles(fields, definition);
  read_handling(fields, definition);
  read_facts(fields, definition);
  read_regions(fields, definition);
  read_obligations(fields, definition);
  return definition;
}

}  // namespace tocsin::yaml_library
