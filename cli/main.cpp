// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <iostream>

#include "cli/pager.h"
#include "cli/run.h"

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

}  // namespace

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);  // so that what was recorded can be said when nobody reads the output
  Environment environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (const auto equals = text.find('='); equals != std::string::npos)
      environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  const auto terminal = look_at_terminal(environment);
  const auto* user = getpwuid(geteuid());
  tocsin::cli::World world{
      std::cin,
      std::cout,
      std::cerr,
      std::move(environment),
      [] {
        using namespace std::chrono;
        return tocsin::Instant{duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
      },
      user != nullptr ? user->pw_name : "uid " + std::to_string(geteuid()),
      terminal};
  world.page = [&world](const std::string& command, const std::string& text) {
    return tocsin::cli::show_in_pager(command, text, world.environment);
  };
  const int code = tocsin::cli::run(world, {words + 1, words + count});
  if (!std::cout && world.recorded.empty() && nobody_reads()) {
    std::signal(SIGPIPE, SIG_DFL);  // a closed pipe ends reading quietly, as it ends cat
    std::raise(SIGPIPE);
  }
  return code;
}
