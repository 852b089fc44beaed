// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/page.h"

#include <algorithm>

namespace tocsin::yaml_library {

namespace {

constexpr std::size_t most_issues = 100;    // a broken file must not answer with a book
constexpr std::size_t longest_line = 2000;  // bytes; longer lines are named, not printed

bool continues_a_letter(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

Page::Page(std::string path, std::string_view text) : path_(std::move(path)), text_(text) {
  starts_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n') starts_.push_back(i + 1);
  }
}

std::string_view Page::line(std::size_t number) const {
  if (number >= starts_.size()) return {};
  const auto end = number + 1 < starts_.size() ? starts_[number + 1] - 1 : text_.size();
  auto out = text_.substr(starts_[number], end - starts_[number]);
  if (!out.empty() && out.back() == '\r') out.remove_suffix(1);
  return out;
}

workflow::Place Page::place(std::size_t number, std::size_t byte) const {
  const auto whole = line(number);
  while (byte > 0 && byte < whole.size() && continues_a_letter(whole[byte])) --byte;  // within a letter: that letter
  const auto before = whole.substr(0, byte);
  const auto letters = before.size() > longest_line  // counting letters there would make reading quadratic
                           ? static_cast<std::ptrdiff_t>(before.size())
                           : std::count_if(before.begin(), before.end(), [](char c) { return !continues_a_letter(c); });
  return {path_, static_cast<int>(number) + 1, static_cast<int>(letters) + 1};
}

void Page::wrong(const workflow::Place& place, std::string message, std::string hint) {
  if (issues_.size() > most_issues) return;
  if (issues_.size() == most_issues) {
    issues_.push_back({place, false, "more mistakes follow: mend those above first", {}, {}});
    return;
  }
  issues_.push_back({place, false, std::move(message), std::move(hint), line_of(place)});
}

void Page::unreadable(const workflow::Place& place, std::string message, std::string hint) {
  issues_.clear();
  wrong(place, std::move(message), std::move(hint));
}

std::string Page::line_of(const workflow::Place& place) const {
  if (place.line < 1) return {};
  const auto text = line(static_cast<std::size_t>(place.line) - 1);
  return text.size() <= longest_line ? std::string(text) : std::string();
}

}  // namespace tocsin::yaml_library
