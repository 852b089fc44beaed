// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/line/call.h"

namespace tocsin::cli {

/// A folder for one person's words: 0700, on a file system that lives in memory, and nowhere else. What lies in it is overwritten and
/// removed when this goes, however the editor ended.
class PrivateFolder {
 public:
  /// In the first of these places that lives in memory, asked of the file system itself. `unavailable` where none does.
  static Result<PrivateFolder> make(const std::vector<std::string>& places);
  ~PrivateFolder();
  PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  explicit PrivateFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// Where a private folder may be: XDG_RUNTIME_DIR, then /dev/shm.
std::vector<std::string> places_in_memory(const World& world);

/// The editor of this person: the setting, else VISUAL, else EDITOR; empty where none is set.
std::string editor_of(const World& world);

/// Lets a person write a text in their editor and returns it without our own lines and blank ends. `what` says in the file what is asked
/// for. `invalid` for a text that was left as it was or empty, and where nobody types or no editor is known; `unavailable` where no file
/// system lives in memory, or the editor failed. Nothing is left behind, and nothing is recorded. Ctrl-C is the editor's to answer; where
/// it ends the editor, the folder is removed and the signal passed on.
Result<std::string> text_from_editor(const World& world, std::string_view what);

}  // namespace tocsin::cli
