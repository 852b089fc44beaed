// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "tests/adapters/store_file.h"
#include "tests/contracts/folder.h"
#include "tests/contracts/history_language.h"

namespace tocsin::tests {
namespace {

/// Appends to one stream until it worked, as the engine does: read, decide, append, and again when somebody was faster.
bool append_at_last(StoreFile& file, const std::string& stream, int events) {
  while (true) {
    const auto records = file.events.read(stream);
    if (!records) return false;
    auto append = History::after(*records, stream).next_with_card(card(), events);
    if (!file.vault.seal(stream, "a note", append.vault)) return false;
    const auto done = file.events.append(append);
    if (done) return true;
    if (done.error().refused_by != ports::kStale) return false;
  }
}

pid_t in_a_child(const std::function<bool()>& work) {
  const auto child = fork();
  if (child == 0) _exit(work() ? 0 : 1);
  return child;
}

bool ended_well(pid_t child) {
  int status = 1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void require_sound(StoreFile& file, const std::vector<std::string>& streams) {
  const auto all = file.events.read_all(0, 1'000'000);
  REQUIRE(all);
  CHECK(is_gapless(*all));
  for (const auto& stream : streams) {
    const auto verified = ledger::verify_stream(*file.events.read(stream));
    if (!verified) FAIL_CHECK(verified.error().message);
  }
  CHECK(file.events.inspect()->empty());
}

}  // namespace

TEST_CASE("four processes write one case at once, and every one of them finishes") {
  const Folder folder;
  { StoreFile file(folder / "cases.db"); }
  std::vector<pid_t> children;
  for (int w = 0; w < 4; ++w)
    children.push_back(in_a_child([&] {
      StoreFile file(folder / "cases.db");
      for (int i = 0; i < 200; ++i)
        if (!append_at_last(file, "A-1", 1)) return false;
      return true;
    }));
  for (const auto child : children) CHECK(ended_well(child));
  StoreFile file(folder / "cases.db");
  CHECK(file.events.read("A-1")->size() == 800);
  require_sound(file, {"A-1"});
}

TEST_CASE("writers who do not wait in one line are still kept apart") {
  const Folder folder;
  { StoreFile file(folder / "cases.db"); }
  std::vector<pid_t> children;
  for (const std::string name : {"one.db", "two.db"}) {
    std::filesystem::create_symlink(folder / "cases.db", folder / name);  // each name has its own lock file
    children.push_back(in_a_child([&] {
      StoreFile file(folder / name, folder / "vault.key");
      for (int i = 0; i < 100; ++i)
        if (!append_at_last(file, "A-1", 1)) return false;
      return true;
    }));
  }
  for (const auto child : children) CHECK(ended_well(child));
  StoreFile file(folder / "cases.db", folder / "vault.key");
  CHECK(file.events.read("A-1")->size() == 200);
  require_sound(file, {"A-1"});
}

TEST_CASE("a program that hangs while it has the turn stops nobody for ever") {
  if (std::getenv("TOCSIN_LONG") == nullptr) return;  // ten seconds of patience
  const Folder folder;
  StoreFile file(folder / "cases.db");
  const int hung = open((folder / "cases.db.lock").c_str(), O_RDWR | O_CLOEXEC);
  REQUIRE((hung >= 0 && flock(hung, LOCK_EX) == 0));
  CHECK(append_at_last(file, "A-1", 1));
  close(hung);
  CHECK(append_at_last(file, "A-1", 1));
}

TEST_CASE("several processes may make the same store and its key at once") {
  const Folder folder;
  std::vector<pid_t> children;
  for (int w = 0; w < 6; ++w)
    children.push_back(in_a_child([&, w] {
      auto database = sql_store::Database::open_or_create(folder / "cases.db", "live");
      if (!database) return false;
      StoreFile file(folder / "cases.db");
      return append_at_last(file, "C-" + std::to_string(w), 2);
    }));
  for (const auto child : children) CHECK(ended_well(child));
  StoreFile file(folder / "cases.db");
  CHECK(file.events.read_all(0, 100)->size() == 12);
  require_sound(file, {"C-0", "C-5"});
}

TEST_CASE("of two processes that give the same name, one is told") {
  const Folder folder;
  { StoreFile file(folder / "cases.db"); }
  std::vector<pid_t> children;
  for (const std::string name : {"case-1", "CASE-1"})
    children.push_back(
        in_a_child([&] { return StoreFile(folder / "cases.db").events.append(History(name).next(1)).has_value(); }));
  int won = 0;
  for (const auto child : children) won += ended_well(child) ? 1 : 0;
  CHECK(won == 1);
}

TEST_CASE("a process killed at any moment loses nothing it acknowledged and leaves nothing half done") {
  const Folder folder;
  { StoreFile file(folder / "cases.db"); }
  std::mt19937 dice(20230829);
  std::int64_t acknowledged = 0;  // events of A-1 that a child said are there
  for (int kill_number = 0; kill_number < 200; ++kill_number) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const auto child = fork();
    if (child == 0) {
      close(ends[0]);
      StoreFile file(folder / "cases.db");
      while (append_at_last(file, "A-1", 3)) {
        const auto version = file.events.read("A-1")->back().n;
        if (write(ends[1], &version, sizeof version) != sizeof version) break;
      }
      _exit(1);
    }
    close(ends[1]);
    // The child dies after a number of acknowledgements and a moment more, both from a seeded dice.
    const auto wanted = dice() % 3;
    std::int64_t version = 0;
    for (unsigned i = 0; i < wanted; ++i)
      if (read(ends[0], &version, sizeof version) == sizeof version) acknowledged = std::max(acknowledged, version);
    for (volatile auto spin = dice() % 400'000; spin > 0;) spin = spin - 1;
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    while (read(ends[0], &version, sizeof version) == sizeof version) acknowledged = std::max(acknowledged, version);
    close(ends[0]);
    StoreFile file(folder / "cases.db");
    const auto records = file.events.read("A-1");
    REQUIRE(records);
    const auto there = static_cast<std::int64_t>(records->size());
    REQUIRE(there >= acknowledged);
    REQUIRE(there % 3 == 0);
    REQUIRE(ledger::verify_stream(*records));
  }
  CHECK(acknowledged > 100);
  StoreFile file(folder / "cases.db");
  require_sound(file, {"A-1"});
}

}  // namespace tocsin::tests
