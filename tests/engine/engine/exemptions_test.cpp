// SPDX-License-Identifier: Apache-2.0
// Exemptions have dates, as the law they stand in has.
#include <catch2/catch.hpp>

#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;

namespace {

Result<Outcome> exempt(IncidentRoom& room, const std::string& exemption) {
  commands::Propose propose{"staff", "telling would warn the thieves", {}};
  propose.record.exemption = exemption;
  return room.as("sid").run(propose);
}

}  // namespace

TEST_CASE("a decision names an exemption that is in force when it is made, and no other") {
  IncidentRoom room;  // it is May 2026
  REQUIRE(room.open());
  const auto refused = exempt(room, "dpa_sch2_para2_before_2026");
  REQUIRE(refused.error().code == Errc::invalid);
  CHECK(refused.error().message.find("was not in force at 2026-05-02") != std::string::npos);
  CHECK(exempt(room, "dpa_sch2_para2"));
  CHECK(room.engine.verify("")->problems.empty());
}

TEST_CASE("a decision that was made before the law changed names the text of its day") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(exempt(room.happened("2026-01-10T10:00Z"), "dpa_sch2_para2").error().code == Errc::invalid);
  CHECK(exempt(room.happened("2026-01-10T10:00Z"), "dpa_sch2_para2_before_2026"));
}
