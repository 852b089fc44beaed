// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/cli/desk.h"

using namespace tocsin;
using namespace tocsin::tests;

namespace {

/// A desk with one case, and what a shell is answered there.
class Typist {
 public:
  Typist() {
    REQUIRE(desk.run({"people", "add", "ann", "--role", "handler,siro", "--as", "ann"}).code == 0);
    REQUIRE(desk.run({"people", "add", "dee", "--role", "dpo", "--as", "ann"}).code == 0);
    REQUIRE(desk.run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--ref", "FF-1", "--as", "ann"}).code ==
            0);
  }

  std::string answer(std::vector<std::string> words, const std::string& shell = "bash") {
    words.insert(words.begin(), {"__complete", shell, "--"});
    const auto ran = desk.run(words);
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
    return ran.out;
  }
  std::set<std::string> words(std::vector<std::string> typed, const std::string& shell = "bash") {
    std::istringstream lines(answer(std::move(typed), shell));
    std::set<std::string> all;
    for (std::string line; std::getline(lines, line);) all.insert(line.substr(0, line.find('\t')));
    return all;
  }

  Desk desk;
};

using Set = std::set<std::string>;

bool has(const Set& all, const std::string& word) { return all.contains(word); }

}  // namespace

TEST_CASE("a tab after tocsin offers verbs by their first word, and then by their second") {
  Typist typist;
  CHECK(typist.words({"ca"}) == Set{"calendar", "case"});
  CHECK(typist.words({"case", "mo"}) == Set{"move"});
  CHECK(has(typist.words({""}), "due"));
  CHECK(typist.words({"nothing", ""}).empty());
  CHECK(typist.words({"nothing", "at", ""}).empty());
  CHECK(typist.answer({"ca"}).find("__complete") == std::string::npos);
}

TEST_CASE("a tab offers the options of the verb, each once, and their fixed words") {
  Typist typist;
  CHECK(typist.words({"case", "open", "--ti"}) == Set{"--title"});
  CHECK(typist.words({"case", "open", "--title", "x", "--ti"}).empty());
  CHECK(typist.words({"case", "open", "--fact", "a=b", "--fa"}) == Set{"--fact"});
  CHECK(typist.words({"register", "--format", ""}) == Set{"csv", "json", "markdown"});
  CHECK(typist.words({"register", "--format=c"}) == Set{"--format=csv"});
  CHECK(typist.words({"due", "--log-level", "de"}) == Set{"debug"});
  CHECK(typist.words({"people", "add", "bob", "--role", "dpo,s"}) == Set{"dpo,siro"});
  CHECK(typist.words({"case", "set", "FF-1", "--status", "con"}) == Set{"confirmed"});
  CHECK(typist.words({"completion", ""}) == Set{"bash", "fish", "zsh"});
  CHECK(typist.words({"config", "set", "log-format", ""}) == Set{"json", "text"});
}

TEST_CASE("a tab knows the case: what it owes, where it can go, what can be said of it") {
  Typist typist;
  CHECK(typist.words({"case", "show", ""}) == Set{"FF-1"});
  CHECK(typist.words({"case", "show", "ff"}) == Set{"FF-1"});
  CHECK(has(typist.words({"notice", "record", "FF-1", ""}), "ico"));
  const auto moves = typist.words({"case", "move", "FF-1", ""});
  CHECK(has(moves, "begin-scoping"));
  CHECK_FALSE(has(moves, "close"));
  CHECK(typist.words({"case", "set", "FF-1", "aware"}) == Set{"aware_at="});
  CHECK(typist.words({"case", "set", "FF-1", "risk=h"}) == Set{"risk=high_risk"});
  CHECK(has(typist.words({"decision", "propose", "FF-1", ""}), "close"));
  CHECK(typist.words({"case", "note", "FF-1", "x", "--with", "sup"}) == Set{"supplier"});
  CHECK(typist.words({"case", "list", "--as", ""}) == Set{"ann", "dee"});
  CHECK(typist.words({"case", "open", "uk/supplier-breach", "--fact", "risk=hi"}) == Set{"risk=high_risk"});
}

TEST_CASE("an obligation that is settled is not offered for a notice, and a decision is while it waits") {
  Typist typist;
  REQUIRE(
      typist.desk.run({"notice", "record", "FF-1", "nca", "--channel", "telephone", "--reference", "pending", "--as", "ann"})
          .code == 0);
  CHECK_FALSE(has(typist.words({"notice", "record", "FF-1", ""}), "nca"));
  CHECK(typist.words({"notice", "receipt", "FF-1", ""}) == Set{"1"});
  CHECK(typist.words({"notice", "record", "FF-1", "ico", "--channel", "t"}) == Set{"telephone"});
  const auto proposed =
      typist.desk.run({"decision", "propose", "FF-1", "notice:1", "--because", "wrong case", "--as", "ann"});
  REQUIRE(proposed.code == 0);
  CHECK(typist.words({"decision", "approve", "FF-1", ""}).size() == 1);
}

TEST_CASE("a tab offers what the library holds") {
  Typist typist;
  CHECK(has(typist.words({"case", "open", "uk/"}), "uk/supplier-breach"));
  CHECK(has(typist.words({"clock", "explain", "uk.gdpr.33"}), "uk.gdpr.33_1"));
  CHECK(has(typist.words({"calendar", "show", ""}), "ireland"));
  CHECK(typist.words({"notice", "draft", "FF-1", "ico", "--template", "ed"}) == Set{"edpb-33"});
  CHECK(has(typist.words({"workflow", "check", ""}), ":files"));
  CHECK(has(typist.words({"help", "exit"}), "exit-codes"));
}

TEST_CASE("titles are shown where the shell shows notes") {
  Typist typist;
  CHECK(typist.answer({"case", "show", "FF"}, "bash") == "FF-1\n");
  CHECK(typist.answer({"case", "show", "FF"}, "fish") == "FF-1\tA lost box\n");
}

TEST_CASE("of many cases so many are offered that no shell fills in a letter too many") {
  Typist typist;
  const auto open = [&](int number) {
    return typist.desk
        .run({"case", "open", "uk/supplier-breach", "--title", "x", "--ref", "B-" + std::to_string(number), "--as", "ann"})
        .code;
  };
  for (int i = 0; i < 102; ++i) REQUIRE(open(10000 + i) == 0);
  REQUIRE(open(11000) == 0);
  const auto all = typist.words({"case", "show", "B-1"});
  CHECK(all.size() == 101);
  CHECK(has(all, "B-11000"));
  CHECK(has(typist.words({"case", "show", ""}), "FF-1"));
}

TEST_CASE("a tab is quiet where nothing can be read, and makes nothing") {
  Desk desk;
  CHECK(desk.run({"__complete", "bash", "--", "case", "show", "F"}).out.empty());
  CHECK_FALSE(fs::exists(desk.database()));
  CHECK(fs::is_empty(desk.folder()));
  fs::create_directories(desk.database().parent_path());
  std::ofstream(desk.database())
      << "this is no database, and it is long enough to look like one of a hundred bytes or so, is it not?";
  for (const auto& typed :
       std::vector<std::vector<std::string>>{{"case", "show", ""}, {"case", "move", "FF-1", ""}, {"people", "add", ""}}) {
    auto words = typed;
    words.insert(words.begin(), {"__complete", "zsh", "--"});
    const auto ran = desk.run(words);
    CHECK(ran.code == 0);
    CHECK(ran.err.empty());
  }
  CHECK(desk.run({"__complete"}).code == 0);
  CHECK(desk.run({"__complete", "bash"}).out.empty());
  CHECK(desk.run({"__complete", "bash", "--"}).out.empty());
}

TEST_CASE("a tab changes no file of the store") {
  Typist typist;
  const auto folder = typist.desk.database().parent_path();
  const auto files = [&] {
    std::set<std::pair<std::string, std::string>> all;
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::ifstream in(entry.path(), std::ios::binary);
      std::ostringstream text;
      text << in.rdbuf();
      all.emplace(entry.path().filename().string(), text.str());
    }
    return all;
  };
  // A file that was made and taken away again would show in the folder's time.
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  fs::last_write_time(folder, long_ago);
  const auto before = files();
  typist.answer({"case", "move", "FF-1", ""});
  typist.answer({"case", "show", ""}, "fish");
  CHECK((files() == before));
  CHECK((fs::last_write_time(folder) == long_ago));
}
