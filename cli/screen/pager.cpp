// SPDX-License-Identifier: Apache-2.0
#include "cli/screen/pager.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ostream>
#include <sstream>
#include <vector>

#include "cli/screen/text_width.h"

namespace tocsin::cli {
namespace {

std::string pager_of(const Call& call) {
  const auto& world = call.world;
  auto command = call.setting("pager");
  if (command.empty() && !world.environment.contains("TOCSIN_PAGER"))
    command = world.environment.contains("PAGER") ? world.variable("PAGER") : "less -FRX";
  return command == "cat" ? "" : command;
}

/// Rows of a screen that the text takes, where the terminal breaks what is too long.
int rows_of(const std::string& text, int columns) {
  int rows = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const int wide = width_of(without_colour(line));
    rows += wide <= columns ? 1 : (wide + columns - 1) / columns;
  }
  return rows;
}

/// Writes all of it, or as much as the reader wanted.
void write_to(int pipe, const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto wrote = write(pipe, text.data() + at, text.size() - at);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return;
    at += static_cast<std::size_t>(wrote);
  }
}

/// What the screen belongs to while a pager reads: Ctrl-C is the pager's to answer, and a pager that has left ends no process.
class Patience {
 public:
  Patience() {
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGINT, &ignore, &interrupt_);
    sigaction(SIGQUIT, &ignore, &quit_);
    sigaction(SIGPIPE, &ignore, &pipe_);
  }
  ~Patience() {
    sigaction(SIGINT, &interrupt_, nullptr);
    sigaction(SIGQUIT, &quit_, nullptr);
    sigaction(SIGPIPE, &pipe_, nullptr);
  }
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

 private:
  struct sigaction interrupt_ = {}, quit_ = {}, pipe_ = {};
};

}  // namespace

bool is_paged(const Call& call) {
  const auto& world = call.world;
  const auto& words = call.verb.words;
  const auto verb = words.substr(words.find(' ') + 1);
  const bool reads = verb == "due" || verb == "list" || verb == "show" || verb == "history" || verb == "explain" ||
                     verb == "register" || verb == "methods" || verb == "draft" || verb == "what-if";
  return world.page && world.terminal.out && world.terminal.rows > 0 && reads && !call.verb.writes && !call.json() &&
         !call.has("--no-pager") && !pager_of(call).empty();
}

Result<int> run_paged(Call& call) {
  auto& out = call.world.out;
  std::ostringstream text;
  auto* const real = out.rdbuf(text.rdbuf());
  auto done = [&] {
    try {
      return call.verb.run(call);
    } catch (...) {
      out.rdbuf(real);
      throw;
    }
  }();
  out.rdbuf(real);
  const auto shown = text.str();
  const auto& terminal = call.world.terminal;
  const bool fits = rows_of(shown, terminal.columns) < terminal.rows;  // the last row is the prompt's
  if (fits || !call.world.page(pager_of(call), shown)) out << shown;
  return done;
}

bool show_in_pager(const std::string& command, const std::string& text,
                   std::map<std::string, std::string, std::less<>> environment) {
  int pipe[2];
  if (pipe2(pipe, O_CLOEXEC) != 0) return false;
  environment.emplace("LESS", "FRX");
  environment["LESSHISTFILE"] = "-";  // what is searched for in a case may be a person's name, and stays in no file
  std::vector<std::string> settings;
  for (const auto& [name, value] : environment) settings.push_back(name + "=" + value);
  std::vector<char*> variables;
  for (auto& setting : settings) variables.push_back(setting.data());
  variables.push_back(nullptr);
  std::string shell = "sh", flag = "-c", line = command;
  char* words[] = {shell.data(), flag.data(), line.data(), nullptr};

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, pipe[0], STDIN_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t usual;
  sigemptyset(&usual);
  for (const int signal : {SIGINT, SIGQUIT, SIGPIPE}) sigaddset(&usual, signal);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const Patience patience;
  pid_t child = 0;
  const bool started = posix_spawn(&child, "/bin/sh", &files, &attributes, words, variables.data()) == 0;
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  close(pipe[0]);
  if (started) write_to(pipe[1], text);
  close(pipe[1]);
  int status = 0;
  while (started && waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  constexpr int kCannotRun = 126, kUnknown = 127;  // what a shell says of a command that it does not find
  return started && !(WIFEXITED(status) && (WEXITSTATUS(status) == kCannotRun || WEXITSTATUS(status) == kUnknown));
}

}  // namespace tocsin::cli
