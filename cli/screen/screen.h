// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "cli/line/call.h"

namespace tocsin::cli {

/// What the eye should do with a text. Colour never says what the words beside it do not say too.
enum class Tone { plain, strong, quiet, bad, soon, good, command };

/// The setting `color`: empty, auto, always or never.
bool is_color_word(std::string_view word);

/// What prints for a person: knows how wide the screen is, whether it takes colour, and which characters it can show.
///
///   Screen screen(call);
///   screen.say("one sentence that is broken between words", 2);
///   screen.command("due --limit all", 2);
///
/// A pipe counts as 80 columns (or COLUMNS) without colour; what goes through it keeps its UTF-8 whatever the locale, and its commands
/// in one line. Prose is never wider than 100 columns. Text must have gone through visible() where it is people's.
class Screen {
 public:
  explicit Screen(const Call& call);

  int columns() const { return columns_; }
  /// How wide a sentence may be.
  int prose() const;
  /// For tests of the layout alone.
  Screen(std::ostream& out, int columns, bool has_colour, bool has_utf8);

  /// The text in the tone's colour, where there is colour.
  std::string paint(Tone tone, const std::string& text) const;
  /// The text as this screen can show it.
  std::string shown(std::string_view text) const;

  /// A line as it is; what is too long is left to the terminal.
  void line(const std::string& text = {}, Tone tone = Tone::plain) const;
  /// Sentences, broken between words and indented.
  void say(std::string_view text, int indent = 0, Tone tone = Tone::plain, int hanging = 0) const;
  /// Prose of many lines: in a pipe as it is, on a terminal each line broken between words, but for commands to paste ("  tocsin due").
  void lines(std::string_view text) const;
  /// What every screen of a store that is not live begins with; empty: nothing.
  void banner(const std::string& text) const;
  /// A command to run next, "-> tocsin due"; what does not fit on a line goes on after a backslash, so that it can be pasted.
  void command(const std::string& command, int indent) const;

  std::ostream& out() const { return out_; }

 private:
  std::ostream& out_;
  std::vector<std::string> flags_;
  int columns_;
  bool has_colour_;
  bool has_utf8_;
  bool is_terminal_;
};

}  // namespace tocsin::cli
