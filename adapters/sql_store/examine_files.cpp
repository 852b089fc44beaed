// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>

#include "adapters/sql_store/draft_file.h"
#include "adapters/sql_store/examination.h"
#include "adapters/sql_store/place.h"

namespace tocsin::sql_store {
namespace {

namespace fs = std::filesystem;
using Level = ports::Diagnosis::Level;
using Findings = std::vector<ports::Diagnosis>;

constexpr std::int64_t kMegabyte = 1 << 20;
constexpr std::int64_t kLongLog = 64 * kMegabyte;
constexpr std::int64_t kLittleSpace = 256 * kMegabyte;

std::string folder_of(const std::string& path) {
  const auto folder = fs::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// The mode of a file, or nothing where there is none.
std::optional<struct stat> status_of(const std::string& path) {
  struct stat found {};
  return stat(path.c_str(), &found) == 0 ? std::optional(found) : std::nullopt;
}

std::string in_shell(const std::string& path) {
  const bool is_plain =
      path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+@%:,") == std::string::npos;
  if (is_plain) return path;
  std::string quoted = "'";
  for (const char c : path) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string megabytes(std::int64_t bytes) { return std::to_string(bytes / kMegabyte) + " MiB"; }

void look_at_file_system(const std::string& path, Findings& findings) {
  const auto found = file_system_below(status_of(path) ? path : folder_of(path));
  if (!found) return;
  const auto type = found->type.empty() ? "of a kind that is not known here" : found->type;
  if (const auto name = network_name(*found); !name.empty())
    findings.push_back(
        {Level::problem, "file_system", "the store lies on a network file system (" + name + ")",
         "move it to a local disk while nobody uses it, and keep copies on the network with 'tocsin db backup'"});
  else if (may_be_network(*found))
    findings.push_back({Level::warning, "file_system",
                        "the store lies on a FUSE file system (" + type + "), which may lead to another machine",
                        "move it to a local disk unless you know that this one is local"});
  else
    findings.push_back({Level::ok, "file_system",
                        found->is_read_only ? "mounted read-only (" + type + "): the store can be read and not written"
                                            : "local (" + type + ")",
                        ""});
  if (found->free_bytes < 0) return;
  const auto store = status_of(path);
  // Forgetting writes the file anew: for a while there are two of it.
  const auto wanted = std::max(kLittleSpace, store ? 2 * std::int64_t{store->st_size} : 0);
  if (found->free_bytes == 0)
    findings.push_back({Level::problem, "space", "the disk is full: nothing can be recorded", "free some space on it"});
  else if (found->free_bytes < wanted && !found->is_read_only)
    findings.push_back({Level::warning, "space", "only " + megabytes(found->free_bytes) + " are free on the disk",
                        "free some: " + megabytes(wanted) + " leave room to work and to forget"});
  else findings.push_back({Level::ok, "space", megabytes(found->free_bytes) + " are free on the disk", ""});
}

bool check_mode(const std::string& path, const std::string& what, Findings& findings) {
  const auto found = status_of(path);
  if (!found) return true;
  if ((found->st_mode & 077) != 0) {
    findings.push_back({Level::problem, "permissions", what + " " + path + " is open to others than its owner",
                        "chmod 600 " + in_shell(path)});
    return false;
  }
  if (found->st_uid != geteuid() && geteuid() != 0) {
    findings.push_back({Level::warning, "permissions", what + " " + path + " belongs to another account",
                        "run tocsin as that account, or give it the file with chown"});
    return false;
  }
  return true;
}

/// Whoever can write a folder can put another file in the place of ours, unless it is one like /tmp.
bool check_folder(const std::string& folder, Findings& findings) {
  const auto found = status_of(folder);
  if (!found || (found->st_mode & 022) == 0 || (found->st_mode & S_ISVTX) != 0) return true;
  findings.push_back({Level::warning, "permissions",
                      "others may write to the folder " + folder + ", and so put another file in the place of ours",
                      "chmod go-w " + in_shell(folder) + ", or use a folder of your own"});
  return false;
}

void look_at_permissions(const std::string& path, const std::string& key_file, const std::string& log_file,
                         Findings& findings) {
  bool fine = log_file.empty() || check_mode(log_file, "the log", findings);
  for (const auto* own : {"", "-wal", "-shm", ".lock"}) fine = check_mode(path + own, "the store's file", findings) && fine;
  fine = check_folder(folder_of(path), findings) && fine;
  if (!key_file.empty()) fine = check_folder(folder_of(key_file), findings) && fine;
  if (status_of(path) && access(path.c_str(), R_OK) != 0) {
    findings.push_back({Level::problem, "permissions", "the store " + path + " cannot be read",
                        "give your account access to it, or run tocsin as its owner"});
    fine = false;
  }
  if (fine) findings.push_back({Level::ok, "permissions", "only their owner can open the store's files", ""});
}

void look_at_key_place(const std::string& path, const std::string& key_file, Findings& findings) {
  std::error_code ignored;
  if (!status_of(key_file) || !fs::equivalent(folder_of(path), folder_of(key_file), ignored)) return;
  findings.push_back({Level::warning, "key", "the key lies in the same folder as the store: who copies one copies both",
                      "mv " + in_shell(key_file) + " to a folder of your configuration, and name it in TOCSIN_KEY"});
}

/// The process that a draft's name tells of.
bool is_being_written(const std::string& name, std::size_t mark) {
  pid_t process = 0;  // stays so where no number stands there, or one that is too great
  std::from_chars(name.data() + std::min(mark, name.size()), name.data() + name.size(), process);
  return process > 0 && (kill(process, 0) == 0 || errno == EPERM);
}

void look_for_leftovers(const std::string& folder, const std::string& beginning, Findings& findings) {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    const auto name = entry.path().filename().string();
    const auto mark = name.find(kDraftMark);
    const bool is_ours = mark != std::string::npos && (beginning.empty() || name.starts_with(beginning));
    if (!is_ours || is_being_written(name, mark + std::string(kDraftMark).size())) continue;
    findings.push_back({Level::warning, "leftovers",
                        entry.path().string() + " was left behind by a command that was cut short",
                        "rm " + in_shell(entry.path().string())});
  }
}

void look_at_leftovers(const std::string& path, const std::string& key_file, Findings& findings) {
  const auto before = findings.size();
  look_for_leftovers(folder_of(path), "", findings);
  if (!key_file.empty() && folder_of(key_file) != folder_of(path))
    look_for_leftovers(folder_of(key_file), fs::path(key_file).filename().string(), findings);
  if (const auto log = status_of(path + "-wal"); log && log->st_size > kLongLog)
    findings.push_back({Level::warning, "leftovers", "the store's log has " + megabytes(log->st_size),
                        "end the program that keeps the store open; the next command then shortens it"});
  if (status_of(path + "-journal"))
    findings.push_back({Level::warning, "leftovers", "beside the store lies a journal that tocsin does not make",
                        "leave it there: SQLite needs it to undo what another program did not finish"});
  if (findings.size() == before) findings.push_back({Level::ok, "leftovers", "nothing was left behind", ""});
}

}  // namespace

std::vector<ports::Diagnosis> examine_files(const std::string& path, const std::string& key_file,
                                            const std::string& log_file) {
  Findings findings;
  look_at_file_system(path, findings);
  look_at_permissions(path, key_file, log_file, findings);
  look_at_key_place(path, key_file, findings);
  look_at_leftovers(path, key_file, findings);
  return findings;
}

}  // namespace tocsin::sql_store
