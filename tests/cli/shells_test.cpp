// SPDX-License-Identifier: Apache-2.0
// The scripts of 'tocsin completion' in the real shells.
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/cli/desk.h"

using namespace tocsin;
using namespace tocsin::tests;

namespace {

bool is_installed(const std::string& shell) {
  return std::system(("command -v " + shell + " >/dev/null 2>&1").c_str()) == 0;
}

/// A store with a case, and a folder with the program on the path.
class Room {
 public:
  Room() {
    REQUIRE(desk.open().code == 0);
    fs::create_directories(desk.folder() / "bin");
    fs::create_symlink(TOCSIN_BINARY, desk.folder() / "bin/tocsin");
  }

  /// What a script of a shell prints, run in the room.
  std::string run(const std::string& shell, const std::string& script) const {
    const auto file = desk.folder() / ("script." + shell);
    std::ofstream(file) << script;
    const auto command = "cd '" + desk.folder().string() + "' && env -i HOME='" + desk.folder().string() + "' PATH='" +
                         (desk.folder() / "bin").string() +
                         ":/usr/bin:/bin' TERM=dumb TOCSIN_WORKFLOWS='" TOCSIN_SOURCE_DIR "/workflows' " + shell +
                         (shell == "zsh" ? " -f '" : " '") + file.string() + "' 2>&1";
    std::string output;
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    char buffer[4096];
    while (const auto read = fread(buffer, 1, sizeof buffer, pipe)) output.append(buffer, read);
    pclose(pipe);
    return output;
  }

  Desk desk;
};

std::set<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::set<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.insert(line);
  return lines;
}

using Set = std::set<std::string>;

/// What bash would offer at the end of a line, cut into words as bash cuts it.
std::string bash_offers(const std::string& line, const std::string& cut) {
  return "source <(tocsin completion bash)\nCOMP_LINE='" + line + "'\nCOMP_POINT=${#COMP_LINE}\nCOMP_WORDS=(" + cut +
         ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_tocsin tocsin\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
}

}  // namespace

TEST_CASE("bash completes verbs, cases and the words of a fact") {
  if (!is_installed("bash")) {
    WARN("bash is not installed");
    return;
  }
  const Room room;
  CHECK(lines_of(room.run("bash", bash_offers("tocsin case mo", "tocsin case mo"))) == Set{"move"});
  CHECK(lines_of(room.run("bash", bash_offers("tocsin case show ", "tocsin case show ''"))) == Set{"FF-1"});
  // bash hands over 'risk', '=' and 'h', and replaces the last of them.
  CHECK(lines_of(room.run("bash", bash_offers("tocsin case set FF-1 risk=h", "tocsin case set FF-1 risk = h"))) ==
        Set{"high_risk"});
  CHECK(lines_of(room.run("bash", bash_offers("tocsin register --format=c", "tocsin register --format = c"))) == Set{"csv"});
  std::ofstream(room.desk.folder() / "minutes.txt") << "x";
  CHECK(lines_of(room.run("bash", bash_offers("tocsin replay min", "tocsin replay min"))) == Set{"minutes.txt"});
  CHECK(lines_of(room.run("bash", bash_offers("tocsin case note FF-1 @min", "tocsin case note FF-1 @ min"))) ==
        Set{"minutes.txt"});
}

TEST_CASE("fish completes verbs, and cases with their titles") {
  if (!is_installed("fish")) {
    WARN("fish is not installed");
    return;
  }
  const Room room;
  const auto offers = [&](const std::string& line) {
    return lines_of(room.run("fish", "tocsin completion fish | source\ncomplete -C '" + line + "'\n"));
  };
  CHECK(offers("tocsin case mo") == Set{"move\tTake a transition"});
  CHECK(offers("tocsin case show F") == Set{"FF-1\tA lost box"});
  CHECK(offers("tocsin case set FF-1 risk=h") == Set{"risk=high_risk"});
}

TEST_CASE("zsh completes verbs, cases, facts and their words") {
  if (!is_installed("zsh")) {
    WARN("zsh is not installed");
    return;
  }
  const Room room;
  // zsh answers only at a prompt: an inner zsh sits at one of its own, and tells between marks what it would add.
  std::ofstream(room.desk.folder() / "inner.zsh") << R"(PROMPT=
autoload -U compinit
compinit -u -D
source <(tocsin completion zsh)
bindkey '^I' complete-word
say_begin() { print -r -- '<<<' }
say_end() { print -r -- '>>>' }
compprefuncs=(say_begin)
comppostfuncs=(say_end)
compadd() {
  if [[ " ${(j: :)@[1,(i)(-|--)]}" == *\ -*[OAD]\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a hits
  builtin compadd -A hits "$@"
  (( ${#hits} )) && print -rl -- $hits
}
print -r -- rea'dy'
)";
  const auto offers = [&](const std::string& line) {
    auto lines =
        lines_of(room.run("zsh", "zmodload zsh/zpty\nzpty inner zsh -f -i\nzpty -w inner 'source \"$HOME/inner.zsh\"'\n"
                                 "zpty -r inner reply $'*ready*'\nzpty -w -n inner '" +
                                     line +
                                     "'$'\\t'\nzpty -r inner reply $'*<<<*>>>*'\nzpty -d inner\nreply=${reply##*<<<}\n"
                                     "print -r -- ${${reply%%>>>*}//$'\\r'/}\n"));
    lines.erase("");
    return lines;
  };
  CHECK(offers("tocsin case mo") == Set{"move"});
  CHECK(offers("tocsin case show F") == Set{"FF-1"});
  CHECK(offers("tocsin case set FF-1 risk=h") == Set{"risk=high_risk"});
  CHECK(offers("tocsin case set FF-1 awa") == Set{"aware_at="});
  CHECK(offers("tocsin register --format=c") == Set{"--format=csv"});
}
