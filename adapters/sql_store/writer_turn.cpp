// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/writer_turn.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

namespace tocsin::sql_store {
namespace {

constexpr std::chrono::seconds kPatience{10};

/// flock() queues fairly but cannot be given a time limit; a thread that waits in our place can be left behind.
class Queue {
 public:
  void wait_in_line(int file) {
    while (flock(file, LOCK_EX) != 0 && errno == EINTR) {
    }
    const std::lock_guard lock(mutex_);
    our_turn_ = true;
    if (gave_up_) flock(file, LOCK_UN);
    close(file);
    turn_came_.notify_all();
  }

  void wait_for_turn() {
    std::unique_lock lock(mutex_);
    gave_up_ = !turn_came_.wait_for(lock, kPatience, [this] { return our_turn_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable turn_came_;
  bool our_turn_ = false;
  bool gave_up_ = false;
};

}  // namespace

WriterTurn::WriterTurn(int file) : file_(file) {
  if (file_ < 0 || flock(file_, LOCK_EX | LOCK_NB) == 0) return;
  const int same_file = fcntl(file_, F_DUPFD_CLOEXEC, 0);
  if (same_file < 0) return;
  auto queue = std::make_shared<Queue>();
  try {
    std::thread([queue, same_file] { queue->wait_in_line(same_file); }).detach();
  } catch (const std::system_error&) {
    close(same_file);  // no thread to be had: go on without the courtesy
    return;
  }
  queue->wait_for_turn();
}

WriterTurn::~WriterTurn() {
  if (file_ >= 0) flock(file_, LOCK_UN);
}

}  // namespace tocsin::sql_store
