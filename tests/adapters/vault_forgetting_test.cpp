// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/adapters/raw_sql.h"
#include "tests/adapters/store_file.h"
#include "tests/contracts/folder.h"
#include "tests/contracts/history_language.h"

namespace tocsin::tests {
namespace {

/// Every byte of every file of the store: tables, free pages, log and the log's index.
std::string all_bytes(const std::string& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  return all;
}

bool has(const std::string& all, const std::string& words) { return all.find(words) != std::string::npos; }

struct Said {
  std::string digest, wrapped, ciphertext;  ///< the last two in hex
};

/// Says `words` in a case. Returns what the store wrote for them.
Said say(StoreFile& file, const std::string& stream, const std::string& words) {
  auto append = History::after(*file.events.read(stream), stream).next_with_card(card());
  const auto digest = file.vault.seal(stream, words, append.vault);
  REQUIRE(digest);
  Said said{*digest, to_hex(std::string_view(append.vault.wrapped_key)),
            to_hex(std::string_view(append.vault.rows.front().ciphertext))};
  REQUIRE(file.events.append(append));
  return said;
}

/// SQLite cuts long values into pages; a stretch near the beginning is found whole.
std::string stretch(const std::string& hex) { return hex.substr(20, 48); }

std::string raw(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

/// Neither as they were said nor in hex, which is how the vault writes its ciphertext.
bool tells_nothing(const std::string& folder, const std::vector<std::string>& words) {
  const auto all = all_bytes(folder);
  for (const auto& word : words)
    if (has(all, word) || has(all, to_hex(std::string_view(word)))) return false;
  return true;
}

}  // namespace

TEST_CASE("no word of anybody's ever lies in the store's files as it was said") {
  const Folder folder, keys;
  const std::string title = "Payroll of Horvat d.o.o. on a lost laptop", note = "Ana Kova\xc4\x8d rang at ten";
  {
    StoreFile file(folder / "cases.db", keys / "vault.key");
    say(file, "A-1", title);
    say(file, "A-1", note);
    CHECK(tells_nothing(folder.path(), {title, note}));
    REQUIRE(file.vault.forget("A-1"));
    CHECK(tells_nothing(folder.path(), {title, note}));
  }
  CHECK(tells_nothing(folder.path(), {title, note}));
}

TEST_CASE("after forgetting, neither key nor ciphertext is left in tables, free pages or log") {
  const Folder folder, keys;
  StoreFile file(folder / "cases.db", keys / "vault.key");
  std::vector<Said> gone;
  // Cases side by side, so that pages were split and shared before one of them goes.
  for (int i = 0; i < 60; ++i) {
    gone.push_back(
        say(file, "A-1", "words " + std::to_string(i) + std::string(static_cast<std::size_t>(i * 37 % 900), 'w')));
    say(file, "C-" + std::to_string(i % 7), std::string(static_cast<std::size_t>(i * 53 % 700), 'o'));
  }
  const auto kept = say(file, "B-1", "stays");
  const auto before = all_bytes(folder.path());
  for (const auto& said : gone) CHECK(has(before, stretch(said.ciphertext)));
  CHECK(has(before, gone.front().wrapped));

  REQUIRE(file.vault.forget("A-1"));
  const auto nothing_left = [&] {
    const auto after = all_bytes(folder.path());
    for (const auto& said : gone) {
      CHECK_FALSE(has(after, stretch(said.ciphertext)));
      CHECK_FALSE(has(after, raw(stretch(said.ciphertext))));
    }
    CHECK_FALSE(has(after, stretch(gone.front().wrapped)));
    CHECK(has(after, stretch(kept.ciphertext)));
  };
  nothing_left();
  CHECK(std::filesystem::file_size(folder / "cases.db-wal") == 0);
  CHECK(file.vault.open("B-1", {kept.digest})->front() == "stays");
  CHECK(ledger::verify_stream(*file.events.read("A-1")));
  CHECK(file.events.inspect()->empty());
  say(file, "B-1", "more");
  nothing_left();
}

TEST_CASE("forgetting says so when another program keeps the log, and can be done again") {
  const Folder folder, keys;
  StoreFile file(folder / "cases.db", keys / "vault.key");
  const auto said = say(file, "A-1", "words");
  REQUIRE(file.database->read([](sql_store::Session& session) -> Result<void> {
    session.number("pragma busy_timeout=1");  // nobody waits in a test
    return {};
  }));
  {
    RawSql reader(folder / "cases.db");
    reader.run("begin");
    CHECK(reader.text("select count(*) from events") == "1");
    const auto forgotten = file.vault.forget("A-1");
    REQUIRE_FALSE(forgotten);
    CHECK(forgotten.error().code == Errc::unavailable);
    reader.run("rollback");
  }
  CHECK(file.vault.open("A-1", {said.digest})->front() == std::nullopt);
  REQUIRE(file.vault.forget("A-1"));
  CHECK_FALSE(has(all_bytes(folder.path()), stretch(said.ciphertext)));
}

}  // namespace tocsin::tests
