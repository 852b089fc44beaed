// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/command_json.h"

namespace tocsin::commands {
namespace {

Json pairs(const std::vector<std::pair<std::string, std::string>>& facts) {
  Json list = Json::array();
  for (const auto& [name, value] : facts) list.push(Json::array({Json(name), Json(value)}));
  return list;
}

Json at(const std::optional<Instant>& time) { return time ? Json(format_instant(*time)) : Json(); }

Json to_json(const DecisionRecord& r) {
  return Json::object({{"outcome", r.outcome},
                       {"exemption", r.exemption},
                       {"ground", r.ground},
                       {"likelihood", r.likelihood},
                       {"severity", r.severity},
                       {"legal_test", r.legal_test},
                       {"factors", r.factors},
                       {"counter_arguments", r.counter_arguments},
                       {"evidence", r.evidence},
                       {"review_when", Json::array(r.review_when)},
                       {"review_at", at(r.review_at)},
                       {"ends_at", at(r.ends_at)}});
}

struct Write {
  Json operator()(const SetFacts& c) const {
    return Json::object(
        {{"command", "set"}, {"facts", pairs(c.facts)}, {"source", c.source}, {"status", c.status}, {"because", c.because}});
  }
  Json operator()(const Note& c) const {
    return Json::object({{"command", "note"}, {"text", c.text}, {"with", c.with}, {"by", c.by}, {"direction", c.direction}});
  }
  Json operator()(const Move& c) const {
    return Json::object({{"command", "move"}, {"transition", c.transition}, {"because", c.because}});
  }
  Json operator()(const RecordNotice& c) const {
    auto json = Json::object({{"command", "notice"},
                              {"obligation", c.obligation},
                              {"channel", c.channel},
                              {"reference", c.reference},
                              {"text", c.text},
                              {"reason", c.reason},
                              {"complete", c.complete}});
    if (!c.also.empty()) json.set("also", Json::array(c.also));
    return json;
  }
  Json operator()(const RecordReceipt& c) const {
    return Json::object({{"command", "receipt"}, {"notice", c.notice}, {"reference", c.reference}});
  }
  Json operator()(const Propose& c) const {
    auto json = Json::object(
        {{"command", "propose"}, {"subject", c.subject}, {"because", c.because}, {"relies_on", Json::array(c.relies_on)}});
    if (!c.record.empty()) json.set("record", to_json(c.record));
    return json;
  }
  Json operator()(const Advise& c) const {
    return Json::object({{"command", "advise"}, {"decision", c.digest}, {"because", c.because}});
  }
  Json operator()(const Approve& c) const {
    return Json::object({{"command", "approve"}, {"decision", c.digest}, {"because", c.because}, {"relayed", c.relayed}});
  }
  Json operator()(const Decline& c) const {
    return Json::object({{"command", "decline"}, {"decision", c.digest}, {"because", c.because}, {"relayed", c.relayed}});
  }
  Json operator()(const AddAction& c) const {
    return Json::object({{"command", "action"},
                         {"text", c.text},
                         {"owner", c.owner},
                         {"due", c.due ? Json(format_instant(*c.due)) : Json()}});
  }
  Json operator()(const FinishAction& c) const {
    return Json::object({{"command", "action done"}, {"action", c.number}, {"because", c.because}});
  }
  Json operator()(const DropAction& c) const {
    return Json::object({{"command", "action drop"}, {"action", c.number}, {"because", c.because}});
  }
  Json operator()(const AcceptRisk& c) const {
    return Json::object({{"command", "action accept-risk"}, {"action", c.number}, {"because", c.because}});
  }
  Json operator()(const Reopen& c) const { return Json::object({{"command", "reopen"}, {"because", c.because}}); }
  Json operator()(const EndRestriction& c) const {
    return Json::object({{"command", "end restriction"}, {"obligation", c.obligation}, {"because", c.because}});
  }
  Json operator()(const AddDataSet& c) const {
    return Json::object({{"command", "data set"},
                         {"name", c.name},
                         {"title", c.title},
                         {"is_group", c.is_group},
                         {"of", c.of},
                         {"facts", pairs(c.facts)}});
  }
  Json operator()(const AssessSeverity& c) const {
    return Json::object({{"command", "severity"},
                         {"method", c.method},
                         {"inputs", pairs(c.inputs)},
                         {"data_set", c.data_set},
                         {"because", c.because}});
  }
  Json operator()(const LinkIncident& c) const { return Json::object({{"command", "link"}, {"incident", c.incident}}); }
  Json operator()(const AddContact& c) const {
    return Json::object({{"command", "contact"},
                         {"party", c.party},
                         {"kind", c.kind},
                         {"value", c.value},
                         {"hours", c.hours},
                         {"note", c.note}});
  }
  Json operator()(const RemoveContact& c) const {
    return Json::object({{"command", "contact remove"}, {"contact", c.number}, {"because", c.because}});
  }
  Json operator()(const IncludePrivileged& c) const {
    return Json::object({{"command", "include privileged"}, {"document", c.document}, {"because", c.because}});
  }
  Json operator()(const AllowIdentifiers& c) const {
    return Json::object({{"command", "allow identifiers"},
                         {"obligation", c.obligation},
                         {"form", c.form},
                         {"form_digest", c.form_digest},
                         {"places", Json::array(c.places)},
                         {"because", c.because}});
  }
};

}  // namespace

Json to_json(const Command& command) { return std::visit(Write{}, command); }

Json to_json(const OpenCase& c) {
  auto json = Json::object({{"command", "open"}, {"ref", c.ref}, {"title", c.title}, {"facts", pairs(c.facts)}});
  if (!c.incident.empty()) json.set("incident", c.incident);
  return json;
}

Json to_json(const AddPerson& c) {
  auto json = Json::object({{"command", "person"}, {"name", c.name}, {"roles", Json::array(c.roles)}});
  if (c.until) json.set("until", format_instant(*c.until));
  return json;
}

}  // namespace tocsin::commands
