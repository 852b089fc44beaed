// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <fstream>
#include <sstream>

#include "engine/ledger/chain.h"

using namespace tocsin;
using ledger::Event;
using ledger::Record;

namespace {

Event event(std::int64_t n, const std::string& type, Digest prev) {
  Event e;
  e.stream = "FF-1";
  e.n = n;
  e.type = type;
  e.at = *parse_instant("2026-05-02T19:00:00Z");
  e.recorded_at = *parse_instant("2026-05-02T19:00:01.5Z");
  e.by = "ann";
  e.account = "desk";
  e.program = "tocsin 0.1.0";
  e.body = Json::object({{"fact", "risk"}, {"value", "high_risk"}});
  e.texts["because"] = to_hex(sha256("words"));
  e.prev = prev;
  return e;
}

std::vector<Record> stream(int length) {
  std::vector<Record> records;
  Digest before{};
  for (int n = 1; n <= length; ++n) {
    records.push_back(ledger::seal_event(event(n, "fact_set", before)));
    before = records.back().seal;
  }
  return records;
}

/// The indented blocks of the page's worked example.
std::vector<std::string> example_lines() {
  std::ifstream in(TOCSIN_SOURCE_DIR "/docs/formats/event.md");
  std::vector<std::string> lines;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("```")) inside = line == "```example";
    else if (inside) lines.push_back(line);
  }
  return lines;
}

}  // namespace

TEST_CASE("bytes and events are inverses") {
  const auto e = event(3, "fact_set", sha256("before"));
  const auto bytes = to_bytes(e);
  const auto read = ledger::from_bytes(bytes);
  REQUIRE(read);
  CHECK(to_bytes(*read) == bytes);
  CHECK(is_canonical(*read, bytes));
  CHECK(canonical(*parse_json(bytes)) == bytes);
}

TEST_CASE("the short cut reads what we write, and nothing otherwise than the long way does") {
  auto e = event(3, "fact_set", sha256("before"));
  e.body.set("list", Json::array({Json(1), Json("caf\xc3\xa9"), Json(), Json::object({{"from", 1}, {"to", Json()}})}));
  const auto bytes = to_bytes(e);
  Event read;
  REQUIRE(read_canonical(bytes, read));
  CHECK(to_bytes(read) == bytes);
  // White space in front is JSON as well, and sends the reader the long way.
  const auto same_both_ways = [](const std::string& text) {
    const auto a = ledger::from_bytes(text), b = ledger::from_bytes(" " + text);
    INFO(text);
    REQUIRE(a.has_value() == b.has_value());
    if (a) REQUIRE((to_bytes(*a) == to_bytes(*b) && a->texts == b->texts && a->body == b->body));
    else REQUIRE((a.error().code == b.error().code && a.error().message == b.error().message));
    return a.has_value();
  };
  CHECK(same_both_ways(bytes));
  int readable = 0;
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    for (const char put : std::string("\"\\{}[]:,. 019-xZ\x01\x80\xff")) {
      auto changed = bytes;
      changed[place] = put;
      readable += same_both_ways(changed);
      readable += same_both_ways(std::string(bytes).insert(place, 1, put));
    }
    same_both_ways(std::string(bytes).erase(place, 1));
    same_both_ways(bytes.substr(0, place));
  }
  CHECK(readable > 1000);
}

TEST_CASE("a stream that is whole verifies, and gives its events") {
  const auto events = ledger::verify_stream(stream(5));
  REQUIRE(events);
  CHECK(events->size() == 5);
  CHECK(events->back().n == 5);
}

TEST_CASE("every single changed byte is found") {
  const auto whole = stream(3);
  for (std::size_t place = 0; place < whole[1].bytes.size(); ++place) {
    auto changed = whole;
    changed[1].bytes[place] = static_cast<char>(changed[1].bytes[place] ^ 1);
    const auto events = ledger::verify_stream(changed);
    REQUIRE_FALSE(events);
    CHECK(events.error().code == Errc::corrupt);
  }
}

TEST_CASE("a changed event with a new seal is found by the event after it; a missing, doubled or swapped one is found") {
  auto records = stream(4);
  SECTION("resealed") {
    auto e = *ledger::from_bytes(records[1].bytes);
    e.by = "eve";
    records[1] = ledger::seal_event(e);
  }
  SECTION("missing") { records.erase(records.begin() + 1); }
  SECTION("doubled") { records.insert(records.begin() + 1, records[1]); }
  SECTION("swapped") { std::swap(records[1], records[2]); }
  SECTION("from another stream") { records[1].stream = "FF-2"; }
  CHECK(ledger::verify_stream(records).error().code == Errc::corrupt);
}

TEST_CASE("removal of the newest events alone is not found: that takes a checkpoint") {
  auto records = stream(4);
  records.pop_back();
  CHECK(ledger::verify_stream(records));
}

TEST_CASE("columns that differ from the sealed bytes are named, and never their values") {
  auto record = stream(1).front();
  CHECK(verify_record(record).empty());
  record.by = "secret name";
  record.at = {};
  const auto wrong = verify_record(record);
  REQUIRE(wrong.size() == 2);
  CHECK(wrong[0] == "FF-1 event 1: column 'at' differs from the sealed bytes");
  CHECK(wrong[1] == "FF-1 event 1: column 'by' differs from the sealed bytes");
}

TEST_CASE("bytes that say the same in another form are found by the audit") {
  auto record = stream(1).front();
  record.bytes.insert(1, " ");
  record.seal = ledger::seal(record.bytes);
  CHECK(verify_record(record) == std::vector<std::string>{"FF-1 event 1: the bytes are not in canonical form"});
  const auto events = ledger::verify_stream({record});
  REQUIRE(events);
  CHECK(to_bytes(events->front()) == stream(1).front().bytes);
}

TEST_CASE("sealed bytes that are no event are corrupt, and the audit says of which") {
  auto records = stream(2);
  for (const std::string bytes : {"", "{", "{\"format\":1}", "[]"}) {
    INFO(bytes);
    records[1].bytes = bytes;
    records[1].seal = ledger::seal(bytes);
    const auto events = ledger::verify_stream(records);
    REQUIRE_FALSE(events);
    CHECK(events.error().code == Errc::corrupt);
    CHECK(events.error().message.find("event 2 of case FF-1: ") == 0);
    CHECK(events.error().next == "audit verify");
    CHECK(verify_record(records[1]) == std::vector<std::string>{"FF-1 event 2: the bytes cannot be read as an event"});
  }
}

TEST_CASE("an event of a newer shape asks for a newer program, another shape is corrupt") {
  auto bytes = to_bytes(event(1, "fact_set", {}));
  auto newer = bytes;
  newer.replace(newer.find("\"format\":1"), 10, "\"format\":2");
  CHECK(ledger::from_bytes(newer).error().code == Errc::unavailable);
  auto other = bytes;
  other.replace(other.find("\"rules\""), 7, "\"roles\"");
  CHECK(ledger::from_bytes(other).error().code == Errc::corrupt);
  for (const std::string bad : {"", "{}", "[]", "null", "{\"format\":1}"}) CHECK_FALSE(ledger::from_bytes(bad));
}

TEST_CASE("the worked example of docs/formats/event.md can be recomputed") {
  const auto lines = example_lines();
  REQUIRE(lines.size() == 4);  // bytes, seal, bytes, seal
  CHECK(to_hex(ledger::seal(lines[0])) == lines[1]);
  CHECK(to_hex(ledger::seal(lines[2])) == lines[3]);
  const auto first = ledger::from_bytes(lines[0]), second = ledger::from_bytes(lines[2]);
  REQUIRE(first);
  REQUIRE(second);
  CHECK(to_hex(first->prev) == std::string(64, '0'));
  CHECK(to_hex(second->prev) == lines[1]);
  CHECK(to_bytes(*second) == lines[2]);
}
