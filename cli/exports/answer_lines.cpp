// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/answer_lines.h"

#include <algorithm>

#include "cli/times/local_time.h"

namespace tocsin::cli {
namespace {

constexpr std::size_t kWidth = 78;

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

/// The lines of somebody's words, each without control characters.
std::vector<std::string> in_view(std::string_view words) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from <= words.size();) {
    const auto end = std::min(words.find('\n', from), words.size());
    auto line = words.substr(from, end - from);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(visible(line));
    from = end + 1;
  }
  return lines;
}

std::string party_of(const std::string& source, const workflow::Definition& definition) {
  const auto* party = definition.party(source);
  return party == nullptr ? source : party->title;
}

}  // namespace

std::string remark(std::string_view text) {
  const auto indent = std::min(text.find_first_not_of(' '), text.size());
  const std::string start = "# " + std::string(indent, ' ');
  std::string lines, line = start;
  for (auto at = indent; at < text.size();) {
    const auto end = std::min(text.find_first_of(" \n", at), text.size());
    const auto piece = text.substr(at, end - at);
    at = end + 1;
    if (piece.empty()) continue;
    if (line.size() + 1 + piece.size() > kWidth && line != start) {
      lines += line + "\n";
      line = start + "  ";
    }
    line += (line.find_first_not_of("# ") == std::string::npos ? "" : " ") + std::string(piece);
  }
  return line == start ? lines : lines + line + "\n";
}

std::string pasteable(std::string_view words) {
  std::string text;
  for (const auto& line : in_view(words)) text += std::string(line.starts_with('#') ? " " : "") + line + "\n";
  return text;
}

std::string fenced(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& words : lines)
    for (const auto& line : in_view(words)) text += line + "\n";
  std::size_t longest = 2, now = 0;
  for (const char c : text) longest = std::max(longest, now = c == '~' ? now + 1 : 0);
  const std::string fence(longest + 1, '~');
  return fence + "\n" + text + fence + "\n";
}

std::string in_markdown(std::string_view text) {
  std::string escaped;
  for (const char c : visible(text)) {
    if (std::string_view("\\`*_[]<>#|~").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string said_line(const Said& said, const workflow::Definition& definition) {
  const auto& claim = *said.claim;
  return claim.status + ": " + party_of(claim.source, definition) + ", " + both_times(claim.at, definition.zone) +
         ", entered by " + claim.by + " (" + said.fact + ")";
}

std::string besides_line(const Said& said, const workflow::Definition& definition) {
  return (said.claim->vaulted ? std::string("other words") : shown(said.claim->value)) + "; " + said_line(said, definition);
}

std::vector<std::string> hints_of(const FormAnswer& answer) {
  if (answer.asks == nullptr) return {};
  std::vector<std::string> hints;
  const bool is_set = answer.asks->kind == workflow::Fact::Kind::set;
  if (!answer.asks->words.empty()) hints.push_back((is_set ? "some of: " : "one of: ") + joined(answer.asks->words, ", "));
  if (!answer.asks->by.empty()) hints.push_back("said by: " + joined(answer.asks->by, " or "));
  return hints;
}

std::string confidence_of(const workflow::TemplateField& field, const workflow::NoticeTemplate& form) {
  std::string least;  // A, B, C, M: the later letter is the lesser trust
  for (const auto& name : field.provenance)
    for (const auto& one : form.provenances)
      if (one.name == name) least = std::max(least, one.confidence);
  return least;
}

std::string marks_of(const workflow::TemplateField& field, const workflow::NoticeTemplate& form) {
  if (field.provenance.empty()) return {};
  return "  [" + joined(field.provenance, ",") + ":" + confidence_of(field, form) + "]";
}

}  // namespace tocsin::cli
