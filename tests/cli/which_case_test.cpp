// SPDX-License-Identifier: Apache-2.0
// Which case is meant where none is named.
#include <catch2/catch.hpp>

#include "cli/line/verbs.h"
#include "tests/cli/desk.h"

namespace tocsin::tests {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// The words that a verb needs at least, without a case.
std::vector<std::string> least_words(const cli::Verb& verb) {
  std::istringstream nouns(verb.words);
  std::vector<std::string> words;
  for (std::string word; nouns >> word;) words.push_back(word);
  for (const auto& option : verb.options) {
    if (!option.required) continue;
    if (option.name.starts_with("--")) words.push_back(option.name);
    words.push_back(option.name.find('=') != std::string::npos ? "risk=high_risk" : option.name == "N" ? "1" : "word");
  }
  return words;
}

/// What is typed where TOCSIN_CASE is set.
Ran from_case(Desk& desk, const std::string& variable, std::vector<std::string> words) {
  desk.set("TOCSIN_CASE", variable);
  auto ran = desk.run(std::move(words));
  desk.set("TOCSIN_CASE", "");
  return ran;
}

TEST_CASE("every verb of a case takes it from TOCSIN_CASE where none is named, and says so") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  int of_a_case = 0;
  for (const auto& verb : cli::verbs()) {
    if (verb.options.empty() || verb.options.front().name != "CASE") continue;
    INFO(verb.words);
    ++of_a_case;
    const auto ran = from_case(desk, "FF", least_words(verb));
    CHECK(has(ran.err, "case 'FF' (TOCSIN_CASE)"));
    CHECK_FALSE(has(ran.err, "which case?"));
    const auto without = desk.run(least_words(verb));
    CHECK(without.code == 2);
  }
  CHECK(of_a_case > 20);
}

TEST_CASE("a case that is named goes before TOCSIN_CASE, and is not echoed") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  const auto shown = from_case(desk, "NONE-9", {"case", "show", "FF-1"});
  CHECK(shown.code == 0);
  CHECK_FALSE(has(shown.err, "TOCSIN_CASE"));
}

TEST_CASE("an empty reference is a mistake, and not another case") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  const auto noted = from_case(desk, "FF-1", {"case", "note", "", "of a variable that was not set"});
  CHECK(noted.code == 2);
  CHECK(has(noted.err, "the reference of the case is empty"));
}

TEST_CASE("what explain is to explain may stand alone where TOCSIN_CASE names the case") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  const auto explained = from_case(desk, "FF-1", {"case", "explain", "ico"});
  CHECK(explained.code == 0);
  CHECK(has(explained.err, "(TOCSIN_CASE)"));
  CHECK(from_case(desk, "FF-1", {"case", "explain", "FF-1"}).code == 0);
}

}  // namespace
}  // namespace tocsin::tests
