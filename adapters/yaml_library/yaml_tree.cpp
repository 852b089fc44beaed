// SPDX-License-Identifier: Apache-2.0
// yaml-cpp's events made into a tree of our own. Depth and aliases are refused while the events come in,
// before there is anything to blow up.
#include "adapters/yaml_library/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "engine/base/json.h"

namespace tocsin::yaml_library {

namespace {

constexpr auto no_aliases = "aliases ('*name') are not allowed";
constexpr auto write_it_out = "write the value out";

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
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse(mark, no_aliases, write_it_out); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    refuse_extras(mark, tag, anchor);
    refuse_unclosed(mark);
    Node scalar = node(Node::Kind::scalar, mark);
    scalar.text = value;
    scalar.plain = tag == "?";  // yaml-cpp's word for untagged and unquoted
    add(std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    begin(Node::Kind::list, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    begin(Node::Kind::map, mark, tag, anchor, style);
  }
  void OnMapEnd() override { end(); }

  /// The innermost '{' or '[' that is still open, or null: where to look when the parser met what ends neither.
  const Node* open_bracket() const { return !open_.empty() && open_.back().has_bracket ? &open_.back().node : nullptr; }

 private:
  struct Open {
    Node node;
    std::optional<Node> key;
    std::map<std::string, std::size_t, std::less<>> keys;  ///< key, its line
    bool has_bracket = false;
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
    refuse(mark, "not valid YAML: the quote is not closed", "end the text with the same quote");
  }

  void begin(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
             YAML::EmitterStyle::value style) {
    refuse_extras(mark, tag, anchor);
    if (open_.size() >= deepest_nesting) {
      refuse(mark, "nested more than " + std::to_string(deepest_nesting) + " deep", "no file of this kind needs that");
    }
    open_.push_back({node(kind, mark), std::nullopt, {}, style == YAML::EmitterStyle::Flow});
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
      const auto [first, is_new] = map.keys.emplace(map.key->text, map.key->line);
      if (is_new) {
        map.node.members.push_back({std::move(*map.key), std::move(made)});
      } else {
        page_.wrong(page_.place(map.key->line, map.key->byte), "the key " + in_quotes(map.key->text) + " is given twice",
                    "keep one of the two: the first stands in line " + std::to_string(first->second + 1));
      }
      map.key.reset();
    } else if (made.kind == Node::Kind::scalar) {
      map.key = std::move(made);
    } else {
      throw Refused{made.line, made.byte, "a key must be a word, not " + std::string(name_of(made.kind)),
                    "write it like KEY: value"};
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
    page.unreadable({page.path(), 0, 0}, "the file is larger than 1 MiB", "no file of this kind needs that");
    return false;
  }
  for (std::size_t i = 0; i < page.lines(); ++i) {
    const auto line = page.line(i);
    if (!is_utf8(line)) {  // the line itself must not be printed
      page.unreadable({page.path(), static_cast<int>(i) + 1, 0}, "the line is not valid UTF-8", "save the file as UTF-8");
      return false;
    }
    const auto control = std::find_if(
        line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; });
    if (control == line.end()) continue;
    const auto place = page.place(i, static_cast<std::size_t>(control - line.begin()));
    page.unreadable({place.file, place.line, 0}, "a control character stands in column " + std::to_string(place.column),
                    "remove it");
    return false;
  }
  if (page.text().starts_with("\xEF\xBB\xBF")) {
    page.unreadable({page.path(), 1, 0}, "the file begins with a byte order mark", "save it as UTF-8 without one");
    return false;
  }
  return true;
}

/// What the parser says, and what helps somebody who does not know it. Its own words may hold half a letter.
struct Said {
  const char* theirs;
  const char* ours;
  const char* hint;
};
// clang-format off
const Said sayings[] = {
    {YAML::ErrorMsg::MAP_VALUE, "a colon stands where none can",
     "put text that holds ': ' in quotes; or a line above lacks its colon"},
    {YAML::ErrorMsg::END_OF_MAP, "this line does not continue the mapping above it",
     "indent it like the other keys, with spaces and never with tabs"},
    {YAML::ErrorMsg::END_OF_SEQ, "this line does not continue the list above it",
     "indent it like the other items, with spaces and never with tabs"},
    {YAML::ErrorMsg::TAB_IN_INDENTATION, "a tab stands in the indentation", "indent with spaces"},
    {YAML::ErrorMsg::INVALID_ESCAPE, "an escape that YAML does not know",
     "write \\\\ for a backslash, or use single quotes"},
    {YAML::ErrorMsg::INVALID_HEX, "an escape that names no letter", "write \\\\ for a backslash, or use single quotes"},
    {YAML::ErrorMsg::INVALID_UNICODE, "an escape that names no letter", "write \\\\ for a backslash, or use single quotes"},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, "no text can begin with this character", "put the text in quotes"},
    {YAML::ErrorMsg::FLOW_END, "a closing bracket without an opening one", "remove it, or put the text in quotes"},
    {YAML::ErrorMsg::BLOCK_ENTRY, "a list cannot begin here", "begin it on a line of its own"},
};
// clang-format on

void say_syntax_error(Page& page, const YAML::Exception& error, const Node* open_bracket) {
  const auto last = page.lines() - 1;
  const auto line = error.mark.is_null() ? last : std::min(from_zero(error.mark.line), last);
  const auto byte = error.mark.is_null() ? 0 : from_zero(error.mark.column);
  if (error.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) {  // met before the alias itself is told to us
    page.unreadable(page.place(line, byte), no_aliases, write_it_out);
    return;
  }
  const bool in_bracket = error.msg == YAML::ErrorMsg::END_OF_MAP_FLOW || error.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW;
  if (in_bracket && open_bracket != nullptr) {
    // The parser stops where the next thing does not fit, often lines below the mistake.
    const std::string end = open_bracket->kind == Node::Kind::map ? "'}'" : "']'";
    page.unreadable(page.place(open_bracket->line, open_bracket->byte), "not valid YAML: this bracket is not closed",
                    "look for a missing " + end + ", comma or quote from here to line " + std::to_string(line + 1));
    return;
  }
  for (const auto& said : sayings) {
    if (!error.msg.starts_with(said.theirs)) continue;
    page.unreadable(page.place(line, byte), "not valid YAML: " + std::string(said.ours), said.hint);
    return;
  }
  page.unreadable(page.place(line, byte),
                  "not valid YAML: " + (is_utf8(error.msg) ? error.msg : "it cannot be read from here on"),
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
    const bool empty = !root || root->kind == Node::Kind::nothing;
    page.unreadable(empty ? workflow::Place{page.path(), 1, 0} : page.place(root->line, root->byte),
                    empty ? "the file is empty" : "the file holds " + std::string(name_of(root->kind)) + ", not a mapping",
                    "write lines of the form KEY: value");
  } catch (const Refused& refused) {
    page.unreadable(page.place(refused.line, refused.byte), refused.message, refused.hint);
  } catch (const YAML::Exception& error) {
    say_syntax_error(page, error, builder.open_bracket());
  }
  return std::nullopt;
}

}  // namespace tocsin::yaml_library
