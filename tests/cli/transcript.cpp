// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/transcript.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "cli/run.h"

namespace tocsin::tests {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool line_matches(const std::string& pattern, const std::string& line) {
  std::size_t at = 0;
  std::string rest = pattern;
  for (bool first = true;; first = false) {
    const auto dots = rest.find("...");
    const auto part = rest.substr(0, dots);
    if (dots == std::string::npos) {
      if (first) return part == line;
      return line.size() >= at + part.size() && line.ends_with(part);
    }
    const auto found = first ? (line.starts_with(part) ? 0 : std::string::npos) : line.find(part, at);
    if (found == std::string::npos) return false;
    at = found + part.size();
    rest = rest.substr(dots + 3);
  }
}

bool lines_match(const std::vector<std::string>& patterns, std::size_t i, const std::vector<std::string>& lines,
                 std::size_t j) {
  if (i == patterns.size()) return j == lines.size();
  if (patterns[i] == "...") {
    for (auto k = j; k <= lines.size(); ++k)
      if (lines_match(patterns, i + 1, lines, k)) return true;
    return false;
  }
  return j < lines.size() && line_matches(patterns[i], lines[j]) && lines_match(patterns, i + 1, lines, j + 1);
}

/// The folder of one transcript, and what its commands see of the world.
class Stage {
 public:
  Stage() {
    std::string name = (fs::temp_directory_path() / "tocsin-transcript-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    before_ = fs::current_path();
    fs::current_path(folder_);
    environment_ = {{"HOME", folder_.string()}, {"TZ", "UTC"}, {"TOCSIN_WORKFLOWS", TOCSIN_SOURCE_DIR "/workflows"}};
  }
  ~Stage() {
    fs::current_path(before_);
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  std::vector<std::string> play(const TranscriptStep& step) {
    const auto command = replaced(step.command);
    if (command.starts_with("tick ")) return tick(command.substr(5));
    if (command.starts_with("write ")) return write(command.substr(6));
    if (command.starts_with("copy ")) return copy(command.substr(5));
    if (command.starts_with("stdin ")) return keep(input_, command.substr(6));
    if (command.starts_with("set ")) return set(command.substr(4));
    if (!command.starts_with("tocsin"))
      return {"line " + std::to_string(step.line) + ": a transcript runs tocsin, tick, write, copy, stdin or set"};
    return run(step, words_of(command.substr(std::min<std::size_t>(7, command.size()))));
  }

 private:
  std::string replaced(std::string text) const {
    for (const auto& [name, value] : found_)
      for (auto at = text.find("{" + name + "}"); at != std::string::npos; at = text.find("{" + name + "}"))
        text.replace(at, name.size() + 2, value);
    return text;
  }

  std::vector<std::string> tick(const std::string& by) {
    const auto number = std::stol(by);
    const char unit = by.back();
    now_ = now_ + (unit == 'h'   ? hours(number)
                   : unit == 'm' ? minutes(number)
                   : unit == 'd' ? hours(24 * number)
                                 : seconds(number));
    return {};
  }
  std::vector<std::string> write(const std::string& what) {
    const auto space = what.find(' ');
    std::ofstream(what.substr(0, space)) << what.substr(space + 1) << "\n";
    return {};
  }
  static std::vector<std::string> copy(const std::string& example) {
    const fs::path from = fs::path(TOCSIN_SOURCE_DIR) / "examples" / example;
    fs::copy_file(from, from.filename());
    return {};
  }
  static std::vector<std::string> keep(std::string& into, const std::string& what) {
    into = what;
    return {};
  }
  std::vector<std::string> set(const std::string& what) {
    const auto equals = what.find('=');
    environment_[what.substr(0, equals)] = what.substr(equals + 1);
    return {};
  }

  std::vector<std::string> run(const TranscriptStep& step, std::vector<std::string> words) {
    std::istringstream in(std::exchange(input_, ""));
    std::ostringstream out, err;
    now_ = now_ + seconds(1);
    cli::World world{in, out, err, environment_, [this] { return now_; }, "desk"};
    const int code = cli::run(world, std::move(words));
    auto output = out.str() + err.str();
    for (auto at = output.find(folder_.string()); at != std::string::npos; at = output.find(folder_.string()))
      output.replace(at, folder_.string().size(), "~");
    const auto lines = lines_of(output);
    std::vector<std::string> expected;
    for (const auto& line : step.expected) expected.push_back(replaced(line));
    std::vector<std::string> wrong;
    if (code != step.exit_code || !lines_match(expected, 0, lines, 0)) {
      wrong.push_back("line " + std::to_string(step.line) + ": $ " + step.command + "\n" + output + "[exit " +
                      std::to_string(code) + "]");
    }
    for (const auto& [name, pattern] : step.captures) {
      std::smatch match;
      if (std::regex_search(output, match, std::regex(pattern)) && match.size() > 1) found_[name] = match[1];
      else wrong.push_back("line " + std::to_string(step.line) + ": nothing matches " + pattern);
    }
    return wrong;
  }

  fs::path folder_, before_;
  Instant now_ = *parse_instant("2026-05-02T02:00Z");
  std::map<std::string, std::string, std::less<>> environment_;
  std::map<std::string, std::string> found_;
  std::string input_;
};

}  // namespace

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  bool any = false;
  for (const char c : line) {
    if (quote != 0) {
      if (c == quote) quote = 0;
      else word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      any = true;
    } else if (c == ' ') {
      if (any || !word.empty()) words.push_back(std::move(word));
      word.clear();
      any = false;
    } else {
      word += c;
    }
  }
  if (any || !word.empty()) words.push_back(word);
  return words;
}

std::vector<TranscriptStep> read_transcript(const std::string& text) {
  std::vector<TranscriptStep> steps;
  int number = 0;
  for (const auto& line : lines_of(text)) {
    ++number;
    if (line.starts_with("#")) continue;
    if (line.starts_with("$ ")) {
      steps.push_back({number, line.substr(2), {}, 0, {}});
    } else if (!steps.empty()) {
      std::smatch match;
      if (std::regex_match(line, match, std::regex(R"(\[exit (\d+)\])"))) steps.back().exit_code = std::stoi(match[1]);
      else if (std::regex_match(line, match, std::regex(R"(\[([a-z]+)=(.+)\])")))
        steps.back().captures.emplace_back(match[1], match[2]);
      else steps.back().expected.push_back(line);
    }
  }
  for (auto& step : steps)
    while (!step.expected.empty() && step.expected.back().empty()) step.expected.pop_back();  // blank lines part the steps
  return steps;
}

std::vector<std::string> console_blocks(const std::string& markdown) {
  std::vector<std::string> blocks;
  bool inside = false;
  for (const auto& line : lines_of(markdown)) {
    if (line == "```console") {
      blocks.emplace_back();
      inside = true;
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

std::vector<std::string> play_transcript(const std::string& text) {
  Stage stage;
  std::vector<std::string> wrong;
  for (const auto& step : read_transcript(text)) {
    auto more = stage.play(step);
    wrong.insert(wrong.end(), more.begin(), more.end());
  }
  return wrong;
}

}  // namespace tocsin::tests
