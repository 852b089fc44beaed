// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "engine/base/digest.h"
#include "engine/base/json.h"
#include "engine/base/nearest.h"
#include "engine/base/time.h"

using namespace tocsin;

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string round_trip(const std::string& time) {
  const auto parsed = parse_instant(time);
  return parsed ? format_instant(*parsed) : "refused: " + parsed.error().message;
}

/// A random value of at most the depth.
Json random_json(std::mt19937& random, int depth) {
  switch (random() % (depth > 0 ? 8 : 6)) {
    case 0: return {};
    case 1: return random() % 2 == 0;
    case 2: return (static_cast<std::int64_t>(random()) << (random() % 31)) * (random() % 2 ? 1 : -1);
    case 3: return static_cast<double>(random()) / (1 + static_cast<double>(random() % 1000)) + 0.5;
    case 4:
    case 5: {
      const std::string letters[] = {"a", "\"",  "\\", "\n", "\x01", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x90\xb1",
                                     "/", "\x7f"};
      std::string text;
      for (auto n = random() % 8; n > 0; --n) text += letters[random() % std::size(letters)];
      return text;
    }
    case 6: {
      auto list = Json::array();
      for (auto n = random() % 5; n > 0; --n) list.push(random_json(random, depth - 1));
      return list;
    }
    default: {
      auto object = Json::object();
      for (auto n = random() % 5; n > 0; --n)
        object.set(random_json(random, 0).text() + std::to_string(random() % 9), random_json(random, depth - 1));
      return object;
    }
  }
}

}  // namespace

TEST_CASE("a time is RFC 3339 with an offset, and is kept in UTC") {
  CHECK(round_trip("2026-05-02T20:10+01:00") == "2026-05-02T19:10:00Z");
  CHECK(round_trip("2026-05-02T19:10:00Z") == "2026-05-02T19:10:00Z");
  CHECK(round_trip("2026-05-02t19:10:00.5z") == "2026-05-02T19:10:00.500000Z");
  CHECK(round_trip("2024-02-29T23:59:59.999999-23:59") == "2024-03-01T23:58:59.999999Z");
  CHECK(round_trip("1969-12-31T23:59:59.25Z") == "1969-12-31T23:59:59.250000Z");
  CHECK(round_trip("1900-01-01T00:00Z") == "1900-01-01T00:00:00Z");
}

TEST_CASE("what is no time is refused, and says why") {
  CHECK(round_trip("2026-05-02T20:10").find("the time zone is missing") != std::string::npos);
  CHECK(round_trip("2026-02-29T20:10Z").find("there is no such day") != std::string::npos);
  CHECK(round_trip("2026-05-02").find("the time of day is missing") != std::string::npos);
  for (const std::string bad :
       {"", "now", "2026-5-2T20:10Z", "2026-05-02T24:00Z", "2026-05-02T20:60Z", "2026-05-02T23:59:60Z",
        "2026-05-02T20:10:00.1234567Z", "2026-05-02T20:10:00.Z", "0000-05-02T20:10Z", "3000-05-02T20:10Z",
        "2026-05-02T20:10+1:00", "2026-05-02T20:10+24:00", "2026-05-02T20:10Zx", "2026-05-02T20:10ZZ", "+2026-05-02T20:10Z"})
    CHECK_FALSE(parse_instant(bad));
  CHECK_FALSE(parse_instant(std::string(1'000'000, '2')));
}

TEST_CASE("writing and reading a time are inverses") {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    const Instant t{static_cast<std::int64_t>(random() % 30'000'000'000'000'000) - 2'000'000'000'000'000};
    REQUIRE(*parse_instant(format_instant(t)) == t);
  }
}

TEST_CASE("SHA-256 and HMAC give the published values") {
  // FIPS 180-4 examples; RFC 4231 cases 1, 2 and 6.
  CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")) ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(to_hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(digest_from_hex(to_hex(sha256("abc"))) == sha256("abc"));
  CHECK_FALSE(digest_from_hex("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"));
  CHECK_FALSE(digest_from_hex("ba78"));
}

TEST_CASE("the header's example of JSON holds") {
  Json fact = Json::object({{"name", "risk"}, {"value", "high_risk"}});
  fact.set("n", 3);
  CHECK(canonical(fact) == R"({"n":3,"name":"risk","value":"high_risk"})");
  CHECK(fact["name"].text() == "risk");
  CHECK(fact["absent"].is_null());
}

TEST_CASE("canonical bytes are those of RFC 8785's published vectors") {
  const auto* folder = std::getenv("TOCSIN_VECTORS");
  if (folder == nullptr) {
    WARN("TOCSIN_VECTORS names no folder: the vectors were not run");
    return;
  }
  const std::filesystem::path data = std::string(folder) + "/jcs/testdata";
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(data / "input")) {
    INFO(entry.path().filename().string());
    const auto value = parse_json(text_of(entry.path()));
    REQUIRE(value);
    CHECK(canonical(*value) == text_of(data / "output" / entry.path().filename()));
    ++count;
  }
  CHECK(count == 6);
}

TEST_CASE("keys are sorted by UTF-16 code units, where a cat comes before a private letter") {
  const auto cat = "\xf0\x9f\x90\xb1", letter = "\xee\x80\x80", ligature = "\xef\xac\x80";
  CHECK(canonical(Json::object({{letter, 1}, {ligature, 2}, {cat, 3}, {"z", 4}})) ==
        std::string("{\"z\":4,\"") + cat + "\":3,\"" + letter + "\":1,\"" + ligature + "\":2}");
}

TEST_CASE("what is no JSON is refused") {
  for (const std::string bad : {"", "{", "[1,]", "{\"a\":1,\"a\":2}", "{\"b\":1,\"a\":1,\"b\":2}", "\"\\ud800\"", "\"\xff\"",
                                "nul", "1 2", "01", "1e999", "NaN", "'a'", "{a:1}", "// x\n1"})
    CHECK_FALSE(parse_json(bad));
  CHECK_FALSE(parse_json(std::string(65, '[') + std::string(65, ']')));
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']')));
  CHECK_FALSE(parse_json(std::string(1'000'000, '[')));
  CHECK(parse_json("\"" + std::string(1'000'000, 'x') + "\"")->text().size() == 1'000'000);
}

TEST_CASE("writing and reading JSON are inverses, and writing is a fixed point") {
  std::mt19937 random(20230826);
  for (int i = 0; i < 5000; ++i) {
    const auto value = random_json(random, 4);
    const auto bytes = canonical(value);
    const auto read = parse_json(bytes);
    INFO(bytes);
    REQUIRE(read);
    REQUIRE(canonical(*read) == bytes);
    REQUIRE(*parse_json(pretty(value)) == *read);
  }
}

TEST_CASE("UTF-8 is checked as RFC 3629 asks") {
  CHECK(is_utf8("caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x90\xb1"));
  for (const std::string bad : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                                "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xc3"})
    CHECK_FALSE(is_utf8(bad));
}

TEST_CASE("the nearest word is found over a slip of the finger and no further") {
  CHECK(nearest("rsik", {"risk", "high_risk"}) == "risk");
  CHECK(nearest("colse", {"close", "contain"}) == "close");
  CHECK(nearest("elephant", {"close", "contain"}).empty());
  CHECK(nearest("", {"close"}).empty());
}

TEST_CASE("a number beyond 64 bits is one with a fraction, and zero has no sign") {
  CHECK(parse_json("9223372036854775807")->is_integer());
  const auto large = parse_json("18446744073709551615");
  REQUIRE(large);
  CHECK_FALSE(large->is_integer());
  CHECK(canonical(*large) == "18446744073709552000");
  CHECK(canonical(*parse_json("[0.0,-0.0,0e5]")) == "[0,0,0]");
}

TEST_CASE("a copy of a value is that value, of whatever kind") {
  for (const auto* text : {"null", "true", "7", "1.5", "\"words\"", "[1.5,[]]", "{\"a\":{\"b\":0.5}}"}) {
    INFO(text);
    const auto value = *parse_json(text);
    const std::vector<Json> copies(2, value);
    CHECK(copies.back() == value);
    CHECK(canonical(copies.back()) == text);
  }
}
