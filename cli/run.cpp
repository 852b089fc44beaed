// SPDX-License-Identifier: Apache-2.0
#include "cli/run.h"

#include <exception>
#include <ostream>

#include "cli/line/edited_texts.h"
#include "cli/line/usage.h"
#include "cli/line/verbs.h"
#include "cli/screen/next_command.h"
#include "cli/screen/pager.h"
#include "cli/screen/screen.h"
#include "cli/shop/wiring.h"
#include "cli/views/views.h"

namespace tocsin::cli {
namespace {

int fail(World& world, const Error& error, bool json) {
  if (json) {
    auto body = json_of(error);
    if (!world.command_id.empty()) body.set("command_id", world.command_id);
    const auto bytes = canonical(body);
    world.out << "{\"format\":1," << bytes.substr(1) << "\n" << std::flush;
    if (!world.out) print_error(world.err, error);  // so that it is said somewhere
  } else {
    print_error(world.err, error);
    if (is_logging() && !world.command_id.empty()) world.err << "log: id=" << world.command_id << "\n";
  }
  return exit_code(error.code);
}

bool asks_for_json(const std::vector<std::string>& words) {
  for (const auto& word : words)
    if (word == "--json" || word == "--jsonl") return true;
  return false;
}

constexpr std::string_view kQuestion = "__complete";  // asked by the scripts of 'tocsin completion'

/// "tocsin case" alone, and "tocsin case --help".
enum class Asked { no, by_mistake, for_help };

Asked asks_about_noun(const std::vector<std::string>& words) {
  if (words.empty() || words.size() > 2 || verbs_of(verbs(), words[0]).empty()) return Asked::no;
  if (words.size() == 1) return Asked::by_mistake;
  return words[1] == "--help" || words[1] == "-h" ? Asked::for_help : Asked::no;
}

int say_noun(World& world, const std::string& noun, Asked asked) {
  const auto list = verbs_of(verbs(), noun, world.terminal.columns);
  if (asked == Asked::for_help) {
    world.out << list;
    return 0;
  }
  world.err << "tocsin: which of these?\n" << list << "next: tocsin help " << noun << "\n";
  return exit_code(Errc::invalid);
}

/// Verbs that work with a broken configuration file: with their help it is mended.
bool mends(const Verb& verb) {
  return verb.words.starts_with("config ") || verb.words == "doctor" || verb.words == "help" || verb.words == "version" ||
         verb.words.starts_with("completion");
}

/// Reads the settings once for this call, and begins the log that they ask for.
Result<void> settle(Call& call) {
  auto page = read_settings(call.world);
  auto applied = page ? apply_settings(call, *page) : Result<void>(page.error());
  if (!applied && !mends(call.verb)) return applied;
  return start_log(call);
}

std::int64_t ticks(const World& world) { return world.stopwatch ? world.stopwatch() : 0; }

Result<int> run_ready(Call& call) {
  if (const auto color = call.setting("color"); !is_color_word(color))
    return usage_error("--color is auto, always or never, and not " + in_quotes(color), call.verb.words + " --help");
  if (auto ok = write_texts(call); !ok) return std::move(ok).error();
  return is_paged(call) ? run_paged(call) : call.verb.run(call);
}

/// Runs a verb and logs how it ended. What was typed may be anybody's words; the verb and a reference that was found are not.
int run_logged(Call& call, bool json) {
  auto& world = call.world;
  const auto began = ticks(world);
  try {
    auto done = run_ready(call);
    const int code = done ? *done : exit_code(done.error().code);
    log_command(call, done ? "ok" : word(done.error().code), done ? "" : done.error().refused_by, code,
                ticks(world) - began);
    if (!done) {
      auto error = done.error();
      if (!json) error.next = next_command(call, error.next);  // a program that reads JSON knows its own flags
      fail(world, error, json);
    }
    tell_of_lost_log(call);
    return code;
  } catch (const std::exception&) {
    log_command(call, "internal", "", 1, ticks(world) - began);
    throw;
  }
}

/// A command line that no verb understands is logged too, without a word of it.
int refuse(World& world, const Error& error, bool json) {
  static const Verb kNone = {};
  Call unread(world, kNone);
  if (const auto page = read_settings(world)) (void)apply_settings(unread, *page);
  if (start_log(unread)) log_command(unread, word(error.code), error.refused_by, exit_code(error.code), 0);
  const int code = fail(world, error, json);
  tell_of_lost_log(unread);
  return code;
}

int run_verb(World& world, std::vector<std::string> words) {
  try {
    if (!words.empty() && words[0] == kQuestion) return answer_shell(world, {words.begin() + 1, words.end()});
    if (!words.empty() && (words[0] == "--help" || words[0] == "-h")) {
      world.out << overview(verbs(), world.terminal.columns);
      return 0;
    }
    if (const auto asked = asks_about_noun(words); asked != Asked::no) return say_noun(world, words[0], asked);
    if (!words.empty() && words[0] == "--version") words[0] = "version";
    if (words.empty() || words[0].starts_with("--")) words.insert(words.begin(), "due");
    const bool json = asks_for_json(words);
    auto call = parse(world, verbs(), words);
    if (!call) return refuse(world, call.error(), json);
    if (call->has("--help")) {
      world.out << usage(call->verb, world.terminal.columns);
      return 0;
    }
    if (auto ready = settle(*call); !ready) return fail(world, ready.error(), json);
    return run_logged(*call, json);
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
  if (world.recorded.empty() && world.has_lost_reader && world.has_lost_reader()) return code == 0 ? 10 : code;
  if (world.recorded.empty()) {
    world.err
        << "tocsin: the output could not be written, and nothing was recorded: look whether its disk is full, or send it "
           "elsewhere, and try again\n";
    return code == 0 ? 10 : code;
  }
  // 10 would mean: try again.
  world.err << "tocsin: it was recorded as " << world.recorded
            << ", but the output could not be written: do not repeat it\n";
  return 1;
}

}  // namespace tocsin::cli
