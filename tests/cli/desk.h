// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/run.h"

namespace tocsin::tests {

namespace fs = std::filesystem;

struct Ran {
  int code = 0;
  std::string out, err;
};

/// A folder with a store, and a desk that types.
class Desk {
 public:
  Desk() {
    std::string name = (fs::temp_directory_path() / "tocsin-desk-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    environment_ = {{"HOME", folder_.string()}, {"TZ", "UTC"}, {"TOCSIN_WORKFLOWS", TOCSIN_SOURCE_DIR "/workflows"}};
  }
  ~Desk() {
    std::error_code ignored;
    fs::permissions(folder_, fs::perms::owner_all, ignored);
    fs::remove_all(folder_, ignored);
  }

  /// Nothing of what is printed can be written from now on.
  void close_output() { closed_ = true; }

  Ran run(std::vector<std::string> words, const std::string& input = {}) {
    std::istringstream in(input);
    std::ostringstream out, err;
    if (closed_) out.setstate(std::ios::badbit);
    now_ = now_ + seconds(1);
    cli::World world{in, out, err, environment_, [this] { return now_ = now_ + Duration{runs_ ? 1 : 0}; }, "desk"};
    world.command_id = id_;
    const int code = cli::run(world, std::move(words));
    return {code, out.str(), err.str()};
  }

  /// A variable of the environment; an empty value takes it away.
  void set(const std::string& name, const std::string& value) {
    if (value.empty()) environment_.erase(name);
    else environment_[name] = value;
  }
  /// The id of every command from now on.
  void give_id(const std::string& id) { id_ = id; }

  Ran open() { return run({"case", "open", "uk/supplier-breach", "--title", "A lost box", "--ref", "FF-1"}); }
  fs::path database() const { return folder_ / ".local/share/tocsin/tocsin.db"; }
  fs::path key() const { return folder_ / ".config/tocsin/vault.key"; }
  fs::path folder() const { return folder_; }
  void clock(std::string_view time) { now_ = *parse_instant(time); }
  /// From now on the clock goes on within a command, as a real one does.
  void let_clock_run() { runs_ = true; }

 private:
  fs::path folder_;
  std::map<std::string, std::string, std::less<>> environment_;
  bool closed_ = false;
  bool runs_ = false;
  std::string id_;
  Instant now_ = *parse_instant("2026-05-02T02:00Z");
};

}  // namespace tocsin::tests
