// SPDX-License-Identifier: Apache-2.0
#include "adapters/log/log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "engine/base/json.h"
#include "tests/contracts/folder.h"

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
  for (const auto format : {log::Format::text, log::Format::json}) {
    CapturedError error;
    REQUIRE(log::start({log::Level::debug, format}));
    for (const auto& poison : poisons) {
      log::write({log::Level::error, {}, poison, "1", "due", "FF-1", "ok", ""});
      log::write({log::Level::error, {}, "a", poison, "due", "FF-1", "ok", ""});
      log::write({log::Level::error, {}, "a", "1", poison, "FF-1", "ok", ""});
      log::write({log::Level::warn, {}, "a", "1", "case note", poison, "ok", ""});
      log::write({log::Level::info, {}, "a", "1", "case note", "FF-1", poison, ""});
      log::write({log::Level::debug, {}, "a", "1", "case note", "FF-1", "ok", poison});
    }
    REQUIRE(log::start({}));
    const auto text = error.text();
    CHECK(std::count(text.begin(), text.end(), '\n') == 48);  // all were logged, one line each
    for (const std::string part : {"Doe", "jane", "example.org", "forged", "red", "caf", "7946", "xxxx", "name\":", "a,b"}) {
      INFO(part);
      CHECK(text.find(part) == std::string::npos);
    }
  }
}

TEST_CASE("an entry that is ours is printed as it is, and the level selects") {
  CapturedError error;
  REQUIRE(log::start({log::Level::info}));
  log::write({log::Level::warn, *parse_instant("2026-05-02T02:00:07Z"), "0f1e", "0.1.0", "case open", "FF-1", "refused",
              "transition close", 12'034, 6});
  log::write({log::Level::debug, {}, "", "", "case list", "", "ok", ""});
  REQUIRE(log::start({}));
  log::write({log::Level::error, {}, "", "", "due", "", "corrupt", ""});
  CHECK(error.text() ==
        "2026-05-02T02:00:07Z warn id=0f1e version=0.1.0 operation=\"case open\" case=\"FF-1\" result=refused "
        "by=\"transition close\" ms=12.034 exit=6\n");
}

TEST_CASE("a line of the log is JSON where JSON is asked for") {
  const auto line = log::line_of(
      {log::Level::info, *parse_instant("2026-05-02T02:00Z"), "0f1e", "0.1.0", "due", "", "ok", "", 5}, log::Format::json);
  const auto read = parse_json(line);
  REQUIRE(read);
  CHECK(canonical(*read) == line);
  CHECK((*read)["time"].text() == "2026-05-02T02:00:00Z");
  CHECK((*read)["operation"].text() == "due");
  CHECK((*read)["microseconds"].integer() == 5);
}

TEST_CASE("a log in a file is its owner's alone, and makes room when it is full") {
  const tests::Folder folder;
  const auto before = umask(0);
  REQUIRE(log::start({log::Level::info, log::Format::text, folder / "t.log", 1000, 2}));
  for (int i = 0; i < 30; ++i) log::write({log::Level::info, {}, "a", "1", "due", "", "ok", "", i});
  CHECK_FALSE(log::failed());
  REQUIRE(log::start({}));
  umask(before);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    ++files;
    CAPTURE(entry.path());
    CHECK(entry.file_size() <= 1000);
    CHECK((entry.status().permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  }
  CHECK(files == 3);
}

TEST_CASE("no line is lost where several processes change the files of one log at once") {
  constexpr int kProcesses = 4, kLines = 200;
  const tests::Folder folder;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    const auto child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      bool is_well = log::start({log::Level::info, log::Format::text, folder / "t.log", 1000, 1000});
      for (int i = 0; i < kLines; ++i)
        log::write({log::Level::info, {}, "a", "1", "due", "", "ok", "", process * kLines + i});
      is_well = is_well && !log::failed();
      _exit(is_well ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const auto child : children) {
    int status = -1;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
  std::set<std::string> lines;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) CHECK(lines.insert(line).second);
  }
  CHECK(lines.size() == kProcesses * kLines);
}

TEST_CASE("a log is written on, in one file, while somebody holds its folder") {
  const tests::Folder folder;
  const int held = open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  REQUIRE(flock(held, LOCK_EX) == 0);
  REQUIRE(log::start({log::Level::info, log::Format::text, folder / "t.log", 100, 2}));
  for (int i = 0; i < 3; ++i) log::write({log::Level::info, {}, "a", "1", "due", "", "ok", "", i});
  CHECK_FALSE(log::failed());
  REQUIRE(log::start({}));
  close(held);
  std::ifstream in(folder / "t.log");
  int lines = 0;
  for (std::string line; std::getline(in, line);) ++lines;
  CHECK(lines == 3);
}

TEST_CASE("a log that cannot be written says so to who asks, and to nobody else") {
  const tests::Folder folder;
  std::ofstream(folder / "file") << "x";
  CapturedError error;
  CHECK_FALSE(log::start({log::Level::info, log::Format::text, folder / "file/t.log"}));
  CHECK(log::failed());
  log::write({});
  REQUIRE(log::start({log::Level::info, log::Format::text, "/dev/full"}));
  CHECK_FALSE(log::failed());
  for (int i = 0; i < 3; ++i) log::write({});
  CHECK(log::failed());
  REQUIRE(log::start({}));
  CHECK_FALSE(log::failed());
  CHECK(error.text() == "");
}
