// SPDX-License-Identifier: Apache-2.0
#include <cmark-gfm.h>

#include <cstdlib>
#include <memory>

#include "cli/exports/manual.h"

namespace tocsin::cli {
namespace {

using Node = std::unique_ptr<cmark_node, void (*)(cmark_node*)>;

Node parsed(std::string_view markdown) {
  return {cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT), cmark_node_free};
}

/// Moves code to the right, as a page of Markdown has it: rendered as plain text it would stand like prose.
void indent_code(cmark_node* document) {
  const std::unique_ptr<cmark_iter, void (*)(cmark_iter*)> walk(cmark_iter_new(document), cmark_iter_free);
  for (auto event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get())) {
    auto* node = cmark_iter_get_node(walk.get());
    if (cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK) continue;
    std::string text = cmark_node_get_literal(node);
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      text.insert(at, "    ");
      if (text.find('\n', at) == std::string::npos) break;
    }
    cmark_node_set_literal(node, text.c_str());
  }
}

std::string taken(char* rendered) {
  const std::unique_ptr<char, void (*)(void*)> text(rendered, std::free);
  return text.get();
}

}  // namespace

std::string plain_text(std::string_view markdown, int columns) {
  const auto document = parsed(markdown);
  indent_code(document.get());
  return taken(cmark_render_plaintext(document.get(), CMARK_OPT_DEFAULT, columns));
}

std::string roff(std::string_view markdown) {
  auto text = taken(cmark_render_man(parsed(markdown).get(), CMARK_OPT_DEFAULT, 0));
  // Its code font is C, which a terminal's manual does not know; bold is what manuals write words of a command in.
  for (const auto* code : {"\\f[C]", "\\f[CR]"})
    for (auto at = text.find(code); at != std::string::npos; at = text.find(code, at))
      text.replace(at, std::string_view(code).size(), "\\f[B]");
  for (auto at = text.find("\\f[]"); at != std::string::npos; at = text.find("\\f[]", at)) text.replace(at, 4, "\\f[R]");
  if (constexpr std::string_view kParagraph = ".PP\n"; text.starts_with(kParagraph))
    text.erase(0, kParagraph.size());  // the heading above it begins one
  return text;
}

}  // namespace tocsin::cli
