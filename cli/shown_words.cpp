// SPDX-License-Identifier: Apache-2.0
// People's words, and messages that may hold what was typed, as a terminal and JSON may show them.
#include <ostream>

#include "cli/run.h"
#include "cli/views.h"

namespace tocsin::cli {
namespace {

constexpr std::string_view kIndent = "          ";

std::string hex(unsigned char c) {
  constexpr char digits[] = "0123456789abcdef";
  return std::string("\\x") + digits[c >> 4] + digits[c & 15];
}

/// The characters that change the direction of what follows, or end a line: with them a text can look like another one. Three bytes
/// of UTF-8 each but U+061C.
std::string turning_at(std::string_view words, std::size_t at) {
  static constexpr std::pair<std::string_view, std::string_view> turning[] = {
      {"\u061c", "\\u061c"}, {"\u200e", "\\u200e"}, {"\u200f", "\\u200f"}, {"\u2028", "\\u2028"}, {"\u2029", "\\u2029"},
      {"\u202a", "\\u202a"}, {"\u202b", "\\u202b"}, {"\u202c", "\\u202c"}, {"\u202d", "\\u202d"}, {"\u202e", "\\u202e"},
      {"\u2066", "\\u2066"}, {"\u2067", "\\u2067"}, {"\u2068", "\\u2068"}, {"\u2069", "\\u2069"}};
  for (const auto& [bytes, name] : turning)
    if (words.substr(at, bytes.size()) == bytes) return std::string(name);
  return {};
}

std::string why_closed(const std::string& closed) {
  if (closed == "key_missing") return "(not readable: the vault's key is missing)";
  if (closed == "key_wrong") return "(not readable: this is not the key of this store)";
  return "(damaged: these are not the words that were recorded)";
}

/// A message with what was typed in it, as UTF-8 without control characters but line breaks.
std::string harmless(std::string text) {
  const bool is_text = is_utf8(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool is_control = is_text && byte == 0xc2 && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (is_control) text.replace(i, 2, "?");
    else if ((byte < 0x20 && byte != '\n') || byte == 0x7f || (byte >= 0x80 && !is_text)) text[i] = '?';
  }
  return text;
}

}  // namespace

std::string visible(std::string_view words) {
  std::string shown;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto c = static_cast<unsigned char>(words[i]);
    const bool has_next = i + 1 < words.size();
    if (c == '\r' && has_next && words[i + 1] == '\n') continue;
    if (c == '\n') shown.append("\n").append(kIndent);
    else if (c < 0x20 || c == 0x7f) shown += hex(c);
    else if (c == 0xc2 && has_next && static_cast<unsigned char>(words[i + 1]) < 0xa0)  // U+0080 to U+009F
      shown += hex(static_cast<unsigned char>(words[++i]));
    else if (const auto turning = c >= 0xd8 ? turning_at(words, i) : std::string(); !turning.empty()) {
      shown += turning;
      i += c == 0xd8 ? 1 : 2;
    } else shown += words[i];
  }
  return shown;
}

int exit_code(const Words& words) {
  return words.closed == "damaged" || words.closed == "key_wrong" ? exit_code(Errc::corrupt) : 0;
}

Json with_words(Json body, const Words& words) {
  if (!words.closed.empty()) body.set("words", words.closed);
  return body;
}

Words words_or_none(Engine& engine, const CaseView& view) {
  Words words;
  auto all = engine.all_words(view);
  if (all) {
    static_cast<Words::map&>(words) = std::move(*all);
    return words;
  }
  words.closed = engine.why_closed(all.error());
  if (words.closed != "damaged") return words;
  for (const auto& event : view.events)
    for (const auto& [field, digest] : event.texts)
      if (auto one = engine.words(view, {event.n, field})) words.emplace(std::pair(event.n, field), std::move(*one));
  return words;
}

std::string text_at(const Words& words, const case_file::TextRef& text, const std::string& otherwise) {
  const auto found = words.find({text.n, text.field});
  if (found == words.end() && text && !words.closed.empty()) return why_closed(words.closed);
  return found == words.end() || !found->second ? otherwise : *found->second;
}

std::string word_at(const Words& words, const case_file::TextRef& text, const std::string& otherwise) {
  return visible(text_at(words, text, otherwise));
}

Json json_of(const Error& error) {
  Json missing = Json::array();
  for (const auto& one : error.missing) missing.push(harmless(one));
  return Json::object({{"error", word(error.code)},
                       {"message", harmless(error.message)},
                       {"refused_by", harmless(error.refused_by)},
                       {"missing", missing},
                       {"next", error.next.empty() ? Json() : Json("tocsin " + harmless(error.next))}});
}

void print_error(std::ostream& err, const Error& error) {
  err << "tocsin: " << harmless(error.message) << "\n";
  if (!error.missing.empty()) {
    err << "missing:\n";
    for (const auto& one : error.missing) err << "  " << harmless(one) << "\n";
  }
  if (!error.next.empty()) err << "next: tocsin " << harmless(error.next) << "\n";
}

}  // namespace tocsin::cli
