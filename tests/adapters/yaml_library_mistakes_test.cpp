// SPDX-License-Identifier: Apache-2.0
// Every broken file is answered as the page beside it says. TOCSIN_REWRITE=1 rewrites the pages: read the difference as
// somebody would who has to mend the file.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/yaml_library/definition_reader.h"
#include "adapters/yaml_library/library.h"
#include "adapters/yaml_library/method_reader.h"
#include "adapters/yaml_library/story_reader.h"
#include "adapters/yaml_library/yaml_tree.h"
#include "tests/contracts/folder.h"

namespace tocsin::tests {
namespace {

namespace fs = std::filesystem;
using workflow::Issue;

const std::string broken = "tests/adapters/broken";

/// Stands in the root of the sources, so that files are named in messages as a user there would name them.
struct AtHome {
  fs::path before = fs::current_path();
  AtHome() { fs::current_path(TOCSIN_SOURCE_DIR); }
  ~AtHome() { fs::current_path(before); }
  AtHome(const AtHome&) = delete;
  AtHome& operator=(const AtHome&) = delete;
};

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string printed(const std::vector<Issue>& issues) {
  std::string out;
  for (const auto& issue : issues) out += format_issue(issue);
  return out;
}

/// A workflow is asked for by its path, as by `tocsin workflow check`, so that its law comes from the shipped library.
std::vector<Issue> workflow_issues(const std::string& file) {
  const yaml_library::Library library("workflows");
  const auto reading = library.find(file);
  REQUIRE(reading);
  const bool is_wrong =
      std::any_of(reading->issues.begin(), reading->issues.end(), [](const Issue& one) { return !one.is_warning; });
  CHECK((reading->definition == nullptr) == is_wrong);
  return reading->issues;
}

/// Calendars are read only through a workflow that names them.
std::vector<Issue> calendar_issues(const fs::path& file) {
  const std::string name = file.stem().string();
  const std::string workflow =
      "workflow: uk/any\nversion: 1\ntitle: Any\nzone: UTC\nlaw: uk-voluntary\ncalendar: " + name +
      "\nparties: {us: {title: Us}}\nroles: {}\nregions: {case: {states: {open: {initial: true}, closed: {final: true}}, "
      "transitions: {close: {from: open, to: closed}}}}\nobligations: {nca: {clock: uk.nca, to: us, anchor: "
      "case.opened_at}}\n";
  const yaml_library::Library nowhere{fs::path()};
  return nowhere
      .parse({{"uk/any/workflow.yaml", workflow},
              {"law/uk-voluntary.yaml", text_of("workflows/law/uk-voluntary.yaml")},
              {"calendars/" + name + ".yaml", text_of(file)}})
      .issues;
}

/// What the library says about a broken file; which reader it is meant for stands in its first key.
std::vector<Issue> issues_of(const fs::path& file) {
  const auto text = text_of(file);
  const auto begins = [&](std::string_view key) {
    return text.find("Apache-2.0\n" + std::string(key)) != std::string::npos;
  };
  if (begins("story:")) return yaml_library::read_story_file(file.string()).issues;
  if (begins("law:")) return yaml_library::read_law_file({"law/" + file.filename().string(), text}).issues;
  if (begins("calendar:")) return calendar_issues(file);
  if (begins("method:")) return yaml_library::read_method_file({"methods/" + file.filename().string(), text}).issues;
  return workflow_issues(file.string());
}

std::vector<fs::path> broken_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(broken)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST_CASE("every broken file is answered as the page beside it says") {
  const AtHome home;
  const auto files = broken_files();
  REQUIRE(files.size() > 40);
  for (const auto& file : files) {
    INFO(file.string());
    const auto issues = issues_of(file);
    CHECK_FALSE(issues.empty());
    const auto golden = fs::path(file).replace_extension(".expected.txt");
    if (std::getenv("TOCSIN_REWRITE") != nullptr) std::ofstream(golden, std::ios::binary) << printed(issues);
    CHECK(printed(issues) == text_of(golden));
  }
}

/// The mistakes that a file must not get away with, each with a broken file and what is said about it.
struct Named {
  const char* file;
  const char* said;
};
const Named named[] = {
    {"unknown-keys", "unknown key 'gaurd' in transition 'close'"},
    {"duplicate-keys", "the key 'version' is given twice"},
    {"wrong-types", "'title' in the workflow must be text, not a list"},
    {"undefined-names", "there is no state 'opne'"},
    {"undefined-names", "there is no fact 'aware'"},
    {"undefined-names", "there is no clock 'uk.gdpr.33_11'"},
    {"undefined-names", "there is no role 'sirro'"},
    {"undefined-names", "there is no party 'oci'"},
    {"unreachable-state", "nothing leads to state 'attic'"},
    {"by-nobody", "nobody could take it"},
    {"nobody-may-take-it", "there is no role 'judge'"},
    {"no-legal-basis", "obligation 'ico' has no legal basis"},
    {"law-no-basis", "clock 'xx.one' has no legal basis"},
    {"anchors-in-a-circle", "anchors run in a circle: ico -> more -> ico"},
    {"method-keys", "unknown key 'soruce' in the method"},
    {"method-types", "'score' in choice 'much' must be a number, not '0.125'"},
    {"method-no-source", "the method has no 'source'"},
    {"method-bands", "a gap between 'low', below 2.00, and 'high', from 3.00"},
    {"method-overlap", "an overlap between 'low', below 3.00, and 'high', from 2.00"},
    {"method-names", "there is no input 'sprede'"},
    {"method-limited", "'spread' has no choice 'wied'"},
    {"method-product", "the product of these parts can have more than two decimals"},
    {"method-circle", "questions run in a circle: who -> where -> who"},
    {"method-unreachable", "nothing leads to question 'attic'"},
    {"method-nowhere", "answer 'no' leads nowhere"},
    {"method-nowhere", "there is no question or outcome 'wrie'"},
    {"method-tree-keys", "outcome 'tell' has no 'source'"},
    {"aliases", "anchors ('&name') are not allowed"},
    {"an-alias", "aliases ('*name') are not allowed"},
    {"tags", "tags ('!name') are not allowed"},
    {"several-documents", "a second document begins here"},
    {"empty", "the file is empty"},
};

TEST_CASE("every mistake that must be found has a broken file") {
  const AtHome home;
  for (const auto& one : named) {
    INFO(one.file);
    CHECK_THAT(printed(issues_of(fs::path(broken) / (std::string(one.file) + ".yaml"))), Catch::Contains(one.said));
  }
}

TEST_CASE("what is no YAML is said alone") {
  const AtHome home;
  for (const auto* file : {"syntax", "aliases", "an-alias", "tags", "several-documents", "unclosed-quote", "empty", "tab",
                           "missing-colon", "story-aliases", "method-syntax"}) {
    INFO(file);
    CHECK(issues_of(fs::path(broken) / (std::string(file) + ".yaml")).size() == 1);
  }
}

/// The one thing that each reader says about a text.
std::string said_by_all(const std::string& text) {
  const yaml_library::Library nowhere{fs::path()};
  const auto fetch = [](const std::string&) -> Result<std::string> { return Error{Errc::not_found, "no such file"}; };
  const auto story = printed(yaml_library::read_story("x", text).issues);
  CHECK(printed(yaml_library::read_law_file({"x", text}).issues) == story);
  CHECK(printed(yaml_library::read_method_file({"x", text}).issues) == story);
  CHECK(printed(yaml_library::read_definition({"x", text}, "x", fetch).issues) == story);
  CHECK_FALSE(nowhere.parse({{"x.yaml", text}}).issues.empty());
  return story;
}

std::string nested(std::size_t deep) { return "a: " + std::string(deep, '[') + std::string(deep, ']') + "\n"; }

TEST_CASE("texts that no parser may see are refused by every reader") {
  CHECK(said_by_all("") == "x:1: error: the file is empty\n  write lines of the form KEY: value\n");
  CHECK(said_by_all("# nothing\n---\n") == said_by_all(""));
  CHECK(said_by_all("a: b\nc: \xC3\x28\n") == "x:2: error: the line is not valid UTF-8\n  save the file as UTF-8\n");
  CHECK(said_by_all(std::string("a: b\nc: \0\n", 10)) ==
        "x:2: error: a control character stands in column 4\n  remove it\n");
  CHECK(said_by_all("\xEF\xBB\xBF"
                    "a: b\n") == "x:1: error: the file begins with a byte order mark\n  save it as UTF-8 without one\n");
  // An escape that the parser does not know must not be quoted byte by byte: half a letter is no UTF-8.
  CHECK(said_by_all("a: \"\\\xC3\xA9\"\n").find("x:1:6: error: not valid YAML: an escape") == 0);
}

TEST_CASE("a file of one byte over 1 MiB is refused, whoever reads it") {
  const std::string line = "# 0123456789abcd\n";
  std::string text = "a: b\n";
  while (text.size() + line.size() <= yaml_library::largest_file) text += line;
  text += std::string(yaml_library::largest_file - text.size(), '#');
  CHECK_FALSE(printed(yaml_library::read_story("x", text).issues).find("larger than 1 MiB") != std::string::npos);
  text += '#';
  CHECK(said_by_all(text) == "x: error: the file is larger than 1 MiB\n  no file of this kind needs that\n");
  const Folder folder;
  const auto file = folder / "big.yaml";
  std::ofstream(file, std::ios::binary) << text;
  CHECK(yaml_library::read_story_file(file).issues.front().message == "the file is larger than 1 MiB");
  const auto found = yaml_library::Library(folder.path()).find(file);
  REQUIRE_FALSE(found);
  CHECK_THAT(found.error().message, Catch::EndsWith("the file is larger than 1 MiB"));
}

TEST_CASE("nesting of 64 is read and one more is refused") {
  const auto deepest = yaml_library::deepest_nesting - 1;  // the mapping itself is the first
  CHECK_THAT(printed(yaml_library::read_story("x", nested(deepest)).issues), Catch::Contains("unknown key 'a'"));
  CHECK(said_by_all(nested(deepest + 1)).find("x:1:67: error: nested more than 64 deep\n") == 0);
  CHECK(said_by_all(nested(400'000)).find("x:1:67: error: nested more than 64 deep\n") == 0);
}

TEST_CASE("a misspelt key is said once, not also as missing") {
  const auto said = printed(yaml_library::read_law_file({"law/x.yaml", "law: x\ntitel: X\nclocks: {}\n"}).issues);
  CHECK(said == "law/x.yaml:2:1: error: unknown key 'titel' in the law file\n  titel: X\n  ^\n  did you mean 'title'?\n");
}

TEST_CASE("a syntax error comes without the mistakes above it") {
  const auto said = printed(yaml_library::read_story("x", "a: 1\na: 2\nb: [\n").issues);
  CHECK(said == "x:3:4: error: not valid YAML: this bracket is not closed\n  b: [\n     ^\n"
                "  look for a missing ']', comma or quote from here to line 4\n");
}

TEST_CASE("a file with very many mistakes is not answered with a book") {
  std::string text = "story: x\n";
  for (int i = 0; i < 5000; ++i) text += "key" + std::to_string(i) + ": x\n";
  const auto issues = yaml_library::read_story("x", text).issues;
  CHECK(issues.size() == 101);
}

}  // namespace
}  // namespace tocsin::tests
