// SPDX-License-Identifier: Apache-2.0
// The short cut reads nothing that the general parser reads differently.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <sstream>

#include "engine/base/canonical_reader.h"
#include "engine/base/json_scan.h"

using namespace tocsin;

namespace {

std::optional<Json> read(std::string_view text) {
  CanonicalReader in(text);
  Json value;
  if (!in.value(value) || !in.ended()) return std::nullopt;
  return value;
}

/// Whether the reader understood the text; where it did, the general parser must say the same.
bool understands(const std::string& text) {
  const auto value = read(text);
  if (!value) return false;
  const auto parsed = parse_json(text);
  INFO(text);
  REQUIRE(parsed);
  REQUIRE(*parsed == *value);
  return true;
}

const std::string kPieces[] = {"{",
                               "}",
                               "[",
                               "]",
                               ",",
                               ":",
                               "\"a\"",
                               "\"b\"",
                               "\"\"",
                               "\"\xc3\xa9\"",
                               "0",
                               "-0",
                               "-1",
                               "01",
                               "12",
                               "1.5",
                               "1e3",
                               "true",
                               "null",
                               "false",
                               "nul",
                               "\"",
                               "\\",
                               "\\n",
                               "\\u00e9",
                               " ",
                               "\n",
                               "\x01",
                               "\x7f",
                               "\xff",
                               "\xed",
                               "\xa0",
                               "\x80",
                               "\"a\":",
                               "\"ab\":1",
                               "-",
                               "999999999999999999",
                               "9223372036854775807",
                               "9223372036854775808",
                               "-9223372036854775808",
                               "1000000000000000000"};

}  // namespace

TEST_CASE("the header's example of the canonical reader holds") {
  CanonicalReader in(R"({"n":3,"name":"risk"})");
  std::int64_t n = 0;
  std::string name;
  CHECK((in.take("{\"n\":") && in.integer(n) && in.take(",\"name\":") && in.text(name) && in.take("}") && in.ended()));
  CHECK(n == 3);
  CHECK(name == "risk");
}

TEST_CASE("the canonical reader understands what our events are made of") {
  for (const std::string text : {"{}", "[]", "\"\"", "0", "-7", "999999999999999999", "true", "false", "null",
                                 "[1,\"a\",null]", "{\"a\":{\"b\":[[]]}}", "{\"a\":1,\"a1\":2,\"b\":3}",
                                 "\"caf\xc3\xa9 \xf0\x9f\x90\xb1, long enough for several words at once\""})
    CHECK(understands(text));
}

TEST_CASE("the canonical reader gives up on what is not canonical, and on what is no JSON") {
  for (const std::string text : {"",
                                 " 1",
                                 "1 ",
                                 "1.0",
                                 "1e1",
                                 "-0",
                                 "01",
                                 "-",
                                 "+1",
                                 "\"\\n\"",
                                 "\"\n\"",
                                 "\"\xff\"",
                                 "\"a",
                                 "{\"b\":1,\"a\":2}",
                                 "{\"a\":1,\"a\":2}",
                                 "{\"\xc3\xa9\":1}",
                                 "{\"a\":1,}",
                                 "[1,]",
                                 "[1 ,2]",
                                 "{a:1}",
                                 "nul",
                                 "truE",
                                 "1000000000000000000",
                                 "{\"a\"}",
                                 "{\"a\":}",
                                 "[",
                                 "{",
                                 "\"\xed\xa0\x80\"",
                                 "'a'"})
    CHECK_FALSE(understands(text));
  CHECK_FALSE(understands(std::string(40, '[') + std::string(40, ']')));
  CHECK_FALSE(understands(std::string(1'000'000, '[')));
}

TEST_CASE("whatever the canonical reader understands of random texts, the general parser understands alike") {
  std::mt19937 random(20230826);
  int understood = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    for (auto n = 1 + random() % 8; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    understood += understands(text);
  }
  CHECK(understood > 1000);
}

TEST_CASE("whatever the canonical reader understands of the published vectors and their mutations, so does the parser") {
  const auto* folder = std::getenv("TOCSIN_VECTORS");
  if (folder == nullptr) {
    WARN("TOCSIN_VECTORS names no folder: the vectors were not run");
    return;
  }
  std::mt19937 random(8785);
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(folder) + "/jcs/testdata")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    understands(text.str());
    for (int i = 0; i < 200; ++i) {
      auto mutated = text.str();
      mutated[random() % mutated.size()] = static_cast<char>(random());
      understands(mutated);
    }
    ++files;
  }
  CHECK(files >= 12);
}

TEST_CASE("a run of plain bytes ends at the first byte that a JSON string cannot hold as it is, wherever it lies") {
  for (std::size_t length = 0; length < 40; ++length)
    for (std::size_t place = 0; place <= length; ++place)
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(length, 'x');
        if (place < length) text[place] = static_cast<char>(byte);
        if (place + 1 < length) text[place + 1] = '\x01';  // what follows a mark must not hide it
        const bool stops = byte < 0x20 || byte == '"' || byte == '\\';
        const auto end = place + 1 < length ? place + 1 : length;
        REQUIRE(plain_length<Beyond::yes>(text) == (place < length && stops ? place : end));
        REQUIRE(plain_length<Beyond::no>(text) == (place < length && (stops || byte >= 0x80) ? place : end));
      }
}
