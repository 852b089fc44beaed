// SPDX-License-Identifier: Apache-2.0
// How text is measured, broken and put into columns, and how times are said.
#include <catch2/catch.hpp>
#include <sstream>

#include "cli/screen/table.h"
#include "cli/screen/text_width.h"
#include "cli/times/local_time.h"
#include "cli/views/views.h"

using namespace tocsin;
using namespace tocsin::cli;

namespace {

std::string printed(const Table& table, int columns, bool has_utf8 = true) {
  std::ostringstream out;
  table.print(Screen(out, columns, false, has_utf8), 2);
  return out.str();
}

Table lost_box() {
  Table table({{"case"}, {"owed"}, {"title", true}});
  table.row({{"FF-1"}, {"ico"}, {"A lost box with the files of forty people"}});
  table.row({{"FF-2026"}, {"nca"}, {"Another"}});
  return table;
}

}  // namespace

TEST_CASE("text is as wide as a terminal draws it") {
  CHECK(width_of("Zo\u00eb") == 3);
  CHECK(width_of("Zoe\u0308") == 3);     // e and a combining diaeresis
  CHECK(width_of("\u5f71\u6b66") == 4);  // wide characters
  CHECK(width_of("\U0001F4E6") == 2);    // a box
  CHECK(width_of("a\xff") == 2);         // a byte that is no UTF-8
  CHECK(width_of(without_colour("\x1b[1;31mOVERDUE\x1b[0m")) == 7);
}

TEST_CASE("lines break between words, inside a word only where no line could hold it, and never inside a character") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("a lost box", 6) == Lines{"a lost", "box"});
  CHECK(wrapped("unbreakable", 4) == Lines{"unbr", "eaka", "ble"});
  CHECK(wrapped("one\n  two", 20) == Lines{"one", "  two"});
  CHECK(wrapped("", 20) == Lines{""});
  CHECK(wrapped("\u5f71\u5f71\u5f71", 5) == Lines{"\u5f71\u5f71", "\u5f71"});
  CHECK(wrapped("Zoe\u0308 e\u0308", 4) == Lines{"Zoe\u0308", "e\u0308"});
}

TEST_CASE("a terminal without UTF-8 shows letters without their marks, and the number of what has none") {
  CHECK(in_ascii("Zo\u00eb \u5f71 \u2019") == "Zoe <U+5F71> '");
  CHECK(printed(lost_box(), 80, false) == printed(lost_box(), 80));
}

TEST_CASE(
    "a table stands in columns, gives way by breaking its text, and folds into labelled lines where that is not enough") {
  CHECK(printed(lost_box(), 80) == "  FF-1     ico  A lost box with the files of forty people\n"
                                   "  FF-2026  nca  Another\n");
  CHECK(printed(lost_box(), 40) == "  FF-1     ico  A lost box with the\n"
                                   "                files of forty people\n"
                                   "  FF-2026  nca  Another\n");
  CHECK(printed(lost_box(), 30) == "  FF-1\n"
                                   "      owed: ico\n"
                                   "      title: A lost box with\n"
                                   "        the files of forty\n"
                                   "        people\n"
                                   "  FF-2026\n"
                                   "      owed: nca\n"
                                   "      title: Another\n");
}

TEST_CASE("a command that is longer than the line goes on after a backslash, so that it can be pasted") {
  for (const int columns : {30, 40, 50, 60, 80}) {
    std::ostringstream out;
    Screen(out, columns, false, true).command("notice record FF-1 ico --channel NAME --reference pending", 2);
    INFO(out.str());
    std::string pasted;
    std::istringstream lines(out.str());
    for (std::string line; std::getline(lines, line);) {
      CHECK(width_of(line) <= columns);
      const bool goes_on = line.ends_with(" \\");
      if (goes_on) line.resize(line.size() - 2);
      pasted += (pasted.empty() ? "" : " ") + line.substr(pasted.empty() ? 5 : 7);  // behind the arrow
    }
    CHECK(pasted == "tocsin notice record FF-1 ico --channel NAME --reference pending");
  }
}

TEST_CASE("a date is not broken where a line can hold it, and a line that is indented goes on indented") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("owed by Tue  5 May 2026 20:10 BST, at last", 30) ==
        Lines{"owed by", "Tue  5 May 2026 20:10 BST, at", "last"});
  CHECK(wrapped("Tue  5 May 20:10 BST", 20) == Lines{"Tue  5 May 20:10 BST"});
  CHECK(wrapped("  because: one two", 14) == Lines{"  because: one", "  two"});
}

TEST_CASE("what ends with a day belongs to that day") {
  const auto end = *parse_instant("2026-05-04T23:00Z");  // midnight in London in summer
  CHECK(local_time(end, "Europe/London") == "Tue  5 May 2026 00:00 BST");
  CHECK(deadline_time(end, "Europe/London") == "Mon  4 May 2026 24:00 BST");
  CHECK(both_deadline_times(end, "Europe/London") == "Mon  4 May 2026 24:00 BST, 23:00Z");
  CHECK(both_deadline_times(*parse_instant("2026-01-05T00:00Z"), "Europe/London") == "Sun  4 Jan 2026 24:00 GMT, 24:00Z");
  CHECK(both_deadline_times(*parse_instant("2026-05-04T22:59Z"), "Europe/London") == "Mon  4 May 2026 23:59 BST, 22:59Z");
  CHECK(short_deadline(end, "Europe/London", end) == "Mon  4 May 24:00 BST");
  CHECK(short_deadline(*parse_instant("2027-05-04T22:59Z"), "Europe/London", end) == "Tue  4 May 2027 23:59 BST");
}

TEST_CASE("how far away a deadline is, is said in its two greatest units and never rounded up") {
  const auto now = *parse_instant("2026-05-02T20:00Z");
  CHECK(relative(now + minutes(200), now) == "in 3 h 20 min");
  CHECK(relative(now + minutes(59) + seconds(59), now) == "in 59 min");
  CHECK(relative(now + seconds(20), now) == "in less than a minute");
  CHECK(relative(now + hours(47), now) == "in 47 h");
  CHECK(relative(now - hours(52), now) == "2 d 4 h late");
  CHECK(relative(now - hours(24 * 30) - hours(5), now) == "30 d late");
}

TEST_CASE("characters that would turn a line around are shown and not obeyed") {
  CHECK(visible("file\u202etxt.exe\u2069") == "file\\u202etxt.exe\\u2069");
  CHECK(visible("Zo\u00eb \u5f71") == "Zo\u00eb \u5f71");
}
