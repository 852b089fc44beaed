// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace tocsin::sql_store {

/// Held while one process writes: SQLite's own waiting is not fair and may starve a process for seconds. It is courtesy
/// only; SQLite's lock is what keeps writers apart. So whoever waited too long for a process that hangs goes on without.
class WriterTurn {
 public:
  /// `file` is an open lock file, or -1 where there can be none (then nothing can be written either).
  explicit WriterTurn(int file);
  ~WriterTurn();
  WriterTurn(const WriterTurn&) = delete;
  WriterTurn& operator=(const WriterTurn&) = delete;

 private:
  int file_;
};

}  // namespace tocsin::sql_store
