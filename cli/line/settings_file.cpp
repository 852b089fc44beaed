// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/line/settings.h"

namespace tocsin::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargest = 1U << 20U;

/// A file that is closed when it is left.
struct Descriptor {
  explicit Descriptor(int number_) : number(number_) {}
  ~Descriptor() {
    if (number >= 0) close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number;
};

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Error cannot_write(const fs::path& path) {
  return {Errc::unavailable,
          "cannot write your settings to " + path.string() + ": " + std::strerror(errno),
          "settings",
          {},
          "config list"};
}

}  // namespace

Result<std::string> settings_text(const std::string& path) {
  std::error_code failed;
  const auto kind = fs::status(path, failed).type();
  if (kind == fs::file_type::not_found) return std::string();
  if (kind == fs::file_type::none)
    return Error{
        Errc::unavailable, "cannot read your settings in " + path + ": " + failed.message(), "settings", {}, "config list"};
  if (kind != fs::file_type::regular || fs::file_size(path, failed) > kLargest)
    return usage_error("your settings in " + path + " are no file of at most 1 MiB");
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) return Error{Errc::unavailable, "cannot read your settings in " + path, "settings", {}, "config list"};
  return text.str();
}

Result<void> write_settings(const std::string& path, const std::string& text) {
  std::error_code ignored;
  auto target = fs::weakly_canonical(path, ignored);
  if (target.empty()) target = path;
  const auto folder = target.parent_path();
  if (!fs::exists(folder, ignored)) {
    fs::create_directories(folder.parent_path(), ignored);
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return cannot_write(target);
  }
  auto name = (folder / ".config-XXXXXX").string();
  const Descriptor file(mkstemp(name.data()));  // 0600 from its first moment
  if (file.number < 0) return cannot_write(target);
  if (!write_all(file.number, text) || fsync(file.number) != 0 || rename(name.c_str(), target.c_str()) != 0) {
    auto error = cannot_write(target);
    unlink(name.c_str());
    return error;
  }
  if (const Descriptor whole(open(folder.c_str(), O_RDONLY | O_DIRECTORY)); whole.number >= 0) fsync(whole.number);
  return {};
}

}  // namespace tocsin::cli
