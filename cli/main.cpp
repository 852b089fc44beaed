// SPDX-License-Identifier: Apache-2.0
#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <iostream>

#include "cli/run.h"

extern char** environ;

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_DFL);  // a closed pipe ends us quietly, as it ends cat
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
  std::cout.flush();
  return code == 0 && !std::cout ? 10 : code;
}
