// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/icalendar.h"

#include <algorithm>

#include "engine/workflow/card.h"

namespace tocsin::cli {
namespace {

using case_file::ObligationFile;

/// "20260505T194000Z"; fractions of a second have no place in the format.
std::string stamp(Instant t) {
  auto text = format_instant(t).substr(0, 19);
  std::erase(text, '-');
  std::erase(text, ':');
  return text + "Z";
}

/// RFC 5545 3.3.11.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20) continue;
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

/// RFC 5545 3.1: at most 75 octets a line, never in the middle of a letter.
void put(std::string& out, const std::string& line) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t letter = 1;
    while (i + letter < line.size() && (static_cast<unsigned char>(line[i + letter]) & 0xC0U) == 0x80U) ++letter;
    if (width + letter > 75) {
      out += "\r\n ";
      width = 1;
    }
    out.append(line, i, letter);
    width += letter;
    i += letter;
  }
  out += "\r\n";
}

/// References and names of obligations are no secret; what makes the entry unique over all stores is the seal of the opening.
std::string uid_of(const CaseView& view, const std::string& name) {
  std::string plain;
  for (const char c : name) plain += c == ' ' || c == '@' || c == '#' || c == ':' ? '-' : c;
  return plain + "." + to_hex(view.seals.front()).substr(0, 16) + "@tocsin";
}

bool speaks_of(const ledger::Event& event, const std::string& obligation) {
  if (event.body["obligation"].text() == obligation) return true;
  const auto& also = event.body["also"].items();
  return std::any_of(also.begin(), also.end(), [&](const Json& one) { return one["obligation"].text() == obligation; });
}

Instant last_change(const CaseView& view, const std::string& obligation) {
  Instant last = view.events.front().recorded_at;
  for (const auto& event : view.events)
    if (speaks_of(event, obligation)) last = event.recorded_at;
  return last;
}

CalendarEntry entry_of(const CaseView& view, const ObligationFile& held, const std::string& title) {
  CalendarEntry entry;
  entry.uid = uid_of(view, held.name);
  entry.summary = view.file->ref + " " + held.name + (title.empty() ? "" : ": " + title);
  entry.description = held.basis;
  entry.sequence = held.changes;
  entry.changed = last_change(view, held.name);
  entry.provisional = held.provisional;
  entry.cancelled = held.is_settled() || view.file->stage == case_file::Stage::closed;
  return entry;
}

void add_obligation(const CaseView& view, const ObligationFile& held, const std::string& title,
                    std::vector<CalendarEntry>& all) {
  const auto* obligation = view.definition->obligation(held.of);
  const auto reminders = obligation == nullptr ? std::vector<Duration>{} : obligation->remind;
  auto entry = entry_of(view, held, title);
  if (held.due) {
    entry.at = *held.due;
    for (const auto& length : reminders) entry.alarms.push_back(*held.due - length);
    return all.push_back(std::move(entry));
  }
  if (!held.since) return;
  for (const auto& length : reminders) {
    auto reminder = entry;
    reminder.uid = uid_of(view, held.name + "-" + workflow::in_words(length));
    reminder.at = *held.since + length;
    reminder.description += "; " + workflow::in_words(length) + " old, and owed without undue delay";
    reminder.alarms = {reminder.at};
    all.push_back(std::move(reminder));
  }
}

void add_review(const CaseView& view, const ObligationFile& held, const std::string& title,
                std::vector<CalendarEntry>& all) {
  if (!held.ruling || !held.ruling->review_at) return;
  auto entry = entry_of(view, held, title);
  entry.uid = uid_of(view, "review-" + held.name);
  entry.at = *held.ruling->review_at;
  entry.summary = view.file->ref + " review " + held.name + (title.empty() ? "" : ": " + title);
  entry.description = "look again at the decision that it is not owed; " + held.basis;
  entry.provisional = false;
  entry.cancelled = held.state != obligation::State::ruled_out || view.file->stage == case_file::Stage::closed;
  all.push_back(std::move(entry));
}

}  // namespace

std::vector<CalendarEntry> calendar_of(const CaseView& view, const std::string& title) {
  std::vector<CalendarEntry> all;
  for (const auto& held : view.file->obligations) {
    add_obligation(view, held, title, all);
    add_review(view, held, title, all);
  }
  for (const auto& action : view.file->actions) {
    if (!action.due) continue;
    const auto name = "action:" + std::to_string(action.number);
    all.push_back({uid_of(view, name),
                   *action.due,
                   view.file->ref + " " + name + (title.empty() ? "" : ": " + title),
                   "",
                   action.is_open() ? 0 : 1,
                   action.at,
                   false,
                   !action.is_open() || view.file->stage == case_file::Stage::closed,
                   {}});
  }
  return all;
}

std::string to_icalendar(const std::vector<CalendarEntry>& entries) {
  std::string out;
  for (const auto* line :
       {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tocsin//Deadlines//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"})
    put(out, line);
  for (const auto& entry : entries) {
    put(out, "BEGIN:VEVENT");
    put(out, "UID:" + entry.uid);
    put(out, "DTSTAMP:" + stamp(entry.changed));
    put(out, "LAST-MODIFIED:" + stamp(entry.changed));
    put(out, "SEQUENCE:" + std::to_string(entry.sequence));
    put(out, "DTSTART:" + stamp(entry.at));
    put(out, "SUMMARY:" + escaped(entry.summary));
    if (!entry.description.empty()) put(out, "DESCRIPTION:" + escaped(entry.description));
    put(out, std::string("STATUS:") + (entry.cancelled ? "CANCELLED" : entry.provisional ? "TENTATIVE" : "CONFIRMED"));
    put(out, "TRANSP:TRANSPARENT");
    for (const auto& alarm : entry.cancelled ? std::vector<Instant>{} : entry.alarms) {
      put(out, "BEGIN:VALARM");
      put(out, "ACTION:DISPLAY");
      put(out, "TRIGGER;VALUE=DATE-TIME:" + stamp(alarm));
      put(out, "DESCRIPTION:" + escaped(entry.summary));
      put(out, "END:VALARM");
    }
    put(out, "END:VEVENT");
  }
  put(out, "END:VCALENDAR");
  return out;
}

}  // namespace tocsin::cli
