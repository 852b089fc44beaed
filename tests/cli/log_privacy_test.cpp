// SPDX-License-Identifier: Apache-2.0
// What the log of a command holds, and what it never holds.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "cli/line/verbs.h"
#include "engine/base/json.h"
#include "tests/cli/desk.h"

using namespace tocsin;
using tests::Desk;

namespace {

/// What is in every poisoned value, as a person, a mail program or an attacker would have it.
const std::vector<std::string> kPoisons = {
    "Zaphodina",
    "zaphodina.quux@example.org",
    "Zaphodina Quux, pay number 4711-0815",
    "+44 20 7946 0999",
    "Zaphodina\n{\"operation\":\"forged\"}\n2026-05-02T02:00:00Z info forged",
    "\x1b[31mZaphodina\x1b[0m",
    "\",\"forged\":\"Zaphodina\",\"x\":\"",
    "Zaphodina=forged",
    "caf\xc3\xa9 Zaphodina",
};
const std::vector<std::string> kNever = {"Zaphodina", "zaphodina", "Quux", "quux", "4711", "7946", "forged", "\x1b", "caf"};

std::vector<std::string> split(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

std::string log_of(const Desk& desk) {
  std::ifstream in(desk.folder() / "t.log");
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Desk& logging_to_file(Desk& desk, const std::string& format) {
  desk.set("TOCSIN_LOG_FILE", (desk.folder() / "t.log").string());
  desk.set("TOCSIN_LOG_LEVEL", "debug");
  desk.set("TOCSIN_LOG_FORMAT", format);
  desk.set("TOCSIN_LOG_SIZE", "100000000");
  return desk;
}

/// A verb with this value in every place that takes one.
std::vector<std::string> poisoned(const cli::Verb& verb, const std::string& poison) {
  auto words = split(verb.words);
  auto options = verb.options;
  if (verb.writes) options.insert(options.end(), cli::write_options().begin(), cli::write_options().end());
  for (const auto& option : options) {
    if (!option.name.starts_with("-")) {
      words.push_back(poison);
    } else if (!option.value.empty()) {
      words.push_back(option.name + "=" + poison);
    }
  }
  words.push_back("--as=" + poison);
  return words;
}

/// The same with only one place poisoned, and the others as somebody would fill them.
std::vector<std::vector<std::string>> poisoned_one_by_one(const cli::Verb& verb, const std::string& poison) {
  std::vector<std::vector<std::string>> lines;
  for (const auto& chosen : verb.options) {
    if (chosen.name.starts_with("-") && chosen.value.empty()) continue;
    auto words = split(verb.words);
    for (const auto& option : verb.options) {
      const bool is_chosen = option.name == chosen.name;
      if (!is_chosen && !option.required && option.name != "CASE") continue;
      const std::string usual = option.name == "CASE" ? "FF-1" : option.name == "N" ? "1" : "risk=high_risk";
      const auto value = is_chosen ? poison : usual;
      words.push_back(option.name.starts_with("-") ? option.name + "=" + value : value);
    }
    lines.push_back(std::move(words));
  }
  return lines;
}

void check_log(const Desk& desk, std::size_t commands) {
  const auto log = log_of(desk);
  CHECK(static_cast<std::size_t>(std::count(log.begin(), log.end(), '\n')) == commands);  // none is forged, none is split
  for (const auto& never : kNever) {
    INFO(never);
    const auto at = log.find(never);
    CHECK(at == std::string::npos);
    if (at != std::string::npos) FAIL_CHECK(log.substr(at < 150 ? 0 : at - 150, 300));
  }
}

void check_json(const std::string& log) {
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    const auto read = parse_json(line);
    REQUIRE(read);
    CHECK(canonical(*read) == line);
    CHECK(read->members().size() == 10);
  }
}

}  // namespace

TEST_CASE("whatever is typed, no word of it reaches the log, through no verb and in no place") {
  for (const std::string format : {"text", "json"}) {
    Desk desk;
    REQUIRE(logging_to_file(desk, format).open().code == 0);
    std::size_t commands = 1;
    for (const auto& verb : cli::verbs()) {
      // They take no words of people: a path is a place, and 'help --man' would write its pages there.
      if (verb.words == "doctor" || verb.words == "db backup" || verb.words == "help") continue;
      for (const auto& poison : kPoisons) {
        desk.run(poisoned(verb, poison));
        ++commands;
        if (format != "json" || &poison > &kPoisons[4]) continue;
        for (const auto& words : poisoned_one_by_one(verb, poison)) {
          desk.run(words, poison);
          ++commands;
        }
      }
    }
    check_log(desk, commands);
    if (format == "json") check_json(log_of(desk));
  }
}

TEST_CASE("what is recorded about people does not reach the log either") {
  Desk desk;
  logging_to_file(desk, "json");
  std::size_t commands = 0;
  for (const auto& poison : kPoisons) {
    const auto run = [&](std::vector<std::string> words) {
      ++commands;
      return desk.run(std::move(words), poison).code;
    };
    const auto ref = "FF-" + std::to_string(commands);
    const bool is_line = poison.find('\n') == std::string::npos && poison.find('\x1b') == std::string::npos;
    CHECK(run({"case", "open", "uk/supplier-breach", "--title", is_line ? poison : "A lost box", "--ref", ref}) == 0);
    CHECK(run({"case", "note", ref, poison, "--by", "phone", "--in"}) == 0);
    CHECK(run({"case", "note", ref, "-"}) == 0);
    CHECK(run({"notice", "record", ref, "nca", "--channel", "telephone", "--reference", "pending", "--text", poison}) == 0);
    CHECK(run({"action", "add", ref, poison}) == 0);
    CHECK(run({"action", "done", ref, "1", "--because", poison}) == 0);
    CHECK(run({"decision", "propose", ref, "ico", "--because", poison, "--evidence", poison}) != 1);
    CHECK(run({"case", "set", ref, "supplier_name=" + poison}) != 1);
    CHECK(run({"case", "show", ref}) == 0);
    CHECK(run({"case", "history", ref, "--json"}) == 0);
  }
  for (const auto& poison : kPoisons) {
    desk.run({"people", "add", poison, "--role", "handler", "--as", "desk"});
    desk.run({"case", "note", "FF-0", poison, "--as", poison});
    commands += 2;
  }
  check_log(desk, commands);
  check_json(log_of(desk));
}

TEST_CASE("a log line has what finds and explains a command, and the command's error leads to it") {
  Desk desk;
  logging_to_file(desk, "json").give_id("00112233aabbccdd");
  REQUIRE(desk.open().code == 0);
  const auto refused = desk.run({"case", "move", "FF-1", "close"});
  CHECK(refused.code == 6);
  CHECK(refused.err.ends_with("log: id=00112233aabbccdd\n"));
  const auto as_json = desk.run({"case", "move", "FF-1", "close", "--json"});
  CHECK(as_json.out.find("\"command_id\":\"00112233aabbccdd\"") != std::string::npos);
  desk.run({"case", "mvoe"});
  std::istringstream lines(log_of(desk));
  std::vector<Json> entries;
  for (std::string line; std::getline(lines, line);) entries.push_back(*parse_json(line));
  REQUIRE(entries.size() == 4);
  CHECK(entries[0]["operation"].text() == "case open");
  CHECK(entries[0]["case"].text() == "FF-1");
  CHECK(entries[0]["result"].text() == "ok");
  CHECK(entries[0]["level"].text() == "info");
  CHECK_FALSE(entries[0]["version"].text().empty());
  CHECK(entries[1]["operation"].text() == "case move");
  CHECK(entries[1]["result"].text() == "refused");
  CHECK(entries[1]["refused_by"].text() == "transition close");
  CHECK(entries[1]["level"].text() == "warn");
  CHECK(entries[1]["exit"].integer() == 6);
  CHECK(entries[1]["id"].text() == "00112233aabbccdd");
  CHECK(entries[3]["result"].text() == "invalid");
  CHECK(entries[3]["operation"].text().empty());
}

TEST_CASE("without a word about logs nothing is logged and no id is printed") {
  Desk desk;
  desk.give_id("00112233aabbccdd");
  REQUIRE(desk.open().code == 0);
  CHECK(desk.run({"case", "move", "FF-1", "close"}).err.find("log:") == std::string::npos);
}

TEST_CASE("a log that cannot be written changes nothing but one line of warning") {
  const auto file = GENERATE(as<std::string>{}, "/dev/full", "/proc/none/t.log", "/dev/null/t.log");
  Desk plain, logged;
  logged.set("TOCSIN_LOG_FILE", file);
  for (const auto& words : {std::vector<std::string>{"case", "open", "uk/supplier-breach", "--title", "x", "--ref", "FF-1"},
                            {"case", "note", "FF-1", "hello"},
                            {"case", "show", "FF-1"},
                            {"case", "move", "FF-1", "close"},
                            {"due", "--json"}}) {
    const auto one = plain.run(words), other = logged.run(words);
    CHECK(one.code == other.code);
    CHECK(one.out == other.out);
    CHECK(other.err == one.err + "tocsin: warning: the log could not be written to '" + file +
                           "': check the folder and the disk; nothing else has changed\n");
  }
}

TEST_CASE("what the settings of the log may be is told, and a log is never written into the store") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  CHECK(desk.run({"due", "--log-level", "loud"}).code == 2);
  CHECK(desk.run({"due", "--log-format", "xml"}).code == 2);
  for (const auto& own : {desk.database(), desk.key()}) {
    const auto ran = desk.run({"due", "--log-file", own.string()});
    CHECK(ran.code == 2);
    CHECK(ran.err.find("name another file with --log-file") != std::string::npos);
  }
  CHECK(desk.run({"audit", "verify"}).code == 0);
  desk.set("TOCSIN_LOG_LEVEL", "loud");
  const auto told = desk.run({"due"});
  CHECK(told.code == 0);
  CHECK(told.err ==
        "tocsin: warning: the setting log-level is off, error, warn, info or debug, and not 'loud': it is left out\n");
}
