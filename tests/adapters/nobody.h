// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <string>

namespace tocsin::tests {

inline constexpr uid_t kNobody = 65534;

/// Runs `work` in a child that is not root, for whom modes of files count; true when `work` returned true.
inline bool as_nobody(const std::function<bool()>& work) {
  const auto child = fork();
  if (child == 0) {
    const bool became = getuid() != 0 || (setgid(kNobody) == 0 && setuid(kNobody) == 0);
    _exit(became && work() ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// A folder with all that is in it.
inline void give_to_nobody(const std::string& folder) {
  if (getuid() != 0) return;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    REQUIRE(chown(entry.path().c_str(), kNobody, kNobody) == 0);
  REQUIRE(chown(folder.c_str(), kNobody, kNobody) == 0);
}

}  // namespace tocsin::tests
