// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/dot.h"

#include <cstdint>

#include "engine/base/json.h"

namespace tocsin::cli {
namespace {

constexpr std::size_t kLongest = 2000;

std::string number(std::uint32_t character) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string text;
  for (int shift = character > 0xffff ? 20 : 12; shift >= 0; shift -= 4) text += digits[(character >> shift) & 15];
  return "(U+" + text + ")";
}

/// Zero-width marks and those that turn the direction of writing: a label could show another order than it holds.
bool is_hidden(std::uint32_t c) {
  return (c >= 0x80 && c < 0xa0) || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xe0000 && c <= 0xe007f);
}

struct Character {
  std::uint32_t code;
  std::size_t length;
};

/// The character at the front of well-formed UTF-8.
Character first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  std::uint32_t code = length == 1 ? lead : lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3fu);
  return {code, length};
}

std::string escaped(std::string_view text) {
  if (!is_utf8(text)) return "(not UTF-8)";
  std::string out;
  while (!text.empty()) {
    if (out.size() > kLongest) return out + "...";
    const auto [code, length] = first_of(text);
    if (code == '"' || code == '\\') out += '\\', out += static_cast<char>(code);
    else if (code == '&') out += "&amp;";
    else if (code == '\n' || code == '\t') out += ' ';
    else if (code < 0x20 || code == 0x7f || is_hidden(code)) out += number(code);
    else out += text.substr(0, length);
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace

std::string dot_text(std::string_view text) { return "\"" + escaped(text) + "\""; }

std::string dot_label(const std::vector<std::string>& lines) {
  std::string label = "\"";
  for (std::size_t i = 0; i < lines.size(); ++i) label += (i == 0 ? "" : "\\n") + escaped(lines[i]);
  return label + "\"";
}

std::string dot_attributes(const std::vector<std::pair<std::string, std::string>>& attributes) {
  std::string text = "[";
  for (const auto& [name, value] : attributes) text += (text.size() == 1 ? "" : ", ") + name + "=" + value;
  return text + "]";
}

}  // namespace tocsin::cli
