// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/backup.h"

#include <sched.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "adapters/sql_store/draft_file.h"
#include "adapters/sql_store/examination.h"
#include "tests/adapters/raw_sql.h"
#include "tests/adapters/store_file.h"
#include "tests/contracts/folder.h"
#include "tests/contracts/history_language.h"

namespace tocsin::tests {
namespace {

namespace fs = std::filesystem;
using sql_store::Database;

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::size_t files_in(const std::string& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

Result<ports::Backup> back_up(StoreFile& file, const std::string& target, bool replace = false) {
  return sql_store::back_up(*file.database, target, replace, {file.vault.key_file()});
}

}  // namespace

TEST_CASE("a backup made while another process writes is restored whole, with every case recorded before it began") {
  const Folder folder, elsewhere;
  StoreFile file(folder / "cases.db");
  std::string digest;
  for (int i = 0; i < 20; ++i) {
    auto append = History("OLD-" + std::to_string(i)).next_with_card(card(), 3);
    digest = *file.vault.seal(append.stream, "words of " + append.stream, append.vault);
    REQUIRE(file.events.append(append));
  }
  int ready[2];
  REQUIRE(pipe(ready) == 0);
  const auto writer = fork();
  if (writer == 0) {
    StoreFile other(folder / "cases.db");
    for (int i = 0;; ++i) {
      auto append = History("NEW-" + std::to_string(i)).next_with_card(card(), 2);
      if (!other.vault.seal(append.stream, "new words", append.vault) || !other.events.append(append)) _exit(1);
      if (i == 5 && write(ready[1], "x", 1) != 1) _exit(1);
    }
  }
  char byte = 0;
  REQUIRE(read(ready[0], &byte, 1) == 1);
  const auto before = file.events.read_all(0, 1'000'000)->size();
  for (int i = 0; i < 10; ++i) {
    const auto target = elsewhere / (std::to_string(i) + ".db");
    const auto made = back_up(file, target);
    if (!made) FAIL_CHECK(made.error().message);
    CHECK(made->path == target);
    CHECK(made->events >= static_cast<std::int64_t>(before));
  }
  kill(writer, SIGKILL);
  waitpid(writer, nullptr, 0);
  CHECK(files_in(elsewhere.path()) == 10);  // and nothing beside them

  const Folder empty;
  fs::copy_file(elsewhere / "9.db", empty / "restored.db");
  fs::copy_file(folder / "cases.db.key", empty / "restored.db.key");
  StoreFile restored(empty / "restored.db");
  for (int i = 0; i < 20; ++i) CHECK(restored.events.read("OLD-" + std::to_string(i))->size() == 3);
  CHECK(restored.vault.open("OLD-19", {digest})->front() == "words of OLD-19");
  CHECK(restored.events.inspect()->empty());
  const auto names = restored.events.find_streams("", 100'000);
  REQUIRE(names);
  for (const auto& name : *names) CHECK(ledger::verify_stream(*restored.events.read(name)));
  CHECK(restored.events.append(History("AFTER-1").next(1)));
}

TEST_CASE("a backup is its owner's alone and holds neither key nor what was forgotten") {
  const Folder folder;
  StoreFile file(folder / "cases.db");
  auto append = History("A-1").next_with_card(card(), 1);
  const auto digest = *file.vault.seal("A-1", std::string(50'000, 'w'), append.vault);
  REQUIRE(file.events.append(append));
  const auto sealed = RawSql(folder / "cases.db").text("select substr(ciphertext, 1000, 200) from vault_rows");
  REQUIRE(sealed.size() == 200);
  const auto mask = umask(0);
  REQUIRE(back_up(file, folder / "with.db"));
  REQUIRE(file.vault.forget("A-1"));
  REQUIRE(back_up(file, folder / "without.db"));
  umask(mask);
  CHECK(bytes_of(folder / "with.db").find(sealed) != std::string::npos);
  CHECK(bytes_of(folder / "without.db").find(sealed) == std::string::npos);
  const auto key = bytes_of(folder / "cases.db.key").substr(0, 64);
  CHECK(bytes_of(folder / "with.db").find(key) == std::string::npos);
  CHECK((fs::status(folder / "with.db").permissions() & fs::perms::all) == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a backup takes no file's place unless it is told to, and never that of the store or its key") {
  const Folder folder;
  StoreFile file(folder / "cases.db");
  auto append = History("A-1").next(1);
  REQUIRE(file.vault.seal("A-1", "words", append.vault));
  REQUIRE(file.events.append(append));
  std::ofstream(folder / "there") << "somebody's";
  CHECK(back_up(file, folder / "there").error().code == Errc::conflict);
  CHECK(bytes_of(folder / "there") == "somebody's");
  REQUIRE(back_up(file, folder / "there", true));
  CHECK(Database::open(folder / "there"));
  fs::create_symlink(folder / "cases.db", folder / "link.db");
  fs::create_hard_link(folder / "cases.db", folder / "second-name.db");
  for (const std::string own : {"cases.db", "cases.db-wal", "cases.db-shm", "cases.db.lock", "cases.db.key", "link.db",
                                "second-name.db", "./cases.db"}) {
    CAPTURE(own);
    CHECK(back_up(file, folder / own, true).error().code == Errc::invalid);
  }
  CHECK(back_up(file, folder.path(), true).error().code == Errc::invalid);
  CHECK(back_up(file, folder / "no/such/folder.db").error().code == Errc::invalid);
  CHECK(back_up(file, "").error().code == Errc::invalid);
  CHECK(file.events.read("A-1")->size() == 1);
  CHECK(file.vault.key_state().value() == ports::KeyState::fits);
}

TEST_CASE("a full disk leaves no backup under the name that was asked for") {
  const Folder folder, elsewhere;
  { StoreFile file(folder / "cases.db"); }
  RawSql(folder / "cases.db").run("create table filler as select randomblob(2000000) x");
  const auto child = fork();
  if (child == 0) {
    StoreFile file(folder / "cases.db");
    signal(SIGXFSZ, SIG_IGN);
    const rlimit most{1'000'000, 1'000'000};  // what a disk does that takes no more
    setrlimit(RLIMIT_FSIZE, &most);
    const auto made = back_up(file, elsewhere / "copy.db");
    _exit(!made && made.error().code == Errc::unavailable && made.error().message.find("free space") != std::string::npos
              ? 0
              : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  CHECK(status == 0);
  CHECK(files_in(elsewhere.path()) == 0);
}

TEST_CASE("a copy that is not what the store is, is not kept") {
  const Folder folder, elsewhere;
  StoreFile file(folder / "cases.db");
  REQUIRE(file.events.append(History("A-1").next(3)));
  RawSql sql(folder / "cases.db");
  sql.run("drop trigger events_are_never_changed");
  SECTION("an event was changed") { sql.run("update events set bytes = replace(bytes, 'A-1', 'A-2') where n = 2"); }
  SECTION("an event was removed") {
    sql.run("drop trigger events_are_never_removed");
    sql.run("delete from events where n = 2");
  }
  const auto made = back_up(file, elsewhere / "copy.db");
  REQUIRE_FALSE(made);
  CHECK(made.error().code == Errc::corrupt);
  CHECK(files_in(elsewhere.path()) == 0);
}

TEST_CASE("what a command that was cut short left behind is found, and what is being written is left alone") {
  const Folder folder;
  StoreFile file(folder / "cases.db");
  const auto leftovers = [&] {
    std::size_t found = 0;
    for (const auto& finding : sql_store::examine_files(folder / "cases.db", folder / "cases.db.key", ""))
      found += finding.about == "leftovers" && finding.level == ports::Diagnosis::Level::warning ? 1u : 0u;
    return found;
  };
  const sql_store::DraftFile draft(folder / "copy.db");
  REQUIRE(draft.is_made());
  CHECK(leftovers() == 0);  // by this process
  const auto gone = fork();
  if (gone == 0) _exit(0);
  waitpid(gone, nullptr, 0);
  std::ofstream(folder / ("copy.db.part-" + std::to_string(gone) + "-17")) << "half";
  CHECK(leftovers() == 1);
}

TEST_CASE("drafts go when the process is told to stop") {
  const Folder folder;
  const auto child = fork();
  if (child == 0) {
    const sql_store::DraftFile one(folder / "a"), two(folder / "b");
    sql_store::DraftFile whole(folder / "c");
    const bool named = whole.give_name(false) == sql_store::DraftFile::Named::yes;
    sql_store::remove_drafts();
    _exit(named && files_in(folder.path()) == 1 ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  CHECK(status == 0);
  CHECK(fs::exists(folder / "c"));
}

}  // namespace tocsin::tests
