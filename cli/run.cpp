// SPDX-License-Identifier: Apache-2.0
#include "cli/run.h"

#include <exception>
#include <ostream>

#include "cli/verbs.h"
#include "cli/views.h"
#include "cli/wiring.h"

namespace tocsin::cli {
namespace {

int fail(World& world, const Error& error, bool json) {
  if (json) {
    const auto bytes = canonical(json_of(error));
    world.out << "{\"format\":1," << bytes.substr(1) << "\n";
  } else {
    print_error(world.err, error);
  }
  return exit_code(error.code);
}

bool asks_for_json(const std::vector<std::string>& words) {
  for (const auto& word : words)
    if (word == "--json" || word == "--jsonl") return true;
  return false;
}

}  // namespace

int exit_code(Errc code) {
  switch (code) {
    case Errc::invalid: return 2;
    case Errc::not_found: return 3;
    case Errc::forbidden: return 4;
    case Errc::conflict: return 5;
    case Errc::refused: return 6;
    case Errc::corrupt: return 7;
    case Errc::unavailable: return 10;
  }
  return 1;
}

namespace {

int run_verb(World& world, std::vector<std::string> words) {
  try {
    if (!words.empty() && (words[0] == "--help" || words[0] == "help")) {
      world.out << overview(verbs());
      return 0;
    }
    if (!words.empty() && words[0] == "--version") words[0] = "version";
    if (words.empty() || words[0].starts_with("--")) words.insert(words.begin(), "due");
    const bool json = asks_for_json(words);
    auto call = parse(world, verbs(), words);
    if (!call) return fail(world, call.error(), json);
    if (call->has("--help")) {
      world.out << usage(call->verb);
      return 0;
    }
    if (call->has("--log-level")) start_log(call->one("--log-level"));
    auto done = call->verb.run(*call);
    // What was typed may be anybody's words; a reference that was found is not.
    log_command(call->verb.words, world.case_ref, done ? nullptr : &done.error());
    return done ? *done : fail(world, done.error(), json);
  } catch (const std::exception&) {
    // What was thrown may hold anything, so it is not printed.
    world.err
        << "tocsin: internal error; nothing was recorded by this command. Please report what you typed, without personal data.\n";
    return 1;
  }
}

}  // namespace

int run(World& world, std::vector<std::string> words) {
  const int code = run_verb(world, std::move(words));
  world.out.flush();
  if (world.out) return code;
  if (world.recorded.empty()) return code == 0 ? 10 : code;
  // 10 would mean: try again.
  world.err << "tocsin: it was recorded as " << world.recorded
            << ", but the output could not be written: do not repeat it\n";
  return 1;
}

}  // namespace tocsin::cli
