// SPDX-License-Identifier: Apache-2.0
#include "cli/screen/text_width.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace tocsin::cli {
namespace {

/// A character as a person sees one: a code point with all that combines with it.
struct Glyph {
  std::string_view bytes;
  int width = 0;
};

/// The code point at the beginning of `text` and its length; a byte that is no UTF-8 stands for itself.
std::pair<utf8proc_int32_t, std::size_t> first_of(std::string_view text) {
  utf8proc_int32_t point = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                     static_cast<utf8proc_ssize_t>(text.size()), &point);
  return size > 0 ? std::pair(point, static_cast<std::size_t>(size)) : std::pair(utf8proc_int32_t{0xfffd}, std::size_t{1});
}

int columns_of(utf8proc_int32_t point) {
  return utf8proc_category(point) == UTF8PROC_CATEGORY_CC ? 0 : utf8proc_charwidth(point);
}

/// Terminals count code points: of a cluster the widths add up, so that a family of four is as wide as they draw it.
std::vector<Glyph> glyphs_of(std::string_view text) {
  std::vector<Glyph> glyphs;
  utf8proc_int32_t before = 0, state = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto [point, size] = first_of(text.substr(at));
    const bool begins = glyphs.empty() || utf8proc_grapheme_break_stateful(before, point, &state);
    if (begins) glyphs.push_back({text.substr(at, size), columns_of(point)});
    else {
      auto& last = glyphs.back();
      last.bytes = {last.bytes.data(), last.bytes.size() + size};
      last.width += columns_of(point);
    }
    before = point;
    at += size;
  }
  return glyphs;
}

constexpr char kGlue = '\x1f';  // a space that no line is broken at; people's words have no control characters here

bool is_one_of(std::string_view word, std::string_view all) {
  return word.size() == 3 && all.find(word) != std::string_view::npos && word.find(' ') == std::string_view::npos;
}

/// "Tue  5 May 2026 20:10 BST" as one word, where a line can hold it: half a date is read as another one.
std::string with_whole_dates(std::string text, int columns) {
  constexpr std::string_view kDays = "Mon Tue Wed Thu Fri Sat Sun";
  constexpr std::string_view kMonths = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
  for (std::size_t at = 0; at + 10 <= text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at);
    if (rest[3] != ' ' || rest[6] != ' ' || !is_one_of(rest.substr(0, 3), kDays) || !is_one_of(rest.substr(7, 3), kMonths))
      continue;
    auto end = at + 10;
    for (int parts = 0; parts < 3 && end < text.size() && text[end] == ' '; ++parts)  // year, time, zone
      end = std::min(text.find_first_of(" ,;)", end + 1), text.size());
    if (static_cast<int>(end - at) > columns) continue;
    std::replace(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end), ' ',
                 kGlue);
    at = end;
  }
  return text;
}

/// One line without breaks of its own.
void wrap_line(std::string_view text, int columns, std::vector<std::string>& lines) {
  const auto first = std::min(text.find_first_not_of(' '), text.size());
  const int inset = std::min(static_cast<int>(first), columns / 2);  // a line that is indented goes on indented
  const std::string indent(static_cast<std::size_t>(inset), ' ');
  const auto whole = with_whole_dates(std::string(text.substr(first)), columns - inset);
  columns -= inset;
  std::string line, word, gap;
  int line_width = 0, word_width = 0;
  const auto end_line = [&] {
    std::replace(line.begin(), line.end(), kGlue, ' ');
    lines.push_back(line.empty() ? line : indent + line);
    line.clear();
    line_width = 0;
  };
  const auto end_word = [&] {
    if (word.empty()) return;
    const auto gap_width = static_cast<int>(gap.size());
    if (line_width > 0 && line_width + gap_width + word_width > columns) {
      end_line();
    } else {
      line += gap;
      line_width += gap_width;
    }
    line += word;
    line_width += word_width;
    gap.clear();
    word.clear();
    word_width = 0;
  };
  for (const auto& glyph : glyphs_of(whole)) {
    if (glyph.bytes == " ") {
      end_word();
      gap += ' ';
      continue;
    }
    const int width = glyph.bytes.front() == kGlue ? 1 : glyph.width;
    if (word_width + width > columns) {  // a word that no line can hold
      end_word();
      end_line();
    }
    word += glyph.bytes;
    word_width += width;
  }
  end_word();
  end_line();
}

}  // namespace

int width_of(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, size] = first_of(text.substr(at));
    width += columns_of(point);
    at += size;
  }
  return width;
}

std::vector<std::string> wrapped(std::string_view text, int columns) {
  std::vector<std::string> lines;
  columns = std::max(columns, 2);  // a wide character has to fit
  for (std::size_t from = 0; from <= text.size();) {
    const auto end = std::min(text.find('\n', from), text.size());
    wrap_line(text.substr(from, end - from), columns, lines);
    from = end + 1;
  }
  return lines;
}

std::string padded(std::string text, int columns) {
  const int missing = columns - width_of(text);
  if (missing > 0) text.append(static_cast<std::size_t>(missing), ' ');
  return text;
}

std::string in_ascii(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const auto [point, size] = first_of(text.substr(at));
    at += size;
    if (point < 0x80) {
      shown += static_cast<char>(point);
      continue;
    }
    std::array<utf8proc_int32_t, 32> parts{};
    int last_class = 0;
    const auto count = utf8proc_decompose_char(
        point, parts.data(), static_cast<utf8proc_ssize_t>(parts.size()),
        static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK | UTF8PROC_LUMP),
        &last_class);
    const auto* const end =
        parts.data() + std::clamp<utf8proc_ssize_t>(count, 0, static_cast<utf8proc_ssize_t>(parts.size()));
    if (count >= 0 && std::all_of(parts.cbegin(), parts.cbegin() + (end - parts.data()),
                                  [](utf8proc_int32_t part) { return part < 0x80 && part >= 0x20; })) {
      for (const auto* part = parts.data(); part != end; ++part) shown += static_cast<char>(*part);
      continue;
    }
    std::array<char, 16> number{};
    std::snprintf(number.data(), number.size(), "<U+%04X>", static_cast<unsigned>(point));
    shown += number.data();
  }
  return shown;
}

std::string without_colour(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\x1b') at = std::min(text.find('m', at), text.size());
    else plain += text[at];
  }
  return plain;
}

}  // namespace tocsin::cli
