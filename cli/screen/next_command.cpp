// SPDX-License-Identifier: Apache-2.0
#include "cli/screen/next_command.h"

#include <algorithm>
#include <sstream>

#include "engine/base/json.h"
#include "engine/commands/recorder.h"

namespace tocsin::cli {
namespace {

/// For a shell of the POSIX kind; fish reads it alike.
std::string for_shell(const std::string& value) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-:@+,=%~";
  if (!value.empty() && value.front() != '~' && value.find_first_not_of(kPlain) == std::string::npos) return value;
  std::string quoted = "'";
  for (const char c : value) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// Not an address, which is no store's name and may hold a password, and nothing that a terminal would obey.
bool may_be_repeated(const std::string& value) {
  return value.find("://") == std::string::npos && is_utf8(value) && !commands::has_control_characters(value);
}

}  // namespace

std::vector<std::string> store_flags(const Call& call) {
  std::vector<std::string> words;
  for (const std::string flag : {"--db", "--profile"})
    if (call.has(flag) && may_be_repeated(call.one(flag))) words.insert(words.end(), {flag, for_shell(call.one(flag))});
  return words;
}

std::vector<std::string> next_words(const std::string& command, const std::vector<std::string>& flags) {
  std::vector<std::string> words;
  std::istringstream in(command);
  for (std::string word; in >> word;) words.push_back(word);
  const auto names_its_store = std::find(words.begin(), words.end(), "--db") != words.end();
  if (!words.empty() && words.back() != "--help" && words.front() != "help" && !names_its_store)
    words.insert(words.end(), flags.begin(), flags.end());
  return words;
}

std::string next_command(const Call& call, const std::string& command) {
  std::string joined;
  for (const auto& word : next_words(command, store_flags(call))) joined += (joined.empty() ? "" : " ") + word;
  return joined;
}

}  // namespace tocsin::cli
