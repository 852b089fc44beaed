// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/screen/screen.h"

namespace tocsin::cli {

struct Cell {
  std::string text;
  Tone tone = Tone::plain;
};

struct Column {
  std::string label;   ///< what folded rows call it; empty: the text says it by itself
  bool wraps = false;  ///< gives way where the screen is narrow, and breaks between words
};

/// Rows whose columns stand under each other, as wide as the screen. What gives way wraps; where even that does not fit, every row
/// folds into lines, each with its column's label, so that nothing is cut off on any screen.
///
///   Table table({{"case"}, {"what"}, {"title", true}});
///   table.row({{"FF-1"}, {"ico", Tone::bad}, {"A lost box"}});
///   table.print(screen, 2);
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  void row(std::vector<Cell> cells) { lines_.push_back({Kind::row, std::move(cells), {}}); }
  /// A line between rows, not indented; empty for a blank one.
  void heading(std::string text, Tone tone) { lines_.push_back({Kind::heading, {}, {std::move(text), tone}}); }
  /// More about the row above, in sentences.
  void detail(std::string text, Tone tone = Tone::plain) { lines_.push_back({Kind::detail, {}, {std::move(text), tone}}); }
  /// A command about the row above, without the program's name.
  void command(std::string text) { lines_.push_back({Kind::command, {}, {std::move(text), Tone::command}}); }

  bool empty() const { return lines_.empty(); }
  void print(const Screen& screen, int indent = 0) const;

 private:
  enum class Kind { row, heading, detail, command };
  struct Line {
    Kind kind;
    std::vector<Cell> cells;
    Cell text;
  };
  std::vector<int> widths(const Screen& screen, int indent) const;
  void print_row(const Screen& screen, int indent, const std::vector<int>& widths, const std::vector<Cell>& cells) const;
  void print_folded(const Screen& screen, int indent, const std::vector<Cell>& cells) const;

  std::vector<Column> columns_;
  std::vector<Line> lines_;
};

}  // namespace tocsin::cli
