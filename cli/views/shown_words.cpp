// SPDX-License-Identifier: Apache-2.0
// People's words, and messages that may hold what was typed, as a terminal and JSON may show them.
#include <ostream>

#include "cli/views/views.h"

namespace tocsin::cli {
namespace {

constexpr std::string_view kIndentedLine = "\n          ";

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

std::string what_shuts(std::string_view closed) {
  if (closed == "key_missing") return "the vault's key is missing";
  if (closed == "key_exposed") return "others can read the vault's key";
  if (closed == "key_unreadable") return "the vault's key cannot be read";
  if (closed == "key_malformed") return "the vault's key is no key";
  if (closed == "key_wrong") return "this is not the key of this store";
  return "these are not the words that were recorded";
}

namespace {

std::string visible_with(std::string_view words, std::string_view line_break) {
  std::string shown;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto c = static_cast<unsigned char>(words[i]);
    const bool has_next = i + 1 < words.size();
    if (c == '\r' && has_next && words[i + 1] == '\n') continue;
    if (c == '\n') shown += line_break;
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

}  // namespace

std::string visible(std::string_view words) { return visible_with(words, kIndentedLine); }
std::string visible_cell(std::string_view words) { return visible_with(words, "\n"); }

int exit_code(const Words& words) {
  const bool is_corrupt = words.closed == "damaged" || words.closed == "key_wrong" || words.closed == "key_malformed";
  return is_corrupt ? exit_code(Errc::corrupt) : 0;
}

Json with_words(Json body, const Words& words) {
  if (!words.closed.empty()) body.set("words", words.closed);
  return body;
}

std::string label_of(const case_file::Marks& marks) {
  if (marks.empty()) return {};
  std::string label;
  for (const char c : marks.marking) label += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  if (marks.privileged) label += label.empty() ? "PRIVILEGED" : ", PRIVILEGED";
  return "[" + label + "]";
}

namespace {

/// The marks of a text; null where it has none.
const case_file::Marks* marks_of(const Words& words, const case_file::TextRef& text) {
  const auto found = words.marks.find(text.n);
  return found == words.marks.end() || !text || !case_file::is_markable(text.field) ? nullptr : &found->second;
}

}  // namespace

Json with_marks(Json body, const Words& words, const case_file::TextRef& text) {
  if (const auto* marks = marks_of(words, text)) body.set("marks", case_file::to_json(*marks));
  return body;
}

Words words_or_none(Engine& engine, const CaseView& view) {
  Words words;
  for (const auto& event : view.events)
    if (auto marks = case_file::marks_of(event); !marks.empty()) words.marks.emplace(event.n, std::move(marks));
  auto all = engine.all_words(view);
  if (all) {
    static_cast<Words::map&>(words) = std::move(*all);
    return words;
  }
  const auto& error = all.error();
  words.closed = error.refused_by.starts_with("key_") ? error.refused_by : engine.why_closed(error);
  if (words.closed != "damaged") return words;
  for (const auto& event : view.events)
    for (const auto& [field, digest] : event.texts)
      if (auto one = engine.words(view, {event.n, field})) words.emplace(std::pair(event.n, field), std::move(*one));
  return words;
}

std::string text_at(const Words& words, const case_file::TextRef& text, const std::string& otherwise) {
  const auto found = words.find({text.n, text.field});
  if (words.withheld.contains({text.n, text.field})) return "(left out: legally privileged)";
  if (found == words.end() && text && !words.closed.empty())
    return (words.closed == "damaged" ? "(damaged: " : "(not readable: ") + what_shuts(words.closed) + ")";
  if (found == words.end() || !found->second) return otherwise;
  const auto* marks = marks_of(words, text);
  return marks == nullptr ? *found->second : label_of(*marks) + " " + *found->second;
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
