// SPDX-License-Identifier: Apache-2.0
// The front door, writing: read, fold, decide, seal, append.
#include "engine/engine.h"

#include <algorithm>

#include "engine/commands/command_json.h"
#include "engine/commands/decide.h"
#include "engine/engine_parts.h"

namespace tocsin {

namespace {

using workflow::Draft;

/// Another writer was faster this often in a row: then something is wrong, and trying on would hide it.
constexpr int kMostAttempts = 200;

Result<Instant> writing_time(Instant machine, Instant last) {
  if (machine + minutes(10) < last)
    return Error{Errc::unavailable,
                 "this machine's clock is more than ten minutes behind the last entry (" + format_instant(last) +
                     "): set the clock and try again",
                 "clock",
                 {},
                 ""};
  return std::max(machine, last);
}

/// Gives each draft its place in the chain and its words to the vault.
Result<std::vector<ledger::Record>> seal_all(ports::Vault& vault, std::vector<Draft>& drafts, Digest before,
                                             ports::VaultRows& rows) {
  std::vector<ledger::Record> records;
  records.reserve(drafts.size());
  for (auto& draft : drafts) {
    for (auto& [field, digest] : draft.event.texts) {
      auto sealed = vault.seal(draft.event.stream, draft.words.find(field)->second, rows);
      if (!sealed) return std::move(sealed).error();
      digest = std::move(*sealed);
    }
    draft.event.prev = before;
    records.push_back(ledger::seal_event(draft.event));
    before = records.back().seal;
  }
  return records;
}

std::vector<ledger::Event> events_of(std::vector<Draft>& drafts) {
  std::vector<ledger::Event> events;
  events.reserve(drafts.size());
  for (auto& draft : drafts) events.push_back(std::move(draft.event));
  return events;
}

/// What a repeated request is answered with: where the first one ended. No words.
std::string outcome_bytes(const std::string& ref, std::int64_t first, std::int64_t last) {
  return canonical(Json::object({{"ref", ref}, {"first", first}, {"last", last}}));
}

Error taken_request(const std::string& id) {
  return Error{Errc::conflict,
               "request id '" + id.substr(0, 64) + "' was used for another command: give each command its own",
               "request",
               {},
               ""};
}

Error stale_version(const std::string& ref, std::int64_t version) {
  return Error{Errc::conflict,
               "case " + ref + " is at version " + std::to_string(version) + " now: look again before you write",
               "version",
               {},
               "case show " + ref};
}

bool is_stale(const Error& error) { return error.code == Errc::conflict && error.refused_by == ports::kStale; }

/// Decides anew as often as another writer was faster, unless the one who asks expected a version.
template <class Attempt>
Result<Outcome> tried_again(const Request& request, const Attempt& attempt) {
  for (int i = 1;; ++i) {
    auto outcome = attempt();
    if (outcome || !is_stale(outcome.error()) || request.expected_version || i == kMostAttempts) return outcome;
  }
}

Error taken_reference(const std::string& ref) {
  return Error{Errc::conflict,
               "a case " + ref + " exists already (references differ in more than case): choose another with --ref",
               "case",
               {},
               "case show " + ref};
}

/// What a repeated request is recognised by; nothing for one without an id, which is never recognised.
template <class Command>
std::string request_bytes(std::string_view stream, const Command& asked, const Request& request) {
  if (request.request_id.empty()) return {};
  auto command = commands::to_json(asked);
  command.set("stream", stream).set("by", request.by);
  if (request.at) command.set("at", format_instant(*request.at));  // a time that was not given is another one each time
  return canonical(command);
}

}  // namespace

Engine::Engine(ports::EventStore& store, ports::Vault& vault, const ports::Library& library)
    : store_(store), vault_(vault), library_(library) {}

Result<std::optional<Outcome>> Engine::repeated(const std::string& bytes, const Request& request,
                                                std::string& digest) const {
  if (request.request_id.empty()) return std::optional<Outcome>{};
  if (request.request_id.size() > 128 || !is_utf8(request.request_id))
    return Error{Errc::invalid, "a request id is at most 128 bytes of UTF-8", "request", {}, ""};
  auto recognised = vault_.recognise(bytes);
  if (!recognised) return std::move(recognised).error();
  digest = to_hex(*recognised);
  auto known = store_.find_request(request.request_id);
  if (!known) return std::move(known).error();
  if (!known->has_value()) return std::optional<Outcome>{};
  if ((*known)->digest != digest) return taken_request(request.request_id);
  auto said = parse_json((*known)->outcome);
  if (!said) return std::move(said).error();
  Outcome outcome;
  outcome.ref = (*said)["ref"].text();
  outcome.version = (*said)["last"].integer();
  outcome.repeated = true;
  if (outcome.ref == ledger::kSiteStream) return std::optional(std::move(outcome));
  auto view = show(outcome.ref, request.now);
  if (!view) return std::move(view).error();
  for (const auto& event : view->events)
    if (event.n >= (*said)["first"].integer() && event.n <= outcome.version) outcome.events.push_back(event);
  outcome.file = view->file;
  outcome.definition = view->definition;
  return std::optional(std::move(outcome));
}

Result<Outcome> Engine::commit(std::vector<Draft> drafts, case_file::CaseFile file, std::int64_t expected,
                               std::shared_ptr<const workflow::Definition> definition, const Request& request,
                               const std::string& digest, std::optional<ports::DefinitionFiles> files) {
  ports::Append append;
  append.stream = file.ref;
  append.expected_version = expected;
  append.vault.stream = file.ref;
  auto records = seal_all(vault_, drafts, file.last_seal, append.vault);
  if (!records) return std::move(records).error();
  Outcome outcome;
  outcome.ref = file.ref;
  outcome.version = file.version;
  outcome.dry_run = request.dry_run;
  outcome.alarm = workflow::alarm(file);
  outcome.events = events_of(drafts);
  if (!records->empty()) file.last_seal = records->back().seal;
  take_digests(file, outcome.events);
  append.records = std::move(*records);
  append.card = card_of(*definition, file);
  append.definition = std::move(files);
  if (!request.request_id.empty())
    append.request = ports::Remembered{request.request_id, digest, outcome_bytes(file.ref, expected + 1, file.version)};
  outcome.file = std::make_shared<const case_file::CaseFile>(std::move(file));
  outcome.definition = std::move(definition);
  if (request.dry_run) return outcome;
  if (auto appended = store_.append(append); !appended) return std::move(appended).error();
  return outcome;
}

Result<Outcome> Engine::open(std::string_view workflow, const commands::OpenCase& command, const Request& request) {
  std::string digest;
  auto asked_for = command;
  if (command.ref_is_made) asked_for.ref.clear();  // it is another one each time
  auto before = repeated(request_bytes(asked_for.ref, asked_for, request), request, digest);
  if (!before) return std::move(before).error();
  if (*before) return std::move(**before);
  auto reading = library_.find(workflow);
  if (!reading) return std::move(reading).error();
  if (reading->definition == nullptr)
    return Error{Errc::invalid,
                 "the workflow has mistakes, so no case can be pinned to it: run 'tocsin workflow check'",
                 "workflow",
                 {},
                 "workflow check"};
  auto site = people();
  if (!site) return std::move(site).error();
  auto now = writing_time(request.now, site->last_recorded);
  if (!now) return std::move(now).error();
  const auto people = site->at(*now);
  const commands::Asked asked{*reading->definition,     people, request.by, request.account, request.program, *now,
                              request.at.value_or(*now)};
  if (auto taken = store_.find_streams(command.ref, 1000); !taken) return std::move(taken).error();
  else if (std::any_of(taken->begin(), taken->end(),
                       [&](const std::string& name) { return commands::equal_ignoring_case(name, command.ref); }))
    return taken_reference(command.ref);
  case_file::CaseFile file;
  auto drafts = commands::decide_opening(asked, file, store_.purpose(), command);
  if (!drafts) return std::move(drafts).error();
  auto files = pack(reading->definition->files, reading->definition->digest);
  auto outcome = commit(std::move(*drafts), std::move(file), 0, reading->definition, request, digest, std::move(files));
  if (!outcome && is_stale(outcome.error())) return taken_reference(command.ref);  // another writer was faster
  return outcome;
}

Result<Outcome> Engine::record_once(std::string_view ref, const commands::Command& command, const Request& request,
                                    const std::string& digest) {
  auto records = store_.read(ref);
  if (!records) return std::move(records).error();
  if (records->empty() || ref == ledger::kSiteStream) return no_case(ref);
  auto folded = case_file::fold_stored(*records);
  if (!folded) return std::move(folded).error();
  auto& file = *folded;
  auto pinned = definition(file.definition);
  if (!pinned) return std::move(pinned).error();
  if (request.expected_version && *request.expected_version != file.version) return stale_version(file.ref, file.version);
  auto site = people();
  if (!site) return std::move(site).error();
  auto now = writing_time(request.now, std::max(file.last_recorded, site->last_recorded));
  if (!now) return std::move(now).error();
  const auto people = site->at(*now);
  const commands::Asked asked{
      **pinned, people, request.by, request.account, request.program, *now, request.at.value_or(*now)};
  const auto expected = file.version;
  auto drafts = commands::decide(asked, file, command);
  if (!drafts) return std::move(drafts).error();
  return commit(std::move(*drafts), std::move(file), expected, std::move(*pinned), request, digest, std::nullopt);
}

Result<Outcome> Engine::record(std::string_view ref, const commands::Command& command, const Request& request) {
  std::string digest;
  auto before = repeated(request_bytes(ref, command, request), request, digest);
  if (!before) return std::move(before).error();
  if (*before) return std::move(**before);
  return tried_again(request, [&] { return record_once(ref, command, request, digest); });
}

Result<Outcome> Engine::add_person_once(const commands::AddPerson& command, const Request& request,
                                        const std::string& digest) {
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
  auto draft = commands::decide_person(site->at(*now), command, request.by, request.account, request.program, *now);
  if (!draft) return std::move(draft).error();
  ports::Append append;
  append.stream = ledger::kSiteStream;
  append.expected_version = site->version;
  append.vault.stream = ledger::kSiteStream;
  append.records.push_back(ledger::seal_event(draft->event));
  if (!request.request_id.empty())
    append.request =
        ports::Remembered{request.request_id, digest, outcome_bytes(append.stream, draft->event.n, draft->event.n)};
  Outcome outcome;
  outcome.ref = append.stream;
  outcome.version = draft->event.n;
  outcome.dry_run = request.dry_run;
  outcome.events.push_back(std::move(draft->event));
  if (request.dry_run) return outcome;
  if (auto appended = store_.append(append); !appended) return std::move(appended).error();
  return outcome;
}

Result<Outcome> Engine::add_person(const commands::AddPerson& command, const Request& request) {
  std::string digest;
  auto before = repeated(request_bytes(ledger::kSiteStream, command, request), request, digest);
  if (!before) return std::move(before).error();
  if (*before) return std::move(**before);
  return tried_again(request, [&] { return add_person_once(command, request, digest); });
}

}  // namespace tocsin
