// SPDX-License-Identifier: Apache-2.0
#include "cli/interview/terminal_voice.h"

#include <histedit.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cwchar>

namespace tocsin::cli {
namespace {

// Set by handlers and read where a character is waited for; the signals are blocked at any other time, so none is lost or comes amid
// a record.
volatile sig_atomic_t ending_signal = 0, is_resized = 0, is_stopped = 0;

void note_signal(int signal) {
  if (signal == SIGWINCH) is_resized = 1;
  else if (signal == SIGTSTP) is_stopped = 1;
  else ending_signal = signal;
}

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP};

}  // namespace

struct TerminalVoice::Editor {
  EditLine* edit = nullptr;
  History* history = nullptr;
  Prompt prompt = {};
  std::string locale = {};  ///< of LC_CTYPE before
  std::array<struct sigaction, kSignals.size()> before = {};
  sigset_t mask_before = {};

  static Editor& of(EditLine* edit) {
    void* self = nullptr;
    el_get(edit, EL_CLIENTDATA, &self);
    return *static_cast<Editor*>(self);
  }
  static char* prompt_of(EditLine* edit) { return of(edit).prompt.text.data(); }

  /// Waits for one character with our signals let through, and for nothing else.
  static int next_character(EditLine* edit, wchar_t* into) {
    auto& self = of(edit);
    std::mbstate_t state{};
    for (;;) {
      if (ending_signal != 0) return -1;
      if (is_stopped != 0) self.stop();
      if (is_resized != 0) {
        is_resized = 0;
        el_resize(edit);
        el_set(edit, EL_REFRESH);
      }
      pollfd in{STDIN_FILENO, POLLIN, 0};
      if (ppoll(&in, 1, nullptr, &self.mask_before) < 0) {
        if (errno == EINTR) continue;
        return -1;
      }
      char byte = 0;
      const auto got = read(STDIN_FILENO, &byte, 1);
      if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
      if (got <= 0) return static_cast<int>(got);
      const auto length = std::mbrtowc(into, &byte, 1, &state);
      if (length == static_cast<std::size_t>(-2)) continue;  // more of it is to come
      if (length != static_cast<std::size_t>(-1)) return 1;
      state = {};  // no letter of this locale: left out
    }
  }

  /// Ctrl-Z: the terminal goes back to the shell as it was, and is ours again afterwards.
  void stop() {
    is_stopped = 0;
    el_set(edit, EL_PREP_TERM, 0);
    struct sigaction ours = {}, theirs = {};
    theirs.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &theirs, &ours);
    sigset_t only = {};
    sigemptyset(&only);
    sigaddset(&only, SIGTSTP);
    raise(SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &only, nullptr);  // here it stops, and goes on
    sigprocmask(SIG_BLOCK, &only, nullptr);
    sigaction(SIGTSTP, &ours, nullptr);
    el_set(edit, EL_PREP_TERM, 1);
    el_set(edit, EL_REFRESH);
  }

  static unsigned char complete(EditLine* edit, wint_t) {
    const auto* line = el_line(edit);
    std::string_view typed(line->buffer, static_cast<std::size_t>(line->cursor - line->buffer));
    typed.remove_prefix(std::min(typed.size(), typed.find_last_of(", ") + 1));
    std::vector<std::string> fitting;
    for (const auto& word : of(edit).prompt.words)
      if (word.starts_with(typed)) fitting.push_back(word);
    if (fitting.empty()) return CC_REFRESH_BEEP;
    auto common = fitting.front();
    for (const auto& word : fitting)
      common.resize(static_cast<std::size_t>(std::mismatch(common.begin(), common.end(), word.begin(), word.end()).first -
                                             common.begin()));
    if (common.size() > typed.size()) {
      el_insertstr(edit, common.substr(typed.size()).c_str());
      return CC_REFRESH;
    }
    if (fitting.size() == 1) return CC_REFRESH_BEEP;
    std::fputs("\n", stdout);
    for (const auto& word : fitting) std::fputs((word + "  ").c_str(), stdout);
    std::fputs("\n", stdout);
    return CC_REDISPLAY;
  }
};

TerminalVoice::TerminalVoice() : editor_(std::make_unique<Editor>()) {
  auto& self = *editor_;
  if (const char* now = std::setlocale(LC_CTYPE, nullptr)) self.locale = now;
  std::setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");  // words are UTF-8 whatever the locale says
  ending_signal = 0;
  is_resized = 0;
  is_stopped = 0;
  sigset_t ours = {};
  sigemptyset(&ours);
  struct sigaction action = {};
  action.sa_handler = note_signal;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaddset(&ours, kSignals[i]);
    sigaction(kSignals[i], &action, &self.before[i]);
  }
  sigprocmask(SIG_BLOCK, &ours, &self.mask_before);
  self.edit = el_init("tocsin", stdin, stdout, stderr);
  self.history = history_init();
  HistEvent ignored = {};
  constexpr int kLines = 200;
  history(self.history, &ignored, H_SETSIZE, kLines);
  el_set(self.edit, EL_CLIENTDATA, editor_.get());
  el_set(self.edit, EL_PROMPT, &Editor::prompt_of);
  el_set(self.edit, EL_SIGNAL, 0);
  el_set(self.edit, EL_EDITOR, "emacs");
  el_set(self.edit, EL_HIST, history, self.history);
  el_set(self.edit, EL_GETCFN, &Editor::next_character);
  el_wset(self.edit, EL_ADDFN, L"complete-answer", L"Complete an answer", &Editor::complete);  // el_set() would leak both
  el_source(self.edit, nullptr);  // the person's own .editrc: vi keys and such
  el_set(self.edit, EL_BIND, "^I", "complete-answer", nullptr);
}

TerminalVoice::~TerminalVoice() {
  auto& self = *editor_;
  el_end(self.edit);
  history_end(self.history);
  sigprocmask(SIG_SETMASK, &self.mask_before, nullptr);
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &self.before[i], nullptr);
  std::setlocale(LC_CTYPE, self.locale.c_str());
}

void TerminalVoice::say(const std::string& lines) {
  std::fputs(lines.c_str(), stdout);
  std::fflush(stdout);
}

Heard TerminalVoice::ask(const Prompt& prompt) {
  auto& self = *editor_;
  self.prompt = prompt;
  el_set(self.edit, EL_PREP_TERM, 1);  // before the prompt invites keys: a Ctrl-D must not meet the shell's settings
  int length = 0;
  const char* line = el_gets(self.edit, &length);
  if (ending_signal != 0) return {Heard::Kind::interrupted, {}, ending_signal};
  if (line == nullptr || length <= 0) return {Heard::Kind::end};
  std::string text(line, static_cast<std::size_t>(length));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  if (prompt.is_remembered && !text.empty()) {
    HistEvent ignored = {};
    history(self.history, &ignored, H_ENTER, text.c_str());
  }
  return {Heard::Kind::line, std::move(text)};
}

int TerminalVoice::columns() const {
  constexpr int kUsual = 80, kFewest = 20;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return std::max<int>(kFewest, size.ws_col);
}

}  // namespace tocsin::cli
