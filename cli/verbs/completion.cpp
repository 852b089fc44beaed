// SPDX-License-Identifier: Apache-2.0
#include <exception>
#include <ostream>

#include "cli/candidates/candidates.h"
#include "cli/exports/completion_script.h"
#include "cli/line/verbs.h"
#include "cli/views/views.h"

namespace tocsin::cli {
namespace {

/// A note on one line, without what a terminal or a shell's menu would obey.
std::string one_line(const std::string& note) {
  auto line = visible(note);
  for (auto& c : line)
    if (c == '\n' || c == '\t') c = ' ';
  constexpr std::size_t kMost = 72;
  if (line.size() <= kMost) return line;
  auto end = kMost;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;  // not within a letter
  return line.substr(0, end) + "...";
}

}  // namespace

Result<int> completion(Call& call) {
  const auto shell = call.one("SHELL");
  const auto script = completion_script(shell);
  if (script.empty())
    return usage_error("tocsin completes in bash, zsh and fish, and not in " + in_quotes(shell), "completion bash");
  if (call.json()) call.print(Json::object({{"shell", shell}, {"script", std::string(script)}}));
  else call.world.out << script;
  return 0;
}

int answer_shell(World& world, const std::vector<std::string>& words) {
  if (words.size() < 3 || words[1] != "--") return 0;
  try {
    const std::vector<std::string> typed(words.begin() + 2, words.end());
    const bool has_case = !world.variable("TOCSIN_CASE").empty();
    const auto cursor =
        look_at_cursor(verbs(), typed, has_case, [&](std::string_view word) { return begins_case(world, word); });
    const auto found = candidates_at(world, cursor, words[0] != "bash");
    if (found.files) world.out << ":files\n";
    for (const auto& [word, note] : found.words) world.out << word << (note.empty() ? "" : "\t" + one_line(note)) << "\n";
  } catch (const std::exception&) {
    // A person is typing: whatever is wrong here is told when they run a command.
  }
  return 0;
}

}  // namespace tocsin::cli
