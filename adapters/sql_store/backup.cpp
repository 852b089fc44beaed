// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/backup.h"

#include <filesystem>

#include "adapters/sql_store/dialect.h"
#include "adapters/sql_store/draft_file.h"
#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/place.h"
#include "engine/ledger/chain.h"

namespace tocsin::sql_store {
namespace {

namespace fs = std::filesystem;

Error failure(Errc code, std::string message) { return Error{code, std::move(message), "backup", {}, {}}; }

Error not_a_copy(const std::string& what) {
  return failure(Errc::corrupt, "the copy was not kept, because it is not what the store is: " + what +
                                    "; run 'tocsin audit verify', and check the disks");
}

Result<void> check_target(const std::string& target, bool replace, const std::vector<std::string>& never) {
  std::error_code ignored;
  if (target.empty() || target.find_first_of("\"\n") != std::string::npos || target.find('\0') != std::string::npos)
    return failure(Errc::invalid, "the name of a backup is not empty and has no quotes or line breaks");
  const auto folder = fs::path(target).parent_path();
  if (!fs::is_directory(folder, ignored))
    return failure(Errc::invalid, "there is no folder " + folder.string() + " to put the backup into: make it first");
  if (fs::is_directory(target, ignored)) return failure(Errc::invalid, target + " is a folder: name a file in it");
  for (const auto& file : never)
    if (target == file || fs::equivalent(target, file, ignored))
      return failure(Errc::invalid, target + " belongs to the store itself: name another file");
  const auto there = fs::symlink_status(target, ignored);
  if (fs::exists(there) && !replace)
    return failure(Errc::conflict, "there is a file " + target + " already: name another, or add --replace");
  if (fs::exists(there) && !fs::is_regular_file(there))
    return failure(Errc::invalid, target + " is no ordinary file, and is not replaced: name another");
  return {};
}

std::string quoted_for_sql(const std::string& path) {
  std::string text = "'";
  for (const char c : path) text += c == '\'' ? std::string("''") : std::string(1, c);
  return text + "'";
}

Error no_room(const std::string& target) {
  return failure(Errc::unavailable,
                 "the backup could not be written to " + target +
                     ": check the folder, its permissions and the free space of its disk, and do it again");
}

/// The last place of the store.
Result<std::int64_t> last_place(Database& database) {
  std::int64_t last = 0;
  auto read = database.read([&](Session& session) -> Result<void> {
    last = session.number("select coalesce(max(seq), 0) from events");
    return {};
  });
  if (!read) return std::move(read).error();
  return last;
}

Result<std::vector<std::pair<std::string, std::string>>> heads(Database& database) {
  std::vector<std::pair<std::string, std::string>> all;
  auto read = database.read([&](Session& session) -> Result<void> {
    auto& row = session.start(dialect::kHeads);
    while (row.next()) all.emplace_back(row.text(0), row.text(1));
    return {};
  });
  if (!read) return std::move(read).error();
  return all;
}

/// Every chain of the copy holds, and its last seal is one that the store has: then the whole chain is the store's.
Result<void> compare_chains(Database& copy, Database& store) {
  EventStore events(copy);
  auto ends = heads(copy);
  if (!ends) return std::move(ends).error();
  for (const auto& end : *ends) {
    const auto& stream = end.first;
    const auto& seal = end.second;
    auto records = events.read(stream);
    if (!records) return std::move(records).error();
    if (auto whole = ledger::verify_stream(*records); !whole) return not_a_copy(whole.error().message);
    bool is_known = false;
    auto looked = store.read([&](Session& session) -> Result<void> {
      is_known = session.start(dialect::kFindSeal, stream, static_cast<std::int64_t>(records->size()), seal).next();
      return {};
    });
    if (!looked) return looked;
    if (!is_known) return not_a_copy("case " + stream + " ends otherwise");
  }
  return {};
}

Result<ports::Backup> verified(const std::string& path, Database& store, std::int64_t at_least) {
  auto copy = Database::open_to_look(path);
  if (!copy) return std::move(copy).error();
  ports::Backup made;
  auto checked = (*copy)->read([&](Session& session) -> Result<void> {
    if (session.text("pragma integrity_check(1)") != "ok" || !session.text("pragma foreign_key_check").empty())
      return not_a_copy("SQLite finds it damaged");
    made.events = session.number("select count(*) from events");
    made.cases = session.number("select count(*) from names where substr(name, 1, 1) <> '@'");
    if (session.number("select coalesce(max(seq), 0) from events") != made.events || made.events < at_least)
      return not_a_copy("events are missing");
    return {};
  });
  if (!checked) return std::move(checked).error();
  if (auto same = compare_chains(**copy, store); !same) return std::move(same).error();
  return made;
}

}  // namespace

Result<ports::Backup> back_up(Database& database, const std::string& target, bool replace, std::vector<std::string> never) {
  std::error_code failed;
  const auto full = fs::absolute(target, failed).string();
  for (const auto* own : {"", "-wal", "-shm", ".lock"}) never.push_back(database.path() + own);
  if (auto ok = check_target(full, replace, never); !ok) return std::move(ok).error();
  auto before = last_place(database);
  if (!before) return std::move(before).error();
  DraftFile draft(full);
  if (!draft.is_made()) return no_room(full);
  auto copied = database.read([&](Session& session) -> Result<void> {
    session.run("vacuum into " + quoted_for_sql(draft.path()));
    return {};
  });
  if (!copied) return copied.error().code == Errc::corrupt ? std::move(copied).error() : no_room(full);
  auto made = verified(draft.path(), database, *before);
  if (!made) return made;
  made->path = full;
  made->bytes = static_cast<std::int64_t>(fs::file_size(draft.path(), failed));
  const auto named = draft.give_name(replace);
  if (named == DraftFile::Named::taken)
    return failure(Errc::conflict, "there is a file " + full + " by now: name another, or add --replace");
  if (named == DraftFile::Named::yes) return made;
  return no_room(full);
}

}  // namespace tocsin::sql_store
