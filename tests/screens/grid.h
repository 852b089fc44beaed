// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::tests {

/// One place on a screen.
struct Spot {
  std::string text;  ///< UTF-8; empty behind a wide character
  int width = 1;
  bool is_bold = false;
  bool is_reversed = false;
  int colour = -1;  ///< index in the palette; -1: the terminal's own
  bool has_style() const { return is_bold || is_reversed || colour >= 0; }
  bool is_styled_as(const Spot& other) const {
    return is_bold == other.is_bold && is_reversed == other.is_reversed && colour == other.colour;
  }
};

using Row = std::vector<Spot>;

/// A terminal emulator (libvterm) that is fed what a program wrote, and holds what a person would see.
class Emulator {
 public:
  Emulator(int columns, int rows, bool utf8);
  ~Emulator();
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  void feed(std::string_view bytes);
  /// What the terminal answers to questions of the program, such as where its cursor is.
  std::string answers();
  /// What is on the screen, without the empty rows below it.
  std::vector<Row> screen() const;
  std::string last_row() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// The row as text, without the blanks at its end.
std::string text_of(const Row& row);

/// The screen as a file that people compare: its rows, then where it is coloured, in words.
std::string screen_file(const std::string& command, int columns, const std::vector<Row>& rows);

/// The screen as an SVG picture of a terminal's window.
std::string picture_of(const std::string& command, int columns, const std::vector<Row>& rows);

}  // namespace tocsin::tests
