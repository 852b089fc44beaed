// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "tests/screens/grid.h"

namespace tocsin::tests {
namespace {

constexpr double kWide = 8.4, kHigh = 18, kMargin = 16, kBar = 34;

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) safe += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return safe;
}

std::string paint_of(const Spot& spot) {
  switch (spot.colour) {
    case 1: return "#ff7b72";
    case 2: return "#7ee787";
    case 3: return "#e3b341";
    case 6: return "#76e3ea";
    case 245: return "#8b949e";
    default: return spot.is_bold ? "#ffffff" : "#d1d7e0";
  }
}

/// A run of one style. Its length is given, so that columns stand under each other in whatever font there is.
std::string run_of(const Row& row, std::size_t from, std::size_t to, double y) {
  std::string text;
  for (auto x = from; x < to; ++x) text += row[x].text;
  const auto last = text.find_last_not_of(' ');
  if (last == std::string::npos && !row[from].is_reversed) return {};
  const double left = kMargin + kWide * static_cast<double>(from), width = kWide * static_cast<double>(to - from);
  std::string svg;
  if (row[from].is_reversed)
    svg += "<rect x=\"" + number(left) + "\" y=\"" + number(y - 13.5) + "\" width=\"" + number(width) + "\" height=\"" +
           number(kHigh) + "\" fill=\"#d1d7e0\"/>";
  return svg + "<text x=\"" + number(left) + "\" y=\"" + number(y) + "\" textLength=\"" + number(width) + "\" fill=\"" +
         (row[from].is_reversed ? "#0d1117" : paint_of(row[from])) + "\"" +
         (row[from].is_bold ? " font-weight=\"bold\"" : "") + ">" + escaped(text) + "</text>\n";
}

}  // namespace

std::string picture_of(const std::string& command, int columns, const std::vector<Row>& rows) {
  const double width = kWide * columns + 2 * kMargin, height = kBar + kHigh * static_cast<double>(rows.size()) + 2 * kMargin;
  std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) + " " + number(height) +
                    "\" width=\"" + number(width) + "\" height=\"" + number(height) +
                    "\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" "
                    "xml:space=\"preserve\">\n<!-- SPDX-License-Identifier: Apache-2.0 -->\n"
                    "<title>" +
                    escaped(command) + "</title>\n<rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"#0d1117\"/>\n" +
                    "<path d=\"M0 34V10a10 10 0 0 1 10-10H" + number(width - 10) +
                    "a10 10 0 0 1 10 10V34z\" fill=\"#21262d\"/>\n" + "<text x=\"" + number(kMargin) +
                    "\" y=\"22\" fill=\"#8b949e\">$ " + escaped(command) + "</text>\n";
  for (std::size_t y = 0; y < rows.size(); ++y) {
    const auto& row = rows[y];
    for (std::size_t x = 0; x < row.size();) {
      auto end = x;
      while (end < row.size() && row[end].is_styled_as(row[x])) ++end;
      svg += run_of(row, x, end, kBar + kMargin + kHigh * static_cast<double>(y) + 13.5);
      x = end;
    }
  }
  return svg + "</svg>\n";
}

}  // namespace tocsin::tests
