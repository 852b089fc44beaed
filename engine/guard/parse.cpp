// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <optional>

#include "engine/guard/syntax.h"

namespace tocsin::guard {
namespace {

constexpr std::size_t kLongest = 4096;
constexpr int kDeepest = 64;

struct Token {
  enum class Kind { end, name, integer, text, symbol };
  Kind kind = Kind::end;
  std::size_t offset = 0;
  std::string text;  ///< a text literal without quotes and escapes
  std::int64_t integer = 0;
};

/// A mistake ends the parse: what follows it would only be guesses.
struct Stop {
  Mistake mistake;
};

[[noreturn]] void stop(std::size_t offset, std::string message, std::string hint = {}) {
  throw Stop{{offset, std::move(message), std::move(hint)}};
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, std::uint32_t c, std::size_t offset) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) stop(offset, "this is no Unicode character");
  if (c < 0x80) out += static_cast<char>(c);
  else if (c < 0x800) (out += static_cast<char>(0xC0 | c >> 6)) += static_cast<char>(0x80 | (c & 63));
  else if (c < 0x10000)
    ((out += static_cast<char>(0xE0 | c >> 12)) += static_cast<char>(0x80 | (c >> 6 & 63))) +=
        static_cast<char>(0x80 | (c & 63));
  else
    (((out += static_cast<char>(0xF0 | c >> 18)) += static_cast<char>(0x80 | (c >> 12 & 63))) +=
     static_cast<char>(0x80 | (c >> 6 & 63))) += static_cast<char>(0x80 | (c & 63));
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Token next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
    Token token{Token::Kind::end, at_, {}, 0};
    if (at_ == text_.size()) return token;
    const char c = text_[at_];
    if (is_letter(c)) return name(token);
    if (is_digit(c) || (c == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) return number(token);
    if (c == '"' || c == '\'') return quoted(token);
    return symbol(token);
  }

 private:
  Token name(Token token) {
    // A name may hold hyphens ("obligations.ico-late"): there is no subtraction to confuse them with.
    const auto goes_on = [&] {
      const bool hyphen =
          text_[at_] == '-' && at_ + 1 < text_.size() && (is_letter(text_[at_ + 1]) || is_digit(text_[at_ + 1]));
      return is_letter(text_[at_]) || is_digit(text_[at_]) || hyphen;
    };
    while (at_ < text_.size() && goes_on()) token.text += text_[at_++];
    if (at_ < text_.size() && (text_[at_] == '\'' || text_[at_] == '"'))
      stop(token.offset, "raw strings and bytes are not part of this language");
    token.kind = Token::Kind::name;
    return token;
  }

  Token number(Token token) {
    const bool negative = text_[at_] == '-';
    if (negative) ++at_;
    const bool hex = text_.substr(at_).starts_with("0x");
    if (hex) at_ += 2;
    const auto first = at_;
    while (at_ < text_.size() &&
           (is_digit(text_[at_]) || (hex && std::string_view("abcdefABCDEF").find(text_[at_]) != std::string_view::npos)))
      ++at_;
    if (at_ < text_.size() && (text_[at_] == '.' || is_letter(text_[at_])))
      stop(token.offset, "only whole numbers without suffix are part of this language");
    const std::string digits = (negative ? "-" : "") + std::string(text_.substr(first, at_ - first));
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), token.integer, hex ? 16 : 10);
    if (error != std::errc() || end != digits.data() + digits.size()) stop(token.offset, "this number does not fit 64 bits");
    token.kind = Token::Kind::integer;
    return token;
  }

  std::uint32_t code(std::size_t digits, unsigned base) {
    std::uint32_t value = 0;
    const auto part = text_.substr(at_, digits);
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value, static_cast<int>(base));
    if (part.size() != digits || error != std::errc() || end != part.data() + part.size())
      stop(at_, "this escape is not complete");
    at_ += digits;
    return value;
  }

  void escape(Token& token) {
    const auto offset = at_ - 1;
    if (at_ == text_.size()) stop(offset, "the text ends within an escape");
    const char c = text_[at_++];
    constexpr std::string_view from = "abfnrtv\\?\"'`", to = "\a\b\f\n\r\t\v\\?\"'`";
    if (const auto simple = from.find(c); simple != std::string_view::npos) token.text += to[simple];
    else if (c == 'x' || c == 'X') append_utf8(token.text, code(2, 16), offset);
    else if (c == 'u') append_utf8(token.text, code(4, 16), offset);
    else if (c == 'U') append_utf8(token.text, code(8, 16), offset);
    else if (c >= '0' && c <= '3') --at_, append_utf8(token.text, code(3, 8), offset);
    else stop(offset, "there is no such escape");
  }

  Token quoted(Token token) {
    const char quote = text_[at_++];
    if (text_.substr(at_).starts_with(std::string(2, quote)))
      stop(token.offset, "triple quotes are not part of this language");
    while (at_ < text_.size() && text_[at_] != quote) {
      const char c = text_[at_++];
      if (c == '\n' || c == '\r') stop(token.offset, "a text ends on the line it begins on");
      if (c == '\\') escape(token);
      else token.text += c;
    }
    if (at_ == text_.size()) stop(token.offset, "this text has no closing quote");
    ++at_;
    token.kind = Token::Kind::text;
    return token;
  }

  Token symbol(Token token) {
    for (const std::string_view s : {"==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ",", "."}) {
      if (!text_.substr(at_).starts_with(s)) continue;
      at_ += s.size();
      token.kind = Token::Kind::symbol;
      token.text = s;
      return token;
    }
    const std::string_view outside = "+-*/%?:{}";
    if (outside.find(text_[at_]) != std::string_view::npos)
      stop(at_, std::string("'") + text_[at_] + "' is not part of this language: no arithmetic, no conditionals, no maps");
    if (text_[at_] == '=') stop(at_, "'=' is not a comparison", "did you mean '=='?");
    if (text_[at_] == '&' || text_[at_] == '|')
      stop(at_, "a single '&' or '|' means nothing here", "did you mean '&&' or '||'?");
    stop(at_, "this character is not part of the language");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

using Tree = std::shared_ptr<Node>;

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) { advance(); }

  Tree whole() {
    auto tree = any();
    if (token_.kind == Token::Kind::end) return tree;
    if (token_.kind == Token::Kind::symbol && token_.text == "[")
      stop(token_.offset, "indexing is not part of this language");
    stop(token_.offset, "expected '&&', '||' or the end here");
  }

 private:
  struct Deeper {
    Deeper(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > kDeepest) stop(parser_.token_.offset, "this is nested more than 64 deep");
    }
    ~Deeper() { --parser_.depth_; }
    Parser& parser_;
  };

  void advance() { token_ = lexer_.next(); }
  bool is(std::string_view symbol) const { return token_.kind == Token::Kind::symbol && token_.text == symbol; }
  bool take(std::string_view symbol) {
    if (!is(symbol)) return false;
    advance();
    return true;
  }
  void expect(std::string_view symbol) {
    if (!take(symbol)) stop(token_.offset, "expected '" + std::string(symbol) + "' here");
  }

  Tree joined(Node::Kind kind, std::string_view symbol, Tree (Parser::*part)()) {
    const auto offset = token_.offset;
    auto first = (this->*part)();
    if (!is(symbol)) return first;
    auto tree = std::make_shared<Node>(Node{.kind = kind, .offset = offset});
    tree->children.push_back(std::move(first));
    while (take(symbol)) tree->children.push_back((this->*part)());
    return tree;
  }

  Tree any() {
    const Deeper deeper(*this);
    return joined(Node::Kind::or_, "||", &Parser::all);
  }
  Tree all() { return joined(Node::Kind::and_, "&&", &Parser::relation); }

  Tree relation() {
    auto left = negation();
    while (true) {
      std::optional<Node::Compare> compare;
      for (int i = 0; i < 6; ++i)
        if (is(word(static_cast<Node::Compare>(i)))) compare = static_cast<Node::Compare>(i);
      const bool in = token_.kind == Token::Kind::name && token_.text == "in";
      if (!compare && !in) return left;
      auto tree = std::make_shared<Node>(Node{.kind = in ? Node::Kind::in : Node::Kind::compare, .offset = token_.offset});
      if (compare) tree->compare = *compare;
      advance();
      tree->children = {std::move(left), negation()};
      left = std::move(tree);
    }
  }

  Tree negation() {
    const Deeper deeper(*this);
    const auto offset = token_.offset;
    if (!take("!")) return primary();
    return std::make_shared<Node>(Node{.kind = Node::Kind::not_, .offset = offset, .children = {negation()}});
  }

  Tree primary() {
    const auto offset = token_.offset;
    if (take("(")) {
      auto inner = any();
      expect(")");
      return inner;
    }
    if (is("[")) return list();
    if (token_.kind == Token::Kind::integer) return literal(offset, token_.integer);
    if (token_.kind == Token::Kind::text) return literal(offset, token_.text);
    if (token_.kind == Token::Kind::name) return named();
    if (token_.kind == Token::Kind::end) stop(offset, "something is missing at the end");
    stop(offset, "expected a name, a value or '(' here");
  }

  Tree literal(std::size_t offset, Value value) {
    advance();
    return std::make_shared<Node>(Node{.kind = Node::Kind::literal, .offset = offset, .value = std::move(value)});
  }

  Tree list() {
    const Deeper deeper(*this);
    auto tree = std::make_shared<Node>(Node{.kind = Node::Kind::list, .offset = token_.offset});
    expect("[");
    while (!is("]")) {
      tree->children.push_back(any());
      if (!take(",")) break;
    }
    expect("]");
    return tree;
  }

  std::string path() {
    if (token_.kind != Token::Kind::name) stop(token_.offset, "expected a name here");
    auto name = token_.text;
    advance();
    while (take(".")) {
      if (token_.kind != Token::Kind::name) stop(token_.offset, "expected a name after '.'");
      name += "." + token_.text;
      advance();
    }
    return name;
  }

  Tree named() {
    const auto offset = token_.offset;
    const auto first = token_.text;
    if (first == "true" || first == "false") return literal(offset, first == "true");
    if (first == "null") stop(offset, "null is not part of this language: ask has(facts.x)");
    auto name = path();
    if (!take("(")) return std::make_shared<Node>(Node{.kind = Node::Kind::name, .offset = offset, .name = std::move(name)});
    auto tree = std::make_shared<Node>(Node{.kind = Node::Kind::call, .offset = offset, .name = std::move(name)});
    if (tree->name == "has") tree->kind = Node::Kind::has;
    const auto argument_offset = token_.offset;
    auto argument = is(")") ? "" : path();
    if (argument.empty()) stop(argument_offset, "'" + tree->name + "()' takes one name");
    (tree->kind == Node::Kind::has ? tree->name : tree->argument) = std::move(argument);
    expect(")");
    return tree;
  }

  Lexer lexer_;
  Token token_;
  int depth_ = 0;
};

}  // namespace

Parsed parse(std::string_view text) {
  if (text.size() > kLongest) return {std::nullopt, {{0, "a guard is at most 4096 bytes long", ""}}};
  try {
    return {Guard(std::string(text), Parser(text).whole()), {}};
  } catch (Stop& stopped) {
    return {std::nullopt, {std::move(stopped.mistake)}};
  }
}

}  // namespace tocsin::guard
