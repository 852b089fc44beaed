// SPDX-License-Identifier: Apache-2.0
// Files that released versions wrote. They open for ever; tests/histories/record says how one is made.
#include <catch2/catch.hpp>
#include <filesystem>

#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/vault.h"
#include "adapters/yaml_library/library.h"
#include "engine/engine.h"
#include "tests/contracts/folder.h"

namespace tocsin::tests {
namespace {

namespace fs = std::filesystem;

const fs::path kHistories = fs::path(TOCSIN_SOURCE_DIR) / "tests/histories";

std::vector<std::string> recorded() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kHistories))
    if (entry.path().extension() == ".db") names.push_back(entry.path().stem().string());
  return names;
}

/// A copy of a recorded store, as a user has it: the original is never touched.
struct Copy {
  explicit Copy(const std::string& name) {
    fs::copy_file(kHistories / (name + ".db"), folder / "cases.db");
    fs::copy_file(kHistories / (name + ".key"), folder / "vault.key");
    fs::permissions(folder / "vault.key", fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions(folder / "cases.db", fs::perms::owner_read | fs::perms::owner_write);
    auto opened = sql_store::Database::open(folder / "cases.db");
    if (!opened) throw std::runtime_error(opened.error().message);
    database = std::move(*opened);
  }
  Folder folder;
  std::unique_ptr<sql_store::Database> database;
};

}  // namespace

TEST_CASE("there are recorded histories") { CHECK_FALSE(recorded().empty()); }

TEST_CASE("every recorded history opens, verifies and tells its words, without any file but itself and its key") {
  for (const auto& name : recorded()) {
    CAPTURE(name);
    const Copy copy(name);
    sql_store::EventStore events(*copy.database);
    sql_store::Vault vault(*copy.database, copy.folder / "vault.key");
    const yaml_library::Library nothing(copy.folder / "no-workflows-here");
    const Engine engine(events, vault, nothing);

    const auto all = events.read_all(0, 1'000'000);
    REQUIRE(all);
    CHECK(all->size() > 10);
    for (const auto& record : *all) CHECK(ledger::verify_record(record).empty());
    const auto verified = engine.verify("");
    REQUIRE(verified);
    for (const auto& problem : verified->problems) FAIL_CHECK(problem);

    const auto cases = engine.cases("", 100);
    REQUIRE(cases);
    REQUIRE_FALSE(cases->empty());
    for (const auto& one : *cases) {
      CHECK(one.has_title);
      CHECK_FALSE(one.title.empty());
      const auto view = engine.show(one.ref, *parse_instant("2027-01-01T00:00:00Z"));
      REQUIRE(view);
      const auto words = engine.all_words(*view);
      REQUIRE(words);
      CHECK_FALSE(words->empty());
      for (const auto& [where, text] : *words) CHECK(text.has_value());
    }
  }
}

TEST_CASE("a recorded history verifies without its key, and still knows what is owed") {
  for (const auto& name : recorded()) {
    CAPTURE(name);
    const Copy copy(name);
    fs::remove(copy.folder / "vault.key");
    sql_store::EventStore events(*copy.database);
    sql_store::Vault vault(*copy.database, copy.folder / "vault.key");
    const yaml_library::Library nothing(copy.folder / "no-workflows-here");
    const Engine engine(events, vault, nothing);
    const auto verified = engine.verify("");
    REQUIRE(verified);
    CHECK(verified->problems.empty());
    CHECK(engine.due(*parse_instant("2027-01-01T00:00:00Z"), 100));
    CHECK_FALSE(fs::exists(copy.folder / "vault.key"));
  }
}

}  // namespace tocsin::tests
