// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/key_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "adapters/sql_store/draft_file.h"
#include "engine/base/digest.h"

namespace tocsin::sql_store {
namespace {

constexpr std::size_t kFileBytes = 2 * kMasterKeyBytes + 1;

Error failure(Errc code, std::string message, std::string_view gate) {
  return Error{code, std::move(message), std::string(gate), {}, {}};
}

Error unreadable(const std::string& path) {
  if (errno == ENOENT || errno == ENOTDIR)
    return failure(
        Errc::unavailable,
        "the vault's key is missing: put it back at " + path + " or name it in TOCSIN_KEY; no other key opens these words",
        kKeyMissing);
  return failure(Errc::unavailable, "the vault's key " + path + " cannot be read: check its permissions", kKeyUnreadable);
}

Error unwritable(const std::string& path) {
  return failure(Errc::unavailable, "the vault's key cannot be written to " + path + ": check the folder and the disk",
                 kKeyUnreadable);
}

Error nowhere() {
  return failure(Errc::unavailable, "nothing says where the vault's key is: name its file in TOCSIN_KEY", kKeyMissing);
}

Result<void> check_file(const std::string& path, const struct stat& found) {
  // First what it is: the mode of a folder like /tmp is no mistake.
  if (!S_ISREG(found.st_mode))
    return failure(Errc::corrupt, "the vault's key " + path + " is no ordinary file: name the right one in TOCSIN_KEY",
                   kKeyMalformed);
  if ((found.st_mode & 077) != 0)
    return failure(
        Errc::unavailable,
        "the vault's key " + path + " can be read by others: run 'chmod 600' on it and think about who has seen it",
        kKeyExposed);
  return {};
}

class File {
 public:
  File(const std::string& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() {
    if (number_ >= 0) close(number_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

std::string folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

void make_folder(const std::string& folder) {
  std::error_code ignored;  // what is wrong shows when the file is written
  if (!std::filesystem::create_directories(folder, ignored)) return;
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ignored);
}

bool write_into(const std::string& path, const std::string& text) {
  const File file(path, O_WRONLY);
  return file.is_open() && ::write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

}  // namespace

Result<std::string> read_key_file(const std::string& path) {
  if (path.empty()) return nowhere();
  const File file(path, O_RDONLY | O_NONBLOCK);  // a pipe would keep us waiting
  struct stat found {};
  if (!file.is_open() || fstat(file.number(), &found) != 0) return unreadable(path);
  if (auto ok = check_file(path, found); !ok) return std::move(ok).error();
  std::string text(kFileBytes + 1, '\0'), key(kMasterKeyBytes, '\0');
  const auto got = ::read(file.number(), text.data(), text.size());
  std::size_t length = 0;
  const bool is_key = got == static_cast<ssize_t>(kFileBytes) && text[kFileBytes - 1] == '\n' &&
                      sodium_hex2bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), text.data(), kFileBytes - 1,
                                     nullptr, &length, nullptr) == 0 &&
                      length == kMasterKeyBytes;
  sodium_memzero(text.data(), text.size());
  if (!is_key)
    return failure(Errc::corrupt,
                   "the vault's key file " + path + " is not 64 hex digits and a line break: put the right file there",
                   kKeyMalformed);
  return key;
}

Result<std::string> make_key_file(const std::string& path) {
  if (path.empty()) return nowhere();
  if (access(path.c_str(), F_OK) == 0) return read_key_file(path);
  const auto folder = folder_of(path);
  make_folder(folder);
  std::string key(kMasterKeyBytes, '\0');
  randombytes_buf(key.data(), key.size());
  auto text = to_hex(std::string_view(key)) + "\n";
  // Written beside and then named: another process sees the whole file or none, and of two keys one wins.
  DraftFile draft(path);
  const bool written = draft.is_made() && write_into(draft.path(), text);
  sodium_memzero(text.data(), text.size());
  if (!written) return unwritable(path);
  const auto named = draft.give_name(false);
  if (named == DraftFile::Named::taken) return read_key_file(path);
  if (named != DraftFile::Named::yes) return unwritable(path);
  return key;
}

}  // namespace tocsin::sql_store
