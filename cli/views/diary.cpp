// SPDX-License-Identifier: Apache-2.0
#include "cli/views/diary.h"

#include <algorithm>

#include "cli/times/local_time.h"
#include "cli/views/views.h"

namespace tocsin::cli {
namespace {

using workflow::StoryStep;

constexpr std::size_t kWidth = 100;
constexpr std::size_t kIndent = 22;  ///< under the time

/// Wraps at spaces; what follows the first line stands under its text.
void put_wrapped(std::vector<std::string>& lines, const std::string& head, const std::string& text) {
  std::string line = head;
  bool fresh = true;
  for (std::size_t from = 0; from < text.size();) {
    const auto space = std::min(text.find(' ', from), text.size());
    const auto word = text.substr(from, space - from);
    if (!fresh && line.size() + 1 + word.size() > kWidth) {
      lines.push_back(line);
      line = std::string(kIndent, ' ') + "  ";
      fresh = true;
    }
    line += (fresh ? "" : " ") + word;
    fresh = false;
    from = space + 1;
  }
  lines.push_back(line);
}

std::string words_of(const StoryStep& step, const ledger::Event& event) {
  if (event.type == "case_opened") return step.what["title"].text();
  if (event.type == "note_added" || event.type == "action_added")
    return step.what.is_text() ? step.what.text() : step.what["text"].text();
  if (event.type == "fact_set")
    for (const auto& [name, value] : step.facts)
      if (name == case_file::CaseFile::fact_in(event.body["data_set"].text(), event.body["fact"].text()) &&
          event.texts.contains("value"))
        return shown(value);
  if (event.type == "notice_recorded") return step.what["text"].text();
  return {};
}

std::string law_line(const ledger::Event& event, const workflow::Definition& definition) {
  if (event.type != "obligation_raised" && event.type != "obligation_missed") return {};
  const auto* obligation = definition.obligation(case_file::CaseFile::obligation_of(event.body["obligation"].text()));
  const auto* clock = obligation == nullptr ? nullptr : definition.clock(obligation->clock);
  return clock == nullptr ? "" : "; " + clock->title + "; " + clock->place.file + ":" + std::to_string(clock->place.line);
}

std::string tail(const PlayedStep& played, const workflow::Story& story, const std::string& who) {
  std::string text = who.empty() ? "" : "  -- " + who;
  if (story.fiction) return text + " [invented]";
  return text + (played.step->reported.empty() ? "" : " [reported: " + played.step->reported + "]");
}

std::string refusal_text(const Error& refusal) { return "refused: " + refusal.message; }

}  // namespace

std::vector<std::string> diary_lines(const PlayedStep& played, const workflow::Story& story,
                                     const workflow::Definition& definition) {
  std::vector<std::string> lines;
  const auto& step = *played.step;
  if (step.kind == StoryStep::Kind::expect) return lines;
  if (!played.accepted) {
    put_wrapped(lines, local_stamp(played.now, definition.zone) + "  ",
                refusal_text(played.refusal) + tail(played, story, step.as));
    return lines;
  }
  for (const auto& event : played.outcome.events) {
    const bool by_clock = event.by == ledger::kClock;
    auto text = sentence_of(event, definition.zone) + law_line(event, definition);
    if (const auto words = words_of(step, event); !words.empty()) {
      const auto hidden = text.find("(words)");  // the story's own words are no secret of its diary
      if (hidden == std::string::npos) text += ": " + words;
      else text.replace(hidden, 7, words);
    }
    if (!by_clock && event.type != "note_added" && !step.because.empty()) text += "; because " + step.because;
    if (!by_clock && event.recorded_at != event.at)
      text += "; written down " + local_stamp(event.recorded_at, definition.zone);
    put_wrapped(lines, local_stamp(event.at, definition.zone) + "  ",
                text + (by_clock ? std::string("  -- by the clock") + (story.fiction ? " [invented]" : "")
                                 : tail(played, story, step.as)));
  }
  return lines;
}

}  // namespace tocsin::cli
