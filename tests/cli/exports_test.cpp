// SPDX-License-Identifier: Apache-2.0
// What leaves the house: calendars, the register, the page of the law.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "cli/exports/breach_register.h"
#include "cli/exports/icalendar.h"
#include "cli/exports/law_page.h"
#include "tests/cli/desk.h"
#include "tests/support/incident_room.h"

using namespace tocsin;
using cli::calendar_of;
using tests::IncidentRoom;

namespace {

const cli::CalendarEntry& entry(const std::vector<cli::CalendarEntry>& all, const std::string& summary) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.summary == summary; });
  REQUIRE(found != all.end());
  return *found;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a deadline that moves keeps its UID and counts its sequence up, and is cancelled when it is settled") {
  IncidentRoom room;
  REQUIRE(room.open());
  const auto first = entry(calendar_of(room.view(), ""), "FF-1 ico");
  CHECK(first.provisional);
  CHECK(first.sequence == 0);
  REQUIRE(room.later(hours(1)).as("sid").set("aware_at=2026-05-02T18:30Z"));
  const auto moved = entry(calendar_of(room.view(), ""), "FF-1 ico");
  CHECK(moved.uid == first.uid);
  CHECK(moved.sequence > first.sequence);
  CHECK(moved.changed > first.changed);
  CHECK_FALSE(moved.provisional);
  CHECK(moved.alarms == std::vector<Instant>{moved.at - hours(1), moved.at - hours(6), moved.at - hours(24)});
  REQUIRE(room.later(hours(1)).as("ann").file("ico", true));
  const auto done = entry(calendar_of(room.view(), ""), "FF-1 ico");
  CHECK(done.cancelled);
  CHECK(done.uid == first.uid);
  CHECK(done.sequence > moved.sequence);
}

TEST_CASE("a calendar holds references and obligations, and titles only when they were asked for") {
  IncidentRoom room;
  REQUIRE(room.open());
  CHECK(cli::to_icalendar(calendar_of(room.view(), "")).find("Passes printed") == std::string::npos);
  CHECK(cli::to_icalendar(calendar_of(room.view(), "Passes printed")).find("SUMMARY:FF-1 ico: Passes printed\r\n") !=
        std::string::npos);
}

TEST_CASE("iCalendar: UTC, CRLF, folded lines, escaped text, no alarm for what is cancelled") {
  cli::CalendarEntry entry{"x@tocsin",
                           *parse_instant("2026-05-05T20:30:15.5+01:00"),
                           "A; b, c\\d\ne",
                           std::string(70, 'a') + "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9",
                           3,
                           Instant{},
                           false,
                           true,
                           {*parse_instant("2026-05-05T18:30Z")}};
  const auto text = cli::to_icalendar({entry});
  CHECK(text.find("DTSTART:20260505T193015Z\r\n") != std::string::npos);
  CHECK(text.find("SUMMARY:A\\; b\\, c\\\\d\\ne\r\n") != std::string::npos);
  CHECK(text.find("BEGIN:VALARM") == std::string::npos);
  CHECK(count_of(text, "\n") == count_of(text, "\r\n"));
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    CHECK(line.size() <= 76);  // 75 octets and the CR
    CHECK(is_utf8(line));
  }
}

TEST_CASE("the register says of each case what a regulator reads, in that order") {
  IncidentRoom room;
  REQUIRE(room.open({{"supplier_name", "Lanyard, \"Print\" Ltd"}}));
  REQUIRE(room.as("sid").set("aware_at=2026-05-02T18:30Z"));
  REQUIRE(room.set("risk=high_risk", "photographs and ranks"));
  REQUIRE(room.as("ann").set("measures==cmd|' /C calc'!A0"));
  REQUIRE(room.file("ico", true));
  const auto view = room.view();
  const auto words = cli::words_or_none(room.engine, view);
  const auto row = cli::register_row(view, words, cli::RegisterTimes::local);
  REQUIRE(row.size() == cli::register_columns().size());
  const auto cell = [&](const std::string& key) {
    for (std::size_t i = 0; i < row.size(); ++i)
      if (cli::register_columns()[i].first == key) return row[i];
    return std::string("no such column");
  };
  CHECK(cell("reference") == "FF-1");
  CHECK(cell("aware") == "Sat  2 May 2026 19:30 BST");
  CHECK(cell("risk") == "high_risk");
  CHECK(cell("risk_reasons") == "photographs and ranks");
  CHECK(cell("decision") == "ico: met, reference pending");
  CHECK(cell("people_told") == "staff: due");
  const auto csv = cli::register_csv({row});
  CHECK(csv.find("\"Lanyard, \"\"Print\"\" Ltd\"") != std::string::npos);
  CHECK(csv.find(",'=cmd|") != std::string::npos);  // no spreadsheet takes it for a formula
  CHECK(cli::register_markdown({row}).find("| Supplier | Lanyard, \"Print\" Ltd |") != std::string::npos);
  // Programs are given instants.
  const auto utc = cli::register_row(view, words, cli::RegisterTimes::utc);
  CHECK(std::find(utc.begin(), utc.end(), "2026-05-02T18:30:00Z") != utc.end());
  CHECK(std::find(utc.begin(), utc.end(),
                  "ico " + format_instant(view.file->standing_filing(*view.file->obligation("ico"))->at)) != utc.end());
  for (const auto& text : utc) CHECK(text.find("BST") == std::string::npos);
}

TEST_CASE("no control character that somebody typed reaches who reads the register") {
  std::vector<std::string> row(cli::register_columns().size());
  row[0] = "FF-1";
  row[1] = std::string("red\x1b[31m \x07\x00\xc2\x9b", 13) + "\u202e";
  row[2] = "two\r\nlines\rand a\ttab";
  for (const auto& text : {cli::register_csv({row}), cli::register_markdown({row})}) {
    CAPTURE(text);
    CHECK(text.find("red\\x1b[31m \\x07\\x00\\x9b\\u202e") != std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("lines\\x0dand a\\x09tab") != std::string::npos);
  }
  CHECK(cli::register_csv({row}).find("\"two\nlines") != std::string::npos);
  CHECK(cli::register_markdown({row}).find("two<br>lines") != std::string::npos);
}

TEST_CASE("the page of the law is made from the files of the law") {
  const yaml_library::Library library(TOCSIN_SOURCE_DIR "/workflows");
  const auto clocks = library.clocks();
  REQUIRE(clocks);
  const auto page = cli::law_page(*clocks);
  const auto path = std::string(TOCSIN_SOURCE_DIR "/docs/law.md");
  if (std::getenv("TOCSIN_REWRITE") != nullptr) std::ofstream(path) << page;
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  CHECK((page == text.str()));  // TOCSIN_REWRITE=1 writes it: read the difference
  for (const auto& clock : *clocks) CHECK(page.find("### `" + clock.id + "`") != std::string::npos);
}

TEST_CASE("a newer law is shown beside an older case, and never applied to it") {
  tests::Desk desk;
  REQUIRE(desk.open().code == 0);
  const auto newer = desk.folder() / "newer";
  std::filesystem::copy(TOCSIN_SOURCE_DIR "/workflows", newer, std::filesystem::copy_options::recursive);
  CHECK(desk.run({"case", "explain", "FF-1", "ico", "--workflows", newer.string()}).out.find("NEWER LAW") ==
        std::string::npos);
  std::ifstream in(newer / "law/uk-gdpr.yaml");
  std::stringstream text;
  text << in.rdbuf();
  auto law = text.str();
  const auto at = law.rfind("period_hours: 72");
  REQUIRE(at != std::string::npos);
  std::ofstream(newer / "law/uk-gdpr.yaml") << law.replace(at, 16, "period_hours: 48");
  const auto explained = desk.run({"case", "explain", "FF-1", "ico", "--workflows", newer.string()}).out;
  CHECK(
      explained.find("NEWER LAW: the library's law file says otherwise about uk.gdpr.33_1 today (UK GDPR Arts 33(1) and 4A, "
                     "48 hours)") != std::string::npos);
  CHECK(explained.find("counting: 72 hours elapsed") != std::string::npos);
  CHECK(desk.run({"case", "show", "FF-1", "--json", "--workflows", newer.string()})
            .out.find("\"due\":\"2026-05-05T02:00:01Z\"") != std::string::npos);
}
