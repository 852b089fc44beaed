// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/store_facts.h"

#include <filesystem>

#include "adapters/sql_store/dialect.h"

namespace tocsin::sql_store {
namespace {

std::int64_t size_of(const std::string& path) {
  std::error_code failed;
  const auto size = std::filesystem::file_size(path, failed);
  return failed ? 0 : static_cast<std::int64_t>(size);
}

std::string synchronous_word(std::int64_t value) {
  return value == 0 ? "OFF" : value == 1 ? "NORMAL" : value == 2 ? "FULL" : "EXTRA";
}

void read_settings(Session& session, ports::StoreFacts& facts) {
  const auto on_or_off = [&](const char* pragma) { return session.number(pragma) == 0 ? "off" : "on"; };
  facts.settings["journal_mode"] = session.text("pragma journal_mode");
  facts.settings["synchronous"] = synchronous_word(session.number("pragma synchronous"));
  facts.settings["secure_delete"] = on_or_off("pragma secure_delete");
  facts.settings["foreign_keys"] = on_or_off("pragma foreign_keys");
  facts.settings["busy_timeout"] = std::to_string(session.number("pragma busy_timeout")) + " ms";
}

}  // namespace

Result<ports::StoreFacts> facts_of(Database& database, Vault& vault) {
  ports::StoreFacts facts;
  facts.path = database.path();
  facts.purpose = database.purpose();
  facts.access = database.access();
  facts.key_path = vault.key_file();
  facts.bytes = size_of(database.path());
  facts.log_bytes = size_of(database.path() + "-wal");
  auto read = database.read([&](Session& session) -> Result<void> {
    read_settings(session, facts);
    facts.schema = session.number("pragma user_version");
    facts.page_bytes = session.number("pragma page_size");
    facts.pages = session.number("pragma page_count");
    facts.free_pages = session.number("pragma freelist_count");
    facts.cases = session.number("select count(*) from names where substr(name, 1, 1) <> '@'");
    facts.events = session.number("select count(*) from events");
    facts.texts = session.number("select count(*) from vault_rows");
    auto& last = session.start(dialect::kLastEvent);
    if (!last.next()) return {};
    facts.last_stream = last.text(0);
    facts.last_n = last.number(1);
    facts.last_recorded = Instant{last.number(2)};
    return {};
  });
  if (!read) return std::move(read).error();
  auto key = vault.key_state();
  if (!key) return std::move(key).error();
  facts.key = *key;
  return facts;
}

}  // namespace tocsin::sql_store
