// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/statement.h"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <cassert>

namespace tocsin::sql_store {

/// SOCI binds variables by their address; these stay where they are as long as the statement lives.
struct Statement::Bound {
  struct Place {
    char kind = 'i';
    long long number = 0;
    std::string text;
    soci::indicator state = soci::i_ok;
  };

  Bound(soci::session& session, const Query& query) : statement(session) {
    for (const char* kind = query.takes; *kind != '\0'; ++kind) in.emplace_back().kind = *kind;
    for (const char* kind = query.gives; *kind != '\0'; ++kind) out.emplace_back().kind = *kind;
    statement.alloc();
    statement.prepare(query.sql);
    for (auto& place : in) {
      if (place.kind == 'i') statement.exchange(soci::use(place.number, place.state));
      else statement.exchange(soci::use(place.text, place.state));
    }
    for (auto& place : out) {
      if (place.kind == 'i') statement.exchange(soci::into(place.number, place.state));
      else statement.exchange(soci::into(place.text, place.state));
    }
    statement.define_and_bind();
  }

  std::vector<Place> in, out;
  soci::statement statement;
};

Statement::Statement(soci::session& session, const Query& query) : bound_(std::make_unique<Bound>(session, query)) {}
Statement::~Statement() = default;

void Statement::put(std::size_t place, std::int64_t number) {
  assert(place < bound_->in.size() && bound_->in[place].kind == 'i');
  bound_->in[place].number = number;
  bound_->in[place].state = soci::i_ok;
}

void Statement::put(std::size_t place, std::optional<std::int64_t> number) {
  put(place, number.value_or(0));
  bound_->in[place].state = number ? soci::i_ok : soci::i_null;
}

void Statement::put(std::size_t place, std::string_view text) {
  assert(place < bound_->in.size() && bound_->in[place].kind == 't');
  bound_->in[place].text.assign(text);
  bound_->in[place].state = soci::i_ok;
}

void Statement::execute() {
  has_row_ = bound_->statement.execute(true) && !bound_->out.empty();
  is_fresh_ = true;
}

bool Statement::next() {
  if (is_fresh_) {
    is_fresh_ = false;
    return has_row_;
  }
  if (has_row_) has_row_ = bound_->statement.fetch();
  return has_row_;
}

std::int64_t Statement::number(std::size_t column) const { return number_or_null(column).value_or(0); }

std::optional<std::int64_t> Statement::number_or_null(std::size_t column) const {
  const auto& place = bound_->out[column];
  assert(place.kind == 'i');
  return place.state == soci::i_null ? std::nullopt : std::optional<std::int64_t>(place.number);
}

const std::string& Statement::text(std::size_t column) const {
  assert(bound_->out[column].kind == 't');
  return bound_->out[column].text;
}

std::int64_t Statement::rows_changed() { return bound_->statement.get_affected_rows(); }

void Statement::finish() {
  static_cast<soci::sqlite3_statement_backend*>(bound_->statement.get_backend())->reset();
  has_row_ = false;
}

Statement& Session::prepared(const Query& query) {
  auto& statement = statements_[query.sql];
  if (statement == nullptr) statement = std::make_unique<Statement>(session_, query);
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
