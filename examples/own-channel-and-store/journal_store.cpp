// SPDX-License-Identifier: Apache-2.0
#include "journal_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal_line.h"

using namespace tocsin;

namespace {

Error cannot(const std::string& what) { return {Errc::unavailable, "the journal cannot be " + what + ": look at the disk"}; }

}  // namespace

/// The journal to oneself while it lives: among the threads of this process and among processes.
class JournalStore::Turn {
 public:
  Turn(std::mutex& mutex, int file, int kind) : lock_(mutex), file_(file) {
    while (flock(file_, kind) != 0 && errno == EINTR) {
    }
  }
  ~Turn() { flock(file_, LOCK_UN); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::lock_guard<std::mutex> lock_;
  const int file_;
};

Result<std::unique_ptr<JournalStore>> JournalStore::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return cannot("opened");
  std::unique_ptr<JournalStore> store(new JournalStore(file));
  const Turn turn(store->mutex_, file, LOCK_SH);
  if (auto read = store->catch_up(); !read) return read.error();
  return store;
}

JournalStore::~JournalStore() { close(file_); }

/// Reads whole lines only: what a power cut left of a last one was never answered for.
Result<void> JournalStore::catch_up() const {
  struct stat now {};
  if (fstat(file_, &now) != 0) return cannot("read");
  std::string added(static_cast<std::size_t>(now.st_size - read_to_), '\0');
  for (std::size_t have = 0; have < added.size();) {
    const auto got = pread(file_, added.data() + have, added.size() - have, read_to_ + static_cast<off_t>(have));
    if (got <= 0) return cannot("read");
    have += static_cast<std::size_t>(got);
  }
  std::size_t begin = 0;
  for (auto end = added.find('\n'); end != std::string::npos; begin = end + 1, end = added.find('\n', begin)) {
    auto append = from_line(std::string_view(added).substr(begin, end - begin));
    if (!append) return append.error();
    if (auto kept = index_.append(*append); !kept)
      return Error{Errc::corrupt, "a line of the journal does not follow the one before it"};
    read_to_ += static_cast<off_t>(end + 1 - begin);
  }
  return {};
}

/// Judged by the index, which keeps every promise of the port; then on the disk; only then answered.
Result<std::int64_t> JournalStore::append(const ports::Append& append) {
  const Turn turn(mutex_, file_, LOCK_EX);
  if (is_behind_) return cannot("trusted since a line could not be written; open it anew");
  if (auto read = catch_up(); !read) return read.error();
  auto last = index_.append(append);
  if (!last) return last;
  const auto line = to_line(append) + "\n";
  const bool is_clean = ftruncate(file_, read_to_) == 0;  // without what a power cut left of a line
  if (!is_clean || write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size()) || fdatasync(file_) != 0) {
    is_behind_ = true;
    if (ftruncate(file_, read_to_) != 0) return cannot("written or mended");
    return cannot("written");
  }
  read_to_ += static_cast<off_t>(line.size());
  return last;
}

template <class Ask>
auto JournalStore::ask(Ask what) const -> decltype(what()) {
  const Turn turn(mutex_, file_, LOCK_SH);
  if (is_behind_) return cannot("trusted since a line could not be written; open it anew");
  if (auto read = catch_up(); !read) return read.error();
  return what();
}

Result<std::vector<ledger::Record>> JournalStore::read(std::string_view stream) const {
  return ask([&] { return index_.read(stream); });
}
Result<std::vector<ledger::Record>> JournalStore::read_all(std::int64_t after, std::size_t limit) const {
  return ask([&] { return index_.read_all(after, limit); });
}
Result<std::optional<ports::Remembered>> JournalStore::find_request(std::string_view id) const {
  return ask([&] { return index_.find_request(id); });
}
Result<std::vector<std::string>> JournalStore::alarmed(Instant now, std::size_t limit) const {
  return ask([&] { return index_.alarmed(now, limit); });
}
Result<std::vector<ports::Card>> JournalStore::cards(std::string_view after, std::size_t limit) const {
  return ask([&] { return index_.cards(after, limit); });
}
Result<std::vector<std::string>> JournalStore::find_streams(std::string_view prefix, std::size_t limit) const {
  return ask([&] { return index_.find_streams(prefix, limit); });
}
Result<std::vector<ports::OpenItem>> JournalStore::items(std::string_view group, std::optional<Instant> from,
                                                         std::optional<Instant> until,
                                                         const std::optional<ports::ItemPosition>& after,
                                                         std::size_t limit) const {
  return ask([&] { return index_.items(group, from, until, after, limit); });
}
Result<std::optional<Instant>> JournalStore::last_recorded() const {
  return ask([&] { return index_.last_recorded(); });
}
Result<std::optional<ports::DefinitionFiles>> JournalStore::find_definition(std::string_view digest) const {
  return ask([&] { return index_.find_definition(digest); });
}
Result<std::vector<JournalStore::Finding>> JournalStore::inspect() const {
  return ask([&] { return index_.inspect(); });
}
