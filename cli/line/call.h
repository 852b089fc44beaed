// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/in_quotes.h"
#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/base/time.h"

namespace tocsin::cli {

/// What standard input and output are. The default is a pipe: 80 columns, no colour.
struct Terminal {
  bool in = false;   ///< a person types
  bool out = false;  ///< a person reads
  bool err = false;
  int columns = 80;
  int rows = 0;      ///< 0: not known
  bool utf8 = true;  ///< the locale can show more than ASCII
};

/// Everything a command sees of the world, so that tests can hand it another one.
struct World {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::map<std::string, std::string, std::less<>> environment;
  std::function<Instant()> clock;
  std::string account;  ///< the operating-system account
  Terminal terminal = {};
  /// Settings of the configuration file by name ("db"), below flags and the environment.
  std::map<std::string, std::string, std::less<>> configured = {};
  /// Those of a profile that a flag named: they count as flags do, above the environment.
  std::map<std::string, std::string, std::less<>> commanded = {};
  /// Shows a text through a pager's command; false where it could not be started. None: nothing is paged.
  std::function<bool(const std::string& command, const std::string& text)> page = {};
  std::function<bool()> has_lost_reader = {};    ///< whoever read the output has gone, as 'head' goes; empty: nobody knows
  bool has_read_input = false;                   ///< standard input was read, and there is no more of it
  std::string recorded = {};                     ///< what this command wrote: "event 7 of FF-1"; empty: nothing
  std::string case_ref = {};                     ///< the case it is about, once it was found
  std::string command_id = {};                   ///< random: finds the log's line of a failure; empty: none is printed
  std::function<std::int64_t()> stopwatch = {};  ///< microseconds from anywhere that never go back; empty: nobody measures

  std::string variable(std::string_view name) const;  ///< empty when it is not set
  /// Of a profile that a flag named, else of the environment, else of the file; empty when none of them says.
  std::string setting(std::string_view name) const;
};

/// One thing a verb takes: `--title TEXT`, a flag when `value` is empty, or a positional argument when `name` has no dashes.
struct Option {
  std::string name;
  std::string value;
  std::string help;
  bool repeats = false;
  bool required = false;
};

class Call;

/// A row of the table of verbs.
struct Verb {
  std::string words;    ///< "case open"
  std::string summary;  ///< one line
  bool writes = false;  ///< takes --dry-run, --request-id, --expect-version, --at
  std::vector<Option> options;
  Result<int> (*run)(Call&);
  std::string list = {};  ///< the array of its JSON that --jsonl prints an element a line; empty: it takes no --jsonl
};

/// A verb with its arguments, and the world it runs in.
class Call {
 public:
  Call(World& world_, const Verb& verb_) : world(world_), verb(verb_) {}

  World& world;
  const Verb& verb;
  std::map<std::string, std::vector<std::string>, std::less<>> values;
  std::map<std::string, std::string, std::less<>> written =
      {};  ///< texts by option that came from an editor: taken as they are

  bool has(std::string_view name) const { return values.contains(name); }
  /// The value of an option or positional; empty when it was not given.
  std::string one(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  bool json() const { return has("--json") || has("--jsonl"); }
  /// A setting by its name, as "db": the flag --db, else a profile that a flag named, else the environment's
  /// TOCSIN_DB, else the configuration file; empty: nobody set it.
  std::string setting(std::string_view name) const;

  /// Prints {"format":1, ...body}, or with --jsonl each element of the verb's list as a line of its own.
  void print(const Json& body) const;
};

/// Splits words into a verb and its values. `invalid` with a suggestion for what is not known.
Result<Call> parse(World& world, const std::vector<Verb>& table, const std::vector<std::string>& words);

/// The options that every verb takes.
const std::vector<Option>& common_options();
const std::vector<Option>& write_options();

/// What a verb that lists takes besides.
const Option& jsonl_option();

bool is_positional(const Option& option);

/// 2 to 7 and 10: one for each kind of failure.
int exit_code(Errc code);

Error usage_error(std::string message, std::string next = {});

/// `invalid` where JSON is asked for together with a flag that prints something else.
Result<void> check_no_json_beside(const Call& call, std::string_view flag);

}  // namespace tocsin::cli
