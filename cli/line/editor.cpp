// SPDX-License-Identifier: Apache-2.0
#include "cli/line/editor.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace tocsin::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOurs = "# tocsin:";  // lines that begin so are ours and no part of the text
constexpr const char* kOtherwise = "pipe the text, with -, or name a file, as @FILE";

Error no_editor(std::string why) { return usage_error(std::move(why) + ": " + kOtherwise); }
Error failed(std::string why) {
  return Error{Errc::unavailable, std::move(why) + "; nothing was recorded: " + kOtherwise, "editor", {}, {}};
}

bool lives_in_memory(const std::string& place) {
  constexpr long kTmpfs = 0x01021994, kRamfs = 0x858458f6;  // statfs(2)
  struct statfs asked {};
  return statfs(place.c_str(), &asked) == 0 && (asked.f_type == kTmpfs || asked.f_type == kRamfs);
}

/// Overwrites what a file holds; whoever takes over its memory finds nothing.
void wipe(const fs::path& file) {
  const int opened = open(file.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
  if (opened < 0) return;
  constexpr std::array<char, 4096> nothing{};
  const auto size = lseek(opened, 0, SEEK_END);
  for (off_t at = 0; at < size; at += static_cast<off_t>(nothing.size()))
    if (pwrite(opened, nothing.data(), static_cast<std::size_t>(std::min<off_t>(size - at, nothing.size())), at) < 0) break;
  close(opened);
}

volatile sig_atomic_t told = 0;    // the signal that told us to stop
volatile sig_atomic_t editor = 0;  // the process of the editor while it runs

/// While an editor has the terminal, Ctrl-C is its own to answer; being told to end is passed on, so that both end and nothing is left.
class Patience {
 public:
  Patience() {
    told = 0;
    struct sigaction ours {};
    ours.sa_handler = SIG_IGN;
    sigaction(SIGINT, &ours, &before_[0]);
    sigaction(SIGQUIT, &ours, &before_[1]);
    ours.sa_handler = [](int signal) {
      told = signal;
      if (editor > 0) kill(static_cast<pid_t>(editor), signal);
    };
    sigaction(SIGTERM, &ours, &before_[2]);
    sigaction(SIGHUP, &ours, &before_[3]);
    sigset_t heard = {};  // an interview holds signals back while nobody types
    sigemptyset(&heard);
    for (const int signal : kSignals) sigaddset(&heard, signal);
    sigprocmask(SIG_UNBLOCK, &heard, &mask_before_);
  }
  ~Patience() {
    editor = 0;
    sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before_[i], nullptr);
  }
  Patience(const Patience&) = delete;
  Patience& operator=(const Patience&) = delete;

 private:
  static constexpr std::array<int, 4> kSignals = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
  std::array<struct sigaction, 4> before_ = {};
  sigset_t mask_before_ = {};
};

/// Whether the first word of a command is vim under whatever name, found as a shell finds it.
bool is_vim(const World& world, const std::string& command) {
  const auto word = command.substr(0, command.find(' '));
  std::istringstream places(word.find('/') != std::string::npos ? "" : world.variable("PATH"));
  std::vector<fs::path> named = {word};
  for (std::string place; std::getline(places, place, ':');) named.push_back(fs::path(place) / word);
  for (const auto& path : named) {
    std::error_code unknown;
    const auto real = fs::canonical(path, unknown).filename().string();
    if (!unknown) return real == "vim" || real.starts_with("vim.") || real == "nvim";
  }
  return word == "vim" || word == "nvim";
}

/// The command, and for the editor that keeps what was typed in files elsewhere, that it shall not.
std::string command_of(const World& world) {
  auto command = editor_of(world);
  if (is_vim(world, command))
    command += " -n -c 'silent! set viminfo=' -c 'silent! set noundofile' -c 'silent! set nobackup nowritebackup'";
  // The shell hears Ctrl-C too, and is to answer as the editor does.
  return "trap : INT QUIT; " + command + " \"$1\"";
}

/// Runs the editor on a file and waits; its exit status as a shell gives it, 128 and the signal where one ended it.
std::optional<int> run_editor(const World& world, const std::string& file, const std::string& folder) {
  std::vector<std::string> words = {"sh", "-c", command_of(world), "sh", file};
  std::vector<std::string> environment = {"TMPDIR=" + folder};
  for (const auto& [name, value] : world.environment)
    if (name != "TMPDIR") environment.push_back(name + "=" + value);
  const auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (auto& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
  };
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t as_usual;
  sigemptyset(&as_usual);
  for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE}) sigaddset(&as_usual, signal);
  posix_spawnattr_setsigdefault(&attributes, &as_usual);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  pid_t child = 0;
  const int wrong =
      posix_spawn(&child, "/bin/sh", nullptr, &attributes, pointers(words).data(), pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  if (wrong != 0) return std::nullopt;
  editor = child;
  if (told != 0) kill(child, told);
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return std::nullopt;
  editor = 0;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::string first_lines(std::string_view what) {
  return "\n" + std::string(kOurs) + " write " + std::string(what) +
         " above. Lines that begin like this one are left out.\n" + std::string(kOurs) +
         " An empty text records nothing. This file lies in memory and is wiped when the editor ends.\n";
}

Result<std::string> text_in(const std::string& file) {
  constexpr std::size_t kLongest = 1 << 20;
  std::ifstream in(file, std::ios::binary);
  if (!in) return failed("the editor left no file that can be read");
  std::string text;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(kOurs)) continue;
    if (text.size() + line.size() > kLongest)
      return usage_error("the text is longer than 1 MiB: shorten it, or record where it is kept");
    text += line + "\n";
  }
  const auto is_blank = [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.back())) text.pop_back();
  const auto begin = text.find_first_not_of("\r\n");
  return begin == std::string::npos ? std::string() : text.substr(begin);
}

/// What the person wrote. When it returns the folder is gone, and a signal that came meanwhile is still to be passed on.
Result<std::string> written(const World& world, std::string_view what) {
  auto folder = PrivateFolder::make(places_in_memory(world));
  if (!folder) return std::move(folder).error();
  const auto file = folder->path() + "/text";
  const int made = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const auto lines = first_lines(what);
  const bool is_written = made >= 0 && write(made, lines.data(), lines.size()) == static_cast<ssize_t>(lines.size());
  if (made >= 0) close(made);
  if (!is_written) return failed("no file could be made for the editor");
  const auto status = run_editor(world, file, folder->path());
  if (!status) return failed("the editor could not be started");
  if (*status == 128 + SIGINT) told = SIGINT;
  if (*status != 0) return failed("the editor ended with status " + std::to_string(*status));
  auto text = text_in(file);
  if (text && text->empty()) return usage_error("the text was left empty: nothing was recorded");
  return text;
}

}  // namespace

Result<PrivateFolder> PrivateFolder::make(const std::vector<std::string>& places) {
  for (const auto& place : places) {
    if (!place.starts_with("/") || !lives_in_memory(place)) continue;
    auto name = place + "/tocsin-XXXXXX";
    if (mkdtemp(name.data()) != nullptr) return PrivateFolder(std::move(name));
  }
  return Error{Errc::unavailable,
               std::string("people's words are written to no disk, and no file system here lives in memory "
                           "(XDG_RUNTIME_DIR, /dev/shm): ") +
                   kOtherwise,
               "editor",
               {},
               {}};
}

PrivateFolder::~PrivateFolder() {
  if (path_.empty()) return;
  std::error_code ignored;
  for (fs::recursive_directory_iterator at(path_, ignored), end; at != end; at.increment(ignored))
    if (at->is_regular_file(ignored) && !at->is_symlink(ignored)) wipe(at->path());
  fs::remove_all(path_, ignored);
}

std::vector<std::string> places_in_memory(const World& world) { return {world.variable("XDG_RUNTIME_DIR"), "/dev/shm"}; }

std::string editor_of(const World& world) {
  if (const auto chosen = world.setting("editor"); !chosen.empty()) return chosen;
  const auto visual = world.variable("VISUAL");
  return visual.empty() ? world.variable("EDITOR") : visual;
}

Result<std::string> text_from_editor(const World& world, std::string_view what) {
  if (!world.terminal.in || !world.terminal.out) return no_editor("an editor needs a terminal");
  if (editor_of(world).empty()) return no_editor("no editor is known: set VISUAL or EDITOR, or");
  std::optional<Result<std::string>> text;
  {
    const Patience patience;
    text = written(world, what);
  }
  if (told != 0) raise(told);  // whoever waits for signals answers it now that nothing is left
  return std::move(*text);
}

}  // namespace tocsin::cli
