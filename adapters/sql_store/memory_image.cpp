// SPDX-License-Identifier: Apache-2.0
// SQLite's write-ahead log, read by ourselves (https://www.sqlite.org/fileformat2.html, section 4).
#include "adapters/sql_store/memory_image.h"

#include <sys/stat.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

namespace tocsin::sql_store {
namespace {

constexpr std::size_t kLogHeader = 32, kFrameHeader = 24;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::uint32_t little_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 4; i > 0; --i) value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  return value;
}

/// The running checksum of a log: each frame's goes on from the one before.
class Checksum {
 public:
  explicit Checksum(bool is_big) : is_big_(is_big) {}
  void add(std::string_view bytes) {
    for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
      one_ += word(bytes, at) + two_;
      two_ += word(bytes, at + 4) + one_;
    }
  }
  bool is(std::string_view bytes, std::size_t at) const {
    return big_endian(bytes, at) == one_ && big_endian(bytes, at + 4) == two_;
  }

 private:
  std::uint32_t word(std::string_view bytes, std::size_t at) const {
    return is_big_ ? big_endian(bytes, at) : little_endian(bytes, at);
  }
  bool is_big_;
  std::uint32_t one_ = 0, two_ = 0;
};

struct Stamp {
  std::int64_t size = -1, seconds = 0, nanoseconds = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

Stamp stamp_of(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return {};
  return {found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
}

std::optional<std::string> bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (file.bad()) return std::nullopt;
  return bytes;
}

Error unavailable(std::string message) { return Error{Errc::unavailable, std::move(message), "store", {}, {}}; }

}  // namespace

std::size_t put_log_into(std::string& database, std::string_view log) {
  constexpr std::size_t kReadVersion = 18, kWriteVersion = 19, kDatabaseHeader = 100;
  if (database.size() >= kDatabaseHeader) database[kReadVersion] = database[kWriteVersion] = 1;
  if (log.size() < kLogHeader || (big_endian(log, 0) & ~1u) != 0x377f0682) return 0;
  Checksum checksum((big_endian(log, 0) & 1) != 0);
  checksum.add(log.substr(0, 24));
  const std::size_t page = big_endian(log, 8);
  const bool is_page_size = page >= 512 && page <= 65536 && (page & (page - 1)) == 0;
  if (!checksum.is(log, 24) || !is_page_size) return 0;
  const auto salts = log.substr(16, 8);
  std::map<std::uint32_t, std::size_t> waiting;  // page number and where its bytes lie in the log
  std::size_t put = 0;
  for (auto at = kLogHeader; at + kFrameHeader + page <= log.size(); at += kFrameHeader + page) {
    const auto frame = log.substr(at, kFrameHeader);
    checksum.add(frame.substr(0, 8));
    checksum.add(log.substr(at + kFrameHeader, page));
    const auto number = big_endian(frame, 0), pages_after = big_endian(frame, 4);
    if (frame.substr(8, 8) != salts || number == 0 || !checksum.is(frame, 16)) break;  // the log ends where it stops fitting
    waiting[number] = at + kFrameHeader;
    if (pages_after == 0) continue;
    database.resize(pages_after * page);
    for (const auto& [waiting_number, from] : waiting) {
      if (waiting_number > pages_after) continue;
      database.replace((waiting_number - 1) * page, page, log.substr(from, page));
      ++put;
    }
    waiting.clear();
  }
  if (database.size() >= kDatabaseHeader)
    database[kReadVersion] = database[kWriteVersion] = 1;  // the log may have held page 1
  return put;
}

Result<std::string> memory_image(const std::string& path) {
  constexpr int kTries = 5;
  for (int i = 0; i < kTries; ++i) {
    const std::array before = {stamp_of(path), stamp_of(path + "-wal")};
    auto database = bytes_of(path);
    if (!database) return unavailable("the store " + path + " cannot be read: check its permissions");
    std::optional<std::string> log = "";
    if (before[1].size > 0) log = bytes_of(path + "-wal");
    if (!log)
      return unavailable("the log of the store " + path +
                         "-wal cannot be read, and it may hold the newest entries: check its permissions");
    if (before != std::array{stamp_of(path), stamp_of(path + "-wal")}) continue;
    put_log_into(*database, *log);
    return std::move(*database);
  }
  return unavailable("somebody writes to the store " + path +
                     " while it is read, and here nothing may be written that would keep you apart: try again");
}

}  // namespace tocsin::sql_store
