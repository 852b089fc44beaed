// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/screening/identifiers.h"

namespace tocsin::screening {

/// Words as a reader sees them, a byte a letter: full-width letters and digits of other scripts are ASCII, all spaces are one kind, all
/// hyphens another, what is invisible is gone. Each letter knows where it stands.
class PlainText {
 public:
  /// A letter outside ASCII; there are two, so that capitals can be told apart.
  static constexpr char kSmall = '\x01';
  static constexpr char kCapital = '\x02';

  explicit PlainText(std::string_view words);

  const std::string& text() const { return text_; }
  std::size_t size() const { return text_.size(); }
  /// The letter there; a line break beyond either end.
  char at(std::size_t i) const { return i < text_.size() ? text_[i] : '\n'; }
  char before(std::size_t i) const { return i == 0 ? '\n' : at(i - 1); }
  bool is_digit(std::size_t i) const { return at(i) >= '0' && at(i) <= '9'; }
  bool is_letter(std::size_t i) const;
  bool is_capital(std::size_t i) const { return (at(i) >= 'A' && at(i) <= 'Z') || at(i) == kCapital; }
  bool is_word(std::size_t i) const { return is_digit(i) || is_letter(i) || at(i) == '_'; }
  /// Whether a word begins there.
  bool begins_word(std::size_t i) const { return is_word(i) && (i == 0 || !is_word(i - 1)); }
  /// Where a small-lettered word ends that stands there whatever its case, and as a whole; 0: it does not stand there.
  std::size_t after(std::size_t i, std::string_view word) const;

  Finding finding(Kind kind, std::size_t i) const { return {kind, places_[i].line, places_[i].column}; }

 private:
  struct Place {
    std::size_t line, column;
  };
  std::string text_;
  std::vector<Place> places_;
};

}  // namespace tocsin::screening
