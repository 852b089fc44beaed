// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "cli/line/settings.h"
#include "cli/shop/wiring.h"
#include "tests/cli/desk.h"

using namespace tocsin;
using namespace tocsin::tests;

namespace {

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The file after one setting was changed in it.
std::string changed(const std::string& text, const std::string& profile, const std::string& name, const char* value) {
  const auto page = cli::read_settings("config", text);
  REQUIRE(page);
  const std::string to = value == nullptr ? "" : value;
  const auto written = cli::with_setting(*page, profile, name, value == nullptr ? nullptr : &to);
  REQUIRE(written);
  const auto again = cli::read_settings("config", *written);
  REQUIRE(again);
  CHECK(again->value(profile, name) == to);
  return *written;
}

}  // namespace

TEST_CASE("a changed setting leaves comments and other lines of the file as they are") {
  const std::string text =
      "# mine\ndb: a.db   # the old one\n\n# who\nas: ann\nprofiles:\n  exercise:\n    db: b.db\n  night:\n    as: bob\n# end\n";
  CHECK(
      changed(text, "", "as", "dee") ==
      "# mine\ndb: a.db   # the old one\n\n# who\nas: dee\nprofiles:\n  exercise:\n    db: b.db\n  night:\n    as: bob\n# end\n");
  CHECK(
      changed(text, "", "limit", "20") ==
      "# mine\ndb: a.db   # the old one\n\n# who\nas: ann\nlimit: 20\nprofiles:\n  exercise:\n    db: b.db\n  night:\n    as: bob\n# end\n");
  CHECK(
      changed(text, "exercise", "as", "ann") ==
      "# mine\ndb: a.db   # the old one\n\n# who\nas: ann\nprofiles:\n  exercise:\n    db: b.db\n    as: ann\n  night:\n    as: bob\n# end\n");
  CHECK(changed(text, "day", "as", "ann").find("  night:\n    as: bob\n  day:\n    as: ann\n") != std::string::npos);
  CHECK(changed(text, "exercise", "db", nullptr) ==
        "# mine\ndb: a.db   # the old one\n\n# who\nas: ann\nprofiles:\n  exercise:\n  night:\n    as: bob\n# end\n");
  CHECK(changed("", "", "zone", "Europe/Dublin") == "zone: Europe/Dublin\n");
  CHECK(changed("", "night", "as", "bob") == "profiles:\n  night:\n    as: bob\n");
}

TEST_CASE("whatever a value holds, it is read as it was set") {
  for (const auto* value :
       {"it's", "# no comment", "a: b", "- x", "null", "  two  ", "[a, b]", "\\n", "é", "%1", "{x}", "yes", "~/a"})
    changed("", "", "editor", value);
}

TEST_CASE("a mistake in the settings is told with its line and column") {
  const auto message = [](const std::string& text) { return cli::read_settings("config", text).error().message; };
  CHECK(message("db: a\nas: [ann, bob]\n").find("config:2:5: error: 'as' is one value, and this is a list") !=
        std::string::npos);
  CHECK(message("as: ann\nzoen: x\n").find("config:2:1: error: there is no setting 'zoen'") != std::string::npos);
  CHECK(message("as: ann\nzoen: x\n").find("did you mean 'zone'?") != std::string::npos);
  CHECK(message("profiles:\n  a:\n    profile: b\n").find("config:3:5: error: there is no setting 'profile'") !=
        std::string::npos);
  CHECK(message("profiles: x\n").find("config:1:11: error: 'profiles' holds a mapping") != std::string::npos);
  CHECK(message("as: 'ann\n").find("config:") != std::string::npos);
  CHECK(message("- as\n").find("config:1:1: error: the file holds a list, not a mapping") != std::string::npos);
}

TEST_CASE("the settings are written whole, for their owner alone, and through a link") {
  Desk desk;
  const auto file = desk.folder() / ".config/tocsin/config";
  const auto elsewhere = desk.folder() / "dotfiles/config";
  fs::create_directories(elsewhere.parent_path());
  fs::create_directories(file.parent_path());
  std::ofstream(elsewhere) << "# kept\n";
  fs::create_symlink(elsewhere, file);
  CHECK(desk.run({"config", "set", "as", "ann"}).code == 0);
  CHECK(fs::is_symlink(file));
  CHECK(read(elsewhere).find("as: ann") != std::string::npos);
  struct stat status {};
  REQUIRE(stat(elsewhere.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  for (const auto& entry : fs::directory_iterator(elsewhere.parent_path())) CHECK(entry.path() == elsewhere);
}

TEST_CASE("what only a person can change is left alone") {
  Desk desk;
  const auto file = desk.folder() / ".config/tocsin/config";
  fs::create_directories(file.parent_path());
  const std::string text = "{as: ann, db: a.db}\n";
  std::ofstream(file) << text;
  const auto ran = desk.run({"config", "set", "as", "bob"});
  CHECK(ran.code == 2);
  CHECK(ran.err.find("use an editor") != std::string::npos);
  CHECK(read(file) == text);
}

TEST_CASE("without HOME there are no settings, and everything else works") {
  std::istringstream in;
  std::ostringstream out, err;
  cli::World world{in, out, err, {}, [] { return *parse_instant("2026-05-02T02:00Z"); }, "desk"};
  CHECK(cli::run(world, {"config", "set", "as", "ann"}) == 2);
  CHECK(err.str().find("nothing says where your settings are: set HOME or XDG_CONFIG_HOME") != std::string::npos);
  CHECK(cli::run(world, {"config", "list"}) == 0);
  CHECK(cli::run(world, {"version"}) == 0);
}
