// SPDX-License-Identifier: Apache-2.0
#include "tests/screens/seat.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tocsin::tests {
namespace {

constexpr int kPatience = 20'000;  // ms without a byte; only a test that fails waits so long

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (auto& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

Seat::~Seat() {
  if (child_ > 0) {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  if (terminal_ >= 0) close(terminal_);
}

void Seat::start(const std::vector<std::string>& command, const Environment& environment) {
  auto words = command;
  std::vector<std::string> settings;
  for (const auto& [name, value] : environment) settings.push_back(name + "=" + value);
  const auto arguments = pointers(words), variables = pointers(settings);
  winsize size{};
  size.ws_col = static_cast<unsigned short>(columns_);
  size.ws_row = static_cast<unsigned short>(rows_);
  child_ = forkpty(&terminal_, nullptr, nullptr, &size);
  if (child_ != 0) return;
  execve(arguments[0], arguments.data(), variables.data());
  _exit(127);
}

void Seat::type(const std::string& keys) const {
  if (write(terminal_, keys.data(), keys.size()) < 0) return;  // the program has ended, which whoever waits finds out
}

bool Seat::is_readable(int patience) const {
  pollfd ready{terminal_, POLLIN, 0};
  return poll(&ready, 1, patience) == 1;
}

bool Seat::type_until(const std::string& keys, const std::function<bool(const Emulator&)>& is_wanted) {
  constexpr int kTimes = 100;
  for (int i = 0; i < kTimes && !is_wanted(emulator_); ++i) {
    type(keys);
    while (!is_wanted(emulator_) && is_readable(kPatience / kTimes))
      if (!read_some()) return is_wanted(emulator_);
  }
  return is_wanted(emulator_);
}

bool Seat::read_some() {
  if (!is_readable(kPatience)) return false;
  char bytes[4096];
  const auto count = read(terminal_, bytes, sizeof bytes);
  if (count <= 0) return false;
  emulator_.feed({bytes, static_cast<std::size_t>(count)});
  if (const auto answer = emulator_.answers(); !answer.empty()) type(answer);
  return true;
}

bool Seat::wait_for(const std::function<bool(const Emulator&)>& is_wanted) {
  while (!is_wanted(emulator_))
    if (!read_some()) return is_wanted(emulator_);
  return true;
}

int Seat::wait_for_end() {
  while (read_some()) {
  }
  int status = 0;
  waitpid(child_, &status, 0);
  child_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace tocsin::tests
