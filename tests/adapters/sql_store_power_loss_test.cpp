// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/adapters/raw_sql.h"
#include "tests/adapters/recording_disk.h"
#include "tests/adapters/store_file.h"
#include "tests/contracts/folder.h"
#include "tests/contracts/history_language.h"

namespace tocsin::tests {
namespace {

constexpr int kCommands = 120;

int cuts() { return std::getenv("TOCSIN_LONG") != nullptr ? 5000 : 100; }

/// Commands of one to three events over five cases, with cards and words, each acknowledged when it is written. The log
/// goes into the file often, so that cuts fall into that too. Returns how many events each command had.
std::vector<std::int64_t> work(const std::string& path, const std::string& key, const std::string& synchronous,
                               RecordingDisk& disk) {
  StoreFile file(path, key);
  REQUIRE(file.database->read([&](sql_store::Session& session) -> Result<void> {
    session.number("pragma wal_autocheckpoint=25");
    session.run("pragma synchronous=" + synchronous);
    return {};
  }));
  std::vector<History> histories;
  for (int i = 0; i < 5; ++i) histories.emplace_back("C-" + std::to_string(i));
  std::vector<std::int64_t> sizes;
  disk.acknowledge(0);
  std::int64_t acknowledged = 0;
  for (int i = 0; i < kCommands; ++i) {
    auto& history = histories[static_cast<std::size_t>(i * 7 % 5)];
    auto shown = card();
    shown.items = {item("ico", "dated", hour(i)), item("staff", "undated", hour(0))};
    auto append = history.next_with_card(shown, 1 + i % 3);
    REQUIRE(file.vault.seal(history.stream(), std::string(300, 'w'), append.vault));
    REQUIRE(file.events.append(append));
    sizes.push_back(1 + i % 3);
    acknowledged += sizes.back();
    disk.acknowledge(acknowledged);
  }
  return sizes;
}

/// How the store looks after a cut: sound or not, and how many events it has.
struct Found {
  std::string wrong;
  std::int64_t events = 0;
};

Found look(const std::string& path, const std::string& key, const std::vector<std::int64_t>& sizes) {
  auto database = sql_store::Database::open(path);
  if (!database) return {database.error().message};
  sql_store::EventStore events(**database);
  sql_store::Vault vault(**database, key);
  const auto all = events.read_all(0, 1'000'000);
  if (!all) return {all.error().message};
  Found found{"", static_cast<std::int64_t>(all->size())};
  std::int64_t whole = 0;
  for (std::size_t i = 0; whole < found.events && i < sizes.size(); ++i) whole += sizes[i];
  if (whole != found.events) found.wrong = "a command is there in part";
  if (!is_gapless(*all)) found.wrong = "seq has gaps";
  for (int i = 0; i < 5; ++i) {
    const auto records = events.read("C-" + std::to_string(i));
    if (!records || !ledger::verify_stream(*records)) found.wrong = "a chain does not hold";
  }
  const auto findings = events.inspect();
  if (!findings) found.wrong = findings.error().message;
  else if (!findings->empty()) found.wrong = findings->front().message;
  return found;
}

struct Tally {
  int unsound = 0;
  int lost = 0;
  std::string first_wrong;
};

Tally cut_the_power(const std::string& synchronous, int times) {
  const Folder folder, keys;
  RecordingDisk disk;
  const auto sizes = work(folder / "cases.db", keys / "vault.key", synchronous, disk);
  disk.stop();
  std::size_t first = 0;
  std::mt19937 dice(42);
  // A store that is still being made may vanish whole; cuts begin with the first acknowledgement.
  while (disk.cut_at(first, dice).acknowledged == 0 && first + 1 < disk.moments()) ++first;
  Tally tally;
  for (int i = 0; i < times; ++i) {
    const auto moment = first + dice() % (disk.moments() - first);
    const auto remains = disk.cut_at(moment, dice);
    const Folder after;
    for (const auto& [name, bytes] : remains.files)
      if (name.find("-shm") == std::string::npos) std::ofstream(after / name, std::ios::binary) << bytes;
    const auto found = look(after / "cases.db", keys / "vault.key", sizes);
    if (!found.wrong.empty()) ++tally.unsound;
    if (!found.wrong.empty() && tally.first_wrong.empty()) tally.first_wrong = found.wrong;
    if (found.wrong.empty() && found.events < remains.acknowledged) ++tally.lost;
  }
  return tally;
}

}  // namespace

TEST_CASE("the power may go at any moment: nothing acknowledged is lost, no chain breaks, no command is there in part") {
  const auto tally = cut_the_power("FULL", cuts());
  CAPTURE(tally.first_wrong);
  CHECK(tally.unsound == 0);
  CHECK(tally.lost == 0);
}

TEST_CASE("the simulated power cut would notice a store that does not wait for its disk") {
  CHECK(cut_the_power("NORMAL", 100).lost > 0);
  CHECK(cut_the_power("OFF", 100).unsound > 0);
}

}  // namespace tocsin::tests
