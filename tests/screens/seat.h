// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/screens/grid.h"

namespace tocsin::tests {

/// A person's seat: the program under a pseudo-terminal, whose output goes into a terminal emulator.
class Seat {
 public:
  using Environment = std::map<std::string, std::string>;

  Seat(int columns, int rows, bool utf8) : columns_(columns), rows_(rows), emulator_(columns, rows, utf8) {}
  ~Seat();
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;

  /// Starts a program with nothing in its environment but this.
  void start(const std::vector<std::string>& command, const Environment& environment);
  void type(const std::string& keys) const;
  /// Reads what comes until the screen is as wanted; false when the program ended first, or when nothing came for ten seconds.
  bool wait_for(const std::function<bool(const Emulator&)>& is_wanted);
  /// Types keys, again where nothing answers them, until the screen is as wanted: a pager throws away what is typed while it is interrupted.
  bool type_until(const std::string& keys, const std::function<bool(const Emulator&)>& is_wanted);
  /// Reads to the end, and returns the exit code; -1 when a signal ended it.
  int wait_for_end();

  const Emulator& emulator() const { return emulator_; }

 private:
  bool is_readable(int patience) const;
  bool read_some();

  int columns_, rows_;
  Emulator emulator_;
  int terminal_ = -1;
  pid_t child_ = -1;
};

}  // namespace tocsin::tests
