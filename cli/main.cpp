// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <iostream>
#include <string_view>

#include "cli/run.h"
#include "cli/screen/pager.h"
#include "cli/shop/wiring.h"

extern char** environ;

namespace {

bool nobody_reads() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

using Environment = std::map<std::string, std::string, std::less<>>;

/// The locale's character set, as POSIX has it: the first of these that is set names it.
bool is_utf8_locale(const Environment& environment) {
  for (const auto* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const auto found = environment.find(name);
    if (found == environment.end() || found->second.empty()) continue;
    const auto& locale = found->second;
    return locale.find("UTF-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

tocsin::cli::Terminal look_at_terminal(const Environment& environment) {
  tocsin::cli::Terminal terminal;
  terminal.in = isatty(STDIN_FILENO) == 1;
  terminal.out = isatty(STDOUT_FILENO) == 1;
  terminal.err = isatty(STDERR_FILENO) == 1;
  terminal.utf8 = is_utf8_locale(environment);
  winsize size{};
  if (!terminal.out || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return terminal;
  if (size.ws_col > 0) terminal.columns = size.ws_col;
  terminal.rows = size.ws_row;
  return terminal;
}

termios terminal_before;
volatile std::sig_atomic_t has_terminal = 0;

void say(std::string_view words) { (void)!write(STDERR_FILENO, words.data(), words.size()); }

/// Told to stop. A commit is not interrupted (adapters/sql_store), and what was begun and not committed the store never had; so the
/// process can end here and now, wherever it is: SQLite and the kernel let go of what it held. Calls nothing that a handler may not call.
void stop(int) {
  tocsin::cli::remove_unfinished_files();
  if (has_terminal != 0) {
    std::signal(SIGTTOU, SIG_IGN);
    tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
  }
  say(tocsin::cli::commits_so_far() == 0
          ? "\ntocsin: interrupted; nothing was recorded\n"
          : "\ntocsin: interrupted after something was recorded, and that stays: look at 'tocsin case history' before you "
            "repeat it\n");
  _exit(130);
}

void stop_when_told() {
  has_terminal = tcgetattr(STDIN_FILENO, &terminal_before) == 0 ? 1 : 0;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {
    }, ours{};
    sigaction(number, nullptr, &before);
    if (before.sa_handler == SIG_IGN) continue;  // as nohup wants it
    ours.sa_handler = stop;
    sigfillset(&ours.sa_mask);
    sigaction(number, &ours, nullptr);
  }
}

/// Sixteen hex digits that find a command in the log.
std::string random_id() {
  unsigned char bytes[8] = {};
  if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) return "";
  std::string id;
  for (const auto byte : bytes) id.append({"0123456789abcdef"[byte >> 4], "0123456789abcdef"[byte & 15]});
  return id;
}

template <class Clock>
std::int64_t microseconds() {
  return std::chrono::duration_cast<std::chrono::microseconds>(Clock::now().time_since_epoch()).count();
}

}  // namespace

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);  // so that what was recorded can be said when nobody reads the output
  stop_when_told();
  Environment environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (const auto equals = text.find('='); equals != std::string::npos)
      environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  const auto terminal = look_at_terminal(environment);
  const auto* user = getpwuid(geteuid());
  tocsin::cli::World world{std::cin,
                           std::cout,
                           std::cerr,
                           std::move(environment),
                           [] { return tocsin::Instant{microseconds<std::chrono::system_clock>()}; },
                           user != nullptr ? user->pw_name : "uid " + std::to_string(geteuid()),
                           terminal};
  world.command_id = random_id();
  world.stopwatch = microseconds<std::chrono::steady_clock>;
  world.page = [&world](const std::string& command, const std::string& text) {
    return tocsin::cli::show_in_pager(command, text, world.environment);
  };
  world.has_lost_reader = nobody_reads;
  const int code = tocsin::cli::run(world, {words + 1, words + count});
  if (!std::cout && world.recorded.empty() && nobody_reads()) {
    std::signal(SIGPIPE, SIG_DFL);  // a closed pipe ends reading quietly, as it ends cat
    std::raise(SIGPIPE);
  }
  return code;
}
