// SPDX-License-Identifier: Apache-2.0
// Drawings of workflows and cases: what they show, and that nothing in a workflow's words means anything to Graphviz.
#include <catch2/catch.hpp>
#include <fstream>

#include "cli/exports/dot.h"
#include "cli/exports/workflow_drawing.h"
#include "tests/cli/desk.h"

using namespace tocsin;
using tests::Desk;
using tests::Ran;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// What stands outside the strings of a DOT text; a string that does not end is a mistake.
std::string outside_strings(const std::string& dot) {
  std::string outside;
  bool inside = false;
  for (std::size_t i = 0; i < dot.size(); ++i) {
    if (inside && dot[i] == '\\') ++i;
    else if (dot[i] == '"') inside = !inside;
    else if (!inside) outside += dot[i];
  }
  CHECK_FALSE(inside);
  return outside;
}

workflow::Definition hostile(const std::string& words) {
  workflow::Definition made;
  made.name = made.title = words;
  workflow::Region region;
  region.name = words;
  region.states = {{words, words, true, false, {}}, {"end", words, false, true, {}}};
  workflow::Transition transition;
  transition.name = words;
  transition.from = {words};
  transition.to = "end";
  transition.by = {words};
  transition.approval = workflow::Approval{words, words, words};
  region.transitions = {transition};
  made.regions = {region};
  workflow::Obligation obligation;
  obligation.name = obligation.clock = obligation.to = words;
  obligation.anchor = {{workflow::Anchor::Kind::fact, words, {}}};
  made.obligations = {obligation};
  return made;
}

/// Runs with this PATH and nothing else.
Ran run_with_path(const std::string& path, std::vector<std::string> words) {
  std::istringstream in;
  std::ostringstream out, err;
  cli::World world{
      in,    out, err, {{"PATH", path}, {"TOCSIN_WORKFLOWS", TOCSIN_SOURCE_DIR "/workflows"}}, [] { return Instant{}; },
      "desk"};
  const int code = cli::run(world, std::move(words));
  return {code, out.str(), err.str()};
}

void make_program(const tests::fs::path& file, const std::string& script) {
  std::ofstream(file) << "#!/bin/sh\n" << script;
  tests::fs::permissions(file, tests::fs::perms::owner_all);
}

const std::vector<std::string> kSvg = {"workflow", "show", "uk/supplier-breach", "--draw", "--format", "svg"};

}  // namespace

TEST_CASE("a drawing shows every region, state and transition of a workflow, and what is owed from when") {
  Desk desk;
  const auto drawn = desk.run({"workflow", "show", "uk/supplier-breach", "--draw"});
  REQUIRE(drawn.code == 0);
  CHECK(drawn.out.starts_with("digraph \"uk/supplier-breach\" {\n"));
  for (const auto* part :
       {"label=\"region assessment\"", "label=\"region containment\"", "label=\"region case\"", "\"scoping\"",
        "begin-scoping\\nby handler", "siro proposes, dpo advises", "label=\"what is owed\"", "72 hours",
        "\"facts.aware_at\"", "when filed", "exempted by art_34_3_c"})
    CHECK(holds(drawn.out, part));
  CHECK(drawn.out == desk.run({"workflow", "show", "uk/supplier-breach", "--draw"}).out);
}

TEST_CASE("nothing in the words of a workflow ends its label or speaks to Graphviz") {
  const std::string words = "a\"]; evil [URL=\"x\\N\\\" <b>&quot; }\n\x1b[31m\xe2\x80\xae end \\";
  const auto dot = cli::draw(hostile(words));
  const auto outside = outside_strings(dot);
  for (const auto* part : {"evil", "URL", "<b>"}) CHECK_FALSE(holds(outside, part));
  CHECK_FALSE(holds(dot, "\x1b"));
  CHECK_FALSE(holds(dot, "\xe2\x80\xae"));
  CHECK(holds(dot, "(U+202E)"));
  CHECK_FALSE(holds(dot, "&quot;"));
  CHECK(cli::dot_text("a\\") == "\"a\\\\\"");
  CHECK(cli::dot_text("say \"no\"\nnow") == "\"say \\\"no\\\" now\"");
  CHECK(cli::dot_text("\xff") == "\"(not UTF-8)\"");
  CHECK(cli::dot_text(std::string(5000, 'x')).size() < 2100);
}

TEST_CASE("a case in its drawing: where it is, what may be taken now, what is lacking, and none of its words") {
  Desk desk;
  REQUIRE(desk.run({"people", "add", "desk", "--role", "handler"}).code == 0);
  REQUIRE(desk.open().code == 0);
  const auto drawn = desk.run({"case", "show", "FF-1", "--draw"});
  REQUIRE(drawn.code == 0);
  CHECK(holds(drawn.out, "case FF-1 in uk/supplier-breach"));
  CHECK(holds(drawn.out, "HERE\\ndetected"));
  CHECK(holds(drawn.out, "NOW: begin-scoping"));
  CHECK(holds(drawn.out, "close\\nLACKS: "));
  CHECK(holds(drawn.out, "ico: due 2026-05-05"));
  CHECK_FALSE(holds(drawn.out, "A lost box"));
  CHECK(desk.run({"case", "show", "FF-1", "--format", "svg"}).code == 2);
}

TEST_CASE("a picture is made by the dot of the path, fed through its standard input") {
  Desk desk;
  const auto program = desk.folder() / "dot";
  make_program(program, "test \"$1\" = -Tsvg || exit 1\necho '<svg>'\n/bin/cat\n");
  const auto drawn = run_with_path("relative:" + desk.folder().string(), kSvg);
  REQUIRE(drawn.code == 0);
  CHECK(drawn.out.starts_with("<svg>\ndigraph"));
  CHECK(drawn.out.ends_with("}\n"));
  auto as_json = kSvg;
  as_json.emplace_back("--json");
  CHECK(run_with_path(desk.folder().string(), as_json).out.starts_with(R"({"format":1,"drawing":"<svg>)"));

  make_program(program, "exit 3\n");
  CHECK(run_with_path(desk.folder().string(), kSvg).code == 10);
  make_program(program, "echo 'no picture'\n");
  CHECK(run_with_path(desk.folder().string(), kSvg).code == 10);
}

TEST_CASE("without Graphviz a picture is unavailable, and the answer says what to do") {
  const auto missing = run_with_path("", kSvg);
  CHECK(missing.code == 10);
  CHECK(missing.out.empty());
  CHECK(holds(missing.err, "install the package graphviz"));
  CHECK(holds(missing.err, "--format dot"));
  CHECK(run_with_path("", {"workflow", "show", "uk/supplier-breach", "--draw", "--format", "png"}).code == 2);
}
