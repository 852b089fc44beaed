// SPDX-License-Identifier: Apache-2.0
#include "cli/candidates/candidates.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "cli/candidates/case_candidates.h"
#include "cli/line/pages.h"
#include "cli/line/settings.h"
#include "cli/line/usage.h"
#include "cli/line/verbs.h"
#include "cli/shop/wiring.h"

namespace tocsin::cli {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<Candidate>;

bool begins(std::string_view word, std::string_view typed) {
  return word.size() >= typed.size() &&
         std::equal(typed.begin(), typed.end(), word.begin(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

/// Files named NAME.yaml below a folder of the library; or, with `leaf`, the folders that hold it, as workflows are named.
Words library_names(const Call& call, const std::string& folder, const std::string& leaf) {
  Words words;
  std::error_code failed;
  const fs::path root = fs::path(library_folder(call)) / folder;
  for (fs::recursive_directory_iterator at(root, failed), end; !failed && at != end; at.increment(failed)) {
    if (at.depth() > 4 || at->path().extension() != ".yaml") continue;
    if (leaf.empty() && at.depth() == 0) words.push_back({at->path().stem().string()});
    if (!leaf.empty() && at->path().filename() == leaf)
      words.push_back({fs::relative(at->path().parent_path(), root, failed).string()});
  }
  std::sort(words.begin(), words.end(), [](const Candidate& a, const Candidate& b) { return a.word < b.word; });
  return words;
}

/// Ids of clocks, found by their place in the lines of the law files: reading them as YAML takes longer than a person waits.
Words clock_ids(const Call& call) {
  Words words;
  for (const auto& [file, note] : library_names(call, "law", ""))
    for (auto& id : law_file_ids((fs::path(library_folder(call)) / "law" / (file + ".yaml")).string()))
      words.push_back({std::move(id), file});
  return words;
}

Words verb_words(const Cursor& cursor) {
  Words words;
  std::set<std::string> nouns;
  for (const auto& verb : verbs()) {
    const auto blank = verb.words.find(' ');
    const auto first = verb.words.substr(0, blank);
    if (!cursor.first_word.empty()) {
      if (first == cursor.first_word && blank != std::string::npos)
        words.push_back({verb.words.substr(blank + 1), verb.summary});
    } else if (blank == std::string::npos) {
      words.push_back({first, verb.summary});
    } else if (nouns.insert(first).second) {
      words.push_back({first, "see: tocsin help " + first});
    }
  }
  return words;
}

Words option_words(const Cursor& cursor) {
  Words words;
  for (const auto& group : option_groups(*cursor.verb))
    for (const auto& option : group.options)
      if (!is_positional(option) && (option.repeats || !cursor.values.contains(option.name)))
        words.push_back({option.name, option.help});
  return words;
}

Words setting_words() {
  Words words;
  for (const auto& setting : all_settings()) words.push_back({setting.name, setting.help});
  return words;
}

Words values_of_setting(const Cursor& cursor) {
  Words words;
  const auto found = cursor.values.find("SETTING");
  const auto* setting = found == cursor.values.end() ? nullptr : find_setting(found->second.back());
  if (setting != nullptr)
    for (auto& word : fixed_words({"", setting->value, ""})) words.push_back({std::move(word)});
  return words;
}

Words profile_words(const Call& call) {
  Words words;
  if (const auto page = read_settings(call.world))
    for (const auto& one : page->profiles) words.push_back({one.name});
  return words;
}

Words help_words(const Cursor& cursor) {
  Words words;
  const auto given = cursor.values.find("WORD");
  if (given != cursor.values.end()) {
    Cursor of_noun;
    of_noun.first_word = given->second.front();
    return verb_words(of_noun);
  }
  words = verb_words({});
  for (const auto& topic : topics()) words.push_back({std::string(topic.name), std::string(topic.title)});
  return words;
}

/// Roles that the shipped workflows ask for, after those that were typed already: "dpo,siro".
Words role_words(const std::string& typed) {
  const auto comma = typed.rfind(',');
  const auto before = comma == std::string::npos ? std::string() : typed.substr(0, comma + 1);
  Words words;
  for (const auto* role : {"admin", "dpo", "gold", "handler", "siro"}) words.push_back({before + role});
  return words;
}

/// What a value of that name is, whatever the verb.
Candidates values(Call& call, const Cursor& cursor, bool with_notes) {
  const auto& option = *cursor.option;
  const auto& kind = is_positional(option) ? option.name : option.value;
  Candidates found;
  for (auto& word : fixed_words(option)) found.words.push_back({std::move(word)});
  if (!found.words.empty()) return found;
  if (kind == "WORKFLOW") found.words = library_names(call, "", "workflow.yaml");
  else if (kind == "FILE" && cursor.verb->words == "workflow check") {
    found.words = library_names(call, "", "workflow.yaml");
    found.files = true;
  } else if (kind == "FILE" || kind == "STORY" || kind == "PATH" || kind == "DIR") found.files = true;
  else if (kind == "TEXT") found.files = cursor.typed.starts_with("@");
  else if (kind == "CLOCK") found.words = clock_ids(call);
  else if (kind == "CALENDAR" || option.name == "--calendar") found.words = library_names(call, "calendars", "");
  else if (option.name == "--template") found.words = library_names(call, "templates", "");
  else if (option.name == "--profile") found.words = profile_words(call);
  else if (option.name == "--role") found.words = role_words(cursor.typed);
  else if (kind == "SETTING") found.words = setting_words();
  else if (kind == "VALUE" && cursor.verb->words == "config set") found.words = values_of_setting(cursor);
  else if (kind == "WORD" && cursor.verb->words == "help") found.words = help_words(cursor);
  else found.words = case_words(call, cursor, kind, with_notes);
  return found;
}

Call call_at(World& world, const Cursor& cursor) {
  static const Verb none = {"", "", false, {}, nullptr};
  Call call(world, cursor.verb == nullptr ? none : *cursor.verb);
  call.values = cursor.values;
  if (const auto page = read_settings(world)) static_cast<void>(apply_settings(call, *page));
  return call;
}

}  // namespace

bool begins_case(World& world, std::string_view word) {
  const auto call = call_at(world, {});
  const auto glance = glance_at_shop(call);
  if (glance == nullptr || word.empty()) return false;
  const auto found = glance->store().find_streams(word, 1);
  return found && !found->empty();
}

Candidates candidates_at(World& world, const Cursor& cursor, bool with_notes) {
  Candidates found;
  if (cursor.verb == nullptr) {
    found.words = verb_words(cursor);
  } else {
    auto call = call_at(world, cursor);
    if (cursor.option != nullptr) found = values(call, cursor, with_notes);
    // Options are many: they are offered when one was begun, or when nothing else can stand here.
    if (cursor.options_too &&
        (cursor.typed.starts_with("-") || (found.words.empty() && !found.files && cursor.typed.empty())))
      found.words = option_words(cursor);
  }
  std::erase_if(found.words, [&](const Candidate& one) { return !begins(one.word, cursor.typed); });
  for (auto& one : found.words) one.word.insert(0, cursor.before);
  return found;
}

}  // namespace tocsin::cli
