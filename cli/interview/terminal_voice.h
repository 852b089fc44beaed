// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "cli/interview/voice.h"

namespace tocsin::cli {

/// A person at the terminal of standard input and output: line editing, completion with Tab, and a history that lives in memory only
/// (libedit). One at a time, in one thread. While it lives, Ctrl-C, and whatever else asks the program to end, ends ask() as
/// interrupted, at any other time the next one; Ctrl-Z stops and comes back to the same line; the terminal may be resized. Whenever it
/// does not ask, and after it is gone, the terminal is as it was found.
class TerminalVoice : public Voice {
 public:
  TerminalVoice();
  ~TerminalVoice() override;
  TerminalVoice(const TerminalVoice&) = delete;
  TerminalVoice& operator=(const TerminalVoice&) = delete;

  void say(const std::string& lines) override;
  Heard ask(const Prompt& prompt) override;
  int columns() const override;

 private:
  struct Editor;
  std::unique_ptr<Editor> editor_;
};

}  // namespace tocsin::cli
