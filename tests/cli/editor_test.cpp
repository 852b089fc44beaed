// SPDX-License-Identifier: Apache-2.0
// Texts that are written in an editor: a script plays the person who writes.
#include "cli/line/editor.h"

#include <pty.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/cli/desk.h"

namespace tocsin::tests {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// A folder with a store on disk, a folder in memory for texts, and an editor that is a script.
class Writer {
 public:
  Writer() {
    std::string name = (fs::temp_directory_path() / "tocsin-writer-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    std::string runtime = "/dev/shm/tocsin-writer-XXXXXX";
    memory_ = mkdtemp(runtime.data());
    environment = {{"HOME", folder_.string()},
                   {"PATH", "/usr/bin:/bin"},
                   {"XDG_RUNTIME_DIR", memory_.string()},
                   {"TOCSIN_WORKFLOWS", TOCSIN_SOURCE_DIR "/workflows"}};
  }
  ~Writer() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    fs::remove_all(memory_, ignored);
  }

  /// The editor runs these lines of a shell; "$1" is the file.
  void edits(const std::string& lines) {
    const auto script = folder_ / "editor";
    std::ofstream(script) << "#!/bin/sh\n" << lines << "\n";
    fs::permissions(script, fs::perms::owner_all);
    environment["EDITOR"] = script.string();
  }

  Ran run(std::vector<std::string> words, cli::Terminal terminal = {true, true, true, 80, true}) {
    std::istringstream in;
    std::ostringstream out, err;
    now_ = now_ + seconds(1);
    cli::World world{in, out, err, environment, [this] { return now_; }, "desk", terminal};
    const int code = cli::run(world, std::move(words));
    return {code, out.str(), err.str()};
  }

  std::string said(const std::string& file) const {
    std::ifstream in(folder_ / file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  bool left_nothing() const { return fs::is_empty(memory_); }
  std::string path(const std::string& file) const { return (folder_ / file).string(); }
  Ran open() { return run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--ref", "FF-1"}); }

  std::map<std::string, std::string, std::less<>> environment;

 private:
  fs::path folder_, memory_;
  Instant now_ = *parse_instant("2026-05-02T02:00Z");
};

TEST_CASE("a text is written in the editor and recorded, and its file is gone") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  writer.edits("stat -c %a \"$(dirname \"$1\")\" \"$1\" > " + writer.path("modes") + "\ncp \"$1\" " + writer.path("before") +
               "\nprintf 'They rang at two.\\n\\n# 3 boxes\\n' | cat - \"$1\" > \"$1.new\" && cat \"$1.new\" > \"$1\"");
  const auto note = writer.run({"case", "note", "FF-1", "@"});
  CHECK(note.code == 0);
  CHECK(writer.said("modes") == "700\n600\n");
  CHECK(has(writer.said("before"), "# tocsin: write the words of 'case note' above."));
  CHECK(has(writer.run({"case", "history", "FF-1", "--json"}).out, "\"They rang at two.\\n\\n# 3 boxes\""));
  CHECK(writer.left_nothing());
}

TEST_CASE("a text that is missing is asked for in the editor where a person is at a terminal") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  writer.edits("echo 'a reason' > \"$1\"");
  CHECK(writer.run({"case", "note", "FF-1"}).code == 0);
  CHECK(writer.run({"case", "note", "FF-1"}, {}).code == 2);        // from a pipe
  CHECK(writer.run({"case", "note", "FF-1", "--json"}).code == 2);  // from a script
  CHECK(writer.run({"case", "open", "uk/supplier-breach", "--ref", "FF-2"}).code == 0);
  CHECK(has(writer.run({"case", "list"}).out, "a reason"));
  writer.environment.erase("EDITOR");
  CHECK(writer.run({"case", "note", "FF-1"}).code == 2);
}

TEST_CASE("the setting comes before VISUAL and EDITOR") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  writer.edits("exit 9");
  writer.environment["VISUAL"] = writer.environment["EDITOR"];
  REQUIRE(writer.run({"config", "set", "editor", "printf chosen >"}).code == 0);
  CHECK(writer.run({"case", "note", "FF-1", "@"}).code == 0);
  CHECK(has(writer.run({"case", "history", "FF-1"}).out, "chosen"));
}

TEST_CASE("VISUAL comes before EDITOR") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  writer.edits("exit 9");
  writer.environment["VISUAL"] = "echo looked > " + writer.path("seen") + "; printf words >";
  CHECK(writer.run({"case", "note", "FF-1", "@"}).code == 0);
  CHECK(writer.said("seen") == "looked\n");
}

TEST_CASE("a text left as it was, or empty, records nothing") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  for (const auto* lines : {"true", ": > \"$1\"", "printf ' \\n\\n' > \"$1\"", "rm \"$1\"", "exit 3"}) {
    INFO(lines);
    writer.edits(lines);
    const auto note = writer.run({"case", "note", "FF-1", "@"});
    CHECK(note.code != 0);
    CHECK(has(note.err, "nothing was recorded"));
    CHECK(writer.left_nothing());
  }
  CHECK_FALSE(has(writer.run({"case", "history", "FF-1", "--json"}).out, "noted"));
}

TEST_CASE("an editor is not opened for a command that would be refused") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  writer.edits("touch " + writer.path("opened"));
  CHECK(writer.run({"case", "note", "NONE-1", "@"}).code == 3);
  CHECK(writer.run({"case", "move", "FF-1", "no_such_move", "--because", "@"}).code != 0);
  CHECK_FALSE(fs::exists(writer.path("opened")));
}

TEST_CASE("what is tried before the editor opens is tried in the store that is meant") {
  Writer writer;
  REQUIRE(writer.run({"config", "set", "db", writer.path("exercise.db"), "--profile", "exercise"}).code == 0);
  REQUIRE(
      writer.run({"case", "open", "uk/supplier-breach", "--title", "An exercise", "--ref", "EX-1", "--profile", "exercise"})
          .code == 0);
  writer.edits("echo words > \"$1\"");
  writer.environment["TOCSIN_DB"] = writer.path("forgotten.db");  // the profile that is named stands above it
  const auto note = writer.run({"case", "note", "EX-1", "@", "--profile", "exercise"});
  INFO(note.err);
  CHECK(note.code == 0);
  CHECK_FALSE(has(note.out, "DRY RUN"));
}

TEST_CASE("what is written in the editor is taken as it is") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  for (const auto* text : {"-", "@", "@passwd"}) {
    writer.edits("echo '" + std::string(text) + "' > \"$1\"");
    CHECK(writer.run({"case", "note", "FF-1", "@"}).code == 0);
    CHECK(has(writer.run({"case", "history", "FF-1", "--json"}).out, "{\"text\":\"" + std::string(text) + "\"}"));
  }
}

TEST_CASE("a fact that is a text may be written in the editor") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  writer.edits("echo Lanyard > \"$1\"");
  CHECK(writer.run({"case", "set", "FF-1", "supplier_name=@"}).code == 0);
  CHECK(has(writer.run({"case", "show", "FF-1", "--json"}).out, "\"value\":\"Lanyard\""));
}

TEST_CASE("an editor needs a terminal and a name, and the refusal says what to do instead") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  writer.edits("echo words > \"$1\"");
  const auto piped = writer.run({"case", "note", "FF-1", "@"}, {});
  CHECK(piped.code == 2);
  CHECK(has(piped.err, "an editor needs a terminal: pipe the text, with -"));
  writer.environment.erase("EDITOR");
  const auto unknown = writer.run({"case", "note", "FF-1", "@"});
  CHECK(unknown.code == 2);
  CHECK(has(unknown.err, "set VISUAL or EDITOR"));
}

TEST_CASE("words go to no file system but one in memory") {
  std::string disk = (fs::path(TOCSIN_BINARY).parent_path() / "tocsin-no-memory-XXXXXX").string();
  REQUIRE(mkdtemp(disk.data()) != nullptr);
  const auto refused = cli::PrivateFolder::make({"", "relative", "/no/such/place", disk});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::unavailable);
  CHECK(has(refused.error().message, "with -"));
  CHECK(fs::is_empty(disk));
  const auto second = cli::PrivateFolder::make({disk, "/dev/shm"});
  REQUIRE(second);
  CHECK(second->path().starts_with("/dev/shm/"));
  fs::remove_all(disk);
}

TEST_CASE("what an editor left beside the text is removed too") {
  std::string path;
  {
    const auto folder = cli::PrivateFolder::make({"/dev/shm"});
    REQUIRE(folder);
    path = folder->path();
    fs::create_directories(path + "/deep");
    std::ofstream(path + "/deep/text.swp") << "words";
    fs::create_symlink(TOCSIN_BINARY, path + "/away");
  }
  CHECK_FALSE(fs::exists(path));
  CHECK(fs::file_size(TOCSIN_BINARY) > 0);
}

/// Runs the program itself at a terminal of its own; its wait status.
int run_at_terminal(const Writer& writer, const std::vector<std::string>& words) {
  int terminal = -1;
  const pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    std::vector<std::string> all = {TOCSIN_BINARY}, environment;
    all.insert(all.end(), words.begin(), words.end());
    for (const auto& [name, value] : writer.environment) environment.push_back(name + "=" + value);
    std::vector<char*> arguments, variables;
    for (auto& word : all) arguments.push_back(word.data());
    for (auto& variable : environment) variables.push_back(variable.data());
    arguments.push_back(nullptr);
    variables.push_back(nullptr);
    execve(TOCSIN_BINARY, arguments.data(), variables.data());
    _exit(127);
  }
  char unread[1024];
  while (read(terminal, unread, sizeof unread) > 0) {
  }
  int status = 0;
  waitpid(child, &status, 0);
  close(terminal);
  return status;
}

TEST_CASE("Ctrl-C that ends the editor leaves nothing behind and records nothing") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  for (const auto* signal : {"INT", "TERM", "HUP"}) {
    INFO(signal);
    // To everybody at the terminal, as Ctrl-C does it.
    writer.edits("echo 'secret words' > \"$1\"\ntouch " + writer.path("opened") + "\nkill -" + signal + " 0\nexec sleep 60");
    const int status = run_at_terminal(writer, {"case", "note", "FF-1", "@"});
    CHECK((WIFSIGNALED(status) || WEXITSTATUS(status) == 130));
    CHECK(fs::exists(writer.path("opened")));
    CHECK(writer.left_nothing());
    fs::remove(writer.path("opened"));
  }
  CHECK_FALSE(has(writer.run({"case", "history", "FF-1", "--json"}).out, "noted"));
}

TEST_CASE("an editor that Ctrl-C does not end goes on") {
  Writer writer;
  REQUIRE(writer.open().code == 0);
  writer.edits("trap '' INT\nkill -INT 0\necho 'still writing' > \"$1\"");
  const int status = run_at_terminal(writer, {"case", "note", "FF-1", "@"});
  CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
  CHECK(writer.left_nothing());
}

}  // namespace
}  // namespace tocsin::tests
