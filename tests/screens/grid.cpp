// SPDX-License-Identifier: Apache-2.0
#include "tests/screens/grid.h"

#include <vterm.h>

#include <algorithm>

namespace tocsin::tests {
namespace {

void append_utf8(std::string& text, std::uint32_t point) {
  const auto byte = [&](std::uint32_t value) { text += static_cast<char>(value); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) return byte(0xc0 | point >> 6), byte(0x80 | (point & 0x3f));
  if (point < 0x10000) return byte(0xe0 | point >> 12), byte(0x80 | (point >> 6 & 0x3f)), byte(0x80 | (point & 0x3f));
  byte(0xf0 | point >> 18), byte(0x80 | (point >> 12 & 0x3f)), byte(0x80 | (point >> 6 & 0x3f)), byte(0x80 | (point & 0x3f));
}

int colour_of(const VTermColor& colour) {
  if (VTERM_COLOR_IS_DEFAULT_FG(&colour) || !VTERM_COLOR_IS_INDEXED(&colour)) return -1;
  return colour.indexed.idx;
}

std::string name_of(const Spot& spot) {
  static const char* const names[] = {"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};
  std::string name = spot.is_bold ? "bold" : "";
  if (spot.is_reversed) name += name.empty() ? "reversed" : " reversed";
  if (spot.colour >= 0)
    name += (name.empty() ? "" : " ") + (spot.colour < 8      ? std::string(names[spot.colour])
                                         : spot.colour == 245 ? std::string("grey")
                                                              : "colour " + std::to_string(spot.colour));
  return name;
}

}  // namespace

struct Emulator::Parts {
  VTerm* terminal;
  VTermScreen* screen;
  int columns, rows;
};

Emulator::Emulator(int columns, int rows, bool utf8) : parts_(new Parts{vterm_new(rows, columns), nullptr, columns, rows}) {
  vterm_set_utf8(parts_->terminal, utf8 ? 1 : 0);
  parts_->screen = vterm_obtain_screen(parts_->terminal);
  vterm_screen_enable_altscreen(parts_->screen, 1);
  vterm_screen_reset(parts_->screen, 1);
}

Emulator::~Emulator() { vterm_free(parts_->terminal); }

void Emulator::feed(std::string_view bytes) { vterm_input_write(parts_->terminal, bytes.data(), bytes.size()); }

std::string Emulator::answers() {
  std::string bytes(vterm_output_get_buffer_current(parts_->terminal), '\0');
  bytes.resize(vterm_output_read(parts_->terminal, bytes.data(), bytes.size()));
  return bytes;
}

std::vector<Row> Emulator::screen() const {
  std::vector<Row> rows;
  for (int y = 0; y < parts_->rows; ++y) {
    Row row;
    for (int x = 0; x < parts_->columns; ++x) {
      VTermScreenCell cell;
      vterm_screen_get_cell(parts_->screen, {y, x}, &cell);
      Spot spot;
      for (const auto point : cell.chars)
        if (point == 0) break;
        else if (point != static_cast<std::uint32_t>(-1)) append_utf8(spot.text, point);
      if (spot.text.empty() && cell.chars[0] == 0) spot.text = " ";
      spot.width = cell.width;
      spot.is_bold = cell.attrs.bold != 0;
      spot.is_reversed = cell.attrs.reverse != 0;
      spot.colour = colour_of(cell.fg);
      row.push_back(std::move(spot));
    }
    rows.push_back(std::move(row));
  }
  while (!rows.empty() && text_of(rows.back()).empty()) rows.pop_back();
  return rows;
}

std::string Emulator::last_row() const {
  const auto rows = screen();
  return static_cast<int>(rows.size()) == parts_->rows ? text_of(rows.back()) : "";
}

std::string text_of(const Row& row) {
  std::string text;
  for (const auto& spot : row) text += spot.text;
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::string screen_file(const std::string& command, int columns, const std::vector<Row>& rows) {
  std::string page = "$ " + command + "    (" + std::to_string(columns) + " columns)\n";
  for (const auto& row : rows) page += text_of(row) + "\n";
  page += "-- colours: row, columns, how\n";
  for (std::size_t y = 0; y < rows.size(); ++y) {
    const auto& row = rows[y];
    for (std::size_t x = 0; x < row.size();) {
      auto end = x;
      while (end < row.size() && row[end].is_styled_as(row[x])) ++end;
      if (row[x].has_style())
        page +=
            std::to_string(y + 1) + " " + std::to_string(x + 1) + "-" + std::to_string(end) + " " + name_of(row[x]) + "\n";
      x = end;
    }
  }
  return page;
}

}  // namespace tocsin::tests
