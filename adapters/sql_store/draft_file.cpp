// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/draft_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace tocsin::sql_store {
namespace {

/// Plain memory, for a signal handler may read nothing else.
struct Place {
  std::atomic<bool> is_taken{false}, is_filled{false};
  std::array<char, 4096> path{}, journal{};
};

/// SQLite's own file beside one that it writes.
constexpr const char* kJournal = "-journal";
std::array<Place, 8> places;
static_assert(std::atomic<bool>::is_always_lock_free);

int remember(const std::string& path) {
  const auto journal = path + kJournal;
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto& place = places[i];
    if (journal.size() >= place.journal.size() || place.is_taken.exchange(true)) continue;
    std::memcpy(place.path.data(), path.c_str(), path.size() + 1);
    std::memcpy(place.journal.data(), journal.c_str(), journal.size() + 1);
    place.is_filled = true;
    return static_cast<int>(i);
  }
  return -1;
}

bool sync(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return false;
  const bool done = fsync(file) == 0;
  close(file);
  return done;
}

/// A name is given once, also on disks that know no second name for a file.
bool name_it(const std::string& from, const std::string& to) {
  if (link(from.c_str(), to.c_str()) == 0) return unlink(from.c_str()) == 0;
  if (errno == EEXIST) return false;
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno == EEXIST) return false;
  if (access(to.c_str(), F_OK) == 0) {
    errno = EEXIST;
    return false;
  }
  return rename(from.c_str(), to.c_str()) == 0;
}

}  // namespace

DraftFile::DraftFile(const std::string& target) : target_(target) {
  const auto path = target + kDraftMark + std::to_string(getpid()) + "-" + std::to_string(randombytes_random());
  place_ = remember(path);
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) return;
  close(file);
  path_ = path;
}

DraftFile::~DraftFile() {
  if (is_made()) {
    unlink(path_.c_str());
    unlink((path_ + kJournal).c_str());
  }
  forget();
}

void DraftFile::forget() {
  path_.clear();
  if (place_ < 0) return;
  auto& place = places[static_cast<std::size_t>(place_)];
  place.is_filled = false;
  place.is_taken = false;
  place_ = -1;
}

DraftFile::Named DraftFile::give_name(bool replace) {
  if (!is_made() || !sync(path_, O_RDWR)) return Named::failed;
  const bool named = replace ? rename(path_.c_str(), target_.c_str()) == 0 : name_it(path_, target_);
  if (!named) return errno == EEXIST ? Named::taken : Named::failed;
  forget();
  const auto folder = std::filesystem::path(target_).parent_path().string();
  const bool is_kept =
      sync(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY) || errno == EINVAL;  // some cannot sync a folder
  return is_kept ? Named::yes : Named::failed;
}

void remove_drafts() noexcept {
  for (auto& place : places) {
    if (!place.is_filled) continue;
    unlink(place.path.data());
    unlink(place.journal.data());
  }
}

}  // namespace tocsin::sql_store
