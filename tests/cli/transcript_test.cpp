// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/cli/transcript.h"

using namespace tocsin::tests;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<fs::path> files(const std::string& folder, const std::string& extension) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(TOCSIN_SOURCE_DIR + folder))
    if (entry.path().extension() == extension) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

void check(const fs::path& file, const std::string& transcript) {
  for (const auto& wrong : play_transcript(transcript)) {
    INFO(file.string() << "\n" << wrong);
    CHECK(false);
  }
}

}  // namespace

TEST_CASE("every transcript goes as written") {
  const auto transcripts = files("/tests/cli", ".transcript");
  REQUIRE(transcripts.size() >= 5);
  for (const auto& file : transcripts) check(file, text_of(file));
}

TEST_CASE("every console block of the documentation goes as written") {
  auto pages = files("/docs", ".md");
  const auto examples = files("/examples", ".md");
  pages.insert(pages.end(), examples.begin(), examples.end());
  pages.emplace_back(TOCSIN_SOURCE_DIR "/README.md");
  std::size_t blocks = 0;
  for (const auto& page : pages)
    for (const auto& block : console_blocks(text_of(page))) {
      check(page, block);
      ++blocks;
    }
  CHECK(blocks >= 1);
}

TEST_CASE("a transcript that does not fit says what was printed instead") {
  const auto wrong = play_transcript("$ tocsin version\ntocsin 9.9.9\n");
  REQUIRE(wrong.size() == 1);
  CHECK(wrong.front() == "line 1: $ tocsin version\ntocsin 0.1.0\n[exit 0]");
  CHECK(play_transcript("$ tocsin version\ntocsin ...\n").empty());
  CHECK_FALSE(play_transcript("$ tocsin version\ntocsin ...\n[exit 2]\n").empty());
}

TEST_CASE("the program itself runs") {
  const auto out = fs::temp_directory_path() / "tocsin-version.txt";
  CHECK(std::system(("'" TOCSIN_BINARY "' version > '" + out.string() + "'").c_str()) == 0);
  CHECK(text_of(out) == "tocsin 0.1.0\n");
  fs::remove(out);
}
