// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "engine/base/result.h"

namespace tocsin::sql_store {

/// What lies below a path, as the operating system says it.
struct FileSystem {
  std::uint64_t magic = 0;       ///< f_type of statfs(2)
  std::string type;              ///< the mount table's word: "ext4", "fuse.sshfs"; empty when it has none
  std::int64_t free_bytes = -1;  ///< for who asks; -1 when nobody knows
  bool is_read_only = false;
};

/// Asks the operating system; nullopt for a path that is not there. Thread-safe.
std::optional<FileSystem> file_system_below(const std::string& path);

/// Puts another answer in the place of the operating system's; an empty function brings the real one back. For tests, before any thread runs.
void answer_for_file_systems(std::function<std::optional<FileSystem>(const std::string& path)> answer);

/// The name of the network file system that it is ("NFS"), or empty. Not only its kind of number counts: all of FUSE has one
/// number, and the mount table tells a disk from a tunnel.
std::string network_name(const FileSystem& found);

/// FUSE of a kind that nobody here knows: it may be local, or lead to another machine.
bool may_be_network(const FileSystem& found);

/// `invalid` where a store cannot lie: a path that no file can have, a network file system. The file and its folder are
/// asked, because a link may lead elsewhere.
Result<void> check_place(const std::string& path);

}  // namespace tocsin::sql_store
