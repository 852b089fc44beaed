// SPDX-License-Identifier: Apache-2.0
// E-mail addresses, plain (jane@example.org) and as people hide them from machines (jane [at] example dot org).
#include <string_view>

#include "engine/screening/searches.h"

namespace tocsin::screening {
namespace {

constexpr std::string_view kLocal = ".!#$%&'*+-/=?^_`{|}~";

std::size_t after_spaces(const PlainText& text, std::size_t i, std::size_t most) {
  for (std::size_t k = 0; k < most && text.at(i) == ' '; ++k) ++i;
  return i;
}

/// Where "[at]" or "(dot)" ends, whatever its brackets; 0: it does not stand there.
std::size_t after_bracketed(const PlainText& text, std::size_t i, std::string_view word) {
  constexpr std::string_view open = "[({<", close = "])}>";
  const auto bracket = open.find(text.at(i));
  if (bracket == std::string_view::npos) return 0;
  auto k = text.after(after_spaces(text, i + 1, 1), word);
  if (k == 0) return 0;
  k = after_spaces(text, k, 1);
  return text.at(k) == close[bracket] ? k + 1 : 0;
}

/// Where the stop between two parts of a domain ends; `spoken` says whether it was a word.
std::size_t after_stop(const PlainText& text, std::size_t i, bool& spoken) {
  if (text.at(i) == '.' && (text.is_letter(i + 1) || text.is_digit(i + 1))) return i + 1;
  const auto k = after_spaces(text, i, 1);
  if (const auto end = after_bracketed(text, k, "dot")) return spoken = true, after_spaces(text, end, 1);
  if (k == i) return 0;
  const auto end = text.after(k, "dot");
  if (end == 0 || text.at(end) != ' ') return 0;
  return spoken = true, end + 1;
}

struct Domain {
  std::size_t end = 0;  ///< 0: none
  bool spoken = false;  ///< a stop of it was a word
};

/// Parts with stops between them, of which the last has letters and at least two.
Domain domain_at(const PlainText& text, std::size_t i) {
  Domain domain;
  for (int parts = 0;; ++parts) {
    const auto from = i;
    bool letters_only = true;
    for (; text.is_letter(i) || text.is_digit(i) || (text.at(i) == '-' && i > from); ++i)
      letters_only = letters_only && text.is_letter(i);
    if (i == from) return domain;
    const bool is_top = parts > 0 && i - from >= 2 && (letters_only || text.after(from, "xn") != 0);
    if (is_top) domain.end = i;
    const auto next = after_stop(text, i, domain.spoken);
    if (next == 0) return domain;
    i = next;
  }
}

/// Where what stands before the @ begins; `i` itself where nothing does.
std::size_t local_before(const PlainText& text, std::size_t i) {
  auto k = i;
  if (k > 1 && text.at(k - 1) == '"') {  // "jane example"@example.org
    auto opening = k - 2;
    while (opening > 0 && text.at(opening) != '"' && text.at(opening) != '\n') --opening;
    if (text.at(opening) == '"') return opening;
  }
  while (k > 0 && (text.is_letter(k - 1) || text.is_digit(k - 1) || kLocal.find(text.at(k - 1)) != std::string_view::npos))
    --k;
  while (k < i && !text.is_word(k)) ++k;  // (jane@example.org), 'jane@example.org'
  return k;
}

std::size_t before_spaces(const PlainText& text, std::size_t i) { return i > 0 && text.at(i - 1) == ' ' ? i - 1 : i; }

}  // namespace

void search_addresses(const PlainText& text, std::vector<Hit>& hits) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t after = 0;
    bool needs_a_spoken_stop = false;
    if (text.at(i) == '@') after = i + 1;
    else if (const auto bracketed = after_bracketed(text, i, "at")) after = bracketed;
    else if (const auto spoken = text.before(i) == ' ' ? text.after(i, "at") : 0) after = spoken, needs_a_spoken_stop = true;
    if (after == 0) continue;
    const auto local_end = before_spaces(text, i);
    const auto from = local_before(text, local_end);
    if (from == local_end) continue;
    if (needs_a_spoken_stop && text.after(after_spaces(text, after, 1), "the") != 0) continue;  // look at the dot com years
    const auto domain = domain_at(text, after_spaces(text, after, 1));
    if (domain.end == 0 || (needs_a_spoken_stop && !domain.spoken)) continue;
    hits.push_back({Kind::email, from, domain.end});
    i = domain.end - 1;
  }
}

}  // namespace tocsin::screening
