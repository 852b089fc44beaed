// SPDX-License-Identifier: Apache-2.0
// The front door, the site stream: who works the cases, and the store's address book.
#include <algorithm>

#include "engine/commands/decide.h"
#include "engine/engine_writing.h"

namespace tocsin {

Result<Outcome> Engine::write_site_once(const DecideSite& decide, const Request& request, const std::string& digest) {
  auto site = people();
  if (!site) return std::move(site).error();
  if (request.expected_version && *request.expected_version != site->version)
    return Error{Errc::conflict,
                 "the list of people is at version " + std::to_string(site->version) + " now: look again before you write",
                 "version",
                 {},
                 "people list"};
  // Who may do what is judged by time, so an entry is never older than what was done under the list before it. A story store holds
  // stories of many times, each on its own clock.
  auto last = store_.purpose() == "story" ? Result<std::optional<Instant>>(site->last_recorded) : store_.last_recorded();
  if (!last) return std::move(last).error();
  auto now = writing_time(request.now, last->value_or(site->last_recorded));
  if (!now) return std::move(now).error();
  auto draft = decide(*site, *now);
  if (!draft) return std::move(draft).error();
  std::vector<workflow::Draft> drafts;
  drafts.push_back(std::move(*draft));
  ports::Append append;
  append.stream = ledger::kSiteStream;
  append.expected_version = site->version;
  append.vault.stream = ledger::kSiteStream;
  auto records = seal_all(vault_, drafts, site->last_seal, append.vault);
  if (!records) return std::move(records).error();
  append.records = std::move(*records);
  const auto n = drafts.front().event.n;
  if (!request.request_id.empty())
    append.request = ports::Remembered{request.request_id, digest, outcome_bytes(append.stream, n, n)};
  Outcome outcome;
  outcome.ref = append.stream;
  outcome.version = n;
  outcome.dry_run = request.dry_run;
  outcome.events.push_back(std::move(drafts.front().event));
  if (request.dry_run) return outcome;
  if (auto appended = store_.append(append); !appended) return std::move(appended).error();
  return outcome;
}

Result<Outcome> Engine::write_site(const std::string& bytes, const Request& request, const DecideSite& decide) {
  std::string digest;
  auto before = repeated(bytes, request, digest);
  if (!before) return std::move(before).error();
  if (*before) return std::move(**before);
  if (!request.marks.empty())
    return Error{Errc::invalid, "markings are of a case's words: give no --marking or --privileged here", "", {}, ""};
  return tried_again(request, [&] { return write_site_once(decide, request, digest); });
}

Result<Outcome> Engine::add_person(const commands::AddPerson& command, const Request& request) {
  return write_site(request_bytes(ledger::kSiteStream, command, request), request,
                    [&](const case_file::People& site, Instant now) {
                      return commands::decide_person(site, command, request.by, request.account, request.program, now);
                    });
}

Result<Outcome> Engine::add_contact(const commands::AddContact& command, const Request& request) {
  return write_site(request_bytes(ledger::kSiteStream, command, request), request,
                    [&](const case_file::People& site, Instant now) {
                      return commands::decide_contact(site, command, request.by, request.account, request.program, now);
                    });
}

Result<Outcome> Engine::remove_contact(const commands::RemoveContact& command, const Request& request) {
  return write_site(
      request_bytes(ledger::kSiteStream, command, request), request, [&](const case_file::People& site, Instant now) {
        return commands::decide_contact_removal(site, command, request.by, request.account, request.program, now);
      });
}

namespace {

using case_file::ContactPoint;
using case_file::TextRef;

/// The words of one address book: each read by itself, so that one that was forgotten hides no other.
class BookReader {
 public:
  BookReader(ports::Vault& vault, std::string_view stream, const std::vector<ledger::Event>& events)
      : vault_(vault), stream_(stream), events_(events) {}

  Contact read(const ContactPoint& point, std::string scope) const {
    Contact contact;
    contact.party = point.party;
    contact.kind = point.kind;
    contact.scope = std::move(scope);
    contact.number = point.number;
    contact.readable = put(point.value, contact.value) && put(point.hours, contact.hours) && put(point.note, contact.note);
    return contact;
  }

 private:
  bool put(const TextRef& text, std::string& into) const {
    if (!text) return true;
    const auto event = std::find_if(events_.begin(), events_.end(), [&](const auto& one) { return one.n == text.n; });
    if (event == events_.end()) return false;
    const auto digest = event->texts.find(text.field);
    if (digest == event->texts.end()) return false;
    auto opened = vault_.open(stream_, {digest->second});
    if (!opened || !opened->front()) return false;
    into = *opened->front();
    return true;
  }

  ports::Vault& vault_;
  std::string_view stream_;
  const std::vector<ledger::Event>& events_;
};

}  // namespace

Result<std::vector<Contact>> Engine::contacts(const CaseView* view) const {
  std::vector<Contact> all;
  if (view != nullptr) {
    const BookReader book(vault_, view->file->ref, view->events);
    for (const auto& point : view->file->contacts)
      if (!point.removed) all.push_back(book.read(point, "case"));
  }
  auto records = store_.read(ledger::kSiteStream);
  if (!records) return std::move(records).error();
  auto events = ledger::verify_stream(*records);
  if (!events) return std::move(events).error();
  auto site = case_file::fold_people(*events);
  if (!site) return std::move(site).error();
  const BookReader book(vault_, ledger::kSiteStream, *events);
  for (const auto& point : site->contacts)
    if (!point.removed) all.push_back(book.read(point, "store"));
  if (view == nullptr) return all;
  for (const auto& one : view->definition->contacts)
    all.push_back({one.party, one.kind, one.value, one.hours, one.note, "public", 0, true, one.source, one.confidence});
  return all;
}

}  // namespace tocsin
