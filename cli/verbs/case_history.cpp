// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "cli/screen/table.h"
#include "cli/times/local_time.h"
#include "cli/times/typed_times.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"
#include "engine/base/nearest.h"

namespace tocsin::cli {
namespace {

/// What an event is about, by the first word of its type; a type that is not listed is about that word.
std::string kind_of(const std::string& type) {
  static const std::map<std::string, std::string, std::less<>> kinds = {
      {"moved", "move"},      {"risk", "action"},    {"privileged", "notice"}, {"anchor", "obligation"},
      {"duty", "obligation"}, {"receipt", "notice"}, {"filing", "notice"},     {"approval", "decision"},
      {"data", "dataset"},    {"incident", "case"}};
  const auto word = type.substr(0, type.find('_'));
  const auto found = kinds.find(word);
  return found == kinds.end() ? word : found->second;
}

/// Which events are asked for.
struct Wanted {
  std::vector<std::string> by;
  std::vector<std::string> kinds;
  std::optional<Instant> since, until;

  bool is_all() const { return by.empty() && kinds.empty() && !since && !until; }
  bool has(const ledger::Event& event) const {
    const auto among = [](const std::vector<std::string>& words, const std::string& word) {
      return words.empty() || std::find(words.begin(), words.end(), word) != words.end();
    };
    return among(by, event.by) && among(kinds, kind_of(event.type)) && (!since || *since <= event.recorded_at) &&
           (!until || event.recorded_at <= *until);
  }
};

Result<Wanted> wanted_of(const Call& call) {
  Wanted wanted{call.all("--by"), call.all("--kind"), {}, {}};
  static const std::vector<std::string> known = {"action", "case",   "contact",    "dataset", "decision", "fact",
                                                 "move",   "notice", "obligation", "note",    "severity"};
  for (const auto& kind : wanted.kinds) {
    if (std::find(known.begin(), known.end(), kind) != known.end()) continue;
    const auto near = nearest(kind, known);
    std::string all;
    for (const auto& one : known) all += (all.empty() ? "" : ", ") + one;
    return usage_error(
        "--kind " + in_quotes(kind) + " is none of " + all + (near.empty() ? "" : "; did you mean '" + near + "'?"),
        "case history --help");
  }
  return wanted;
}

/// The two ends, as people say times, by the clocks of the case.
Result<void> read_window(const Call& call, const std::string& zone, Wanted& wanted) {
  const TypedTimes times(call, zone);
  for (const auto& [option, into] : {std::pair{"--since", &wanted.since}, {"--until", &wanted.until}}) {
    auto time = times.option(option, TypedTimes::When::any);
    if (!time) return std::move(time).error();
    *into = *time;
  }
  if (wanted.since && wanted.until && *wanted.until < *wanted.since)
    return usage_error("--until lies before --since", "case history --help");
  return {};
}

Tone tone_of(const ledger::Event& event) {
  if (event.type == "obligation_missed" || event.body["verdict"].text() == "late") return Tone::bad;
  return event.by == ledger::kClock ? Tone::quiet : Tone::plain;
}

/// The sentence, when it happened where that is not when it was written down, and the words, each on lines of its own.
std::string told(const ledger::Event& event, const Words& words, const std::string& zone) {
  auto text = sentence_of(event, zone);
  if (event.recorded_at - event.at >= minutes(1)) text += "\n  happened " + both_times(event.at, zone);
  const auto hidden = text.find("(words)");  // the value of a fact, which the sentence has room for when it is one line
  for (const auto& [field, digest] : event.texts) {
    auto said = word_at(words, {event.n, field});
    if (field == "value" && hidden != std::string::npos && said.find('\n') == std::string::npos) {
      text.replace(hidden, 7, said);
      continue;
    }
    text += "\n  " + field + ": " + said;
  }
  return text;
}

void print_history(const Screen& screen, const CaseView& view, const Words& words, const Wanted& wanted) {
  const auto& zone = view.definition->zone;
  screen.banner(banner(view.file->store));
  screen.say(view.file->ref + "  " + word_at(words, view.file->title, "(title not readable)"), 0, Tone::strong);
  Table table({{"at"}, {"by"}, {"event"}, {"", true}});
  std::string day;
  std::size_t shown = 0;
  for (const auto& event : view.events) {
    if (!wanted.has(event)) continue;
    ++shown;
    // Days are those of writing down, which only go on; what happened earlier says when.
    if (const auto today = day_of(event.recorded_at, zone); today != day) {
      table.heading("", Tone::plain);
      table.heading(day = today, Tone::strong);
    }
    table.row({{time_of_day(event.recorded_at, zone)},
               {event.by == ledger::kClock ? "the clock" : event.by, event.by == ledger::kClock ? Tone::quiet : Tone::plain},
               {std::to_string(event.n), Tone::quiet},
               {told(event, words, zone), tone_of(event)}});
  }
  table.print(screen, 2);
  if (wanted.is_all()) return;
  screen.line();
  screen.say(std::to_string(shown) + " of " + std::to_string(view.events.size()) + " events", 0, Tone::quiet);
}

}  // namespace

Result<int> case_history(Call& call) {
  auto wanted = wanted_of(call);
  if (!wanted) return std::move(wanted).error();
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  auto& view = viewed->view;
  if (auto ok = read_window(call, view.definition->zone, *wanted); !ok) return std::move(ok).error();
  const auto words = words_or_none(viewed->shop->engine(), view);
  if (!call.json()) {
    print_history(Screen(call), view, words, *wanted);
    return exit_code(words);
  }
  auto body = history_json(view, words);
  if (!wanted->is_all()) {
    Json events = Json::array();
    for (std::size_t i = 0; i < view.events.size(); ++i)
      if (wanted->has(view.events[i])) events.push(body["events"].items()[i]);
    body.set("events", events).set("of", static_cast<std::int64_t>(view.events.size()));
  }
  call.print(with_words(std::move(body), words));
  return exit_code(words);
}

}  // namespace tocsin::cli
