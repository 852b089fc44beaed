// SPDX-License-Identifier: Apache-2.0
#include "engine/screening/plain_text.h"

#include <algorithm>
#include <cstdint>

namespace tocsin::screening {
namespace {

constexpr char32_t kBroken = 0xFFFD;

/// The letter that begins there, and moves past it. A byte that begins none is a letter of its own.
char32_t take_letter(std::string_view words, std::size_t& i) {
  const auto first = static_cast<unsigned char>(words[i]);
  const std::size_t length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length == 0 || i + length > words.size()) return ++i, kBroken;
  char32_t letter = length == 1 ? first : first & (0x7f >> length);
  for (std::size_t k = 1; k < length; ++k) {
    const auto next = static_cast<unsigned char>(words[i + k]);
    if ((next & 0xc0) != 0x80) return ++i, kBroken;
    letter = (letter << 6) | (next & 0x3f);
  }
  i += length;
  return letter;
}

bool in(char32_t letter, char32_t from, char32_t to) { return letter >= from && letter <= to; }

bool is_invisible(char32_t letter) {
  return letter == 0xad || in(letter, 0x200b, 0x200f) || in(letter, 0x202a, 0x202e) || in(letter, 0x2060, 0x2064) ||
         in(letter, 0x2066, 0x2069) || letter == 0xfeff || in(letter, 0xfe00, 0xfe0f) || letter == 0x34f ||
         in(letter, 0x300, 0x36f);
}

bool is_space(char32_t letter) {
  return letter == '\t' || letter == '\r' || letter == 0xa0 || letter == 0x1680 || in(letter, 0x2000, 0x200a) ||
         letter == 0x202f || letter == 0x205f || letter == 0x3000;
}

bool is_hyphen(char32_t letter) {
  return in(letter, 0x2010, 0x2015) || letter == 0x2212 || letter == 0xfe58 || letter == 0xfe63;
}

char letter_of(char32_t letter) {
  if (letter < 0x80) return is_space(letter) ? ' ' : static_cast<char>(letter);
  if (is_space(letter)) return ' ';
  if (is_hyphen(letter)) return '-';
  if (in(letter, 0xff01, 0xff5e)) return static_cast<char>(letter - 0xff01 + '!');
  if (in(letter, 0x2018, 0x201b)) return '\'';
  if (in(letter, 0x201c, 0x201f)) return '"';
  if (in(letter, 0x2028, 0x2029) || letter == 0x85) return '\n';
  if (in(letter, 0x660, 0x669)) return static_cast<char>(letter - 0x660 + '0');
  if (in(letter, 0x6f0, 0x6f9)) return static_cast<char>(letter - 0x6f0 + '0');
  if (in(letter, 0x966, 0x96f)) return static_cast<char>(letter - 0x966 + '0');
  if (in(letter, 0x1d7ce, 0x1d7ff)) return static_cast<char>((letter - 0x1d7ce) % 10 + '0');
  const bool capital = (in(letter, 0xc0, 0xde) && letter != 0xd7) || (in(letter, 0x100, 0x17f) && letter % 2 == 0) ||
                       in(letter, 0x386, 0x3ab) || in(letter, 0x400, 0x42f);
  if (capital) return PlainText::kCapital;
  const bool small = in(letter, 0xdf, 0x24f) || in(letter, 0x370, 0x52f) || in(letter, 0x1e00, 0x1fff);
  return small && letter != 0xf7 ? PlainText::kSmall : '?';
}

char lowered(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

PlainText::PlainText(std::string_view words) {
  text_.reserve(words.size());
  places_.reserve(words.size());
  std::size_t line = 1, column = 1;
  for (std::size_t i = 0; i < words.size();) {
    const auto letter = take_letter(words, i);
    const auto plain = letter_of(letter);
    if (!is_invisible(letter)) {
      text_ += plain;
      places_.push_back({line, column});
    }
    ++column;
    if (plain == '\n') ++line, column = 1;
  }
}

bool PlainText::is_letter(std::size_t i) const {
  const char c = at(i);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == kSmall || c == kCapital;
}

std::size_t PlainText::after(std::size_t i, std::string_view word) const {
  if (i + word.size() > size() || (i > 0 && is_word(i - 1) && is_word(i))) return 0;
  for (std::size_t k = 0; k < word.size(); ++k)
    if (lowered(text_[i + k]) != word[k]) return 0;
  const auto end = i + word.size();
  return is_word(end - 1) && is_word(end) ? 0 : end;
}

}  // namespace tocsin::screening
