// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace tocsin::tests {

/// A disk that remembers every write, cut, sync, birth and death of a file, so that a test can ask what would be left had
/// the power gone at any of them. It stands between SQLite and the real files while it lives (SQLite's own tests do the
/// same, in test6.c). It models an honest disk: one that lies about syncing cannot be shown.
class RecordingDisk {
 public:
  RecordingDisk();
  ~RecordingDisk();
  RecordingDisk(const RecordingDisk&) = delete;
  RecordingDisk& operator=(const RecordingDisk&) = delete;

  /// Notes that everything up to `number` was acknowledged to somebody.
  void acknowledge(std::int64_t number);

  std::size_t moments() const;

  /// The files after a power cut at a moment: what was synced is there; what was not is there, gone or torn, as the dice
  /// say. The other value is the last number acknowledged before.
  struct Remains {
    std::map<std::string, std::string> files;  ///< name: bytes
    std::int64_t acknowledged = 0;
  };
  Remains cut_at(std::size_t moment, std::mt19937& dice) const;

  /// From now on nothing is remembered.
  void stop();
};

}  // namespace tocsin::tests
