// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/command_json.h"

namespace tocsin::commands {
namespace {

Json pairs(const std::vector<std::pair<std::string, std::string>>& facts) {
  Json list = Json::array();
  for (const auto& [name, value] : facts) list.push(Json::array({Json(name), Json(value)}));
  return list;
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
    return Json::object({{"command", "notice"},
                         {"obligation", c.obligation},
                         {"channel", c.channel},
                         {"reference", c.reference},
                         {"text", c.text},
                         {"reason", c.reason},
                         {"complete", c.complete}});
  }
  Json operator()(const RecordReceipt& c) const {
    return Json::object({{"command", "receipt"}, {"notice", c.notice}, {"reference", c.reference}});
  }
  Json operator()(const Propose& c) const {
    return Json::object(
        {{"command", "propose"}, {"subject", c.subject}, {"because", c.because}, {"relies_on", Json::array(c.relies_on)}});
  }
  Json operator()(const Advise& c) const {
    return Json::object({{"command", "advise"}, {"decision", c.digest}, {"because", c.because}});
  }
  Json operator()(const Approve& c) const {
    return Json::object({{"command", "approve"}, {"decision", c.digest}, {"because", c.because}, {"relayed", c.relayed}});
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
  Json operator()(const Reopen& c) const { return Json::object({{"command", "reopen"}, {"because", c.because}}); }
};

}  // namespace

Json to_json(const Command& command) { return std::visit(Write{}, command); }

Json to_json(const OpenCase& c) {
  return Json::object({{"command", "open"}, {"ref", c.ref}, {"title", c.title}, {"facts", pairs(c.facts)}});
}

Json to_json(const AddPerson& c) {
  return Json::object({{"command", "person"}, {"name", c.name}, {"roles", Json::array(c.roles)}});
}

}  // namespace tocsin::commands
