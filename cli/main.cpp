// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <iostream>

#include "cli/run.h"

extern char** environ;

namespace {

bool nobody_reads() {
  pollfd out{STDOUT_FILENO, POLLOUT, 0};
  return poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

}  // namespace

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);  // so that what was recorded can be said when nobody reads the output
  std::map<std::string, std::string, std::less<>> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (const auto equals = text.find('='); equals != std::string::npos)
      environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
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
      user != nullptr ? user->pw_name : "uid " + std::to_string(geteuid())};
  const int code = tocsin::cli::run(world, {words + 1, words + count});
  if (!std::cout && world.recorded.empty() && nobody_reads()) {
    std::signal(SIGPIPE, SIG_DFL);  // a closed pipe ends reading quietly, as it ends cat
    std::raise(SIGPIPE);
  }
  return code;
}
