// SPDX-License-Identifier: Apache-2.0
#include "cli/line/edited_texts.h"

#include <algorithm>
#include <istream>
#include <ostream>
#include <sstream>

#include "cli/line/editor.h"

namespace tocsin::cli {
namespace {

bool is_one_of(const std::string& value, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), value) != all.end();
}

/// Values of facts have a form of their own, which no placeholder has; standard input can be read once.
bool has_texts_in_pairs(const Call& call) {
  for (const auto* option : {"NAME=VALUE", "--fact"})
    for (const auto& pair : call.all(option))
      if (pair.ends_with("=@") || pair.ends_with("=-")) return true;
  return false;
}

/// While it lasts a stream gives nothing and takes what nobody reads.
class Silence {
 public:
  explicit Silence(std::ios& stream) : stream_(stream), state_(stream.rdstate()), before_(stream.rdbuf(&nowhere_)) {}
  ~Silence() {
    stream_.rdbuf(before_);
    stream_.clear(state_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  std::ios& stream_;
  std::ios::iostate state_;
  std::stringbuf nowhere_;
  std::streambuf* before_;
};

Result<void> try_first(const Call& call) {
  if (!call.verb.writes || has_texts_in_pairs(call)) return {};
  auto world = call.world;
  const Silence in(world.in), out(world.out), err(world.err);
  Call trial(world, call.verb);
  trial.values = call.values;
  for (const auto& option : call.verb.options)
    if (takes_text(option) && is_one_of(call.one(option.name), {"@", "-"})) trial.written[option.name] = "to be written";
  trial.values["--dry-run"] = {""};
  auto tried = call.verb.run(trial);
  if (!tried) return std::move(tried).error();
  return {};
}

}  // namespace

bool takes_text(const Option& option) { return option.name == "TEXT" || option.value == "TEXT"; }

bool opens_editor(const World& world) { return world.terminal.in && world.terminal.out && !editor_of(world).empty(); }

Result<void> write_texts(Call& call) {
  bool is_tried = false;
  for (const auto& option : call.verb.options) {
    if (!takes_text(option) || call.one(option.name) != "@") continue;
    if (opens_editor(call.world) && !is_tried)
      if (auto ok = try_first(call); !ok) return ok;
    is_tried = true;
    const auto what = option.name == "TEXT" ? "the words" : "the text of " + option.name;
    auto text = text_from_editor(call.world, what + " of '" + call.verb.words + "'");
    if (!text) return std::move(text).error();
    call.written[option.name] = std::move(*text);
  }
  return {};
}

}  // namespace tocsin::cli
