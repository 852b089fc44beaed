// SPDX-License-Identifier: Apache-2.0
#include "cli/times/spoken_time.h"

#include <catch2/catch.hpp>
#include <random>
#include <set>

namespace tocsin::cli {
namespace {

/// A desk at an instant in a zone, where times are typed.
struct DeskIn {
  std::string zone;
  std::string now;
  bool future = false;

  /// The instant that was read, or the message of the refusal.
  std::string reads(std::string_view text) const {
    const auto at = read_time(text, {*parse_instant(now), zone, false, future});
    return at ? format_instant(*at) : at.error().message;
  }
  std::string refuses(std::string_view text) const {
    const auto at = read_time(text, {*parse_instant(now), zone, false, future});
    return at ? "read as " + format_instant(*at) : at.error().message;
  }
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const DeskIn kLondon{"Europe/London", "2023-08-29T11:00:30Z"};  // a Tuesday noon

TEST_CASE("a time as people say it is read in the zone of the case") {
  CHECK(kLondon.reads("-40m") == "2023-08-29T10:20:00Z");
  CHECK(kLondon.reads("-2h") == "2023-08-29T09:00:00Z");
  CHECK(kLondon.reads("-1h30m") == "2023-08-29T09:30:00Z");
  CHECK(kLondon.reads("-3d") == "2023-08-26T11:00:00Z");
  CHECK(kLondon.reads("-1w") == "2023-08-22T11:00:00Z");
  CHECK(kLondon.reads("10:10") == "2023-08-29T09:10:00Z");
  CHECK(kLondon.reads("sat 20:10") == "2023-08-26T19:10:00Z");
  CHECK(kLondon.reads("Saturday 20:10") == "2023-08-26T19:10:00Z");
  CHECK(kLondon.reads("yesterday 20:10") == "2023-08-28T19:10:00Z");
  CHECK(kLondon.reads("26 aug 20:10") == "2023-08-26T19:10:00Z");
  CHECK(kLondon.reads("Aug 26th 20:10") == "2023-08-26T19:10:00Z");
  CHECK(kLondon.reads("26 August 2023 20:10") == "2023-08-26T19:10:00Z");
  CHECK(kLondon.reads("2023-08-26 20:10") == "2023-08-26T19:10:00Z");
  CHECK(kLondon.reads("2023-08-26T20:10:05") == "2023-08-26T19:10:05Z");
  CHECK(kLondon.reads("  sat   8:10pm ") == "2023-08-26T19:10:00Z");
  CHECK(kLondon.reads("sat 8 pm") == "2023-08-26T19:00:00Z");
  CHECK(kLondon.reads("12am") == "2023-08-28T23:00:00Z");
  CHECK(kLondon.reads("12:30 pm") == "2023-08-28T11:30:00Z");
  CHECK(kLondon.reads("now") == "2023-08-29T11:00:30Z");
}

TEST_CASE("the full form is read whatever else is") {
  CHECK(kLondon.reads("2023-08-26T20:10+02:00") == "2023-08-26T18:10:00Z");
  CHECK(kLondon.reads("2023-08-26T19:10:00.5Z") == "2023-08-26T19:10:00.500000Z");
}

TEST_CASE("a bare time is the latest that is not in the future") {
  CHECK(kLondon.reads("12:00") == "2023-08-29T11:00:00Z");
  CHECK(kLondon.reads("12:01") == "2023-08-28T11:01:00Z");
  CHECK(kLondon.reads("tue 11:59") == "2023-08-29T10:59:00Z");
  CHECK(kLondon.reads("tue 12:01") == "2023-08-22T11:01:00Z");
  CHECK(kLondon.reads("30 aug 12:00") == "2022-08-30T11:00:00Z");
  CHECK(kLondon.reads("29 feb 12:00") == "2020-02-29T12:00:00Z");
  CHECK(kLondon.reads("wed 30 aug 12:00") == "2017-08-30T11:00:00Z");
}

TEST_CASE("a bare time of something that is to come is the next one") {
  const DeskIn plans{"Europe/London", "2023-08-29T11:00:30Z", true};
  CHECK(plans.reads("12:00") == "2023-08-30T11:00:00Z");
  CHECK(plans.reads("12:01") == "2023-08-29T11:01:00Z");
  CHECK(plans.reads("fri 17:00") == "2023-09-01T16:00:00Z");
  CHECK(plans.reads("tue 9:00") == "2023-09-05T08:00:00Z");
  CHECK(plans.reads("tomorrow 9:00") == "2023-08-30T08:00:00Z");
  CHECK(plans.reads("28 aug 9:00") == "2024-08-28T08:00:00Z");
  CHECK(plans.reads("29 feb 9:00") == "2024-02-29T09:00:00Z");
  CHECK(plans.reads("+2h") == "2023-08-29T13:00:00Z");
  CHECK(plans.reads("+90d") == "2023-11-27T12:00:00Z");
}

TEST_CASE("what lies in the future did not happen") {
  CHECK(has(kLondon.refuses("+2h"), "Tue 29 Aug 2023 14:00 BST, 13:00Z lies in the future"));
  CHECK(has(kLondon.refuses("tomorrow 9:00"), "lies in the future"));
  CHECK(has(kLondon.refuses("today 12:01"), "lies in the future"));
  CHECK(has(kLondon.refuses("30 aug 2023 12:00"), "lies in the future"));
  CHECK(has(kLondon.refuses("2023-08-29T11:00:31Z"), "lies in the future"));
}

TEST_CASE("the hour that comes twice is refused with both readings") {
  const DeskIn after{"Europe/London", "2026-10-25T14:00Z"};
  for (const auto* text : {"01:30", "sun 01:30", "25 oct 01:30", "2026-10-25 01:30", "today 01:30"}) {
    INFO(text);
    const auto refusal = after.refuses(text);
    CHECK(has(refusal, "go back then and show this time twice"));
    CHECK(has(refusal, "2026-10-25T01:30+01:00 (Sun 25 Oct 2026 01:30 BST, 00:30Z)"));
    CHECK(has(refusal, "2026-10-25T01:30+00:00 (Sun 25 Oct 2026 01:30 GMT, 01:30Z)"));
  }
  CHECK(after.reads("00:59") == "2026-10-24T23:59:00Z");
  CHECK(has(after.refuses("01:00"), "twice"));
  CHECK(has(after.refuses("01:59:59"), "2026-10-25T01:59:59+01:00"));
  CHECK(after.reads("02:00") == "2026-10-25T02:00:00Z");
  CHECK(after.reads("2026-10-25T01:30+01:00") == "2026-10-25T00:30:00Z");
  CHECK(after.reads("2026-10-25T01:30+00:00") == "2026-10-25T01:30:00Z");
  // Hours that passed are no times on the wall.
  CHECK(after.reads("-12h30m") == "2026-10-25T01:30:00Z");
  CHECK(after.reads("-13h30m") == "2026-10-25T00:30:00Z");
  CHECK(has(DeskIn({"Europe/London", "2026-10-26T01:30Z"}).refuses("-1d"), "twice"));
}

TEST_CASE("the name of the time that was kept says which of the two is meant") {
  const DeskIn after{"Europe/London", "2026-10-25T14:00Z"};
  CHECK(after.reads("01:30 BST") == "2026-10-25T00:30:00Z");
  CHECK(after.reads("01:30 GMT") == "2026-10-25T01:30:00Z");
  CHECK(after.reads("01:30Z") == "2026-10-25T01:30:00Z");
  CHECK(after.reads("sun 01:30 +01:00") == "2026-10-25T00:30:00Z");
  CHECK(kLondon.reads("10:00 GMT") == "2023-08-29T10:00:00Z");  // in summer, too, GMT is UTC and not what the clocks show
  CHECK(has(kLondon.refuses("10:00 EST"), "do not keep the time of that name"));
}

TEST_CASE("the hour that is left out is refused with both readings") {
  const DeskIn after{"Europe/London", "2027-03-28T14:00Z"};
  for (const auto* text : {"01:30", "28 mar 01:30", "2027-03-28 01:30"}) {
    INFO(text);
    const auto refusal = after.refuses(text);
    CHECK(has(refusal, "go forward then and never show this time"));
    CHECK(has(refusal, "2027-03-28T01:30+00:00 (Sun 28 Mar 2027 02:30 BST, 01:30Z)"));
    CHECK(has(refusal, "2027-03-28T01:30+01:00 (Sun 28 Mar 2027 00:30 GMT, 00:30Z)"));
  }
  CHECK(after.reads("00:59") == "2027-03-28T00:59:00Z");
  CHECK(after.reads("02:00") == "2027-03-28T01:00:00Z");
  CHECK(has(DeskIn({"Europe/London", "2027-03-29T00:30Z"}).refuses("-1d"), "never show"));
}

TEST_CASE("both readings can be typed as they are printed") {
  const DeskIn after{"America/New_York", "2026-11-01T20:00Z"};
  const auto refusal = after.refuses("01:15");
  CHECK(has(refusal, "2026-11-01T01:15-04:00"));
  CHECK(has(refusal, "2026-11-01T01:15-05:00"));
  CHECK(after.reads("2026-11-01T01:15-04:00") == "2026-11-01T05:15:00Z");
  CHECK(after.reads("2026-11-01T01:15-05:00") == "2026-11-01T06:15:00Z");
  CHECK(has(DeskIn({"America/New_York", "2026-03-08T20:00Z"}).refuses("2:30"), "never show"));
}

TEST_CASE("zones of half hours, and those where half an hour is repeated") {
  CHECK(DeskIn({"Asia/Kolkata", "2026-05-02T02:00Z"}).reads("7:15") == "2026-05-02T01:45:00Z");
  CHECK(DeskIn({"Asia/Kathmandu", "2026-05-02T02:00Z"}).reads("7:15") == "2026-05-02T01:30:00Z");
  const DeskIn island{"Australia/Lord_Howe", "2026-04-05T10:00Z"};  // the clocks go back by thirty minutes
  CHECK(island.reads("01:29") == "2026-04-04T14:29:00Z");
  CHECK(has(island.refuses("01:45"), "2026-04-05T01:45+11:00"));
  CHECK(has(island.refuses("01:45"), "2026-04-05T01:45+10:30"));
}

TEST_CASE("today is the day of the zone") {
  const DeskIn night{"America/New_York", "2026-05-02T02:00Z"};  // there it is Friday the first, ten at night
  CHECK(night.reads("today 21:00") == "2026-05-02T01:00:00Z");
  CHECK(night.reads("fri 21:00") == "2026-05-02T01:00:00Z");
  CHECK(night.reads("sat 21:00") == "2026-04-26T01:00:00Z");
}

TEST_CASE("what was read is said back in full") {
  CHECK(said_back(*parse_instant("2023-08-26T19:10Z"), "Europe/London") == "Sat 26 Aug 2023 20:10 BST, 19:10Z");
  CHECK(said_back(*parse_instant("2026-05-02T01:20:30Z"), "Europe/London") == "Sat 2 May 2026 02:20:30 BST, 01:20:30Z");
  CHECK(strict_time(*parse_instant("2023-08-26T19:10Z"), "Europe/London") == "2023-08-26T20:10+01:00");
}

TEST_CASE("what is no time is refused with forms that work") {
  for (const auto* text : {"",
                           " ",
                           "lunchtime",
                           "20.10",
                           "8",
                           "26/08 20:10",
                           "2010",
                           "sat",
                           "yesterday",
                           "26 aug",
                           "26 20:10",
                           "aug 20:10",
                           "-",
                           "-m",
                           "-40",
                           "-40x",
                           "-40m2h",
                           "40m",
                           "24:00",
                           "20:60",
                           "13pm",
                           "0am",
                           "20:10 20:11",
                           "sat sun 20:10",
                           "yesterday sat 20:10",
                           "31 feb 20:10",
                           "29 feb 2023 20:10",
                           "now 20:10",
                           "1 jan 1850 10:00",
                           "20:10 sat sat",
                           "2023-08-26",
                           "2023-13-26 20:10",
                           "20:10+99:00",
                           "Z",
                           "+",
                           "20:10 +1",
                           "25 oct 2026 2"}) {
    INFO(text);
    CHECK(has(kLondon.refuses(text), "write "));
    CHECK_FALSE(has(kLondon.refuses(text), "read as"));
  }
  CHECK(has(kLondon.refuses("yesterdya 20:10"), "did you mean 'yesterday'?"));
  CHECK(has(kLondon.refuses("sat"), "add it, as in 'sat 20:10'"));
  CHECK(has(kLondon.refuses("40m"), "as in '-40m'"));
  CHECK(has(kLondon.refuses("sun 26 aug 2023 20:10"), "that day is a Saturday"));
  CHECK_FALSE(has(kLondon.refuses("Avery Lund's birthday"), "Avery"));
}

TEST_CASE("strict reads the full form only, and says what the other would have been") {
  const TimeReading strict{*parse_instant("2023-08-29T11:00:30Z"), "Europe/London", true, false};
  CHECK(read_time("2023-08-26T20:10+01:00", strict));
  CHECK(has(read_time("sat 20:10", strict).error().message, "with --json"));
  CHECK(has(read_time("sat 20:10", strict).error().message, "2023-08-26T20:10+01:00"));
  CHECK(has(read_time("2023-08-26", strict).error().message, "the time of day is missing"));
}

TEST_CASE("a zone that this machine does not know needs a time in full") {
  const DeskIn elsewhere{"Atlantis/Capital", "2023-08-29T11:00Z"};
  CHECK(has(elsewhere.refuses("20:10"), "write the time in full"));
  CHECK(elsewhere.reads("10:10Z") == "2023-08-29T10:10:00Z");
  CHECK(elsewhere.reads("2023-08-26T20:10+01:00") == "2023-08-26T19:10:00Z");
}

TEST_CASE("any text is read or refused, and what was read is never in the future") {
  const std::vector<std::string> pieces = {"-",         "+",
                                           "40m",       "2h",
                                           "20:10",     "sat",
                                           "26",        "aug",
                                           "2023",      ":",
                                           " ",         "now",
                                           "BST",       "Z",
                                           "am",        "pm",
                                           "2023-08",   "-26",
                                           "T",         "31",
                                           "th",        "1:",
                                           "99999999",  "\xff",
                                           "\xc3\xa9",  std::string(1, '\0'),
                                           "yesterday", "feb",
                                           "29",        "0"};
  const std::vector<std::string> zones = {"Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
                                          "No/Where"};
  std::mt19937 dice(20261025);
  std::size_t read = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    for (auto n = dice() % 6; n-- > 0;) text += pieces[dice() % pieces.size()] + (dice() % 2 ? " " : "");
    if (!text.empty() && dice() % 3 == 0) text[dice() % text.size()] = static_cast<char>(dice() % 256);
    const TimeReading how{{static_cast<std::int64_t>(dice() % 4'000'000'000u) * 1'000'000},
                          zones[dice() % zones.size()],
                          dice() % 8 == 0,
                          dice() % 4 == 0};
    const auto at = read_time(text, how);
    if (!at) {
      REQUIRE(at.error().code == Errc::invalid);
      REQUIRE_FALSE(at.error().message.empty());
      continue;
    }
    ++read;
    REQUIRE((how.future || *at <= how.now));
    REQUIRE(parse_instant(format_instant(*at)));
  }
  CHECK(read > 500);
}

TEST_CASE("each minute of a year is read back as the minute that was written, or refused for both it could be") {
  for (const auto* zone : {"Europe/London", "America/New_York", "Asia/Kolkata"}) {
    const TimeReading how{*parse_instant("2028-01-02T00:00Z"), zone, false, false};
    int refused = 0;
    for (auto t = *parse_instant("2026-01-02T00:00Z"); t < *parse_instant("2027-06-02T00:00Z"); t = t + minutes(13)) {
      const auto full = strict_time(t, zone);
      const auto at = read_time(full.substr(0, 10) + " " + full.substr(11, 5), how);
      if (!at) ++refused;
      else REQUIRE(*at == t);
    }
    CHECK(refused == (std::string(zone) == "Asia/Kolkata" ? 0 : 9));
  }
}

}  // namespace
}  // namespace tocsin::cli
