// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace tocsin::sql_store {

/// A file that is written beside its name ("NAME.part-...", mode 0600) and gets the name when it is whole. Until then it is removed when
/// this object goes, and by remove_drafts() when the process is told to stop; SQLite's journal beside it too.
class DraftFile {
 public:
  explicit DraftFile(const std::string& target);
  ~DraftFile();
  DraftFile(const DraftFile&) = delete;
  DraftFile& operator=(const DraftFile&) = delete;

  bool is_made() const { return !path_.empty(); }
  const std::string& path() const { return path_; }

  enum class Named { yes, taken, failed };
  /// Syncs it, gives it its name and syncs the folder. Without `replace` a file that has the name already is never touched: `taken`.
  /// `failed` may mean that the name was given and the folder could not be synced.
  Named give_name(bool replace);

 private:
  void forget();

  std::string target_, path_;
  int place_ = -1;  ///< among those that remove_drafts() knows
};

/// What stands between a draft's name and the random end of it: how a leftover is recognised.
inline constexpr const char* kDraftMark = ".part-";

/// Removes every draft that is not whole. May be called in a signal handler that ends the process.
void remove_drafts() noexcept;

}  // namespace tocsin::sql_store
