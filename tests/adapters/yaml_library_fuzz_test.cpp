// SPDX-License-Identifier: Apache-2.0
// Damaged files. Whatever the bytes, a reader gives a definition or says what is wrong, at a place that exists.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "adapters/yaml_library/definition_reader.h"
#include "adapters/yaml_library/library.h"
#include "adapters/yaml_library/method_reader.h"
#include "adapters/yaml_library/story_reader.h"
#include "adapters/yaml_library/template_reader.h"
#include "tests/support/complaint.h"

namespace tocsin::tests {
namespace {

namespace fs = std::filesystem;
using workflow::Issue;
using workflow::SourceFile;

constexpr int rounds = 3000;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  if (!text.empty()) text.pop_back();
  return text;
}

/// What people, editors and disks do to files, chosen by a fixed seed.
class Damage {
 public:
  std::string to(std::string text) {
    for (auto times = below(3) + 1; times > 0; --times) text = once(std::move(text));
    return text;
  }
  std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random_() % n); }

 private:
  std::string once(std::string text) {
    static const std::vector<std::string> odd = {"\t",
                                                 "\r",
                                                 "\n",
                                                 "\"",
                                                 "'",
                                                 "{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 ": ",
                                                 "- ",
                                                 "&a ",
                                                 "*a",
                                                 "!!int ",
                                                 "!",
                                                 "|\n",
                                                 ">\n",
                                                 "---\n",
                                                 "...\n",
                                                 "%YAML 1.2\n",
                                                 "#",
                                                 "?",
                                                 ",",
                                                 "\\",
                                                 "\xFF",
                                                 "\xC3",
                                                 "\xC3\xA9",
                                                 "\xEF\xBB\xBF",
                                                 "\xE2\x80\xA8",
                                                 "\xC2\x85",
                                                 "<<: ",
                                                 "~",
                                                 "null",
                                                 "0x10",
                                                 "99999999999999999999",
                                                 "-1",
                                                 "2026-02-30",
                                                 "facts.",
                                                 "@",
                                                 "`",
                                                 std::string(1, '\0'),
                                                 "\x7F"};
    switch (below(7)) {
      case 0:
        if (!text.empty()) text[below(text.size())] ^= static_cast<char>(1U << below(8));
        return text;
      case 1: return text.insert(below(text.size() + 1), odd[below(odd.size())]);
      case 2: return text.substr(0, below(text.size() + 1));
      case 3: return text.erase(below(text.size() + 1), below(40));
      default: return in_lines(text);
    }
  }

  std::string in_lines(const std::string& text) {
    auto lines = lines_of(text);
    const auto at = below(lines.size());
    const auto other = below(lines.size());
    const auto place = lines.begin() + static_cast<std::ptrdiff_t>(at);
    switch (below(4)) {
      case 0: lines.erase(place); break;
      case 1: lines.insert(place, std::string(lines[at])); break;
      case 2: std::swap(lines[at], lines[other]); break;
      default: lines[at] = std::string(below(9), ' ') + lines[other]; break;
    }
    return joined(lines);
  }

  std::mt19937_64 random_{20260502};  // the standard fixes what it gives, so every machine damages alike
};

std::string read_workflow(const std::vector<SourceFile>& files, int& refused) {
  const yaml_library::Fetch fetch = [&](const std::string& path) -> Result<std::string> {
    for (const auto& file : files) {
      if (file.path == path) return file.text;
    }
    return Error{Errc::not_found, "it is not there"};
  };
  const auto workflow =
      std::find_if(files.begin(), files.end(), [](const SourceFile& one) { return one.path.ends_with("workflow.yaml"); });
  const auto reading = yaml_library::read_definition(*workflow, workflow->path, fetch);
  if (!reading.definition) ++refused;
  return complaint(reading.definition != nullptr, reading.issues, files);
}

std::string read_story(const SourceFile& file, int& refused) {
  const auto read = yaml_library::read_story(file.path, file.text);
  if (!read.story) ++refused;
  return complaint(read.story.has_value(), read.issues, {file});
}

std::string read_law(const SourceFile& file) {
  const auto read = yaml_library::read_law_file(file);
  return complaint(read.issues.empty(), read.issues, {file});
}

std::vector<SourceFile> shipped_stories() {
  std::vector<SourceFile> stories;
  for (const auto& entry : fs::recursive_directory_iterator(TOCSIN_SOURCE_DIR "/examples")) {
    if (entry.path().extension() == ".yaml") stories.push_back({entry.path().filename().string(), text_of(entry.path())});
  }
  // The order of a folder is the machine's; the damage is to be the same everywhere.
  std::sort(stories.begin(), stories.end(),
            [](const SourceFile& a, const SourceFile& b) { return std::tie(a.path, a.text) < std::tie(b.path, b.text); });
  return stories;
}

TEST_CASE("damaged workflows, laws, calendars and stories are read or refused at a place") {
  const auto found = yaml_library::Library(TOCSIN_SOURCE_DIR "/workflows").find("uk/supplier-breach");
  REQUIRE(found);
  REQUIRE(found->definition);
  const auto whole = found->definition->files;
  const auto stories = shipped_stories();
  REQUIRE_FALSE(stories.empty());
  Damage damage;
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    std::string bad;
    if (round % 3 == 2) {
      auto story = stories[damage.below(stories.size())];
      story.text = damage.to(story.text);
      bad = read_story(story, refused);
    } else {
      auto files = whole;
      auto& one = files[damage.below(files.size())];
      one.text = damage.to(one.text);
      bad = read_workflow(files, refused);
      if (bad.empty() && one.path.starts_with("law/")) bad = read_law(one);
    }
    if (bad.empty()) continue;
    INFO("round " << round);
    FAIL(bad);
  }
  CHECK(refused > rounds / 4);  // else the damage would be too gentle to prove anything
  CHECK(refused < rounds);
}

TEST_CASE("damaged forms of authorities are read or refused at a place") {
  const SourceFile whole{"templates/edpb-33.yaml", text_of(TOCSIN_SOURCE_DIR "/workflows/templates/edpb-33.yaml")};
  Damage damage;
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    auto file = whole;
    file.text = damage.to(file.text);
    const auto reading = yaml_library::read_template_file(file);
    if (!reading.notice_template) ++refused;
    const auto bad = complaint(reading.notice_template.has_value(), reading.issues, {file});
    INFO("round " << round);
    if (!bad.empty()) FAIL(bad);
  }
  CHECK(refused > rounds / 4);
  CHECK(refused < rounds);
}

TEST_CASE("damaged methods are read or refused at a place, and what is read assesses or says what it needs") {
  const auto methods = yaml_library::Library(TOCSIN_SOURCE_DIR "/workflows").methods();
  REQUIRE(methods);
  REQUIRE_FALSE(methods->empty());
  Damage damage;
  int refused = 0;
  for (int round = 0; round < rounds; ++round) {
    auto file = (*methods)[damage.below(methods->size())].file;
    file.text = damage.to(file.text);
    const auto reading = yaml_library::read_method_file(file);
    if (!reading.method) ++refused;
    const auto bad = complaint(reading.method.has_value(), reading.issues, {file});
    INFO("round " << round);
    if (!bad.empty()) FAIL(bad);
    if (!reading.method) continue;
    CHECK(method::check(*reading.method).empty());
    const auto asked = method::assess(*reading.method, {});
    REQUIRE_FALSE(asked);
    CHECK_FALSE(asked.error().missing.empty());
  }
  CHECK(refused > rounds / 4);
  CHECK(refused < rounds);
}

}  // namespace
}  // namespace tocsin::tests
