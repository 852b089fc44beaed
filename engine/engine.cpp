// SPDX-License-Identifier: Apache-2.0
// The front door, writing: read, fold, decide, seal, append.
#include "engine/engine.h"

#include <algorithm>

#include "engine/base/in_quotes.h"
#include "engine/commands/decide.h"
#include "engine/engine_parts.h"
#include "engine/engine_writing.h"

namespace tocsin {

namespace {

using workflow::Draft;

std::vector<ledger::Event> events_of(std::vector<Draft>& drafts) {
  std::vector<ledger::Event> events;
  events.reserve(drafts.size());
  for (auto& draft : drafts) events.push_back(std::move(draft.event));
  return events;
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

Error taken_reference(const std::string& ref) {
  return Error{Errc::conflict,
               "a case " + ref + " exists already (references differ in more than case): choose another with --ref",
               "case",
               {},
               "case show " + ref};
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
                 "the workflow " + in_quotes(workflow) + " has mistakes, so no case can be pinned to it",
                 "workflow",
                 {},
                 "workflow check " + std::string(workflow)};
  auto site = people();
  if (!site) return std::move(site).error();
  auto now = writing_time(request.now, site->last_recorded);
  if (!now) return std::move(now).error();
  const auto people = site->at(*now);
  const commands::Asked asked{*reading->definition,      people,       request.by, request.account, request.program, *now,
                              request.at.value_or(*now), request.marks};
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
      **pinned, people, request.by, request.account, request.program, *now, request.at.value_or(*now), request.marks};
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

}  // namespace tocsin
