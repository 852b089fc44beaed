// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "cli/exports/manual.h"
#include "cli/line/pages.h"
#include "cli/line/verbs.h"
#include "tests/cli/desk.h"
#include "tests/cli/transcript.h"

using namespace tocsin;
using namespace tocsin::tests;

namespace {

const fs::path kPage = fs::path(TOCSIN_SOURCE_DIR) / "docs/cli.md";

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("docs/cli.md is what the table of verbs and cli/pages say") {
  const auto made = cli::manual_markdown(cli::verbs());
  if (std::getenv("TOCSIN_REWRITE") != nullptr) std::ofstream(kPage, std::ios::binary) << made;
  INFO("write in cli/line/verbs.cpp and cli/pages, then: TOCSIN_REWRITE=1 tests/test_cli \"docs/cli.md*\"");
  CHECK((read(kPage) == made));
}

TEST_CASE("the manual pages are clean, there is one for each verb") {
  const auto pages = cli::manual_pages(cli::verbs(), "1.2.3");
  CHECK(pages.size() == cli::verbs().size() + 1);
  const Desk desk;
  for (const auto& [name, text] : pages) std::ofstream(desk.folder() / name) << text;
  if (std::system("command -v mandoc >/dev/null 2>&1") != 0) return;
  // No date: pages made of the same source are the same on every day.
  const auto command =
      "cd '" + desk.folder().string() + "' && ! mandoc -Tlint -W warning *.1 | grep -v 'missing date' | grep .";
  CHECK(std::system(command.c_str()) == 0);
}

TEST_CASE("every page of a verb belongs to a verb, and every verb has one with an example") {
  std::set<std::string> files;
  for (const auto& page : cli::pages())
    if (page.name.starts_with("verbs/")) files.emplace(page.name.substr(6));
  for (const auto& verb : cli::verbs()) {
    auto name = verb.words;
    std::replace(name.begin(), name.end(), ' ', '-');
    INFO("cli/pages/verbs/" << name << ".md");
    CHECK(files.erase(name) == 1);
    CHECK_FALSE(cli::verb_page(verb.words).examples.empty());
    CHECK_FALSE(cli::verb_page(verb.words).details.empty());
  }
  for (const auto& name : files) FAIL_CHECK("cli/pages/verbs/" + name + ".md belongs to no verb");
}

TEST_CASE("every example of the manual is a command line that the table takes") {
  std::istringstream in;
  std::ostringstream out, err;
  cli::World world{in, out, err, {}, [] { return Instant{}; }, "desk"};
  for (const auto& verb : cli::verbs()) {
    for (const auto& example : cli::verb_page(verb.words).examples) {
      INFO(example);
      REQUIRE(example.starts_with("tocsin "));
      auto words = words_of(example.substr(7, example.find_first_of("<>|", 7) - 7));
      const auto call = cli::parse(world, cli::verbs(), words);
      if (!call) FAIL_CHECK(call.error().message);
      else CHECK(call->verb.words == verb.words);
    }
  }
}
