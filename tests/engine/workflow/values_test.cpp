// SPDX-License-Identifier: Apache-2.0
// What may be typed for a fact, and what is said of anything else.
#include "engine/workflow/values.h"

#include <catch2/catch.hpp>

#include "tests/engine/refusal.h"

using namespace tocsin;
using namespace tocsin::workflow;

namespace {

Fact fact(Fact::Kind kind, std::vector<std::string> words = {}) {
  Fact one;
  one.name = "it";
  one.kind = kind;
  one.words = std::move(words);
  return one;
}

/// The stored form, or the refusal.
std::string read(const Fact& fact, std::string_view typed) {
  const auto value = read_value(fact, typed);
  return value ? canonical(*value) : tests::refusal(value);
}

}  // namespace

TEST_CASE("a time is one instant or a range that is open on one side at most") {
  for (const auto kind : {Fact::Kind::time, Fact::Kind::period}) {
    const auto time = fact(kind);
    CHECK(read(time, "2026-05-02T20:10+01:00") == R"("2026-05-02T19:10:00Z")");
    CHECK(read(time, "2026-05-02T19:00Z..2026-05-02T19:00Z") ==
          R"({"from":"2026-05-02T19:00:00Z","to":"2026-05-02T19:00:00Z"})");
    CHECK(read(time, "..2026-05-02T19:00Z") == R"({"from":null,"to":"2026-05-02T19:00:00Z"})");
    CHECK(read(time, "2026-05-02T19:00Z..") == R"({"from":"2026-05-02T19:00:00Z","to":null})");
    CHECK(read(time, "unknown") == "null");
    CHECK(read(time, "") == "invalid: 'it' needs a time");
    CHECK(read(time, "..") == "invalid: 'it' needs at least one end of the range; 'unknown' takes a value back");
    CHECK(read(time, "2026-05-02T19:00:01Z..2026-05-02T19:00Z") == "invalid: 'it' has a range that ends before it begins");
    for (const auto* bad : {"yesterday..2026-05-02T19:00Z", "2026-05-02T19:00Z..tomorrow", "soon"})
      CHECK(read(time, bad).find("invalid: 'it' needs a time: ") == 0);
  }
}

TEST_CASE("a count is a number or a range that is open on one side at most") {
  const auto count = fact(Fact::Kind::count);
  CHECK(read(count, "126") == "126");
  CHECK(read(count, "0..0") == R"({"from":0,"to":0})");
  CHECK(read(count, "12000..") == R"({"from":12000,"to":null})");
  CHECK(read(count, "..47000") == R"({"from":null,"to":47000})");
  CHECK(read(count, "unknown") == "null");
  for (const auto* bad :
       {"", "..", "-1", "12x", "x12", "1,000", "1.5", "12..x", "x..12", "1..2..3", "99999999999999999999"}) {
    INFO(bad);
    CHECK(read(count, bad) == "invalid: 'it' needs a number (126), a range (12000.., ..47000, 12000..47000) or unknown");
  }
  CHECK(read(count, "5..4") == "invalid: 'it' has a range that ends below its beginning");
}

TEST_CASE("a word that a fact does not know is answered with those that it knows") {
  CHECK(read(fact(Fact::Kind::choice, {"risk", "high_risk"}), "hihg_risk") ==
        "invalid: 'it' does not know this word; did you mean 'high_risk'? Known: risk, high_risk");
  const auto set = fact(Fact::Kind::set, {"name", "address"});
  CHECK(read(set, "name,address,name") == R"(["address","name"])");
  CHECK(read(set, "name,") == R"(["name"])");
  CHECK(read(set, "name,purpose") == "invalid: 'it' does not know this word. Known: name, address");
  CHECK(read(set, "") == "invalid: 'it' needs at least one word of: name, address");
}

TEST_CASE("a count is worse when more are known to be affected, a time is never worse") {
  const auto count = fact(Fact::Kind::count);
  const auto range = [](Json from, Json to) { return Json::object({{"from", std::move(from)}, {"to", std::move(to)}}); };
  CHECK(is_worse(count, Json(10), Json(11)));
  CHECK_FALSE(is_worse(count, Json(11), Json(10)));
  CHECK(is_worse(count, range(Json(), Json(100)), range(Json(1), Json(50))));
  CHECK_FALSE(is_worse(count, range(Json(5), Json(10)), range(Json(5), Json(1000))));
  CHECK_FALSE(is_worse(count, Json(), Json(11)));
  CHECK_FALSE(is_worse(fact(Fact::Kind::time), Json("2026-05-02T19:00:00Z"), Json("2026-05-03T19:00:00Z")));
}

TEST_CASE("a reading of Regulation 1182/71 is called so, whatever it counts") {
  using calendar::Counting;
  const auto name = [](Counting counting) { return Reading{{counting, 3, {}, {}, {}, false}, ""}.name(); };
  for (const auto counting : {Counting::eu1182_hours, Counting::eu1182_days, Counting::eu1182_months})
    CHECK(name(counting) == "eu1182");
  CHECK(name(Counting::elapsed_hours) == "elapsed_hours");
}
