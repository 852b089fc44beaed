// SPDX-License-Identifier: Apache-2.0
// The program itself at a terminal of its own: keys go in, what a person would see comes out.
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <cstring>
#include <fstream>
#include <regex>

#include "tests/cli/desk.h"

using namespace tocsin;
using namespace tocsin::tests;

namespace {

/// A case opened long ago, so that the machine's clock, which the program reads, is after it.
class NightDesk : public Desk {
 public:
  NightDesk() {
    clock("2021-01-04T02:00Z");
    for (const auto& [name, role] : {std::pair{"ann", "handler"}, {"dee", "dpo"}, {"sid", "siro"}})
      REQUIRE(run({"people", "add", name, "--role", role, "--as", "ann"}).code == 0);
    REQUIRE(run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--ref", "FF-1", "--as", "ann"}).code == 0);
  }
  std::string history() { return run({"case", "history", "FF-1"}).out; }
};

/// A terminal with the program in it.
class Terminal {
 public:
  Terminal(const Desk& desk, std::vector<std::string> words, unsigned short columns = 80) {
    winsize size{24, columns, 0, 0};
    REQUIRE(openpty(&person_, &screen_, nullptr, nullptr, &size) == 0);
    REQUIRE(tcgetattr(screen_, &before_) == 0);
    child_ = fork();
    REQUIRE(child_ >= 0);
    if (child_ != 0) return;
    close(person_);
    login_tty(screen_);
    setenv("HOME", desk.folder().c_str(), 1);
    setenv("TOCSIN_WORKFLOWS", TOCSIN_SOURCE_DIR "/workflows", 1);
    setenv("TERM", "xterm", 1);
    setenv("LC_ALL", "C", 1);
    setenv("EDITOR", (desk.folder() / "editor").c_str(), 1);
    for (const auto* name : {"TOCSIN_DB", "TOCSIN_KEY", "TOCSIN_CASE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"}) unsetenv(name);
    words.insert(words.begin(), "tocsin");
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execv(TOCSIN_BINARY, arguments.data());
    _exit(99);
  }
  ~Terminal() {
    if (!ended_) {
      kill(child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    close(person_);
    close(screen_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void type(const std::string& keys) {
    REQUIRE(write(person_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
  }
  void send(int signal) { REQUIRE(kill(child_, signal) == 0); }
  void resize(unsigned short columns) {
    winsize size{24, columns, 0, 0};
    REQUIRE(ioctl(person_, TIOCSWINSZ, &size) == 0);
  }
  /// Reads until the text stands behind what was read so far; what lies between.
  std::string until(const std::string& text) {
    for (;;) {
      const auto shown = plain();
      if (const auto at = shown.find(text, seen_); at != std::string::npos) {
        const auto between = shown.substr(seen_, at + text.size() - seen_);
        seen_ = at + text.size();
        return between;
      }
      INFO("waiting for: " << text << "\nafter: " << shown.substr(seen_));
      REQUIRE(read_some());
    }
  }
  /// Leaves each question unanswered up to this one.
  void pass_over_until(const std::string& prompt) {
    while (!until("> ").ends_with(prompt)) type("\r");
  }
  /// The exit code, with the rest read; -1 when a signal ended it.
  int end() {
    int status = 0;
    while (waitpid(child_, &status, WNOHANG) == 0) read_some(100);
    ended_ = true;
    while (read_some(0)) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  bool is_as_found() const {
    termios now{};
    REQUIRE(tcgetattr(screen_, &now) == 0);
    return now.c_lflag == before_.c_lflag && now.c_iflag == before_.c_iflag && now.c_oflag == before_.c_oflag &&
           std::memcmp(now.c_cc, before_.c_cc, sizeof now.c_cc) == 0;
  }
  /// What was shown, without the sequences that place the cursor.
  std::string plain() const {
    // One that is not whole yet is left out as well, so that what was read keeps its place.
    static const std::regex sequences("\x1b\\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>]|\x1b[^A-Za-z]*$|[\r\a]");
    return std::regex_replace(all_, sequences, "");
  }

 private:
  bool read_some(int patience = 30'000) {
    pollfd in{person_, POLLIN, 0};
    if (poll(&in, 1, patience) <= 0) return false;
    char buffer[4096];
    const auto got = read(person_, buffer, sizeof buffer);
    if (got <= 0) return false;
    all_.append(buffer, static_cast<std::size_t>(got));
    return true;
  }

  int person_ = -1, screen_ = -1;
  pid_t child_ = -1;
  termios before_ = {};
  bool ended_ = false;
  std::string all_;
  std::size_t seen_ = 0;
};

}  // namespace

TEST_CASE("at a terminal an answer is recorded, Ctrl-C ends with 130, and the terminal is as it was found") {
  NightDesk desk;
  Terminal terminal(desk, {"case", "ask", "FF-1", "--as", "sid"});
  terminal.until("When did we become aware?");
  terminal.until("aware_at> ");
  CHECK_FALSE(terminal.is_as_found());
  terminal.type("2021-01-04T01:30Z\r");
  terminal.until("recorded: aware_at = Mon ");
  terminal.until("4 Jan 2021 01:30 GMT, 01:30Z");
  terminal.until("risk> ");
  terminal.type("high\x03");
  CHECK(terminal.end() == 130);
  CHECK(terminal.is_as_found());
  CHECK(terminal.plain().find("1 answered") != std::string::npos);
  CHECK(desk.history().find("fact aware_at = ") != std::string::npos);
  CHECK(desk.history().find("fact risk") == std::string::npos);
}

TEST_CASE("Ctrl-D leaves an interview, and the next one goes on where it was left") {
  NightDesk desk;
  {
    Terminal terminal(desk, {"case", "ask", "FF-1", "--as", "sid"});
    terminal.until("aware_at> ");
    terminal.type("2021-01-04T01:30Z\r");
    terminal.until("risk> ");
    terminal.type("\x04");
    CHECK(terminal.end() == 0);
    CHECK(terminal.is_as_found());
  }
  Terminal again(desk, {"case", "ask", "FF-1", "--as", "sid"});
  again.until("1 of ");
  again.until("risk> ");
  again.type("quit\r");
  CHECK(again.end() == 0);
}

TEST_CASE("SIGTERM ends an interview with 130 as it ends any command, and what was answered stays") {
  NightDesk desk;
  Terminal terminal(desk, {"case", "ask", "FF-1", "--as", "sid"});
  terminal.until("aware_at> ");
  terminal.type("2021-01-04T01:30Z\r");
  terminal.until("risk> ");
  terminal.send(SIGTERM);
  CHECK(terminal.end() == 130);
  CHECK(terminal.is_as_found());
  CHECK(desk.history().find("fact aware_at = ") != std::string::npos);
}

TEST_CASE("@ answers in an editor, which hears Ctrl-C itself") {
  NightDesk desk;
  std::ofstream(desk.folder() / "editor") << "#!/bin/sh\ntrap 'echo heard' INT\nkill -INT $$\n"
                                             "printf 'Written\nin an editor' > \"$1\"\n";
  fs::permissions(desk.folder() / "editor", fs::perms::owner_all);
  Terminal terminal(desk, {"case", "ask", "FF-1", "--as", "ann"});
  terminal.pass_over_until("how_found> ");
  terminal.type("@\r");
  terminal.until("heard");
  terminal.until("recorded: how_found = (words)");
  terminal.until("> ");
  terminal.type("\x04");
  CHECK(terminal.end() == 0);
  CHECK(terminal.is_as_found());
  CHECK(desk.history().find("in an editor") != std::string::npos);
}

TEST_CASE("Tab completes an answer, and the arrow keys bring back a line") {
  NightDesk desk;
  Terminal terminal(desk, {"case", "ask", "FF-1", "--as", "sid"});
  terminal.until("aware_at> ");
  terminal.type("\r");
  terminal.until("risk> ");
  terminal.type("hi\t\r");
  terminal.until("recorded: risk = high_risk");
  terminal.until("> ");
  terminal.type("back\r");
  terminal.until("recorded now: high_risk");
  terminal.until("risk> ");
  terminal.type("\x1b[A\x1b[A\r");  // back, and before it high_risk
  terminal.until("'risk' was judged before");
  terminal.until("reason> ");
  terminal.type("\x03");
  CHECK(terminal.end() == 130);
}

TEST_CASE("Ctrl-C amid a text of several lines records none of it, and no answer is left in any file") {
  NightDesk desk;
  Terminal terminal(desk, {"case", "ask", "FF-1", "--as", "ann"});
  terminal.pass_over_until("how_found> ");
  terminal.type("The porter found thirty-seven passes\r");
  terminal.until("...> ");
  terminal.type("under\x03");
  CHECK(terminal.end() == 130);
  CHECK(terminal.is_as_found());
  CHECK(terminal.plain().find("What you were typing was not recorded.") != std::string::npos);
  CHECK(desk.history().find("how_found") == std::string::npos);
  for (const auto& entry : fs::recursive_directory_iterator(desk.folder())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    INFO(entry.path());
    CHECK(bytes.find("thirty-seven") == std::string::npos);
  }
}

TEST_CASE("a terminal that is made narrow during a question is written to in its new width") {
  NightDesk desk;
  Terminal terminal(desk, {"case", "ask", "FF-1", "--as", "ann"});
  terminal.until("aware_at> ");
  terminal.resize(40);
  terminal.type("\r");
  const auto question = terminal.until("risk> ");
  std::istringstream lines(question.substr(question.find("2 of")));
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(line.size() <= 40);
  }
  terminal.type("quit\r");
  CHECK(terminal.end() == 0);
}

TEST_CASE("a letter outside ASCII goes into the vault whatever the locale says") {
  NightDesk desk;
  Terminal terminal(desk, {"case", "ask", "FF-1", "--as", "ann"});
  terminal.pass_over_until("supplier_name> ");
  terminal.type("Caf\xc3\xa9 Printing\r.\r");
  terminal.until("recorded: supplier_name = (words)");
  terminal.until("> ");
  terminal.type("\x04");
  CHECK(terminal.end() == 0);
  CHECK(desk.run({"case", "show", "FF-1"}).out.find("Caf\xc3\xa9 Printing") != std::string::npos);
}
