// SPDX-License-Identifier: Apache-2.0
// The pages of docs/lifecycles are the tables of the code. TOCSIN_REWRITE=1 writes them anew; the pictures need Graphviz then.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/exports/dot.h"
#include "engine/base/digest.h"
#include "engine/case_file/case_lifecycle.h"
#include "engine/obligation/obligation.h"

namespace tocsin::tests {
namespace {

using cli::dot_attributes;
using cli::dot_label;
using cli::dot_text;

const std::filesystem::path kFolder = TOCSIN_SOURCE_DIR "/docs/lifecycles";

struct Row {
  std::string from, event, to;
  std::vector<std::string> conditions;
};

struct Lifecycle {
  std::string name, title, initial, source;
  std::vector<Row> rows;
  std::vector<std::pair<std::string, std::string>> looks;  ///< state, attributes: shapes and lines differ, not colours alone
};

Lifecycle obligation_lifecycle() {
  Lifecycle made{"obligation", "The lifecycle of an obligation", "unraised", "engine/obligation/obligation.cpp", {}, {}};
  for (const auto& row : obligation::rows())
    made.rows.push_back(
        {std::string(word(row.from)), std::string(word(row.event)), std::string(word(row.to)), row.conditions});
  made.looks = {{"unraised", "style=\"rounded,dotted\""},
                {"due", "style=\"rounded,filled,bold\", fillcolor=\"#fff1c9\""},
                {"overdue", "shape=octagon, style=\"filled,bold\", fillcolor=\"#f9d5d0\""},
                {"met", "style=\"rounded,filled\", peripheries=2, fillcolor=\"#d8edd8\""},
                {"met_late", "style=\"rounded,filled,dashed\", peripheries=2, fillcolor=\"#d8edd8\""},
                {"ruled_out", "shape=hexagon, style=filled, fillcolor=\"#e6e6e6\""}};
  return made;
}

Lifecycle case_lifecycle() {
  Lifecycle made{"case", "The lifecycle of a case", "unopened", "engine/case_file/case_lifecycle.cpp", {}, {}};
  for (const auto& row : case_file::lifecycle_rows())
    made.rows.push_back(
        {std::string(word(row.from)), std::string(word(row.step)), std::string(word(row.to)), row.conditions});
  made.looks = {{"unopened", "style=\"rounded,dotted\""},
                {"open", "style=\"rounded,filled,bold\", fillcolor=\"#fff1c9\""},
                {"closed", "style=\"rounded,filled\", peripheries=2, fillcolor=\"#d8edd8\""}};
  return made;
}

std::string list_of(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string drawing(const Lifecycle& lifecycle) {
  std::string dot = "// SPDX-License-Identifier: Apache-2.0\n// Made from the table in " + lifecycle.source +
                    " by tests/lifecycles; change that, not this.\ndigraph " + dot_text(lifecycle.name) +
                    " {\n  rankdir=LR; ranksep=1.1; nodesep=0.5; bgcolor=white; label=" + dot_text(lifecycle.title) +
                    "; labelloc=t;\n  fontname=\"Helvetica\"; node [shape=box, fontname=\"Helvetica\"];\n"
                    "  edge [fontname=\"Helvetica\", fontsize=11];\n  start [shape=point, width=0.15];\n";
  for (const auto& [state, look] : lifecycle.looks) dot += "  " + dot_text(state) + " [" + look + "];\n";
  dot += "  start -> " + dot_text(lifecycle.initial) + ";\n";
  for (const auto& row : lifecycle.rows) {
    std::vector<std::string> label{row.event};
    for (std::size_t i = 0; i < row.conditions.size(); i += 2)
      label.push_back("[" + row.conditions[i] + (i + 1 < row.conditions.size() ? ", " + row.conditions[i + 1] : "") + "]");
    dot +=
        "  " + dot_text(row.from) + " -> " + dot_text(row.to) + " " + dot_attributes({{"label", dot_label(label)}}) + ";\n";
  }
  return dot + "}\n";
}

std::string page(const Lifecycle& lifecycle) {
  std::string text = "<!-- SPDX-License-Identifier: Apache-2.0 -->\n# " + lifecycle.title +
                     "\n\nMade from the Boost.MSM table in `" + lifecycle.source +
                     "` by `TOCSIN_REWRITE=1 test_lifecycles`: change that, not this. A row may be\ntaken when all its "
                     "conditions hold; what no row accepts is refused with the sentence of what failed.\n\n![" +
                     lifecycle.title + "](" + lifecycle.name +
                     ".svg)\n\n| | from | event | to | conditions |\n|---|---|---|---|---|\n";
  std::size_t number = 0;
  for (const auto& row : lifecycle.rows)
    text += "| " + std::to_string(++number) + " | " + row.from + " | " + row.event + " | " + row.to + " | " +
            (row.conditions.empty() ? "-" : list_of(row.conditions, ", ")) + " |\n";
  return text;
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

void hold(const std::string& name, const std::string& text) {
  if (std::getenv("TOCSIN_REWRITE") != nullptr) {
    std::filesystem::create_directories(kFolder);
    std::ofstream(kFolder / name, std::ios::binary) << text;
  }
  INFO("docs/lifecycles/" << name << " is not what the table says: run TOCSIN_REWRITE=1 test_lifecycles");
  CHECK((text_of(kFolder / name) == text));
}

/// The picture carries the digest of the drawing it was laid out from, so that no version of Graphviz matters but the one that
/// draws it anew.
void hold_picture(const Lifecycle& lifecycle) {
  const auto mark = "<!-- of " + lifecycle.name + ".dot, SHA-256 " + to_hex(sha256(drawing(lifecycle))) + " -->\n";
  const auto file = kFolder / (lifecycle.name + ".svg");
  if (std::getenv("TOCSIN_REWRITE") != nullptr) {
    const auto made = "dot -Tsvg '" + (kFolder / (lifecycle.name + ".dot")).string() + "' -o '" + file.string() + "'";
    REQUIRE(std::system(made.c_str()) == 0);
    std::ofstream(file, std::ios::binary | std::ios::app) << mark;
  }
  const auto picture = text_of(file);
  CHECK(picture.ends_with(mark));
  for (const auto& row : lifecycle.rows) CHECK(picture.find(">" + row.event + "<") != std::string::npos);
}

}  // namespace

TEST_CASE("docs/lifecycles shows the tables of the code, row for row") {
  CHECK(obligation_lifecycle().rows.size() == 16);
  CHECK(case_lifecycle().rows.size() == 6);
  for (const auto& lifecycle : {obligation_lifecycle(), case_lifecycle()}) {
    hold(lifecycle.name + ".dot", drawing(lifecycle));
    hold(lifecycle.name + ".md", page(lifecycle));
    hold_picture(lifecycle);
  }
}

TEST_CASE("every state of a lifecycle has a look that does not hang on its colour") {
  for (const auto& lifecycle : {obligation_lifecycle(), case_lifecycle()})
    for (const auto& row : lifecycle.rows) {
      const auto has_look = [&](const std::string& state) {
        for (const auto& [name, look] : lifecycle.looks)
          if (name == state) return true;
        return false;
      };
      CHECK(has_look(row.from));
      CHECK(has_look(row.to));
    }
}

}  // namespace tocsin::tests
