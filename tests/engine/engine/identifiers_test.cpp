// SPDX-License-Identifier: Apache-2.0
// Who let personal identifiers stand in a draft is in the history, with the places and without a value.
#include <catch2/catch.hpp>

#include "tests/support/incident_room.h"

using namespace tocsin;
using tests::IncidentRoom;

namespace {

const std::string digest(64, 'a');

commands::AllowIdentifiers permission() {
  return {
      "ico", "ico-report", digest, {"what_happened how_found 1:12 email"}, "jane@example.org is the office's own mailbox"};
}

}  // namespace

TEST_CASE("a permission names the duty, the form and the places, and its reason lies in the vault") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.run(permission()));
  const auto view = room.view();
  const auto& event = view.events.back();
  CHECK(event.type == "identifiers_allowed");
  CHECK(event.body["obligation"].text() == "ico");
  CHECK(event.body["form"].text() == digest);
  CHECK(event.body["places"].items().front().text() == "what_happened how_found 1:12 email");
  const auto records = room.store.read_all(0, 1000);
  REQUIRE(records);
  for (const auto& record : *records) CHECK(record.bytes.find("jane@") == std::string::npos);
  CHECK(**room.engine.words(view, {event.n, "because"}) == "jane@example.org is the office's own mailbox");
  CHECK(room.engine.verify("")->problems == std::vector<std::string>{});
}

TEST_CASE("a permission without a reason, a place or a duty is none, and a place holds no value") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto refused = [&](auto change) {
    auto one = permission();
    change(one);
    const auto outcome = room.run(one);
    return !outcome && outcome.error().code == Errc::invalid;
  };
  CHECK(refused([](auto& one) { one.because.clear(); }));
  CHECK(refused([](auto& one) { one.places.clear(); }));
  CHECK(refused([](auto& one) { one.obligation = "icq"; }));
  CHECK(refused([](auto& one) { one.places = {"how_found 1:12 jane@example.org"}; }));
  CHECK(refused([](auto& one) { one.places = {"how_found +44 7700 900123"}; }));
  CHECK(refused([](auto& one) { one.form_digest = "jane"; }));
  CHECK(refused([](auto& one) { one.form = "a form"; }));
}
