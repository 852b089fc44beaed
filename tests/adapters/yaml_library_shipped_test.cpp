// SPDX-License-Identifier: Apache-2.0
// The workflows, laws and calendars that come with the program, and the pages about their keys.
#include <date/tz.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "adapters/yaml_library/library.h"
#include "adapters/yaml_library/method_reader.h"
#include "adapters/yaml_library/story_reader.h"
#include "tests/contracts/folder.h"

namespace tocsin::tests {
namespace {

namespace fs = std::filesystem;
using workflow::SourceFile;

const fs::path sources = TOCSIN_SOURCE_DIR;
const fs::path workflows = sources / "workflows";

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE(in.is_open());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The names of all shipped workflows; a test over none of them would prove nothing.
std::vector<std::string> shipped() {
  auto names = yaml_library::Library(workflows).names();
  REQUIRE(names);
  REQUIRE_FALSE(names->empty());
  return *names;
}

std::shared_ptr<const workflow::Definition> read(const fs::path& folder, const std::string& name) {
  auto reading = yaml_library::Library(folder).find(name);
  REQUIRE(reading);
  for (const auto& issue : reading->issues) UNSCOPED_INFO(format_issue(issue));
  CHECK(reading->issues.empty());
  REQUIRE(reading->definition);
  return reading->definition;
}

TEST_CASE("every shipped workflow is read without a mistake or warning") {
  for (const auto& name : shipped()) {
    INFO(name);
    const auto definition = read(workflows, name);
    CHECK(definition->name == name);
    CHECK(definition->digest.size() == 64);
    CHECK_FALSE(definition->obligations.empty());
  }
}

TEST_CASE(
    "every shipped calendar is sourced and covers its years, and its zone agrees with the machine's database of the past") {
  const yaml_library::Library library(workflows);
  const auto names = library.calendars();
  REQUIRE(names);
  REQUIRE(names->size() >= 7);
  for (const auto& name : *names) {
    INFO(name);
    const auto days = library.calendar(name);
    REQUIRE(days);
    CHECK_FALSE(days->source.empty());
    CHECK_FALSE(days->confidence.empty());
    for (int year = days->first_year; year <= days->last_year; ++year) {
      const auto of_year = [&](const auto& holiday) {
        return static_cast<int>(std::chrono::year_month_day(holiday.first).year()) == year;
      };
      CHECK(std::count_if(days->holidays.begin(), days->holidays.end(), of_year) >= 6);
    }
    const auto* zone = date::locate_zone(days->zone.name);
    for (auto at = *parse_instant("2018-01-01T00:30Z"); at < *parse_instant("2026-01-01T00:00Z"); at = at + hours(1)) {
      const auto there = date::sys_seconds(std::chrono::seconds(at.micros / 1'000'000));
      const auto local = there.time_since_epoch() + zone->get_info(there).offset;
      const auto day = std::chrono::floor<std::chrono::days>(local).count();
      if (days->zone.date_of(at).time_since_epoch().count() == day) continue;
      FAIL_CHECK(format_instant(at) << " is another day by the machine's database");
      break;
    }
  }
}

TEST_CASE("every shipped clock says where it was read and how sure that is, and a proposal never weighs") {
  const auto clocks = yaml_library::Library(workflows).clocks();
  REQUIRE(clocks);
  CHECK(clocks->size() >= 80);
  for (const auto& clock : *clocks) {
    INFO(clock.id);
    CHECK_FALSE(clock.source.empty());
    CHECK(std::string("ABCM").find(clock.confidence) != std::string::npos);
    for (const auto& version : clock.versions) CHECK_FALSE(version.basis.empty());
    if (!clock.proposed.empty()) CHECK(clock.weight() == workflow::Clock::Kind::voluntary);
  }
}

TEST_CASE("the version at the anchor governs: August 2023 without Art 4A, today with it") {
  const auto clocks = yaml_library::Library(workflows).clocks();
  REQUIRE(clocks);
  const auto clock = std::find_if(clocks->begin(), clocks->end(), [](const auto& one) { return one.id == "uk.gdpr.33_1"; });
  REQUIRE(clock != clocks->end());
  const auto* then = clock->in_force(*parse_instant("2023-08-26T22:03+01:00"));
  const auto* today = clock->in_force(*parse_instant("2026-11-25T00:00Z"));
  REQUIRE(then != nullptr);
  REQUIRE(today != nullptr);
  CHECK(then->basis == "UK GDPR Art 33(1)");
  CHECK(then->also.empty());
  CHECK(today->basis == "UK GDPR Arts 33(1) and 4A");
  REQUIRE(today->also.size() == 1);
  CHECK(today->also.front().name() == "eu1182");
}

TEST_CASE("every shipped law file and story is read without a mistake") {
  const auto clocks = yaml_library::Library(workflows).clocks();
  REQUIRE(clocks);
  CHECK_FALSE(clocks->empty());
  int stories = 0;
  for (const auto& entry : fs::recursive_directory_iterator(sources / "examples")) {
    if (entry.path().extension() != ".yaml") continue;
    INFO(entry.path().filename().string());
    CHECK(yaml_library::read_story_file(entry.path().string()).issues.empty());
    ++stories;
  }
  CHECK(stories > 0);
}

TEST_CASE("every shipped method is read without a mistake, and again from the text that a store keeps") {
  const auto methods = yaml_library::Library(workflows).methods();
  if (!methods) FAIL(methods.error().message);
  CHECK(methods->size() == 2);
  for (const auto& [method, file] : *methods) {
    INFO(file.path);
    CHECK(file.path == "methods/" + method.name + ".yaml");
    CHECK(file.text == text_of(workflows / file.path));
    const auto again = yaml_library::read_method_file(file);
    REQUIRE(again.method);
    CHECK(again.method->name == method.name);
    CHECK(again.method->title == method.title);
    CHECK(method::check(*again.method).empty());
  }
}

TEST_CASE("a library without methods has none, and a broken method is named with its place") {
  const Folder copy;
  const yaml_library::Library library(copy.path());
  CHECK(library.methods()->empty());
  fs::create_directory(fs::path(copy.path()) / "methods");
  CHECK(library.methods()->empty());
  std::ofstream(copy / "methods/broken.yaml") << "method: other\nkind: tree\n";
  const auto methods = library.methods();
  REQUIRE_FALSE(methods);
  CHECK(methods.error().code == Errc::invalid);
  CHECK_THAT(methods.error().message, Catch::StartsWith("methods/broken.yaml:1:1: error: "));
  CHECK(yaml_library::Library("no-such-folder").methods().error().code == Errc::not_found);
}

TEST_CASE("a workflow has the same digest when it is read again, and from the files that a store keeps") {
  for (const auto& name : shipped()) {
    INFO(name);
    const auto first = read(workflows, name);
    CHECK(read(workflows, name)->digest == first->digest);
    const auto again = yaml_library::Library("no-such-folder").parse(first->files);
    CHECK(again.issues.empty());
    REQUIRE(again.definition);
    CHECK(again.definition->digest == first->digest);
    CHECK(again.definition->name == first->name);
    CHECK(again.definition->clocks.size() == first->clocks.size());
  }
}

TEST_CASE("the order in which a store gives the files back does not matter") {
  for (const auto& name : shipped()) {
    const auto first = read(workflows, name);
    auto files = first->files;
    std::reverse(files.begin(), files.end());
    const auto again = yaml_library::Library("no-such-folder").parse(files);
    REQUIRE(again.definition);
    CHECK(again.definition->digest == first->digest);
  }
}

TEST_CASE("a changed byte in any file of a workflow changes its digest") {
  for (const auto& name : shipped()) {
    const auto whole = read(workflows, name);
    for (std::size_t i = 0; i < whole->files.size(); ++i) {
      INFO(whole->files[i].path);
      auto files = whole->files;
      files[i].text += files[i].path.ends_with(".yaml") ? "# one more\n" : "one more\n";
      const auto changed = yaml_library::Library("no-such-folder").parse(files);
      REQUIRE(changed.definition);
      CHECK(changed.definition->digest != whole->digest);
    }
  }
}

TEST_CASE("one byte of a law file on disk changes the digest of each workflow that names it") {
  const Folder copy;
  fs::copy(workflows, copy.path(), fs::copy_options::recursive);
  for (const auto& name : shipped()) {
    const auto before = read(workflows, name);
    CHECK(read(copy.path(), name)->digest == before->digest);
    REQUIRE_FALSE(before->law.empty());
    const auto law = fs::path(copy.path()) / "law" / (before->law.front() + ".yaml");
    auto text = text_of(law);
    const auto letter = text.find("# ");  // in a comment, so that it stays a law file
    REQUIRE(letter != std::string::npos);
    text[letter + 2] ^= 1;
    std::ofstream(law, std::ios::binary) << text;
    CHECK(read(copy.path(), name)->digest != before->digest);
    text[letter + 2] ^= 1;
    std::ofstream(law, std::ios::binary) << text;
  }
}

/// The words in the lists {"a", "b", ...} of a source: the readers give each mapping the list of keys it may have.
std::set<std::string> listed_words(const std::string& source) {
  std::set<std::string> words;
  const std::regex lists(R"re(\{\s*"[a-z_-]+"(?:\s*,\s*"[a-z_-]+")*)re");
  const std::regex literal(R"re("([a-z_-]+)")re");
  for (std::sregex_iterator list(source.begin(), source.end(), lists), end; list != end; ++list) {
    const auto text = list->str();
    for (std::sregex_iterator word(text.begin(), text.end(), literal); word != end; ++word) words.insert((*word)[1]);
  }
  return words;
}

TEST_CASE("every key that a reader knows stands in backticks on its page") {
  const std::vector<std::pair<const char*, std::vector<const char*>>> pages = {
      {"workflow.md", {"workflow_reader", "region_reader"}},
      {"law.md", {"law_reader", "rule_reader", "calendar_reader"}},
      {"story.md", {"story_reader", "story_step_reader"}},
      {"method.md", {"method_reader"}},
      {"template.md", {"template_reader"}},
  };
  for (const auto& [page, readers] : pages) {
    const auto text = text_of(sources / "docs/formats" / page);
    for (const auto* reader : readers) {
      const auto words = listed_words(text_of(sources / "adapters/yaml_library" / (std::string(reader) + ".cpp")));
      CHECK(words.size() > 4);
      for (const auto& word : words) {
        INFO(page << " does not explain `" << word << "`");
        CHECK(text.find("`" + word + "`") != std::string::npos);
      }
    }
  }
}

}  // namespace
}  // namespace tocsin::tests
