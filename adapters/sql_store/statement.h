// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace soci {
class session;
}

namespace tocsin::sql_store {

/// One SQL statement with the kinds of its parameters and columns, one letter each: i integer, t text. All of them live in
/// dialect.h; each is prepared once per connection, when it is first used.
struct Query {
  const char* sql;
  const char* takes;
  const char* gives;
};

/// A prepared statement that is used again and again. Throws what SOCI throws; Database turns that into errors.
///
///   auto& found = session.start(kFindRequest, id);
///   if (found.next()) return Remembered{found.text(0), ...};
class Statement {
 public:
  Statement(soci::session& session, const Query& query);
  ~Statement();

  void put(std::size_t place, std::int64_t number);
  void put(std::size_t place, std::optional<std::int64_t> number);
  void put(std::size_t place, std::string_view text);
  void execute();

  /// Goes to the next row, at first to the first one; false when there is none.
  bool next();
  std::int64_t number(std::size_t column) const;
  std::optional<std::int64_t> number_or_null(std::size_t column) const;
  std::string text(std::size_t column) const { return std::string(view(column)); }
  std::string_view view(std::size_t column) const;  ///< gone with the row
  std::int64_t rows_changed();

  /// Lets go of rows not fetched: a select left open would keep SQLite from ever shortening its log.
  void finish();

 private:
  bool step();

  struct Bound;
  std::unique_ptr<Bound> bound_;
  bool has_row_ = false;
  bool is_fresh_ = false;
};

/// The statements of one connection. What is open is closed by finish_all(), also after a throw.
class Session {
 public:
  explicit Session(soci::session& session) : session_(session) {}

  template <class... Values>
  Statement& start(const Query& query, const Values&... values) {
    auto& statement = prepared(query);
    std::size_t place = 0;
    (statement.put(place++, values), ...);
    statement.execute();
    return statement;
  }

  /// Runs a statement once, without parameters.
  void run(const std::string& sql);

  /// What a pragma or a select of one value says; the neutral value where it says nothing.
  std::int64_t number(const std::string& sql);
  std::string text(const std::string& sql);

  void finish_all();

 private:
  Statement& prepared(const Query& query);

  soci::session& session_;
  std::map<const char*, std::unique_ptr<Statement>> statements_;  ///< by the address of the SQL
  std::vector<Statement*> started_;
};

}  // namespace tocsin::sql_store
