// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/fields.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "engine/guard/guard.h"

namespace tocsin::yaml_library {

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word(std::string_view word, bool hyphens) {
  if (word.empty() || word.size() > 64 || !is_lower(word.front())) return false;
  return std::all_of(word.begin(), word.end(),
                     [&](char c) { return is_lower(c) || is_digit(c) || c == '_' || (hyphens && c == '-'); });
}

}  // namespace

bool is_name(std::string_view word) { return is_word(word, false); }
bool is_name_with_hyphens(std::string_view word) { return is_word(word, true); }

Fields::Fields(Page& page, const Node& node, std::string owner, const std::vector<std::string>& known, const Node* name)
    : page_(page), node_(node), name_(name), owner_(std::move(owner)) {
  if (node.kind != Node::Kind::map && node.kind != Node::Kind::nothing) {
    wrong(node, owner_ + " must be a mapping, not " + std::string(name_of(node.kind)),
          known.empty() || known.size() > 12 ? "" : nearest_hint("", known));
  }
  for (const auto& [key, value] : node.members) {
    if (std::find(known.begin(), known.end(), key.text) != known.end()) continue;
    wrong(key, "unknown key " + in_quotes(key.text) + " in " + owner_, nearest_hint(key.text, known));
    misspelt_.insert(guard::nearest(key.text, known));
  }
}

void Fields::wrong(const Node& node, std::string message, std::string hint) const {
  page_.wrong(place_of(node), std::move(message), std::move(hint));
}

const Node* Fields::find(std::string_view key) const { return node_.member(key); }

workflow::Place Fields::place_of_key(std::string_view key) const {
  for (const auto& [name, value] : node_.members) {
    if (name.text == key) return place_of(name);
  }
  return place();
}

const Node* Fields::require(std::string_view key, std::string hint) const {
  const auto* found = find(key);
  if (found != nullptr || is_misspelt(key)) return found;
  if (node_.kind != Node::Kind::map && node_.kind != Node::Kind::nothing) return found;  // said: no mapping at all
  if (hint.empty()) hint = "add " + std::string(key) + ": ...";
  wrong(name_ == nullptr ? node_ : *name_, owner_ + " has no '" + std::string(key) + "'", std::move(hint));
  return found;
}

std::optional<std::string> Fields::scalar(const Node& node, std::string_view key) const {
  if (node.kind == Node::Kind::scalar && !node.text.empty()) return node.text;
  const auto what = node.kind == Node::Kind::scalar ? "empty" : std::string(name_of(node.kind));
  const bool is_bare = what == "empty" || node.kind == Node::Kind::nothing;
  wrong(node, "'" + std::string(key) + "' in " + owner_ + " must be text, not " + what,
        is_bare ? "write it after the colon, or leave the key out" : "text that begins with [ or { stands in quotes");
  return std::nullopt;
}

std::string Fields::text(std::string_view key) const {
  const auto* node = find(key);
  return node == nullptr ? std::string() : scalar(*node, key).value_or("");
}

std::string Fields::required_text(std::string_view key, std::string hint) const {
  return require(key, std::move(hint)) == nullptr ? "" : text(key);
}

bool Fields::flag(std::string_view key) const {
  const auto* node = find(key);
  if (node == nullptr) return false;
  if (node->kind == Node::Kind::scalar && node->plain && (node->text == "true" || node->text == "false")) {
    return node->text == "true";
  }
  const bool is_scalar = node->kind == Node::Kind::scalar;
  const auto what = is_scalar ? (node->plain ? "" : "the text ") + in_quotes(node->text) : std::string(name_of(node->kind));
  wrong(*node, "'" + std::string(key) + "' in " + owner_ + " must be true or false, not " + what,
        "write true or false, without quotes");
  return is_scalar && (node->text == "yes" || node->text == "true" || node->text == "on");  // as it was meant
}

std::optional<std::int64_t> Fields::integer(std::string_view key) const {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto& text = node->text;
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = node->kind == Node::Kind::scalar && node->plain && read.ec == std::errc() &&
                     read.ptr == text.data() + text.size() && std::to_string(value) == text;
  if (whole) return value;
  const bool is_scalar = node->kind == Node::Kind::scalar;
  const auto what = is_scalar ? (node->plain ? "" : "the text ") + in_quotes(text) : std::string(name_of(node->kind));
  wrong(*node, "'" + std::string(key) + "' in " + owner_ + " must be a whole number, not " + what,
        text.starts_with("0") ? "leave out the zeros in front" : "write it in digits, without quotes");
  return std::nullopt;
}

std::optional<Instant> Fields::instant(std::string_view key) const {
  const auto* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto text = scalar(*node, key);
  if (!text) return std::nullopt;
  const auto read = parse_instant(*text);
  if (read) return *read;
  wrong(*node, "'" + std::string(key) + "' in " + owner_ + " is no time: " + in_quotes(*text),
        "write it like 2026-05-02T20:00+01:00, always with the offset or Z");
  return std::nullopt;
}

std::vector<const Node*> Fields::words(std::string_view key, std::string if_empty) const {
  const auto* node = find(key);
  if (node == nullptr) return {};
  std::vector<const Node*> out;
  if (node->kind == Node::Kind::map) {
    wrong(*node, "'" + std::string(key) + "' in " + owner_ + " must be a word or a list of words, not a mapping",
          "write it like [one, another]");
    return out;
  }
  if (node->kind != Node::Kind::list) {
    if (scalar(*node, key)) out.push_back(node);
    return out;
  }
  std::set<std::string_view> seen;
  for (const auto& item : node->items) {
    if (!scalar(item, key)) continue;
    if (!seen.insert(item.text).second) {
      wrong(item, in_quotes(item.text) + " is given twice in '" + std::string(key) + "' of " + owner_,
            "keep one of the two");
      continue;
    }
    out.push_back(&item);
  }
  if (node->items.empty()) {
    wrong(*node, "'" + std::string(key) + "' in " + owner_ + " is an empty list", std::move(if_empty));
  }
  return out;
}

std::vector<std::string> Fields::texts(std::string_view key) const {
  std::vector<std::string> out;
  for (const auto* node : words(key)) out.push_back(node->text);
  return out;
}

std::string Fields::one_of(std::string_view key, const std::vector<std::string>& words) const {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  const auto* node = require(key, "add " + std::string(key) + ": with one of " + all);
  const auto text = node == nullptr ? std::nullopt : scalar(*node, key);
  if (!text) return words.front();
  if (std::find(words.begin(), words.end(), *text) != words.end()) return *text;
  wrong(*node, "unknown word " + in_quotes(*text) + " for '" + std::string(key) + "' in " + owner_,
        nearest_hint(*text, words));
  const auto near = guard::nearest(*text, words);
  return near.empty() ? words.front() : near;
}

std::vector<std::pair<const Node*, const Node*>> Fields::entries(std::string_view key) const {
  const auto* node = find(key);
  std::vector<std::pair<const Node*, const Node*>> out;
  if (node == nullptr) return out;
  if (node->kind != Node::Kind::map) {
    wrong(*node, "'" + std::string(key) + "' in " + owner_ + " must be a mapping, not " + std::string(name_of(node->kind)),
          "write lines of the form NAME: ...");
    return out;
  }
  for (const auto& [name, value] : node->members) out.emplace_back(&name, &value);
  return out;
}

std::vector<std::pair<const Node*, const Node*>> Fields::named(std::string_view key, bool hyphens) const {
  std::vector<std::pair<const Node*, const Node*>> out;
  for (const auto& [name, value] : entries(key)) {
    if (is_word(name->text, hyphens)) {
      out.emplace_back(name, value);
      continue;
    }
    wrong(*name, in_quotes(name->text) + " cannot be a name in '" + std::string(key) + "'",
          std::string("names begin with a lower-case letter and hold lower-case letters, digits and _") +
              (hyphens ? " and -" : ""));
  }
  return out;
}

}  // namespace tocsin::yaml_library
