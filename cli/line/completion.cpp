// SPDX-License-Identifier: Apache-2.0
#include "cli/line/completion.h"

#include <algorithm>

#include "cli/line/usage.h"

namespace tocsin::cli {
namespace {

const Verb* verb_named(const std::vector<Verb>& table, const std::string& words) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Verb& verb) { return verb.words == words; });
  return found == table.end() ? nullptr : &*found;
}

/// All options and positionals of a verb; they live as long as the table.
std::vector<const Option*> options_of(const Verb& verb) {
  std::vector<const Option*> all;
  const auto add = [&](const std::vector<Option>& some) {
    for (const auto& one : some) all.push_back(&one);
  };
  add(verb.options);
  if (verb.writes) add(write_options());
  if (!verb.list.empty()) all.push_back(&jsonl_option());
  add(common_options());
  return all;
}

const Option* option_named(const std::vector<const Option*>& options, std::string_view name) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const Option* one) { return one->name == name; });
  return found == options.end() ? nullptr : *found;
}

/// The options of a verb while its words are read one by one.
class Reader {
 public:
  Reader(const Verb& verb, bool has_case, const std::function<bool(std::string_view)>& is_case)
      : options_(options_of(verb)), has_case_(has_case), is_case_(is_case) {
    cursor_.verb = &verb;
    for (const auto* option : options_)
      if (is_positional(*option)) positionals_.push_back(option);
  }

  void read(const std::string& word) {
    if (wanted_ != nullptr) {
      cursor_.values[wanted_->name].push_back(word);
      wanted_ = nullptr;
    } else if (word == "--" && !only_positionals_) {
      only_positionals_ = true;
    } else if (word.starts_with("--") && !only_positionals_) {
      const auto equals = word.find('=');
      const auto* option = option_named(options_, word.substr(0, equals));
      if (option == nullptr) return;
      if (equals != std::string::npos || option->value.empty())
        cursor_.values[option->name].push_back(equals == std::string::npos ? "" : word.substr(equals + 1));
      else wanted_ = option;
    } else if (const auto* positional = positional_for(word)) {
      cursor_.values[positional->name].push_back(word);
    }
  }

  Cursor end(const std::string& word) {
    cursor_.typed = word;
    if (wanted_ != nullptr) {
      cursor_.option = wanted_;
    } else if (const auto equals = word.find('=');
               word.starts_with("--") && equals != std::string::npos && !only_positionals_) {
      cursor_.option = option_named(options_, word.substr(0, equals));
      cursor_.before = word.substr(0, equals + 1);
      cursor_.typed = word.substr(equals + 1);
    } else {
      cursor_.options_too = !only_positionals_;
      if (!word.starts_with("--") || only_positionals_) cursor_.option = positional_for(word);
    }
    return cursor_;
  }

 private:
  /// The positional that a word is for, and a step onwards.
  const Option* positional_for(const std::string& word) {
    if (next_ == 0 && !positionals_.empty() && positionals_[0]->name == "CASE" && has_case_ && !is_case_(word)) next_ = 1;
    if (next_ == positionals_.size()) return nullptr;
    const auto* positional = positionals_[next_];
    if (!positional->repeats) ++next_;
    return positional;
  }

  std::vector<const Option*> options_, positionals_;
  bool has_case_, only_positionals_ = false;
  const std::function<bool(std::string_view)>& is_case_;
  std::size_t next_ = 0;
  const Option* wanted_ = nullptr;
  Cursor cursor_;
};

}  // namespace

std::vector<std::string> fixed_words(const Option& option) {
  std::vector<std::string> words;
  if (option.value.find('|') == std::string::npos) return words;
  for (std::size_t from = 0; from <= option.value.size();) {
    const auto bar = std::min(option.value.find('|', from), option.value.size());
    const auto word = option.value.substr(from, bar - from);
    const bool is_placeholder = word.empty() || (word[0] >= 'A' && word[0] <= 'Z');
    if (!is_placeholder) words.push_back(word);
    from = bar + 1;
  }
  return words;
}

Cursor look_at_cursor(const std::vector<Verb>& table, const std::vector<std::string>& words, bool has_case,
                      const std::function<bool(std::string_view)>& is_case) {
  Cursor cursor;
  if (words.empty()) return cursor;
  cursor.typed = words.back();
  const auto count = words.size() - 1;  // those before the cursor
  // Plain options belong to 'due', the verb that is meant when none is named.
  if (count == 0 && !words[0].starts_with("--")) return cursor;
  const bool is_due = words[0].starts_with("--");
  const Verb* verb = nullptr;
  std::size_t skip = 0;
  if (is_due) verb = verb_named(table, "due");
  if (verb == nullptr && count >= 2 && (verb = verb_named(table, words[0] + " " + words[1])) != nullptr) skip = 2;
  if (verb == nullptr && count >= 1 && (verb = verb_named(table, words[0])) != nullptr) skip = 1;
  if (verb == nullptr) {
    if (count == 1) cursor.first_word = words[0];
    else cursor.typed.clear();
    cursor.options_too = false;
    if (count > 1) cursor.first_word = words[0] + " " + words[1];  // names nothing: nothing is offered
    return cursor;
  }
  Reader reader(*verb, has_case, is_case);
  for (std::size_t i = skip; i < count; ++i) reader.read(words[i]);
  return reader.end(words.back());
}

}  // namespace tocsin::cli
