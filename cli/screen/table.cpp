// SPDX-License-Identifier: Apache-2.0
#include "cli/screen/table.h"

#include <algorithm>
#include <numeric>
#include <ostream>

#include "cli/screen/text_width.h"

namespace tocsin::cli {
namespace {

constexpr int kGap = 2;
constexpr int kDetail = 4;       // what details are indented by, below their row
constexpr int kLeastWrap = 16;   // narrower than this, a column of sentences is no help
constexpr int kWidestText = 72;  // a column of sentences that is wider is hard to read

std::string spaces(int count) { return std::string(static_cast<std::size_t>(std::max(count, 0)), ' '); }

int widest_line(const std::string& text) {
  int width = 0;
  for (const auto& line : wrapped(text, 100'000)) width = std::max(width, width_of(line));
  return width;
}

}  // namespace

/// Of each column; empty where rows have to be folded.
std::vector<int> Table::widths(const Screen& screen, int indent) const {
  std::vector<int> widths(columns_.size(), 0);
  for (const auto& line : lines_)
    for (std::size_t i = 0; i < line.cells.size(); ++i)
      widths[i] = std::max(widths[i], widest_line(screen.shown(line.cells[i].text)));
  int gaps = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (columns_[i].wraps) widths[i] = std::min(widths[i], kWidestText);
    if (widths[i] > 0) gaps += kGap;
  }
  const int room = screen.columns() - indent - std::max(0, gaps - kGap);
  while (std::accumulate(widths.begin(), widths.end(), 0) > room) {
    auto widest = widths.end();
    for (auto width = widths.begin(); width != widths.end(); ++width)
      if (columns_[static_cast<std::size_t>(width - widths.begin())].wraps && *width > kLeastWrap &&
          (widest == widths.end() || *width > *widest))
        widest = width;
    if (widest == widths.end()) return {};
    --*widest;
  }
  return widths;
}

void Table::print_row(const Screen& screen, int indent, const std::vector<int>& widths,
                      const std::vector<Cell>& cells) const {
  std::vector<std::vector<std::string>> parts;
  std::size_t height = 1, last = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    parts.push_back(wrapped(screen.shown(cells[i].text), std::max(widths[i], 1)));
    height = std::max(height, parts.back().size());
    if (!cells[i].text.empty()) last = i;
  }
  for (std::size_t y = 0; y < height; ++y) {
    std::string line = spaces(indent), gap;
    for (std::size_t i = 0; i <= last && i < cells.size(); ++i) {
      if (widths[i] == 0) continue;
      const auto text = y < parts[i].size() ? parts[i][y] : std::string();
      if (!text.empty()) {
        line += gap + screen.paint(cells[i].tone, text);
        gap.clear();
      }
      gap += spaces(widths[i] - width_of(text) + kGap);
    }
    screen.out() << line << "\n";
  }
}

void Table::print_folded(const Screen& screen, int indent, const std::vector<Cell>& cells) const {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].text.empty()) continue;
    const bool is_first = i == 0;
    const auto label = is_first || columns_[i].label.empty() ? std::string() : columns_[i].label + ": ";
    screen.say(label + cells[i].text, is_first ? indent : indent + kDetail, cells[i].tone, is_first ? 0 : 2);
  }
}

void Table::print(const Screen& screen, int indent) const {
  const auto wide = widths(screen, indent);
  for (const auto& line : lines_) {
    switch (line.kind) {
      case Kind::row:
        if (wide.empty()) print_folded(screen, indent, line.cells);
        else print_row(screen, indent, wide, line.cells);
        break;
      case Kind::heading:
        if (line.text.text.empty()) screen.line();
        else screen.say(line.text.text, 0, line.text.tone);
        break;
      case Kind::detail: screen.say(line.text.text, indent + kDetail, line.text.tone, 2); break;
      case Kind::command: screen.command(line.text.text, indent + kDetail); break;
    }
  }
}

}  // namespace tocsin::cli
