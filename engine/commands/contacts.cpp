// SPDX-License-Identifier: Apache-2.0
// The address book: how parties are reached, of the whole store or of one case.
#include <algorithm>

#include "engine/commands/recorder.h"

namespace tocsin::commands {

namespace {

constexpr std::size_t kLongestLine = 500;

Result<void> check_line(std::string_view what, const std::string& line) {
  if (line.size() > kLongestLine) return invalid(std::string(what) + " is longer than 500 bytes: say the rest in a note");
  return check_title(what, line);
}

/// Slips that would be noticed at two in the morning, and no more than those: an address of another shape is still an address.
Result<void> check_value(const AddContact& command) {
  const auto& value = command.value;
  if (value.empty()) return invalid("a contact point needs what is dialled or written to");
  if (auto ok = check_line("a contact point", value); !ok) return ok;
  if (command.kind == "phone" && std::count_if(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }) < 3)
    return invalid("a phone number has digits: is the kind right?");
  if (command.kind == "mail" && value.find('@') == std::string::npos)
    return invalid("a mail address has an '@': is the kind right?");
  if (command.kind == "web" && !value.starts_with("https://") && !value.starts_with("http://"))
    return invalid("a web address begins with https:// or http://");
  return {};
}

Result<void> check_contact(const AddContact& command) {
  const auto& kinds = workflow::contact_kinds();
  if (std::find(kinds.begin(), kinds.end(), command.kind) == kinds.end())
    return invalid("the kind of a contact point is phone, mail, web or post" + did_you_mean(command.kind, kinds));
  if (auto ok = check_value(command); !ok) return ok;
  if (auto ok = check_line("the hours", command.hours); !ok) return ok;
  return check_line("the note", command.note);
}

int next_number(const std::vector<case_file::ContactPoint>& book) { return static_cast<int>(book.size()) + 1; }

Json added_body(int number, const AddContact& command) {
  return Json::object({{"contact", number}, {"party", command.party}, {"kind", command.kind}});
}

Error no_contact(int number, const std::string& next) {
  return Error{Errc::not_found, "there is no contact point " + std::to_string(number) + " here", "", {}, next};
}

/// A party of the store's book may be of a workflow that is not written yet, so any name will do.
bool is_party_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() < 'a' || name.front() > 'z') return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

Draft site_draft(const case_file::People& site, std::string_view type, Json body, std::string_view by,
                 std::string_view account, std::string_view program, Instant now) {
  Draft draft;
  draft.event.stream = ledger::kSiteStream;
  draft.event.n = site.version + 1;
  draft.event.type = type;
  draft.event.at = now;
  draft.event.recorded_at = std::max(now, site.last_recorded);
  draft.event.by = by;
  draft.event.account = account;
  draft.event.program = program;
  draft.event.prev = site.last_seal;
  draft.event.body = std::move(body);
  return draft;
}

void put_words(Draft& draft, const Recorder::Words& words) {
  for (const auto& [field, text] : words) {
    if (text.empty()) continue;
    draft.event.texts.emplace(field, "");
    draft.words.emplace(field, text);
  }
}

}  // namespace

Result<void> add_contact(Recorder& recorder, const AddContact& command) {
  const auto& definition = recorder.asked().definition;
  if (command.party.empty()) return invalid("whose contact point is it? name one of the parties");
  if (auto ok = check_party(definition, command.party); !ok) return ok;
  if (auto ok = check_contact(command); !ok) return ok;
  return recorder.record("contact_added", recorder.asked().at, added_body(next_number(recorder.file().contacts), command),
                         {{"value", command.value}, {"hours", command.hours}, {"note", command.note}});
}

Result<void> remove_contact(Recorder& recorder, const RemoveContact& command) {
  const auto& file = recorder.file();
  if (case_file::standing_contact(file.contacts, command.number) == nullptr)
    return no_contact(command.number, "contact list --case " + file.ref);
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  return recorder.record("contact_removed", recorder.asked().at, Json::object({{"contact", command.number}}),
                         {{"because", command.because}});
}

Result<Draft> decide_contact(const case_file::People& site, const AddContact& command, std::string_view by,
                             std::string_view account, std::string_view program, Instant now) {
  if (!is_party_name(command.party))
    return invalid("a party is a lower-case word, like ico or supplier: letters, digits, '_' or '-'");
  if (auto ok = listed_by(site, by); !ok) return std::move(ok).error();
  if (auto ok = check_contact(command); !ok) return std::move(ok).error();
  auto draft = site_draft(site, "contact_added", added_body(next_number(site.contacts), command), by, account, program, now);
  put_words(draft, {{"value", command.value}, {"hours", command.hours}, {"note", command.note}});
  return draft;
}

Result<Draft> decide_contact_removal(const case_file::People& site, const RemoveContact& command, std::string_view by,
                                     std::string_view account, std::string_view program, Instant now) {
  if (auto ok = listed_by(site, by); !ok) return std::move(ok).error();
  if (case_file::standing_contact(site.contacts, command.number) == nullptr)
    return no_contact(command.number, "contact list");
  if (auto ok = check_words("the reason", command.because); !ok) return std::move(ok).error();
  auto draft = site_draft(site, "contact_removed", Json::object({{"contact", command.number}}), by, account, program, now);
  put_words(draft, {{"because", command.because}});
  return draft;
}

}  // namespace tocsin::commands
