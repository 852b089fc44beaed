// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/adapters/raw_sql.h"
#include "tests/adapters/store_file.h"
#include "tests/contracts/folder.h"
#include "tests/contracts/history_language.h"

namespace tocsin::tests {
namespace {

namespace fs = std::filesystem;

/// A store whose case has one title.
struct Kept {
  Folder folder;
  std::string db = folder / "cases.db", key = folder / "vault.key", digest;

  Kept() {
    StoreFile file(db, key);
    auto append = History("A-1").next_with_card(card());
    auto sealed = file.vault.seal("A-1", "the title", append.vault);
    REQUIRE(sealed);
    digest = *sealed;
    REQUIRE(file.events.append(append));
  }

  Result<std::vector<std::optional<std::string>>> title() {
    StoreFile file(db, key);
    return file.vault.open("A-1", {digest});
  }
  Result<std::string> say() {
    StoreFile file(db, key);
    ports::VaultRows rows;
    return file.vault.seal("B-1", "more words", rows);
  }
  void refuses(Errc code) {
    const auto read = title();
    REQUIRE_FALSE(read);
    CHECK(read.error().code == code);
    const auto written = say();
    REQUIRE_FALSE(written);
    CHECK(written.error().code == code);
    StoreFile file(db, key);
    CHECK(file.vault.recognise("x").error().code == code);
    CHECK(file.events.read("A-1")->size() == 1);  // history reads without any key
  }
  void put_key(const std::string& text) {
    fs::remove(key);
    std::ofstream(key, std::ios::binary) << text;
    chmod(key.c_str(), 0600);
  }
};

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("the vault's key is 64 hex digits in a file of its own") {
  Kept kept;
  const auto text = read_file(kept.key);
  REQUIRE(text.size() == 65);
  CHECK(text.find_first_not_of("0123456789abcdef") == 64);
  CHECK(text.back() == '\n');
  CHECK(kept.title()->front() == "the title");
  CHECK(read_file(kept.db).find(text.substr(0, 64)) == std::string::npos);
}

TEST_CASE("a missing key never becomes a new one while there are words") {
  Kept kept;
  fs::rename(kept.key, kept.key + ".away");
  kept.refuses(Errc::unavailable);
  CHECK_FALSE(fs::exists(kept.key));
  fs::rename(kept.key + ".away", kept.key);
  CHECK(kept.title()->front() == "the title");
}

TEST_CASE("a wrong key is told from the right one before anything is written under it") {
  Kept kept;
  const auto right = read_file(kept.key);
  kept.put_key(std::string(64, 'a') + "\n");
  kept.refuses(Errc::corrupt);
  kept.put_key(right);
  CHECK(kept.title()->front() == "the title");
}

TEST_CASE("a key file that is no key says so") {
  Kept kept;
  const auto right = read_file(kept.key);
  for (const auto& text : {std::string(), right.substr(1), right + "\n", right.substr(0, 64), std::string(64, 'x') + "\n"}) {
    CAPTURE(text.size());
    kept.put_key(text);
    kept.refuses(Errc::corrupt);
  }
}

TEST_CASE("a key that others can read is not used") {
  Kept kept;
  for (const unsigned mode : {0640u, 0604u, 0660u}) {
    REQUIRE(chmod(kept.key.c_str(), mode) == 0);
    kept.refuses(Errc::unavailable);
  }
  REQUIRE(chmod(kept.key.c_str(), 0400) == 0);
  CHECK(kept.title()->front() == "the title");
}

TEST_CASE("a key that is no ordinary file is said to be none, whatever its mode") {
  Kept kept;
  fs::remove(kept.key);
  SECTION("a folder that everybody may read") {
    fs::create_directory(kept.key);
    REQUIRE(chmod(kept.key.c_str(), 0777) == 0);
  }
  SECTION("a pipe that nobody writes to") { REQUIRE(mkfifo(kept.key.c_str(), 0600) == 0); }
  kept.refuses(Errc::corrupt);
  const auto title = kept.title();
  CHECK(title.error().message.find("is no ordinary file") != std::string::npos);
  CHECK(title.error().refused_by == "key_malformed");
  CHECK(StoreFile(kept.db, kept.key).vault.key_state().value() == ports::KeyState::malformed);
}

TEST_CASE("without a place for the key the words stay shut, and no key is made") {
  Kept kept;
  kept.key = "";
  kept.refuses(Errc::unavailable);
  CHECK(kept.title().error().message == "nothing says where the vault's key is: name its file in TOCSIN_KEY");
}

TEST_CASE("several stores may share a key, and a key that is there is never overwritten") {
  Kept kept;
  const auto before = read_file(kept.key);
  StoreFile other(kept.folder / "other.db", kept.key);
  ports::VaultRows rows;
  CHECK(other.vault.seal("A-1", "words", rows));
  CHECK(read_file(kept.key) == before);
}

TEST_CASE("asking for words that are not there makes no key") {
  const Folder folder;
  StoreFile file(folder / "cases.db", folder / "vault.key");
  CHECK(file.vault.open("A-1", {std::string(64, '0')})->front() == std::nullopt);
  CHECK(file.vault.forget("A-1"));
  CHECK_FALSE(fs::exists(folder / "vault.key"));
}

TEST_CASE("when everything is forgotten a lost key may be replaced") {
  Kept kept;
  { CHECK(StoreFile(kept.db, kept.key).vault.forget("A-1")); }
  fs::remove(kept.key);
  CHECK(kept.say());
  CHECK(fs::exists(kept.key));
}

TEST_CASE("words that somebody changed, moved or exchanged are not read as words") {
  Kept kept;
  std::string second;
  {
    StoreFile file(kept.db, kept.key);
    auto append = History::after(*file.events.read("A-1"), "A-1").next_with_card(card());
    auto sealed = file.vault.seal("A-1", "another", append.vault);
    REQUIRE((sealed && file.events.append(append)));
    second = *sealed;
  }
  RawSql sql(kept.db);
  const auto refuses = [&] {
    const auto title = kept.title();
    REQUIRE_FALSE(title);
    CHECK(title.error().code == Errc::corrupt);
  };
  SECTION("a byte of the ciphertext") {
    REQUIRE(sql.run("update vault_rows set ciphertext = substr(ciphertext, 1, 100) || "
                    "case substr(ciphertext, 101, 1) when '0' then '1' else '0' end || substr(ciphertext, 102)") ==
            SQLITE_OK);
    refuses();
  }
  SECTION("cut short") {
    REQUIRE(sql.run("update vault_rows set ciphertext = substr(ciphertext, 1, 40)") == SQLITE_OK);
    refuses();
  }
  SECTION("no hex") {
    REQUIRE(sql.run("update vault_rows set ciphertext = 'words'") == SQLITE_OK);
    refuses();
  }
  SECTION("exchanged with another word of the case") {
    REQUIRE(sql.run("update vault_rows set ciphertext = (select ciphertext from vault_rows where digest = '" + second +
                    "') where digest = '" + kept.digest + "'") == SQLITE_OK);
    refuses();
  }
  SECTION("the wrapped key") {
    REQUIRE(sql.run("update vault_keys set wrapped = '00' || substr(wrapped, 3) || '00'") == SQLITE_OK);
    refuses();
  }
  SECTION("moved to another case") {
    REQUIRE(sql.run("insert into vault_keys select 'B-1', wrapped from vault_keys") == SQLITE_OK);
    REQUIRE(sql.run("update vault_rows set stream = 'B-1'") == SQLITE_OK);
    StoreFile file(kept.db, kept.key);
    CHECK(file.vault.open("B-1", {kept.digest}).error().code == Errc::corrupt);
  }
}

TEST_CASE("words sealed before their case was forgotten do not travel after it") {
  Kept kept;
  StoreFile file(kept.db, kept.key);
  auto append = History::after(*file.events.read("A-1"), "A-1").next_with_card(card());
  REQUIRE(file.vault.seal("A-1", "too late", append.vault));
  REQUIRE(file.vault.forget("A-1"));
  const auto refused = file.events.append(append);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().refused_by == ports::kStale);
  CHECK(file.events.read("A-1")->size() == 1);
}

}  // namespace tocsin::tests
