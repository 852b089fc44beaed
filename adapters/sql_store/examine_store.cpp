// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "adapters/sql_store/dialect.h"
#include "adapters/sql_store/event_store.h"
#include "adapters/sql_store/examination.h"
#include "adapters/sql_store/schema.h"
#include "adapters/sql_store/store_facts.h"
#include "engine/ledger/event.h"

namespace tocsin::sql_store {
namespace {

using Level = ports::Diagnosis::Level;
using Findings = std::vector<ports::Diagnosis>;

constexpr const char* kKeepIt = "keep the file as it is, run 'tocsin audit verify', and compare it with a backup";

Findings of_failure(const std::string& about, const Error& error) {
  return {{Level::problem, about, error.message, kKeepIt, error.code == Errc::corrupt}};
}

void look_at_settings(const ports::StoreFacts& facts, Findings& findings) {
  static const std::map<std::string, std::string, std::less<>> kWanted = {
      {"synchronous", "FULL"}, {"secure_delete", "on"}, {"foreign_keys", "on"}, {"busy_timeout", "10000 ms"}};
  std::string said;
  for (const auto& [name, value] : facts.settings) {
    said += (said.empty() ? "" : ", ") + name + " " + value;
    const auto wanted = kWanted.find(name);
    if (wanted != kWanted.end() && wanted->second != value)
      findings.push_back({Level::problem, "settings", name + " is " + value + " and should be " + wanted->second,
                          "put the store on a local disk that keeps it"});
  }
  findings.push_back({Level::ok, "settings", said, ""});
  findings.push_back(
      {Level::ok, "schema",
       "version " + std::to_string(facts.schema) + " of " + std::to_string(kSchemaVersion) + ", " + facts.purpose + " store",
       ""});
  if (facts.access == "file" && facts.settings.at("journal_mode") != "wal")
    findings.push_back({Level::warning, "settings", "the file has no log yet, as a copy or a backup has none",
                        "nothing to do: the next write gives it one"});
  if (facts.access == "copy")
    findings.push_back({Level::ok, "settings", "nothing may be written there: file and log were read into memory", ""});
}

void look_at_key(const ports::StoreFacts& facts, Findings& findings) {
  const auto& path = facts.key_path;
  const auto problem = [&](const std::string& message, const std::string& fix, bool is_damage = false) {
    findings.push_back({Level::problem, "key", message, fix, is_damage});
  };
  switch (facts.key) {
    case ports::KeyState::fits:
      findings.push_back(
          {Level::ok, "key", path + " opens this store's words; keep a copy of it apart from the backups", ""});
      return;
    case ports::KeyState::unused:
      findings.push_back({Level::ok, "key", "no words are sealed yet; the key is made with the first of them", ""});
      return;
    case ports::KeyState::missing:
      if (path.empty())
        return problem("nothing says where the vault's key is, so nobody can read the words, and none can be added",
                       "name its file in TOCSIN_KEY");
      return problem("the key " + path + " is missing, so nobody can read the words, and none can be added",
                     "put its copy back at " + path + ", or name it in TOCSIN_KEY");
    case ports::KeyState::wrong:
      return problem("the key " + path + " is that of another store", "name the right one in TOCSIN_KEY", true);
    case ports::KeyState::exposed:
      return problem("the key " + path + " can be read by others",
                     "chmod 600 '" + path + "', and think about who has seen it");
    case ports::KeyState::malformed:
      return problem("the key " + path + " is not 64 hex digits and a line break",
                     "put the right file there, or name it in TOCSIN_KEY", true);
    case ports::KeyState::unreadable:
      return problem("the key " + path + " cannot be read", "give your account access to it");
  }
}

/// How a trigger is made, in one line.
std::string sql_of(const std::string& trigger) {
  for (int i = 0; i < kSchemaStatements; ++i) {
    const std::string sql = kSchema[i];
    if (sql.find("create trigger " + trigger + " ") == std::string::npos) continue;
    std::string line;
    for (const char c : sql)
      if (const bool is_blank = c == '\n' || c == ' '; !is_blank || (!line.empty() && line.back() != ' '))
        line += is_blank ? ' ' : c;
    return line;
  }
  return "";
}

void look_inside(Database& database, Findings& findings) {
  auto found = EventStore(database).inspect();
  if (!found) {
    findings.push_back(of_failure("store", found.error()).front());
    return;
  }
  bool has_all_triggers = true, is_sound = true;
  for (const auto& finding : *found) {
    if (finding.is_warning) {
      const auto from = finding.message.find('\''), to = finding.message.find('\'', from + 1);
      const auto sql = sql_of(finding.message.substr(from + 1, to - from - 1));
      findings.push_back({Level::problem, "triggers", finding.message,
                          "run 'tocsin audit verify' to see what was changed meanwhile; then have it back with: sqlite3 '" +
                              database.path() + "' \"" + sql + "\""});
      has_all_triggers = false;
    } else {
      findings.push_back({Level::problem, "store", finding.message, kKeepIt, true});
      is_sound = false;
    }
  }
  if (has_all_triggers) findings.push_back({Level::ok, "triggers", "events cannot be changed, removed or replaced", ""});
  if (is_sound)
    findings.push_back({Level::ok, "store", "SQLite finds it whole, its numbering has no gaps, its lists fit", ""});
}

using Words = std::map<std::string, std::set<std::string>, std::less<>>;  // digests by stream

Result<Words> rows_of_vault(Database& database) {
  Words rows;
  auto read = database.read([&](Session& session) -> Result<void> {
    auto& row = session.start(dialect::kAllRows);
    while (row.next()) rows[row.text(0)].insert(row.text(1));
    return {};
  });
  if (!read) return std::move(read).error();
  return rows;
}

/// Counts, over all events, the words that are missing although later ones of their case, or earlier ones, are there: forgetting takes
/// all that a case has, so what is missing after a word that is kept was not forgotten. Takes out of `rows` what an event names.
Result<std::int64_t> missing_words(Database& database, Words& rows) {
  constexpr std::size_t kPage = 1000;
  const Words all = rows;
  Words kept_before;  // streams of which a word was seen
  std::int64_t missing = 0;
  EventStore events(database);
  for (std::int64_t after = 0;;) {
    auto page = events.read_all(after, kPage);
    if (!page) return std::move(page).error();
    if (page->empty()) return missing;
    after = page->back().seq;
    for (const auto& record : *page) {
      const auto event = ledger::from_bytes(record.bytes);
      if (!event) continue;  // the audit tells of it
      const auto there = all.find(record.stream);
      for (const auto& [field, digest] : event->texts) {
        if (there != all.end() && there->second.contains(digest)) {
          rows[record.stream].erase(digest);
          kept_before[record.stream];
        } else if (kept_before.contains(record.stream)) {
          ++missing;
        }
      }
    }
  }
}

void look_for_orphans(Database& database, Findings& findings) {
  auto rows = rows_of_vault(database);
  if (!rows) return;
  auto missing = missing_words(database, *rows);
  if (!missing) return;
  std::int64_t orphans = 0;
  for (const auto& [stream, left] : *rows) orphans += static_cast<std::int64_t>(left.size());
  if (*missing > 0)
    findings.push_back({Level::problem, "orphans",
                        "words of events are gone although nobody forgot their case: " + std::to_string(*missing), kKeepIt,
                        true});
  if (orphans > 0)
    findings.push_back(
        {Level::warning, "orphans", "words lie in the vault that no event names: " + std::to_string(orphans), kKeepIt});
  if (*missing == 0 && orphans == 0)
    findings.push_back({Level::ok, "orphans", "every word in the vault belongs to an event", ""});
}

}  // namespace

std::vector<ports::Diagnosis> examine_store(Database& database, Vault& vault) {
  auto facts = facts_of(database, vault);
  if (!facts) return of_failure("store", facts.error());
  Findings findings;
  look_at_settings(*facts, findings);
  look_inside(database, findings);
  look_at_key(*facts, findings);
  look_for_orphans(database, findings);
  return findings;
}

}  // namespace tocsin::sql_store
