// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/statement.h"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cassert>

namespace tocsin::sql_store {

using namespace sqlite_api;  // where SOCI puts SQLite's own functions

/// SOCI prepares the statement and lets it go. Values are bound and read through SQLite's own functions: SOCI's way copies each
/// of them twice, and a case is read with ten values for each of its events.
struct Statement::Bound {
  Bound(soci::session& session, const Query& query) : takes(query.takes), gives(query.gives), statement(session) {
    statement.alloc();
    statement.prepare(query.sql);
    raw = static_cast<soci::sqlite3_statement_backend*>(statement.get_backend())->stmt_;
  }

  /// A refusal, as SOCI would throw it.
  void check(int code) const {
    if (code == SQLITE_OK) return;
    throw soci::sqlite3_soci_error(sqlite3_errmsg(sqlite3_db_handle(raw)), code);
  }

  std::string_view takes, gives;
  soci::statement statement;
  sqlite3_stmt* raw = nullptr;
};

Statement::Statement(soci::session& session, const Query& query) : bound_(std::make_unique<Bound>(session, query)) {}
Statement::~Statement() = default;

void Statement::put(std::size_t place, std::int64_t number) {
  assert(place < bound_->takes.size() && bound_->takes[place] == 'i');
  bound_->check(sqlite3_bind_int64(bound_->raw, static_cast<int>(place) + 1, number));
}

void Statement::put(std::size_t place, std::optional<std::int64_t> number) {
  if (number) return put(place, *number);
  assert(place < bound_->takes.size() && bound_->takes[place] == 'i');
  bound_->check(sqlite3_bind_null(bound_->raw, static_cast<int>(place) + 1));
}

void Statement::put(std::size_t place, std::string_view text) {
  assert(place < bound_->takes.size() && bound_->takes[place] == 't');
  const auto* bytes = text.empty() ? "" : text.data();  // a null pointer would bind null
  bound_->check(
      sqlite3_bind_text64(bound_->raw, static_cast<int>(place) + 1, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::execute() {
  has_row_ = step();
  is_fresh_ = true;
}

bool Statement::next() {
  if (is_fresh_) {
    is_fresh_ = false;
    return has_row_;
  }
  if (has_row_) has_row_ = step();
  return has_row_;
}

bool Statement::step() {
  const int code = sqlite3_step(bound_->raw);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) bound_->check(code);
  return false;
}

std::int64_t Statement::number(std::size_t column) const {
  assert(has_row_ && bound_->gives[column] == 'i');
  return sqlite3_column_int64(bound_->raw, static_cast<int>(column));
}

std::optional<std::int64_t> Statement::number_or_null(std::size_t column) const {
  if (sqlite3_column_type(bound_->raw, static_cast<int>(column)) == SQLITE_NULL) return std::nullopt;
  return number(column);
}

std::string_view Statement::view(std::size_t column) const {
  assert(has_row_ && bound_->gives[column] == 't');
  const auto place = static_cast<int>(column);
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(bound_->raw, place));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(bound_->raw, place)));
}

std::int64_t Statement::rows_changed() { return sqlite3_changes64(sqlite3_db_handle(bound_->raw)); }

void Statement::finish() {
  sqlite3_reset(bound_->raw);
  has_row_ = false;
}

Statement& Session::prepared(const Query& query) {
  auto& statement = statements_[query.sql];
  if (statement == nullptr) statement = std::make_unique<Statement>(session_, query);
  statement->finish();  // values can be put only into a statement that is at its beginning
  started_.push_back(statement.get());
  return *statement;
}

void Session::run(const std::string& sql) { session_ << sql; }

std::int64_t Session::number(const std::string& sql) {
  long long value = 0;
  session_ << sql, soci::into(value);
  return value;
}

std::string Session::text(const std::string& sql) {
  std::string value;
  session_ << sql, soci::into(value);
  return value;
}

void Session::finish_all() {
  for (auto* statement : started_) statement->finish();
  started_.clear();
}

}  // namespace tocsin::sql_store
