// SPDX-License-Identifier: Apache-2.0
// Screens as a person sees them: the program runs under a pseudo-terminal, a terminal emulator draws what it writes, and what is drawn is
// kept. TOCSIN_REWRITE=1 draws anew: the files beside this one, and the pictures in docs/screens that the pages show.
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/screens/seat.h"

using namespace tocsin::tests;
namespace fs = std::filesystem;

namespace {

const fs::path kHere = fs::path(TOCSIN_SOURCE_DIR) / "tests/screens";

/// A folder with a story store, whose clock stands at what was recorded last: three invented cases, on one afternoon.
class Room {
 public:
  Room() {
    std::string name = (fs::temp_directory_path() / "tocsin-screens-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    for (const auto* story : {"footage", "night", "mail"})
      REQUIRE(run(80, 400,
                  {"replay", (kHere / (std::string(story) + ".yaml")).string(), "--db", (folder_ / "story.db").string()}) ==
              0);
  }
  ~Room() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;

  Seat::Environment environment() const {
    return {{"HOME", folder_.string()},
            {"TERM", "xterm-256color"},
            {"LANG", "C.UTF-8"},
            {"PATH", "/usr/bin:/bin"},
            {"TOCSIN_WORKFLOWS", TOCSIN_SOURCE_DIR "/workflows"},
            {"TOCSIN_DB", (folder_ / "story.db").string()}};
  }
  std::vector<std::string> command(std::vector<std::string> words) const {
    words.insert(words.begin(), TOCSIN_BINARY);
    return words;
  }
  int run(int columns, int rows, const std::vector<std::string>& words) const {
    Seat seat(columns, rows, true);
    seat.start(command(words), environment());
    return seat.wait_for_end();
  }

 private:
  fs::path folder_;
};

/// Digests hang on a random key: in what is kept each is the same one.
std::vector<Row> without_digests(std::vector<Row> rows) {
  static const std::string digest = "0a1b2c3d";
  for (auto& row : rows)
    for (std::size_t from = 0; from + digest.size() <= row.size(); ++from) {
      const auto is_hex = [](const Spot& spot) {
        return spot.text.find_first_not_of("0123456789abcdef") == std::string::npos;
      };
      auto end = from;
      while (end < row.size() && !row[end].text.empty() && row[end].text != " " && is_hex(row[end])) ++end;
      const bool begins = from == 0 || row[from - 1].text == " ", ends = end == row.size() || row[end].text == " ";
      if (begins && ends && end - from == digest.size())
        for (std::size_t i = 0; i < digest.size(); ++i) row[from + i].text = digest[i];
      from = std::max(from, end);
    }
  return rows;
}

bool is_rewriting() { return ::getenv("TOCSIN_REWRITE") != nullptr; }

void compare(const fs::path& golden, const std::string& drawn) {
  if (is_rewriting()) std::ofstream(golden) << drawn;
  std::ostringstream kept;
  kept << std::ifstream(golden).rdbuf();
  INFO(golden.string() << "\nTOCSIN_REWRITE=1 draws it anew");
  CHECK(drawn == kept.str());
}

struct Shot {
  std::string name;
  std::vector<std::string> words;
  int columns = 80;
  bool has_picture = false;  ///< in docs/screens, for the pages
  Seat::Environment also = {};
  int code = 0;
};

std::string typed(const Shot& shot) {
  std::string text;
  for (const auto& [name, value] : shot.also) text += name + "=" + value + " ";
  text += "tocsin";
  for (const auto& word : shot.words) text += " " + word;
  return text;
}

const std::vector<Shot>& shots() {
  static const std::vector<Shot> all = {
      {"due-80", {"due"}, 80, true},
      {"due-40", {"due"}, 40},
      {"due-200", {"due"}, 200},
      {"due-400", {"due"}, 400},
      {"due-ascii", {"due"}, 80, false, {{"LANG", "C"}}},
      {"due-no-color", {"due", "--limit", "2"}, 80, false, {{"NO_COLOR", "1"}}},
      {"due-within", {"due", "--check", "--within", "24h"}, 80, false, {}, 8},
      {"case-show-80", {"case", "show", "FF"}, 80, true},
      {"case-show-40", {"case", "show", "FF"}, 40},
      {"case-show-200", {"case", "show", "FF"}, 200},
      {"case-history-80", {"case", "history", "FF"}, 80, true},
      {"case-history-40", {"case", "history", "FF"}, 40},
      {"case-list-80", {"case", "list"}, 80},
      {"case-list-40", {"case", "list"}, 40},
      {"case-list-200", {"case", "list"}, 200},
  };
  return all;
}

}  // namespace

TEST_CASE("screens look as they are kept, on narrow terminals and wide ones, with colour and without") {
  const Room room;
  for (const auto& shot : shots()) {
    INFO(shot.name);
    auto environment = room.environment();
    for (const auto& [name, value] : shot.also) environment[name] = value;
    Seat seat(shot.columns, 200, environment["LANG"] != "C");
    seat.start(room.command(shot.words), environment);
    CHECK(seat.wait_for_end() == shot.code);
    const auto rows = without_digests(seat.emulator().screen());
    compare(kHere / (shot.name + ".screen"), screen_file(typed(shot), shot.columns, rows));
    if (shot.has_picture)
      compare(fs::path(TOCSIN_SOURCE_DIR) / "docs/screens" / (shot.name + ".svg"),
              picture_of(typed(shot), shot.columns, rows));
  }
}

TEST_CASE("no line of a screen is broken by the terminal, from 40 columns on") {
  const Room room;
  for (const int columns : {40, 60, 80, 100, 140, 400})
    for (const auto& words : std::vector<std::vector<std::string>>{{"due"},
                                                                   {"case", "list"},
                                                                   {"case", "show", "FF"},
                                                                   {"case", "show", "FF", "--all"},
                                                                   {"case", "history", "FF"}}) {
      INFO(words.back() << " at " << columns);
      // A terminal so wide that it breaks nothing, and a program that is told otherwise: by a pipe's COLUMNS.
      Seat seat(1000, 400, true);
      auto environment = room.environment();
      auto command = room.command(words);
      std::string line;
      for (const auto& word : command) line += "'" + word + "' ";
      environment["COLUMNS"] = std::to_string(columns);
      seat.start({"/bin/sh", "-c", line + "| grep -v '^ *-> tocsin'"}, environment);  // a pipe keeps commands in one line
      CHECK(seat.wait_for_end() == 0);
      for (const auto& row : seat.emulator().screen()) {
        std::size_t width = row.size();
        while (width > 0 && row[width - 1].text == " ") --width;
        INFO(text_of(row));
        CHECK(width <= static_cast<std::size_t>(columns));
      }
    }
}

TEST_CASE("what is longer than the screen is read in a pager, which q leaves without an error") {
  const Room room;
  Seat seat(80, 24, true);
  seat.start(room.command({"case", "history", "FF"}), room.environment());
  REQUIRE(seat.wait_for([](const Emulator& screen) { return screen.last_row().starts_with(":"); }));
  seat.type("\x03");
  REQUIRE(seat.type_until("G", [](const Emulator& screen) { return screen.last_row().starts_with("(END)"); }));
  compare(kHere / "pager.screen", screen_file("tocsin case history FF", 80, without_digests(seat.emulator().screen())));
  seat.type("q");
  CHECK(seat.wait_for_end() == 0);
}

TEST_CASE("a pager is not asked where it is not wanted, is not there, or has nothing to do") {
  const Room room;
  const auto first_row = [&](const std::vector<std::string>& words, int rows, const Seat::Environment& also) {
    auto environment = room.environment();
    for (const auto& [name, value] : also) environment[name] = value;
    Seat seat(80, rows, true);
    seat.start(room.command(words), environment);
    CHECK(seat.wait_for_end() == 0);
    const auto screen = seat.emulator().screen();
    return screen.empty() ? std::string() : text_of(screen.back());
  };
  const std::string pager = "sh -c 'cat >/dev/null; echo paged'";
  const std::vector<std::string> history = {"case", "history", "FF"};
  CHECK(first_row(history, 24, {{"PAGER", pager}}) == "paged");
  CHECK(first_row(history, 24, {{"PAGER", "false-pager"}, {"TOCSIN_PAGER", pager}}) == "paged");
  CHECK(first_row(history, 400, {{"PAGER", pager}}) != "paged");
  CHECK(first_row(history, 24, {{"PAGER", "no-such-pager"}}).ends_with("network"));
  CHECK(first_row(history, 24, {{"PAGER", "cat"}}) != "paged");
  CHECK(first_row({"case", "history", "FF", "--no-pager"}, 24, {{"PAGER", pager}}) != "paged");
  CHECK(first_row({"case", "history", "FF", "--json"}, 24, {{"PAGER", pager}}) != "paged");
  CHECK(first_row(history, 24, {{"PAGER", "sh -c 'read one; echo left'"}}) == "left");
}
