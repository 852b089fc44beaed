// SPDX-License-Identifier: Apache-2.0
#include "adapters/log/log.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace tocsin;

namespace {

/// What is written to standard error while it lives.
class CapturedError {
 public:
  CapturedError() {
    std::fflush(stderr);
    kept_ = dup(2);
    const int file = open(path_.c_str(), O_CREAT | O_TRUNC | O_RDWR, 0600);
    dup2(file, 2);
    close(file);
  }
  std::string text() {
    std::fflush(stderr);
    if (kept_ >= 0) dup2(kept_, 2), close(kept_), kept_ = -1;
    std::ifstream in(path_);
    std::stringstream all;
    all << in.rdbuf();
    return all.str();
  }
  ~CapturedError() {
    text();
    std::filesystem::remove(path_);
  }

 private:
  std::string path_ = (std::filesystem::temp_directory_path() / ("tocsin-log-" + std::to_string(getpid()))).string();
  int kept_ = -1;
};

}  // namespace

TEST_CASE("poisoned values never reach the log, whatever field they come in") {
  const std::string poisons[] = {
      "Jane Doe <jane.doe@example.org>", "line\nbreak operation=\"forged\"", "\x1b[31mred",        "caf\xc3\xa9",
      "+44 20 7946 0000 (home)",         std::string(100'000, 'x'),          "{\"name\":\"Doe\"}", "a,b;c|d"};
  CapturedError error;
  log::set_level("debug");
  for (const auto& poison : poisons) {
    log::write({log::Level::error, poison, "FF-1", "ok", ""});
    log::write({log::Level::warn, "case note", poison, "ok", ""});
    log::write({log::Level::info, "case note", "FF-1", poison, ""});
    log::write({log::Level::debug, "case note", "FF-1", "ok", poison});
  }
  log::set_level("warn");
  const auto text = error.text();
  CHECK(std::count(text.begin(), text.end(), '\n') == 32);  // all were logged, one line each
  for (const std::string part : {"Doe", "jane", "example", "forged", "red", "caf", "7946", "xxxx", "name\":", "a,b"}) {
    INFO(part);
    CHECK(text.find(part) == std::string::npos);
  }
}

TEST_CASE("an entry that is ours is printed as it is, and the level selects") {
  CapturedError error;
  log::set_level("info");
  log::write({log::Level::info, "case open", "FF-1", "refused", "transition close"});
  log::write({log::Level::debug, "case list", "", "ok", ""});
  log::set_level("off");
  log::write({log::Level::error, "due", "", "corrupt", ""});
  log::set_level("warn");
  const auto text = error.text();
  CHECK(text.find("operation=\"case open\" case=FF-1 result=refused by=\"transition close\"") != std::string::npos);
  CHECK(text.find("case list") == std::string::npos);
  CHECK(text.find("corrupt") == std::string::npos);
}
