// SPDX-License-Identifier: Apache-2.0
// yaml-cpp's events made into a tree of our own. Depth and aliases are refused while the events come in,
// before there is anything to blow up.
#include "adapters/yaml_library/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "engine/base/json.h"

namespace tocsin::yaml_library {

namespace {

/// Thrown through yaml-cpp, which is built for it, and caught in read_tree.
struct Refused {
  std::size_t line;
  std::size_t byte;
  std::string message;
  std::string hint;
};

std::size_t from_zero(int n) { return n < 0 ? 0 : static_cast<std::size_t>(n); }

class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(Page& page) : page_(page) {}

  std::optional<Node> take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) refuse(mark, "a second document begins here", "one file holds one document: remove '---'");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_extras(mark, "", anchor);
    add(node(Node::Kind::nothing, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "aliases ('*name') are not allowed", "write the value out");
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    refuse_extras(mark, tag, anchor);
    refuse_unclosed(mark);
    Node scalar = node(Node::Kind::scalar, mark);
    scalar.text = value;
    scalar.plain = tag == "?";  // yaml-cpp's word for untagged and unquoted
    add(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(Node::Kind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(Node::Kind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    Node node;
    std::optional<Node> key;
    std::set<std::string, std::less<>> keys;
  };

  static Node node(Node::Kind kind, const YAML::Mark& mark) {
    Node made;
    made.kind = kind;
    made.line = from_zero(mark.line);
    made.byte = from_zero(mark.column);
    return made;
  }

  [[noreturn]] static void refuse(const YAML::Mark& mark, std::string message, std::string hint) {
    throw Refused{from_zero(mark.line), from_zero(mark.column), std::move(message), std::move(hint)};
  }

  void refuse_extras(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const {
    if (anchor != 0) refuse(mark, "anchors ('&name') are not allowed", "write the value out where it is needed");
    const auto line = page_.line(from_zero(mark.line));
    const auto byte = from_zero(mark.column);
    // A lone '!' reaches us as the same tag as quotes do, so the text itself is asked too.
    const bool tagged = (!tag.empty() && tag != "?" && tag != "!") || (byte < line.size() && line[byte] == '!');
    if (tagged) refuse(mark, "tags ('!name') are not allowed", "put the text in quotes if it begins with '!'");
  }

  /// yaml-cpp takes the end of the file for the missing quote, which would swallow all that follows in silence.
  void refuse_unclosed(const YAML::Mark& mark) const {
    const auto line = page_.line(from_zero(mark.line));
    const auto byte = from_zero(mark.column);
    if (byte >= line.size() || (line[byte] != '"' && line[byte] != '\'')) return;
    const auto quote = line[byte];
    for (auto i = page_.start(from_zero(mark.line)) + byte + 1; i < page_.text().size(); ++i) {
      const bool escapes = quote == '"' ? page_.text()[i] == '\\' : page_.text().substr(i).starts_with("''");
      if (escapes) {
        ++i;
      } else if (page_.text()[i] == quote) {
        return;
      }
    }
    refuse(mark, "not valid YAML: the quote is not closed", "");
  }

  void begin(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    refuse_extras(mark, tag, anchor);
    if (open_.size() >= deepest_nesting) {
      refuse(mark, "nested more than " + std::to_string(deepest_nesting) + " deep", "");
    }
    open_.push_back({node(kind, mark), std::nullopt, {}});
  }

  void end() {
    Node done = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(done));
  }

  void add(Node made) {
    if (open_.empty()) {
      root_ = std::move(made);
    } else if (open_.back().node.kind == Node::Kind::list) {
      open_.back().node.items.push_back(std::move(made));
    } else {
      add_to_map(open_.back(), std::move(made));
    }
  }

  void add_to_map(Open& map, Node made) {
    if (map.key) {
      if (map.keys.insert(map.key->text).second) {
        map.node.members.emplace_back(std::move(*map.key), std::move(made));
      } else {
        page_.wrong(page_.place(map.key->line, map.key->byte), "the key " + in_quotes(map.key->text) + " is given twice",
                    "keep one of the two");
      }
      map.key.reset();
    } else if (made.kind == Node::Kind::scalar) {
      map.key = std::move(made);
    } else {
      throw Refused{made.line, made.byte, "a key must be a word, not " + std::string(name_of(made.kind)), ""};
    }
  }

  Page& page_;
  int documents_ = 0;
  std::vector<Open> open_;
  std::optional<Node> root_;
};

/// What must be settled before a parser may see the bytes.
bool is_readable(Page& page) {
  if (page.text().size() > largest_file) {
    page.wrong({page.path(), 0, 0}, "the file is larger than 1 MiB (" + std::to_string(page.text().size()) + " bytes)");
    return false;
  }
  for (std::size_t i = 0; i < page.lines(); ++i) {
    const auto line = page.line(i);
    if (!is_utf8(line)) {  // the line itself must not be printed
      page.wrong({page.path(), static_cast<int>(i) + 1, 0}, "the line is not valid UTF-8", "save the file as UTF-8");
      return false;
    }
    const auto control = std::find_if(
        line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; });
    if (control == line.end()) continue;
    const auto place = page.place(i, static_cast<std::size_t>(control - line.begin()));
    page.wrong({place.file, place.line, 0}, "a control character stands in column " + std::to_string(place.column));
    return false;
  }
  if (page.text().starts_with("\xEF\xBB\xBF")) {
    page.wrong({page.path(), 1, 0}, "the file begins with a byte order mark", "save it as UTF-8 without one");
    return false;
  }
  return true;
}

void say_syntax_error(Page& page, const YAML::Exception& error) {
  const auto last = page.lines() - 1;
  const auto line = error.mark.is_null() ? last : std::min(from_zero(error.mark.line), last);
  const auto byte = error.mark.is_null() ? 0 : from_zero(error.mark.column);
  page.wrong(page.place(line, byte), "not valid YAML: " + error.msg,
             "look for a missing quote, bracket or colon, or for indentation");
}

}  // namespace

const Node* Node::member(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name.text == key) return &value;
  }
  return nullptr;
}

std::string_view name_of(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::nothing: return "nothing";
    case Node::Kind::scalar: return "text";
    case Node::Kind::list: return "a list";
    case Node::Kind::map: break;
  }
  return "a mapping";
}

std::optional<Node> read_tree(Page& page) {
  if (!is_readable(page)) return std::nullopt;
  std::istringstream in{std::string(page.text())};
  TreeBuilder builder(page);
  try {
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(builder)) {
    }
    auto root = builder.take();
    if (root && root->kind == Node::Kind::map) return root;
    page.wrong(page.place(root ? root->line : 0, root ? root->byte : 0),
               "the file holds " + std::string(name_of(root ? root->kind : Node::Kind::nothing)) + ", not a mapping");
  } catch (const Refused& refused) {
    page.wrong(page.place(refused.line, refused.byte), refused.message, refused.hint);
  } catch (const YAML::Exception& error) {
    say_syntax_error(page, error);
  }
  return std::nullopt;
}

}  // namespace tocsin::yaml_library
