// SPDX-License-Identifier: Apache-2.0
// Titles, words and numbers are judged here. How they fit together is judged by method::check(); its mistakes are put at the
// words they are about.
#include "adapters/yaml_library/method_reader.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "engine/base/nearest.h"

namespace tocsin::yaml_library {

using method::Hundredths;
using method::Method;

namespace {

const std::vector<std::string> confidences = {"A", "B", "C", "M"};
constexpr auto form_of_names = "names begin with a lower-case letter and hold lower-case letters, digits and _";

/// A name, or empty after saying that it is none: what method::check() quotes is fit for a message.
std::string name_in(const Fields& fields, const Node& node, std::string_view key) {
  if (node.kind == Node::Kind::scalar && is_name(node.text)) return node.text;
  const auto what = node.kind == Node::Kind::scalar ? in_quotes(node.text) : std::string(name_of(node.kind));
  fields.wrong(node, what + " cannot be a name in '" + std::string(key) + "' of " + fields.owner(), form_of_names);
  return {};
}

std::string name_under(const Fields& fields, std::string_view key) {
  const auto* node = fields.find(key);
  return node == nullptr ? std::string() : name_in(fields, *node, key);
}

std::vector<std::string> names_under(const Fields& fields, std::string_view key) {
  std::vector<std::string> out;
  for (const auto* word : fields.words(key)) {
    if (auto name = name_in(fields, *word, key); !name.empty()) out.push_back(std::move(name));
  }
  return out;
}

/// The members of a mapping of names to words.
std::vector<std::pair<std::string, std::string>> words_by_name(const Fields& fields, std::string_view key) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [name, value] : fields.named(key, false)) {
    if (auto word = name_in(fields, *value, key); !word.empty()) out.emplace_back(name->text, std::move(word));
  }
  return out;
}

std::optional<Hundredths> number_under(const Fields& fields, std::string_view key) {
  const auto* node = fields.find(key);
  if (node == nullptr) return std::nullopt;
  const bool is_scalar = node->kind == Node::Kind::scalar;
  const auto read = is_scalar && node->plain ? method::parse_hundredths(node->text) : std::nullopt;
  if (read) return read;
  const auto what = is_scalar ? (node->plain ? "" : "the text ") + in_quotes(node->text) : std::string(name_of(node->kind));
  fields.wrong(*node, "'" + std::string(key) + "' in " + fields.owner() + " must be a number, not " + what,
               "write it like 2 or 0.25: at most two decimals, no quotes, no zeros in front");
  return std::nullopt;
}

std::vector<method::Choice> read_choices(const Fields& input) {
  std::vector<method::Choice> choices;
  for (const auto& [name, value] : input.named("choices", false)) {
    const Fields fields(input.page(), *value, "choice " + in_quotes(name->text), {"title", "score"}, name);
    auto title = fields.required_text("title");
    fields.require("score", "add score: with what the choice counts, 0 for nothing");
    choices.push_back({name->text, std::move(title), number_under(fields, "score").value_or(0)});
  }
  return choices;
}

/// Each key is a choice of another input, judged by method::check().
std::vector<std::pair<std::string, std::vector<std::string>>> read_allowed(const Fields& input) {
  std::vector<std::pair<std::string, std::vector<std::string>>> allowed;
  const auto limits = input.named("allowed", false);
  if (limits.empty()) return allowed;
  std::vector<std::string> any;
  for (const auto& [name, value] : input.find("allowed")->members) any.push_back(name.text);
  const Fields fields(input.page(), *input.find("allowed"), "'allowed' of " + input.owner(), any);
  for (const auto& [name, value] : limits) allowed.emplace_back(name->text, names_under(fields, name->text));
  return allowed;
}

method::Scoring read_scoring(const Fields& root) {
  auto& page = root.page();
  method::Scoring scoring;
  for (const auto& [name, value] : root.named("inputs", false)) {
    const Fields fields(page, *value, "input " + in_quotes(name->text), {"title", "choices", "by", "allowed", "note"}, name);
    scoring.inputs.push_back({name->text, fields.required_text("title"), read_choices(fields), name_under(fields, "by"),
                              read_allowed(fields), fields.text("note")});
  }
  for (const auto& [name, value] : root.named("parts", false)) {
    const Fields fields(page, *value, "part " + in_quotes(name->text), {"title", "sum_of", "min", "max"}, name);
    scoring.parts.push_back({name->text, fields.required_text("title"), names_under(fields, "sum_of"),
                             number_under(fields, "min"), number_under(fields, "max")});
  }
  if (const auto* formula = root.find("formula")) {
    const Fields fields(page, *formula, "the formula", {"multiply", "add"});
    scoring.multiply = names_under(fields, "multiply");
    scoring.add = names_under(fields, "add");
  }
  for (const auto& [name, value] : root.named("bands", false)) {
    const Fields fields(page, *value, "band " + in_quotes(name->text), {"title", "from", "below"}, name);
    scoring.bands.push_back(
        {name->text, fields.required_text("title"), number_under(fields, "from"), number_under(fields, "below")});
  }
  for (const auto& [name, value] : root.named("flags", false)) {
    const Fields fields(page, *value, "flag " + in_quotes(name->text), {"title", "note"}, name);
    scoring.flags.push_back({name->text, fields.required_text("title"), fields.text("note")});
  }
  for (const auto& [name, value] : root.named("suggests", false)) {
    const Fields fields(page, *value, "the suggestion for " + in_quotes(name->text), {"words", "confidence", "note"}, name);
    scoring.suggests.push_back(
        {name->text, words_by_name(fields, "words"), fields.one_of("confidence", confidences), fields.text("note")});
  }
  return scoring;
}

std::vector<method::Answer> read_answers(const Fields& question) {
  std::vector<method::Answer> answers;
  for (const auto& [name, value] : question.named("answers", false)) {
    const Fields fields(question.page(), *value, "answer " + in_quotes(name->text), {"title", "to"}, name);
    answers.push_back({name->text, fields.required_text("title"), name_under(fields, "to")});
  }
  return answers;
}

method::Tree read_questions(const Fields& root) {
  auto& page = root.page();
  method::Tree tree;
  for (const auto& [name, value] : root.named("questions", false)) {
    const Fields fields(page, *value, "question " + in_quotes(name->text),
                        {"ask", "answers", "source", "confidence", "note"}, name);
    tree.questions.push_back({name->text, fields.required_text("ask"), read_answers(fields),
                              fields.required_text("source", "say where the question was read"),
                              fields.one_of("confidence", confidences), fields.text("note")});
  }
  for (const auto& [name, value] : root.named("outcomes", false)) {
    const Fields fields(page, *value, "outcome " + in_quotes(name->text),
                        {"title", "demands", "suggests", "basis", "source", "confidence", "note"}, name);
    tree.outcomes.push_back({name->text, fields.required_text("title"), fields.required_text("demands"),
                             words_by_name(fields, "suggests"), fields.text("basis"),
                             fields.required_text("source", "say where the outcome was read, or that it was not recovered"),
                             fields.one_of("confidence", confidences), fields.text("note")});
  }
  return tree;
}

using Spot = std::pair<int, int>;  ///< line and column

/// Puts what method::check() found at the words it is about, and leaves out what follows from a mistake said already.
class Placing {
 public:
  Placing(Page& page, const Node& root) : page_(page), root_(root) {
    for (const auto& issue : page.issues()) said_.insert({issue.place.line, issue.place.column});
  }

  void add(const method::Mistake& mistake) {
    const Node* key = &root_;
    const Node* node = &root_;
    std::string_view rest = mistake.at;
    while (!rest.empty()) {
      const auto dot = rest.find('.');
      const auto word = rest.substr(0, dot);
      if (!step(word, key, node)) {
        if (node->kind == Node::Kind::map ? is_misspelt(*node, word) : is_said(*node)) return;
        page_.wrong(place_of(*key), mistake.message, mistake.hint);
        return;
      }
      rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
    }
    if (is_said(*key) || is_said(*node)) return;
    page_.wrong(place_of(node->kind == Node::Kind::scalar ? *node : *key), mistake.message, mistake.hint);
  }

 private:
  /// To the member or item of that name; false where there is none.
  static bool step(std::string_view word, const Node*& key, const Node*& node) {
    for (const auto& [name, value] : node->members) {
      if (name.text != word) continue;
      key = &name;
      node = &value;
      return true;
    }
    for (const auto& item : node->items) {
      if (item.text != word) continue;
      key = node = &item;
      return true;
    }
    return node->kind == Node::Kind::scalar && node->text == word;  // a word alone, where a list could stand
  }

  workflow::Place place_of(const Node& node) const { return page_.place(node.line, node.byte); }

  bool is_said_at(const Node& node) const {
    const auto place = place_of(node);
    return said_.contains({place.line, place.column});
  }

  /// Whether something is wrong with the node or inside of it.
  bool is_said(const Node& node) const {
    return is_said_at(node) ||
           std::any_of(node.items.begin(), node.items.end(), [&](const Node& one) { return is_said(one); }) ||
           std::any_of(node.members.begin(), node.members.end(),
                       [&](const auto& one) { return is_said_at(one.key) || is_said(one.value); });
  }

  bool is_misspelt(const Node& map, std::string_view key) const {
    return std::any_of(map.members.begin(), map.members.end(), [&](const auto& one) {
      return is_said_at(one.key) && !nearest(one.key.text, {std::string(key)}).empty();
    });
  }

  Page& page_;
  const Node& root_;
  std::set<Spot> said_;
};

/// Where no kind can be read, the keys tell which was meant.
bool is_tree(const Node& root) {
  const auto* kind = root.member("kind");
  if (kind != nullptr && (kind->text == "tree" || kind->text == "score")) return kind->text == "tree";
  return root.member("questions") != nullptr || root.member("outcomes") != nullptr;
}

std::vector<std::string> keys_of(bool tree) {
  std::vector<std::string> keys = {"method", "kind", "title", "about", "source", "confidence", "note"};
  const auto more = tree ? std::vector<std::string>{"questions", "outcomes"}
                         : std::vector<std::string>{"inputs", "parts", "formula", "bands", "flags", "suggests"};
  keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

}  // namespace

Method read_method(Page& page, const Node& root, std::string_view name) {
  const bool tree = is_tree(root);
  const Fields fields(page, root, "the method", keys_of(tree));
  Method method;
  method.name = fields.required_text("method");
  if (!method.name.empty() && method.name != name) {
    fields.wrong(*fields.find("method"),
                 "the file calls itself " + in_quotes(method.name) + " but is known as " + in_quotes(name),
                 "make the two the same");
  }
  method.name = name;
  fields.one_of("kind", {"score", "tree"});
  method.title = fields.required_text("title");
  method.about = fields.text("about");
  method.source = fields.required_text("source", "add source: with where the method was read");
  method.confidence = fields.one_of("confidence", confidences);
  method.note = fields.text("note");
  if (tree) {
    method.rules = read_questions(fields);
  } else {
    method.rules = read_scoring(fields);
  }
  Placing placing(page, root);
  for (const auto& mistake : check(method)) placing.add(mistake);
  return method;
}

MethodReading read_method_file(const workflow::SourceFile& file) {
  auto name = std::string_view(file.path).substr(file.path.rfind('/') + 1);
  if (name.ends_with(".yaml")) name.remove_suffix(5);
  Page page(file.path, file.text);
  const auto root = read_tree(page);
  MethodReading reading;
  if (root) reading.method = read_method(page, *root, name);
  reading.issues = page.issues();
  std::stable_sort(reading.issues.begin(), reading.issues.end(), [](const workflow::Issue& a, const workflow::Issue& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  if (!reading.issues.empty()) reading.method.reset();
  return reading;
}

}  // namespace tocsin::yaml_library
