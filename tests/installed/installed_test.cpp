// SPDX-License-Identifier: Apache-2.0
// What somebody meets who links the engine: an installed tree that was moved, and nothing of the source.
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/contracts/folder.h"

namespace tocsin::tests {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Runs a shell command; all that it printed.
std::string ran(const std::string& command, int expected = 0) {
  auto* pipe = popen(("(" + command + ") 2>&1").c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string printed;
  for (char bytes[4096]; const auto got = std::fread(bytes, 1, sizeof bytes, pipe);) printed.append(bytes, got);
  const int status = pclose(pipe);
  INFO(command << "\n" << printed);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == expected);
  return printed;
}

/// The tree as a packager makes it (DESTDIR) and a user moves it. Made once for all tests, gone after them.
class Tree {
 public:
  Tree() {
    // So that the compiler's cache knows a file again that lies in another temporary folder.
    setenv("CCACHE_BASEDIR", folder_.path().c_str(), 1);
    setenv("CCACHE_NOHASHDIR", "1", 1);
    ran("DESTDIR='" + folder_ / "stage" + "' '" TOCSIN_CMAKE "' --install '" TOCSIN_BUILD_DIR "' --prefix /opt/tocsin");
    fs::rename(folder_ / "stage/opt/tocsin", prefix());
    fs::remove_all(folder_ / "stage");
  }
  std::string prefix() const { return folder_ / "moved"; }
  std::string operator/(const std::string& name) const { return folder_ / name; }

  /// A folder of examples/, copied to where no source of ours is near.
  std::string copy_of(const std::string& example) const {
    fs::copy(TOCSIN_SOURCE_DIR "/examples/" + example, folder_ / example, fs::copy_options::recursive);
    return folder_ / example;
  }

  /// Builds it as its README says, with every warning an error.
  void build(const std::string& folder) const {
    ran("cd '" + folder + "' && '" TOCSIN_CMAKE "' -S . -B build -G '" TOCSIN_GENERATOR "' -DCMAKE_PREFIX_PATH='" +
        prefix() +
        "' -DCMAKE_CXX_COMPILER='" TOCSIN_CXX "' -DCMAKE_CXX_COMPILER_LAUNCHER='" TOCSIN_CCACHE "' -DCMAKE_CXX_FLAGS='-O0 " +
        warnings + "'");
    ran("cd '" + folder + "' && '" TOCSIN_CMAKE "' --build build");
  }

  static constexpr const char* warnings = "-Wall -Wextra -Wpedantic -Wconversion -Werror";

 private:
  Folder folder_;
};

const Tree& tree() {
  static const Tree made;
  return made;
}

}  // namespace

TEST_CASE("an installed tree that was moved finds its law where it lies") {
  const auto law = tree().prefix() + "/share/tocsin/workflows/uk/";
  fs::copy(law + "data-loss", law + "only-in-the-moved-tree", fs::copy_options::recursive);
  const auto listed = ran("env -i '" + tree().prefix() + "/bin/tocsin' workflow list");
  fs::remove_all(law + "only-in-the-moved-tree");
  CHECK(listed.find("uk/only-in-the-moved-tree") != std::string::npos);
  CHECK(listed.find("uk/supplier-breach") != std::string::npos);
}

TEST_CASE("every public header compiles alone, and names only its like and the standard library") {
  const auto headers = tree().prefix() + "/include/tocsin";
  const auto alone = tree() / "alone";
  fs::create_directory(alone);
  std::size_t number = 0;
  static const std::regex include(R"(#\s*include\s*([<"])([^>"]+)[>"])");
  for (const auto& entry : fs::recursive_directory_iterator(headers)) {
    if (!entry.is_regular_file()) continue;
    const auto name = fs::relative(entry.path(), tree().prefix() + "/include").string();
    const auto text = text_of(entry.path());
    for (std::sregex_iterator found(text.begin(), text.end(), include), end; found != end; ++found) {
      INFO(name << " includes " << (*found)[2]);
      if ((*found)[1] == "<") CHECK((*found)[2].str().find_first_of("./") == std::string::npos);
      else CHECK(fs::exists(tree().prefix() + "/include/" + (*found)[2].str()));
    }
    std::ofstream(alone + "/" + std::to_string(number++) + ".cpp")
        << "#include <" << name << ">\n#include <" << name << ">\n";
  }
  CHECK(number > 30);
  ran("cd '" + alone + "' && ls *.cpp | xargs -P 2 -I FILE " TOCSIN_CCACHE " '" TOCSIN_CXX "' -std=c++20 -O0 " +
      Tree::warnings + " -I ../moved/include -c FILE -o FILE.o");
}

TEST_CASE("the example of embedding builds with find_package and with pkg-config, and prints what it says") {
  const auto folder = tree().copy_of("embed-cpp");
  const auto expected = text_of(folder + "/expected.txt");
  REQUIRE_FALSE(expected.empty());
  tree().build(folder);
  CHECK(ran("cd '" + folder + "/build' && ./embed_cpp") == expected);
  const auto again = ran("cd '" + folder + "/build' && ./embed_cpp", 1);
  CHECK(again.starts_with("conflict: "));

  ran("cd '" + folder + "' && PKG_CONFIG_PATH='" + tree().prefix() +
      "/lib/pkgconfig' make CXX='" TOCSIN_CCACHE " " TOCSIN_CXX "'");
  CHECK(ran("cd '" + folder + "' && ./embed_cpp") == expected);
}

TEST_CASE("the example of an own store passes the contract that our stores pass, and links no database") {
  const auto folder = tree().copy_of("own-channel-and-store");
  tree().build(folder);
  CHECK(ran("cd '" + folder + "/build' && ./own_channel_and_store") == text_of(folder + "/expected.txt"));
  CHECK(text_of(fs::path(folder) / "build" / "outbox.txt").starts_with("Badge photographs"));
  const auto held = ran("cd '" + folder + "/build' && ./contract_test");
  CHECK(held.find("All tests passed") != std::string::npos);
  CHECK(text_of(fs::path(folder) / "build" / "CMakeCache.txt").find("SOCI") == std::string::npos);
}

TEST_CASE("the page on embedding shows the example as it is") {
  const auto example = text_of(TOCSIN_SOURCE_DIR "/examples/embed-cpp/main.cpp");
  const auto shown = "```cpp\n" + example.substr(example.find('\n') + 1) + "```\n";
  CHECK(text_of(TOCSIN_SOURCE_DIR "/docs/embedding.md").find(shown) != std::string::npos);
}

}  // namespace tocsin::tests
