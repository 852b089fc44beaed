// SPDX-License-Identifier: Apache-2.0
#include "tests/adapters/recording_disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace tocsin::tests {
namespace {

struct Op {
  enum class Kind { birth, write, cut, sync, death, acknowledged } kind;
  std::string file;
  std::int64_t number = 0;  ///< offset, size, whether the folder is synced, or what was acknowledged
  std::string bytes;
};

std::vector<Op> g_ops;
sqlite3_vfs* g_real = nullptr;
sqlite3_vfs g_recording;
sqlite3_io_methods g_methods;

/// SQLite allocates these; the first member must be its own.
struct File {
  sqlite3_file base;
  sqlite3_file* real;
  std::string* name;
};

File* mine(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return mine(file)->real; }
const sqlite3_io_methods& does(sqlite3_file* file) { return *real(file)->pMethods; }

std::string name_of(const char* path) { return path == nullptr ? "" : std::filesystem::path(path).filename().string(); }

void note(Op::Kind kind, std::string file, std::int64_t number = 0, std::string bytes = "") {
  if (!file.empty()) g_ops.push_back({kind, std::move(file), number, std::move(bytes)});
}

int close_file(sqlite3_file* file) {
  const int code = real(file)->pMethods == nullptr ? SQLITE_OK : does(file).xClose(real(file));
  std::free(real(file));
  delete mine(file)->name;
  return code;
}

int write_file(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset) {
  note(Op::Kind::write, *mine(file)->name, offset, {static_cast<const char*>(bytes), static_cast<std::size_t>(count)});
  return does(file).xWrite(real(file), bytes, count, offset);
}

int cut_file(sqlite3_file* file, sqlite3_int64 size) {
  note(Op::Kind::cut, *mine(file)->name, size);
  return does(file).xTruncate(real(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
  note(Op::Kind::sync, *mine(file)->name);
  return does(file).xSync(real(file), flags);
}

int open_file(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* out_flags) {
  auto* opened = mine(file);
  opened->base.pMethods = nullptr;
  const bool existed = path != nullptr && std::filesystem::exists(path);
  opened->real = static_cast<sqlite3_file*>(std::calloc(1, static_cast<std::size_t>(g_real->szOsFile)));
  const int code = g_real->xOpen(g_real, path, opened->real, flags, out_flags);
  if (code != SQLITE_OK) {
    std::free(opened->real);
    return code;
  }
  opened->name = new std::string(name_of(path));
  if (!existed) note(Op::Kind::birth, *opened->name);
  opened->base.pMethods = &g_methods;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* path, int sync_folder) {
  note(Op::Kind::death, name_of(path), sync_folder);
  return g_real->xDelete(g_real, path, sync_folder);
}

void fill_methods() {
  g_methods = {};
  g_methods.iVersion = 2;
  g_methods.xClose = close_file;
  g_methods.xRead = [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) { return does(f).xRead(real(f), to, n, at); };
  g_methods.xWrite = write_file;
  g_methods.xTruncate = cut_file;
  g_methods.xSync = sync_file;
  g_methods.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return does(f).xFileSize(real(f), size); };
  g_methods.xLock = [](sqlite3_file* f, int level) { return does(f).xLock(real(f), level); };
  g_methods.xUnlock = [](sqlite3_file* f, int level) { return does(f).xUnlock(real(f), level); };
  g_methods.xCheckReservedLock = [](sqlite3_file* f, int* out) { return does(f).xCheckReservedLock(real(f), out); };
  g_methods.xFileControl = [](sqlite3_file* f, int op, void* arg) { return does(f).xFileControl(real(f), op, arg); };
  g_methods.xSectorSize = [](sqlite3_file* f) { return does(f).xSectorSize(real(f)); };
  g_methods.xDeviceCharacteristics = [](sqlite3_file* f) { return does(f).xDeviceCharacteristics(real(f)); };
  g_methods.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
    return does(f).xShmMap(real(f), page, size, extend, out);
  };
  g_methods.xShmLock = [](sqlite3_file* f, int at, int n, int flags) { return does(f).xShmLock(real(f), at, n, flags); };
  g_methods.xShmBarrier = [](sqlite3_file* f) { does(f).xShmBarrier(real(f)); };
  g_methods.xShmUnmap = [](sqlite3_file* f, int remove) { return does(f).xShmUnmap(real(f), remove); };
}

/// One life of a file, from birth to death.
struct Life {
  std::vector<std::pair<std::size_t, const Op*>> ops;
  std::size_t last_sync = 0;
  bool birth_is_synced = false;
  bool died = false;
  bool death_is_synced = false;
};
using Lives = std::map<std::string, std::vector<Life>>;

/// Syncing a folder makes every death in it last.
void sync_deaths(Lives& lives) {
  for (auto& [name, all] : lives)
    for (auto& life : all)
      if (life.died) life.death_is_synced = true;
}

Lives lives_until(std::size_t moment, std::int64_t& acknowledged) {
  Lives lives;
  for (std::size_t i = 0; i <= moment; ++i) {
    const auto& op = g_ops[i];
    if (op.kind == Op::Kind::acknowledged) {
      acknowledged = op.number;
      continue;
    }
    auto& all = lives[op.file];
    if (op.kind == Op::Kind::birth || all.empty()) all.emplace_back();
    auto& life = all.back();
    if (op.kind == Op::Kind::write || op.kind == Op::Kind::cut) life.ops.emplace_back(i, &op);
    if (op.kind == Op::Kind::sync) {
      life.last_sync = i;
      if (!life.birth_is_synced) sync_deaths(lives);
      life.birth_is_synced = true;
    }
    if (op.kind == Op::Kind::death) {
      life.died = true;
      if (op.number != 0) sync_deaths(lives);
    }
  }
  return lives;
}

void put(std::string& bytes, const Op& op, std::size_t from, std::size_t count) {
  const auto at = static_cast<std::size_t>(op.number) + from;
  if (bytes.size() < at + count) bytes.resize(at + count, '\0');
  std::memcpy(&bytes[at], op.bytes.data() + from, count);
}

std::string bytes_of(const Life& life, std::mt19937& dice) {
  constexpr std::size_t kSector = 512;
  std::string bytes;
  for (const auto& [when, op] : life.ops) {
    const bool is_safe = when < life.last_sync;
    if (op->kind == Op::Kind::cut) {
      if (is_safe || dice() % 2 == 0) bytes.resize(static_cast<std::size_t>(op->number), '\0');
      continue;
    }
    const auto fate = is_safe ? 3 : dice() % 4;  // 0: gone, 1: torn, else: there
    if (fate >= 2) put(bytes, *op, 0, op->bytes.size());
    for (std::size_t s = 0; fate == 1 && s < op->bytes.size(); s += kSector)
      if (dice() % 2 == 0) put(bytes, *op, s, std::min(kSector, op->bytes.size() - s));
  }
  return bytes;
}

}  // namespace

RecordingDisk::RecordingDisk() {
  g_ops.clear();
  g_real = sqlite3_vfs_find(nullptr);
  fill_methods();
  g_recording = *g_real;
  g_recording.zName = "recording";
  g_recording.szOsFile = sizeof(File);
  g_recording.xOpen = open_file;
  g_recording.xDelete = delete_file;
  sqlite3_vfs_register(&g_recording, 1);
}

RecordingDisk::~RecordingDisk() { stop(); }

void RecordingDisk::stop() {
  if (sqlite3_vfs_find("recording") == nullptr) return;
  sqlite3_vfs_register(g_real, 1);
  sqlite3_vfs_unregister(&g_recording);
}

void RecordingDisk::acknowledge(std::int64_t number) { g_ops.push_back({Op::Kind::acknowledged, "", number, ""}); }

std::size_t RecordingDisk::moments() const { return g_ops.size(); }

RecordingDisk::Remains RecordingDisk::cut_at(std::size_t moment, std::mt19937& dice) const {
  Remains remains;
  for (const auto& [name, all] : lives_until(moment, remains.acknowledged))
    for (auto life = all.rbegin(); life != all.rend(); ++life) {
      if (life->died && (life->death_is_synced || dice() % 2 == 0)) continue;
      if (!life->birth_is_synced && dice() % 2 == 0) continue;
      remains.files[name] = bytes_of(*life, dice);
      break;
    }
  return remains;
}

}  // namespace tocsin::tests
