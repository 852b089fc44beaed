// SPDX-License-Identifier: Apache-2.0
// The address book: how parties are reached.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/incident_room.h"

using namespace tocsin;
using commands::AddContact;
using commands::RemoveContact;
using tests::IncidentRoom;

namespace {

const AddContact kHotline{"supplier", "phone", "+44 20 7946 0001", "day and night", "ask for the duty manager"};

std::vector<Contact> book(IncidentRoom& room, const std::string& party) {
  const auto view = room.view();
  auto all = *room.engine.contacts(&view);
  std::erase_if(all, [&](const Contact& one) { return one.party != party; });
  return all;
}

}  // namespace

TEST_CASE("a party is reached by the case's own contact points first, then the store's, then what is public") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.engine.add_contact({"ico", "mail", "casework@example.org", "", ""}, room.request()));
  REQUIRE(room.run(AddContact{"ico", "phone", "01632 960123", "", "the case officer"}));
  const auto ico = book(room, "ico");
  REQUIRE(ico.size() == 4);
  CHECK(ico[0].scope == "case");
  CHECK(ico[0].value == "01632 960123");
  CHECK(ico[1].scope == "store");
  CHECK(ico[2].scope == "public");
  CHECK(ico[2].value == "0303 123 1113");
  CHECK(ico[2].confidence == "A");
  CHECK_FALSE(ico[2].source.empty());
  CHECK(room.engine.verify("")->problems.empty());
}

TEST_CASE("what is dialled lies in the vault, and can be forgotten without hiding the rest") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto added = room.engine.add_contact(kHotline, room.request());
  REQUIRE(added);
  CHECK(canonical(added->events.front().body).find("7946") == std::string::npos);
  REQUIRE(room.run(AddContact{"supplier", "mail", "night@example.org", "", ""}));
  REQUIRE(room.vault.forget(ledger::kSiteStream));
  const auto supplier = book(room, "supplier");
  REQUIRE(supplier.size() == 2);
  CHECK(supplier[0].value == "night@example.org");
  CHECK_FALSE(supplier[1].readable);
  CHECK(room.engine.verify("")->problems.empty());
}

TEST_CASE("a line is removed by its number, and its number is not given again") {
  IncidentRoom room;
  REQUIRE(room.open());
  REQUIRE(room.engine.add_contact(kHotline, room.request()));
  REQUIRE(room.engine.remove_contact({1, "they changed it"}, room.request()));
  CHECK(book(room, "supplier").empty());
  CHECK(room.engine.remove_contact({1, ""}, room.request()).error().code == Errc::not_found);
  const auto again = room.engine.add_contact(kHotline, room.request());
  REQUIRE(again);
  CHECK(again->events.front().body["contact"].integer() == 2);
  CHECK(room.run(RemoveContact{1, ""}).error().code == Errc::not_found);
}

TEST_CASE("a slip in a contact point is noticed when it is entered") {
  IncidentRoom room;
  REQUIRE(room.open());
  for (const auto& wrong :
       {AddContact{"ico", "fax", "1", "", ""}, AddContact{"ico", "phone", "ring them", "", ""},
        AddContact{"ico", "mail", "casework", "", ""}, AddContact{"ico", "web", "ico.org.uk", "", ""},
        AddContact{"ico", "post", "", "", ""}, AddContact{"ioc", "phone", "01632 960123", "", ""},
        AddContact{"ico", "post", "one\ntwo", "", ""}, AddContact{"", "phone", "01632 960123", "", ""}}) {
    INFO(wrong.party << " " << wrong.kind << " " << wrong.value);
    CHECK(room.run(wrong).error().code == Errc::invalid);
  }
  CHECK(room.engine.add_contact({"Their boss", "phone", "01632 960123", "", ""}, room.request()).error().code ==
        Errc::invalid);
}

TEST_CASE("whoever is listed mends the address book, and nobody else") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(room.as("dee").engine.add_contact(kHotline, room.request()));
  CHECK(room.as("eve").engine.add_contact(kHotline, room.request()).error().code == Errc::forbidden);
  CHECK(room.as("eve").engine.remove_contact({1, ""}, room.request()).error().code == Errc::forbidden);
}

TEST_CASE("an address book that was begun before anybody was listed makes nobody an admin") {
  IncidentRoom room(false);
  REQUIRE(room.as("eve").engine.add_contact(kHotline, room.request()));
  REQUIRE(room.as("ann").engine.add_person({"ann", {"handler"}}, room.request()));
  CHECK(room.engine.people()->admin == "ann");
  CHECK(room.as("eve").engine.add_person({"eve", {"gold"}}, room.request()).error().code == Errc::forbidden);
  CHECK(room.engine.verify("")->problems.empty());
}
