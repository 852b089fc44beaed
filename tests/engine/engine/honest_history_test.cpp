// SPDX-License-Identifier: Apache-2.0
// Whatever the front door lets in, its own audit has nothing against.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>
#include <set>

#include "tests/support/incident_room.h"

using namespace tocsin;
using namespace tocsin::commands;
using tests::IncidentRoom;
using workflow::Fact;

namespace {

/// Five people who do whatever comes to mind, on one case of a shipped workflow.
class RestlessRoom : public IncidentRoom {
 public:
  RestlessRoom(const std::string& workflow, unsigned seed) : dice_(seed) {
    must(at("2026-05-02T19:00Z").as("ann").engine.open(workflow, {"FF-1", "Passes"}, request()));
    definition_ = view().definition;
  }

  /// One command, recorded or refused.
  void step() {
    static const std::vector<std::string> names = {"ann", "dee", "sid", "sue", "gus"};
    later(one_in(3) ? Duration{0} : one_in(5) ? hours(below(72)) : minutes(below(90)));
    as(pick(names), one_in(6) ? "desk" : "");
    if (one_in(6)) happened(format_instant(request().now - minutes(below(600))));
    const auto done = run(command());
    if (done)
      for (const auto& event : done->events) written_.push_back(event.type);
  }

  /// The types of all events, in order, for whoever has to find out what went wrong.
  const std::vector<std::string>& written() const { return written_; }

 private:
  std::int64_t below(std::int64_t limit) { return static_cast<std::int64_t>(dice_() % static_cast<std::uint64_t>(limit)); }
  bool one_in(std::int64_t n) { return below(n) == 0; }
  template <class T>
  const T& pick(const std::vector<T>& all) {
    return all[static_cast<std::size_t>(below(static_cast<std::int64_t>(all.size())))];
  }
  std::string time() { return format_instant(request().now - minutes(below(6000))); }

  std::string value(const Fact& fact) {
    if (one_in(12)) return "unknown";
    switch (fact.kind) {
      case Fact::Kind::choice:
      case Fact::Kind::set: return pick(fact.words);
      case Fact::Kind::count: {
        const auto n = below(500);
        return std::to_string(n) + (one_in(3) ? ".." + std::to_string(n + below(100)) : "");
      }
      case Fact::Kind::time: return time();
      default: return fact.kind == Fact::Kind::period ? time() + ".." : "some words";
    }
  }

  /// "", "footage", "cleaners": where a fact or a duty hangs.
  std::string place() {
    static const std::vector<std::string> names = {"footage", "cleaners", "ledger"};
    return one_in(3) ? pick(names) : "";
  }
  std::vector<std::pair<std::string, std::string>> facts(const std::string& of, bool of_data) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (auto n = below(3) + 1; n > 0; --n) {
      const auto& fact = pick(definition_->facts);
      if (of_data == (fact.per == workflow::Level::breach)) continue;
      pairs.emplace_back(case_file::CaseFile::fact_in(of, fact.name), value(fact));
    }
    return pairs;
  }
  std::string obligation() {
    const auto at = place();
    static const std::vector<std::string> usual = {"ico", "staff"};
    return (one_in(2) ? pick(usual) : pick(definition_->obligations).name) + (at.empty() ? "" : "@" + at) +
           (one_in(8) ? "#2" : "");
  }
  std::string transition() { return pick(pick(definition_->regions).transitions).name; }
  std::string subject() {
    switch (below(5)) {
      case 0: return "notice:" + std::to_string(below(3) + 1);
      case 1: return transition();
      case 2: return "aware_at=" + time();
      default: return obligation();
    }
  }
  std::vector<std::string> some_facts() {
    return one_in(2) ? std::vector<std::string>{pick(definition_->facts).name} : std::vector<std::string>{};
  }

  std::string decision() {
    const auto all = view().file->decisions;
    return all.empty() ? subject() : pick(all).digest;
  }

  Command command() {
    const std::string words = one_in(9) ? "" : "because of that";
    const auto number = static_cast<int>(below(4));
    switch (below(20)) {
      case 0:
      case 1:
      case 2: {
        const auto at = place();
        return SetFacts{facts(at, !at.empty()), one_in(4) ? "supplier" : "", one_in(6) ? "disputed" : "", words};
      }
      case 3: return Note{"words", {}, {}, {}};
      case 4: return Move{transition(), words};
      case 5:
      case 6: {
        RecordNotice notice{obligation(), "telephone", one_in(2) ? "pending" : "IC-1", {}, words, one_in(2), {}};
        if (one_in(5)) notice.also = {obligation()};
        return notice;
      }
      case 7: return RecordReceipt{number, "IC-2"};
      case 8:
      case 9: as(one_in(2) ? "sid" : "sue"); return Propose{subject(), words, some_facts(), {}};
      case 10: as("dee"); return Advise{decision(), words};
      case 11:
      case 12:
        as(one_in(2) ? "gus" : "sue", one_in(4) ? "sid" : "");
        return Approve{decision(), words, one_in(4) ? "telephone" : ""};
      case 13: as("gus"); return Decline{decision(), words, {}};
      case 14: {
        AddAction action{"change the locks", {}, {}};
        if (one_in(2)) action.due = request().now + hours(below(50));
        return action;
      }
      case 15:
        return one_in(3)   ? Command(DropAction{number, words})
               : one_in(2) ? Command(AcceptRisk{number, words})
                           : Command(FinishAction{number, words});
      case 16: return one_in(2) ? Command(Reopen{words}) : Command(EndRestriction{obligation(), words});
      case 17: {
        static const std::vector<std::string> names = {"footage", "cleaners", "ledger"};
        return AddDataSet{pick(names), words, one_in(2), {}, one_in(2) ? facts({}, true) : decltype(AddDataSet::facts){}};
      }
      case 18: return LinkIncident{"INC-" + std::to_string(number)};
      default: return AddContact{"supplier", "phone", "020 7946 0000", {}, {}};
    }
  }

  std::mt19937 dice_;
  std::shared_ptr<const workflow::Definition> definition_;
  std::vector<std::string> written_;
};

}  // namespace

TEST_CASE("an audit has nothing against a history that was written through the front door") {
  const unsigned seeds = std::getenv("TOCSIN_LONG") != nullptr ? 400 : 8;
  std::set<std::string> types;
  const auto workflows = yaml_library::Library(TOCSIN_SOURCE_DIR "/workflows").names();
  REQUIRE(workflows);
  for (const auto& workflow : *workflows)
    for (unsigned seed = 1; seed <= seeds; ++seed) {
      RestlessRoom room(workflow, seed);
      for (int i = 0; i < 40; ++i) room.step();
      types.insert(room.written().begin(), room.written().end());
      const auto report = room.engine.verify("");
      REQUIRE(report);
      CAPTURE(workflow, seed, room.written());
      CHECK(report->problems == std::vector<std::string>{});
      CHECK(report->warnings == std::vector<std::string>{});
    }
  CHECK(types.size() > 15);  // what is refused proves nothing
}
