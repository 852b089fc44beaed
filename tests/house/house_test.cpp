// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "cli/line/verbs.h"
#include "cli/run.h"
#include "tests/house/house.h"

using namespace tocsin;
using namespace tocsin::tests;
namespace fs = std::filesystem;

namespace {

const fs::path kRoot = TOCSIN_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Every file of these folders, by its path from the repository.
std::vector<std::string> files_of(std::initializer_list<const char*> folders) {
  std::vector<std::string> paths;
  for (const auto* folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder))
      if (entry.is_regular_file()) paths.push_back(fs::relative(entry.path(), kRoot).string());
  return paths;
}

bool is_source(const std::string& path) { return path.ends_with(".h") || path.ends_with(".cpp"); }

Floors floors() {
  std::vector<std::string> offences;
  auto read_in = read_floors(read(kRoot / "FLOORS"), offences);
  REQUIRE(offences.empty());
  return read_in;
}

std::string said(const std::vector<std::string>& words, int& code) {
  std::istringstream in;
  std::ostringstream out, err;
  cli::World world{in, out, err, {}, [] { return Instant{}; }, "tester"};
  code = cli::run(world, words);
  return out.str() + err.str();
}

std::vector<std::string> split(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

}  // namespace

TEST_CASE("every include keeps to the floors") {
  const auto plan = floors();
  std::size_t looked_at = 0;
  for (const auto& path : files_of({"engine", "adapters", "cli"})) {
    if (!is_source(path)) continue;
    ++looked_at;
    for (const auto& offence : include_offences(plan, path, read(kRoot / path))) FAIL_CHECK(offence);
  }
  CHECK(looked_at > 100);
}

TEST_CASE("every room that FLOORS names is there, and no other") {
  std::set<std::string> rooms;
  for (const auto& path : files_of({"engine", "adapters", "cli"}))
    if (is_source(path)) rooms.insert(fs::path(path).parent_path().string());
  std::set<std::string> named;
  for (const auto& [name, room] : floors()) named.insert(name);
  CHECK(rooms == named);
}

TEST_CASE("an include that breaks the floors is told in a sentence") {
  const auto plan = floors();
  const auto only = [&](const std::string& path, const std::string& text) {
    const auto offences = include_offences(plan, path, text);
    REQUIRE(offences.size() == 1);
    return offences.front();
  };
  CHECK(only("engine/guard/parse.cpp", "#include \"engine/workflow/plan.h\"\n") ==
        "engine/guard/parse.cpp includes engine/workflow/plan.h: engine/workflow is on floor 4, engine/guard on 1");
  CHECK(only("engine/ledger/chain.cpp", "#include \"engine/guard/guard.h\"\n") ==
        "engine/ledger/chain.cpp includes engine/guard/guard.h: engine/guard is on floor 1, engine/ledger on 1");
  CHECK(only("engine/workflow/plan.cpp", "#include \"engine/ports/vault.h\"\n") ==
        "engine/workflow/plan.cpp includes engine/ports/vault.h: engine/ports is on floor 6, engine/workflow on 4");
  CHECK(only("engine/base/json.h", "#include <boost/json.hpp>\n") ==
        "engine/base/json.h includes boost/json.hpp: headers of engine/ name only the standard library");
  CHECK(only("cli/views/views.cpp", "  # include <soci/soci.h>\n") ==
        "cli/views/views.cpp includes soci/soci.h: FLOORS does not name it for cli/views");
  CHECK(only("cli/views/views.cpp", "#include \"adapters/log/log.h\"\n") ==
        "cli/views/views.cpp includes adapters/log/log.h: only cli/shop/wiring.cpp names adapters");
  CHECK(only("engine/base/time.cpp", "#include \"engine/attic/x.h\"\n") ==
        "engine/base/time.cpp includes engine/attic/x.h: FLOORS knows no such room");
  CHECK(only("engine/attic/x.cpp", "") == "engine/attic/x.cpp lies in a folder that FLOORS does not name");
  CHECK(include_offences(plan, "engine/base/json.cpp", "#include <boost/json/src.hpp>\n#include <map>\n").empty());
}

TEST_CASE("every page carries its licence, is short, and names no machine") {
  for (const auto& path :
       files_of({"engine", "adapters", "cli", "bench", "tests", "scripts", "docs", "examples", "workflows", "cmake"})) {
    const auto text = read(kRoot / path);
    if (text.find('\0') != std::string::npos) continue;
    for (const auto& offence : page_offences(path, text)) FAIL_CHECK(offence);
  }
  const std::string licence = "// SPDX-License-Identifier: Apache-2.0\n";
  CHECK(page_offences("a.cpp", licence).empty());
  CHECK(page_offences("a.cpp", "int x;\n").size() == 1);
  CHECK(page_offences("a.cpp", licence + std::string(400, '\n')).size() == 1);
  CHECK(page_offences("cli/util.cpp", licence).size() == 1);
  CHECK(page_offences("a.cpp", licence + "class Case" + "Manager {};\n").size() == 1);
  CHECK(page_offences("a.md", std::string("see \"/ho") + "me/somebody/x\"").size() == 1);
}

TEST_CASE("every link between pages leads somewhere") {
  static const std::regex link(R"(\]\(([^)#:]+)(#[^)]*)?\))");
  auto pages = files_of({"docs", "examples", "bench"});
  for (const auto* page : {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"}) pages.push_back(page);
  std::size_t followed = 0;
  for (const auto& path : pages) {
    if (!path.ends_with(".md")) continue;
    const auto text = read(kRoot / path);
    for (std::sregex_iterator found(text.begin(), text.end(), link), end; found != end; ++found) {
      const auto target = (*found)[1].str();
      INFO(path << " links to " << target);
      CHECK(fs::exists((kRoot / path).parent_path() / target));
      ++followed;
    }
  }
  CHECK(followed > 10);
}

TEST_CASE("every source is laid out as .clang-format says") {
  std::string command = "cd '" + kRoot.string() + "' && clang-format --dry-run -Werror";
  for (const auto& path : files_of({"engine", "adapters", "cli", "bench", "tests"}))
    if (is_source(path) || path.ends_with(".c")) command += " " + path;
  INFO("run: clang-format -i on the files named above");
  CHECK(std::system(command.c_str()) == 0);
}

TEST_CASE("every verb has help, a page and a transcript") {
  std::string played;
  for (const auto& path : files_of({"tests/cli"}))
    if (path.ends_with(".transcript")) played += read(kRoot / path);
  const auto page = read(kRoot / "docs/cli.md");
  REQUIRE(cli::verbs().size() >= 29);
  for (const auto& verb : cli::verbs()) {
    INFO(verb.words);
    CHECK(played.find("$ tocsin " + verb.words) != std::string::npos);
    CHECK(page.find("tocsin " + verb.words) != std::string::npos);
    auto words = split(verb.words);
    words.push_back("--help");
    int code = -1;
    const auto help = said(words, code);
    CHECK(code == 0);
    CHECK(help.find(verb.summary) != std::string::npos);
    for (const auto& option : verb.options) {
      CHECK_FALSE(option.help.empty());
      CHECK(help.find(option.name) != std::string::npos);
    }
  }
}
