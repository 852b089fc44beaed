// SPDX-License-Identifier: Apache-2.0
#include "cli/screen/screen.h"

#include <algorithm>
#include <charconv>
#include <ostream>

#include "cli/screen/next_command.h"
#include "cli/screen/text_width.h"

namespace tocsin::cli {
namespace {

constexpr int kLeast = 20, kMost = 1000;
constexpr int kProse = 100;

int columns_of(const World& world) {
  if (world.terminal.out) return std::clamp(world.terminal.columns, kLeast, kMost);
  const auto said = world.variable("COLUMNS");
  int columns = 0;
  const auto read = std::from_chars(said.data(), said.data() + said.size(), columns);
  const bool is_number = read.ec == std::errc{} && read.ptr == said.data() + said.size();
  return is_number ? std::clamp(columns, kLeast, kMost) : 80;
}

bool wants_colour(const Call& call) {
  const auto word = call.setting("color");
  if (word == "always" || word == "never") return word == "always";
  const auto& world = call.world;
  return world.terminal.out && world.variable("NO_COLOR").empty() && world.variable("TERM") != "dumb";
}

const char* code_of(Tone tone) {
  switch (tone) {
    case Tone::plain: return "";
    case Tone::strong: return "1";
    case Tone::quiet:
      return "38;5;245";  // a grey that is read on black and on white, and that no theme makes its background
    case Tone::bad: return "1;31";
    case Tone::soon: return "33";
    case Tone::good: return "32";
    case Tone::command: return "36";
  }
  return "";
}

std::string spaces(int count) { return std::string(static_cast<std::size_t>(std::max(count, 0)), ' '); }

}  // namespace

bool is_color_word(std::string_view word) { return word.empty() || word == "auto" || word == "always" || word == "never"; }

Screen::Screen(const Call& call)
    : out_(call.world.out), flags_(store_flags(call)), columns_(columns_of(call.world)), has_colour_(wants_colour(call)),
      has_utf8_(call.world.terminal.utf8 || !call.world.terminal.out), is_terminal_(call.world.terminal.out) {}

Screen::Screen(std::ostream& out, int columns, bool has_colour, bool has_utf8)
    : out_(out), columns_(columns), has_colour_(has_colour), has_utf8_(has_utf8), is_terminal_(true) {}

int Screen::prose() const { return std::min(columns_, kProse); }

std::string Screen::paint(Tone tone, const std::string& text) const {
  if (!has_colour_ || tone == Tone::plain || text.empty()) return text;
  return std::string("\x1b[") + code_of(tone) + "m" + text + "\x1b[0m";
}

std::string Screen::shown(std::string_view text) const { return has_utf8_ ? std::string(text) : in_ascii(text); }

void Screen::line(const std::string& text, Tone tone) const { out_ << paint(tone, shown(text)) << "\n"; }

void Screen::say(std::string_view text, int indent, Tone tone, int hanging) const {
  const auto lines = wrapped(shown(text), std::max(prose() - indent - hanging, kLeast / 2));
  bool first = true;
  for (const auto& one : lines) {
    out_ << spaces(first ? indent : indent + hanging) << paint(tone, one) << "\n";
    first = false;
  }
}

void Screen::lines(std::string_view text) const {
  for (; !text.empty(); text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1)) {
    const auto one = text.substr(0, text.find('\n'));
    const auto begins = one.find_first_not_of(" ->");
    const bool is_command = begins != std::string_view::npos && one.substr(begins).starts_with("tocsin ");
    if (!is_terminal_ || is_command) line(std::string(one));
    else say(one);
  }
}

void Screen::banner(const std::string& text) const {
  if (!text.empty()) say(text.substr(0, text.find('\n')), 0, Tone::soon);
}

void Screen::command(const std::string& command, int indent) const {
  const std::string arrow = "-> ";
  const int hanging = width_of(arrow) + 2;
  const int width = columns_ - indent - hanging - 2;  // a backslash ends a line that goes on
  std::vector<std::string> lines = {"tocsin"};
  for (const auto& said : next_words(command, flags_)) {
    const auto word = shown(said);
    auto& last = lines.back();
    if (!is_terminal_ || width_of(last) + 1 + width_of(word) <= width) last += " " + word;
    else lines.push_back(word);
  }
  for (std::size_t i = 0; i < lines.size(); ++i)
    out_ << spaces(indent) << (i == 0 ? arrow : spaces(hanging))
         << paint(Tone::command, lines[i] + (i + 1 < lines.size() ? " \\" : "")) << "\n";
}

}  // namespace tocsin::cli
