// SPDX-License-Identifier: Apache-2.0
// The program itself, told to stop at any point, or with nobody who reads what it prints.
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "tests/adapters/raw_sql.h"
#include "tests/cli/desk.h"

using namespace tocsin;
using tests::Desk;
namespace fs = std::filesystem;

namespace {

/// The program with a store of its own, as a shell starts it.
class Shell {
 public:
  Shell() {
    auto name = (fs::temp_directory_path() / "tocsin-shell-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~Shell() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  fs::path folder() const { return folder_; }
  fs::path database() const { return folder_ / "t.db"; }

  /// Starts a command; standard output and error go to files.
  pid_t start(std::vector<std::string> words, int out = -1) const {
    sigset_t stops, before;
    sigemptyset(&stops);
    for (const int number : {SIGINT, SIGTERM}) sigaddset(&stops, number);
    sigprocmask(SIG_BLOCK, &stops, &before);
    const auto child = fork();
    if (child == 0)
      for (const int number : {SIGINT, SIGTERM}) signal(number, SIG_DFL);  // the test program has handlers of its own
    sigprocmask(SIG_SETMASK, &before, nullptr);
    if (child != 0) return child;
    const auto open_file = [&](const char* name) {
      return open((folder_ / name).c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    };
    dup2(out >= 0 ? out : open_file("out"), 1);
    dup2(open_file("err"), 2);
    std::vector<std::string> environment = {"TOCSIN_DB=" + database().string(), "TOCSIN_KEY=" + (folder_ / "t.key").string(),
                                            "TOCSIN_WORKFLOWS=" TOCSIN_SOURCE_DIR "/workflows",
                                            "ASAN_OPTIONS=detect_leaks=0"};
    words.insert(words.begin(), TOCSIN_BINARY);
    std::vector<char*> arguments, variables;
    for (auto& word : words) arguments.push_back(word.data());
    for (auto& one : environment) variables.push_back(one.data());
    arguments.push_back(nullptr);
    variables.push_back(nullptr);
    execve(TOCSIN_BINARY, arguments.data(), variables.data());
    _exit(127);
  }

  /// The exit code, or minus the signal that ended it.
  static int end_of(pid_t child) {
    int status = 0;
    waitpid(child, &status, 0);
    return code_of(status);
  }
  static int code_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status); }
  /// How often one may look before the child ends by itself.
  static std::int64_t looks_until_end(pid_t child) {
    std::int64_t looks = 0;
    while (waitpid(child, nullptr, WNOHANG) == 0) ++looks;
    return looks;
  }
  /// Looks that often, then stops the child; how it ended.
  static int stopped_after(pid_t child, std::int64_t looks, int signal) {
    for (int status = 0; looks > 0; --looks)
      if (waitpid(child, &status, WNOHANG) != 0) return code_of(status);
    kill(child, signal);
    return end_of(child);
  }
  int run(std::vector<std::string> words) const { return end_of(start(std::move(words))); }

  std::string said(const std::string& name) const {
    std::ifstream in(folder_ / name);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  int open_case() const { return run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--ref", "FF-1"}); }
  std::string events() const { return tests::RawSql(database()).text("select count(*) from events"); }

 private:
  fs::path folder_;
};

}  // namespace

TEST_CASE("a command that is told to stop while it waits for words ends with 130 and records nothing") {
  const int number = GENERATE(SIGINT, SIGTERM, SIGHUP);
  CAPTURE(number);
  const Shell shell;
  REQUIRE(shell.open_case() == 0);
  const auto before = shell.events();
  const auto pipe = (shell.folder() / "words").string();
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  const auto child = shell.start({"case", "note", "FF-1", "@" + pipe});
  const int words = open(pipe.c_str(), O_WRONLY);  // opens when the command reads
  REQUIRE(words >= 0);
  kill(child, number);
  CHECK(Shell::end_of(child) == 130);
  close(words);
  CHECK(shell.said("err") == "\ntocsin: interrupted; nothing was recorded\n");
  CHECK(shell.events() == before);
  CHECK(shell.run({"case", "note", "FF-1", "and now"}) == 0);  // no lock is left
  CHECK(shell.run({"audit", "verify"}) == 0);
}

TEST_CASE("told to stop at any moment, a command has recorded all or nothing, and says which") {
  const Shell shell;
  REQUIRE(shell.open_case() == 0);
  std::mt19937 dice(20230829);
  int stopped = 0, stopped_late = 0;
  const auto whole = Shell::looks_until_end(shell.start({"action", "add", "FF-1", "look at it"}));
  std::uniform_int_distribution<std::int64_t> moment(0, whole);
  for (int i = 0; i < 60; ++i) {
    const auto before = std::stoi(shell.events());
    const auto child = shell.start({"action", "add", "FF-1", "look at it"});
    const int code = Shell::stopped_after(child, moment(dice), SIGINT);
    const auto recorded = std::stoi(shell.events()) - before;
    INFO(shell.said("err"));
    CHECK((code == 0 || code == 130 || code == -SIGINT));  // the last: before the program had begun
    CHECK((recorded == 0 || recorded == 1));
    if (code == 0) CHECK(recorded == 1);
    if (code == -SIGINT) CHECK(recorded == 0);
    if (code != 130) continue;
    ++stopped;
    const bool says_nothing = shell.said("err").find("nothing was recorded") != std::string::npos;
    CHECK(says_nothing == (recorded == 0));
    stopped_late += recorded;
  }
  CAPTURE(stopped, stopped_late);
  CHECK(stopped > 0);
  CHECK(shell.run({"audit", "verify"}) == 0);
  CHECK(shell.run({"doctor"}) == 0);
}

TEST_CASE("a backup that is told to stop leaves neither half a file nor a draft") {
  const Shell shell;
  REQUIRE(shell.open_case() == 0);
  tests::RawSql(shell.database()).run("create table filler as select randomblob(30000000) x");
  const auto copies = shell.folder() / "copies";
  fs::create_directory(copies);
  int stopped = 0;
  for (int i = 0; i < 5; ++i) {
    const auto child = shell.start({"db", "backup", (copies / "copy.db").string()});
    int status = 0;
    pid_t ended = 0;
    while (fs::is_empty(copies) && (ended = waitpid(child, &status, WNOHANG)) == 0) sched_yield();
    const int code = ended != 0 ? Shell::code_of(status) : Shell::stopped_after(child, 0, SIGTERM);
    if (code == 130) {
      ++stopped;
      CHECK(fs::is_empty(copies));
    } else {
      CHECK(code == 0);
      CHECK(fs::exists(copies / "copy.db"));
    }
    for (const auto& entry : fs::directory_iterator(copies)) fs::remove(entry);
  }
  CHECK(stopped > 0);
  CHECK(shell.run({"db", "backup", (copies / "copy.db").string()}) == 0);
}

TEST_CASE("a command that nohup started goes on when the terminal goes") {
  const Shell shell;
  REQUIRE(shell.open_case() == 0);
  const auto pipe = (shell.folder() / "words").string();
  REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
  auto* before = signal(SIGHUP, SIG_IGN);
  const auto child = shell.start({"case", "note", "FF-1", "@" + pipe});
  signal(SIGHUP, before);
  const int words = open(pipe.c_str(), O_WRONLY);
  kill(child, SIGHUP);
  REQUIRE(write(words, "hello", 5) == 5);
  close(words);
  CHECK(Shell::end_of(child) == 0);
}

TEST_CASE("when nobody reads, a list ends quietly and a write says that it was recorded") {
  const Shell shell;
  REQUIRE(shell.open_case() == 0);
  const auto with_closed_pipe = [&](std::vector<std::string> words) {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    close(ends[0]);
    const auto child = shell.start(std::move(words), ends[1]);
    close(ends[1]);
    return Shell::end_of(child);
  };
  CHECK(with_closed_pipe({"case", "history", "FF-1"}) == -SIGPIPE);
  CHECK(shell.said("err").empty());
  const auto before = std::stoi(shell.events());
  CHECK(with_closed_pipe({"case", "note", "FF-1", "hello"}) == 1);
  CHECK(shell.said("err").find("do not repeat it") != std::string::npos);
  CHECK(std::stoi(shell.events()) == before + 1);
}

TEST_CASE("a full disk below the output or the log does not undo what was recorded") {
  const Shell shell;
  REQUIRE(shell.open_case() == 0);
  CHECK(shell.run({"case", "note", "FF-1", "hello", "--log-file", "/dev/full"}) == 0);
  CHECK(shell.said("err").find("the log could not be written to '/dev/full'") != std::string::npos);
  const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
  CHECK(Shell::end_of(shell.start({"case", "note", "FF-1", "hello"}, full)) == 1);
  CHECK(shell.said("err").find("do not repeat it") != std::string::npos);
  close(full);
  CHECK(shell.run({"audit", "verify"}) == 0);
}
