// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/case_file/case_file.h"
#include "engine/commands/command.h"
#include "engine/ledger/chain.h"
#include "engine/ports/event_store.h"
#include "engine/ports/library.h"
#include "engine/ports/vault.h"
#include "engine/workflow/definition.h"
#include "engine/workflow/explain.h"
#include "engine/workflow/plan.h"

namespace tocsin {

/// Who asks, and how.
struct Request {
  std::string by;       ///< the claimed person
  std::string account;  ///< the operating-system account
  std::string program;  ///< "tocsin 0.1.0"
  Instant now;          ///< the machine's clock; the engine uses the later of it and the case's last recorded time
  std::optional<Instant> at = {};  ///< when the thing happened; none: now. Never after now
  std::string request_id = {};     ///< empty: none
  /// The number of the case's last event as the asker knew it; another one is `conflict`.
  std::optional<std::int64_t> expected_version = {};
  bool dry_run = false;         ///< judge and answer, and write nothing
  case_file::Marks marks = {};  ///< of the words that the command brings; `invalid` where it brings none
};

/// What was recorded, or, for a dry run, would have been.
struct Outcome {
  std::string ref;                    ///< the case's reference
  std::int64_t version = 0;           ///< number of the case's last event
  std::vector<ledger::Event> events;  ///< empty when a repeated request found its first outcome
  bool repeated = false;              ///< the request id was known: nothing was written now
  bool dry_run = false;               ///< nothing of it was written
  std::optional<Instant> alarm;       ///< the first instant at which the case changes by itself; none: it does not
  std::shared_ptr<const case_file::CaseFile> file;         ///< the case afterwards
  std::shared_ptr<const workflow::Definition> definition;  ///< what the case is pinned to
};

/// A case as read: events, fold, definition, people.
struct CaseView {
  std::vector<ledger::Event> events;                       ///< oldest first
  std::vector<Digest> seals;                               ///< beside events
  std::shared_ptr<const case_file::CaseFile> file;         ///< their sum, with time's effects up to `now`
  std::shared_ptr<const workflow::Definition> definition;  ///< what the case is pinned to
  case_file::People people;                                ///< who is listed, in the whole store
  Instant now;                                             ///< what the view was computed for
};

/// An item of `due`, in its bucket.
struct DueItem {
  std::string ref;             ///< the case
  std::string title;           ///< null where forgotten or the key is missing: has_title false
  bool has_title = false;      ///< false: there is no title to be read
  std::string kind;            ///< obligation, approval, action or review
  std::string name;            ///< "ico", "staff#2", "close", "action:3"
  std::string bucket;          ///< overdue, no_deadline, provisional, 24h, 72h, later, not_started
  std::optional<Instant> due;  ///< the deadline; none: no fixed time
  std::optional<Instant>
      judged_by;                 ///< what lateness is counted from: due, or the later end of a range once that has passed
  bool provisional = false;      ///< a better anchor may move it
  std::optional<Instant> since;  ///< where there is no deadline: since when
  std::int64_t age_hours = 0;    ///< whole hours since it began
  std::string basis;             ///< the article; empty where no law says it
};
/// An instant of the days ahead at which somebody wants to be reminded.
struct DueReminder {
  std::string ref;         ///< the case
  std::string obligation;  ///< with the length: "ico 24h"
  Instant at;              ///< when somebody wants to be reminded
};
/// What is owed over all open cases, and who wants to be reminded of it soon.
struct Due {
  std::vector<DueItem> items;          ///< in the order of buckets, then of deadlines
  std::vector<DueReminder> reminders;  ///< of the next 72 hours, at most as many as items were asked for
  bool more = false;                   ///< there are more than were asked for
  bool vault_closed = false;           ///< titles could not be read: the master key is missing
};

/// A case as lists show it.
struct CaseSummary {
  std::string ref;         ///< its reference
  std::string title;       ///< its title; empty where forgotten or the key is missing: has_title false
  bool has_title = false;  ///< false: there is no title to be read
  bool open = true;        ///< false: it is closed
  Instant opened_at;       ///< when it says that it was opened
  std::string workflow;    ///< "uk/supplier-breach"
  std::map<std::string, std::string, std::less<>> states;  ///< region: state
  std::int64_t version = 0;                                ///< number of its last event
  std::string incident;                                    ///< empty: none
};

/// A line of the address book as it is read: what everybody may know comes from the law files, the rest from a store.
struct Contact {
  std::string party;       ///< of the workflow, or a name
  std::string kind;        ///< phone, mail, web or post
  std::string value;       ///< empty where `readable` is false
  std::string hours;       ///< when somebody answers
  std::string note;        ///< what it is for
  std::string scope;       ///< case, store or public
  int number = 0;          ///< within its scope; 0: public
  bool readable = true;    ///< false where the words were forgotten or the vault is closed
  std::string source;      ///< public: where it was read
  std::string confidence;  ///< public: A, B, C or M
};

struct Audited;  // what an audit compares all cases with

/// What an audit found.
struct Verification {
  std::int64_t cases = 0;             ///< how many were read
  std::int64_t events = 0;            ///< how many were read, people's among them
  std::vector<std::string> problems;  ///< sentences; empty: everything verifies
  std::vector<std::string> warnings;  ///< sentences: what an auditor should look at and is no proof of a change
  std::vector<std::string> notes;     ///< same-account approvals, unconfirmed relays: true and worth reading
};

/// The front door. Holds no case: every call reads, folds, decides and appends. Thread-safe when its ports are.
///
///   Engine engine(store, vault, library);
///   auto opened = engine.open("uk/supplier-breach", {.ref = "FF-1", .title = "..."}, request);
///   auto told   = engine.record("FF-1", commands::RecordNotice{.obligation = "nca", .channel = "telephone", .reference = "pending"}, request);
class Engine {
 public:
  Engine(ports::EventStore& store, ports::Vault& vault, const ports::Library& library);  ///< The three must outlive it.

  /// Opens a case, pinned to the workflow as its files are now.
  /// `conflict` when the reference is taken (ignoring case), `not_found` for an unknown workflow.
  Result<Outcome> open(std::string_view workflow, const commands::OpenCase& command, const Request& request);

  /// Judges a command and records what follows, all or nothing. Tries again by itself when another writer was faster,
  /// unless expected_version was given.
  Result<Outcome> record(std::string_view ref, const commands::Command& command, const Request& request);

  /// Lists a person, or replaces the roles of one who is listed; tries again as record() does.
  Result<Outcome> add_person(const commands::AddPerson& command, const Request& request);
  Result<case_file::People> people() const;  ///< who is listed; nobody in a new store

  /// Adds or removes a line of the store's address book, as add_person() does; a case's own lines go through record().
  Result<Outcome> add_contact(const commands::AddContact& command, const Request& request);
  /// Takes a line out of the store's address book; tries again as record() does.
  Result<Outcome> remove_contact(const commands::RemoveContact& command, const Request& request);

  /// How the parties are reached: of the case first, then of the store, then what is public. Without a view: of the store alone.
  /// Words that cannot be read leave their line and are said to be unreadable.
  Result<std::vector<Contact>> contacts(const CaseView* view) const;

  /// A case as of now, or as of what was recorded by `as_of`. Time's effects are applied to the copy.
  Result<CaseView> show(std::string_view ref, Instant now, std::optional<Instant> as_of = std::nullopt) const;

  /// The exact reference for a unique prefix. `not_found`, or `invalid` when several begin so.
  Result<std::string> resolve(std::string_view prefix) const;

  /// What is owed over all open cases, in the order of buckets. limit 0: all. Reads as much as the list holds, not the store.
  /// `incident` not empty: of the cases that belong to it only (reads every card). `within`: what is overdue, and what has a
  /// deadline no further ahead than that; nothing without a deadline. An `as_of` folds every case.
  Result<Due> due(Instant now, std::size_t limit, std::optional<Instant> as_of = std::nullopt,
                  std::string_view incident = {}, std::optional<Duration> within = std::nullopt) const;

  /// A case as it would be if facts had these values, whoever judges them; nothing is recorded.
  Result<CaseView> suppose(std::string_view ref, const std::vector<std::pair<std::string, std::string>>& facts,
                           Instant now) const;

  /// Cases in the order of their opening; those after the case `after` (empty: from the first), at most `limit`.
  Result<std::vector<CaseSummary>> cases(std::string_view after, std::size_t limit) const;

  /// Words behind a view's text, nullopt where forgotten. `unavailable` without the master key.
  Result<std::optional<std::string>> words(const CaseView& view, const case_file::TextRef& text) const;
  /// All words of a view: by event number, field.
  Result<std::map<std::pair<std::int64_t, std::string>, std::optional<std::string>>> all_words(const CaseView& view) const;

  /// Why words could not be read, for machines: key_missing, key_wrong or damaged.
  std::string why_closed(const Error& error) const;

  /// Reads everything again and asks of each step whether it was right. `ref` empty: the whole store.
  Result<Verification> verify(std::string_view ref) const;

  const ports::EventStore& store() const { return store_; }  ///< where it keeps everything

 private:
  /// A case as the store has it, before time's effects.
  struct Loaded {
    std::vector<ledger::Event> events;
    std::vector<Digest> seals;
    case_file::CaseFile file;
    std::shared_ptr<const workflow::Definition> definition;
  };
  Result<Loaded> load(std::string_view ref, std::optional<Instant> as_of = std::nullopt) const;
  Result<std::shared_ptr<const workflow::Definition>> definition(const std::string& digest) const;
  Result<std::optional<Outcome>> repeated(const std::string& bytes, const Request& request, std::string& digest) const;
  Result<Outcome> record_once(std::string_view ref, const commands::Command& command, const Request& request,
                              const std::string& digest);
  /// Judges and appends one event of the list of people and its address book.
  using DecideSite = std::function<Result<workflow::Draft>(const case_file::People& site, Instant now)>;
  Result<Outcome> write_site(const std::string& bytes, const Request& request, const DecideSite& decide);
  Result<Outcome> write_site_once(const DecideSite& decide, const Request& request, const std::string& digest);
  Result<Outcome> commit(std::vector<workflow::Draft> drafts, case_file::CaseFile file, std::int64_t expected,
                         std::shared_ptr<const workflow::Definition> definition, const Request& request,
                         const std::string& digest, std::optional<ports::DefinitionFiles> files);
  Result<Due> due_as_of(Instant as_of, std::size_t limit, std::string_view incident, std::optional<Duration> within) const;
  Result<std::set<std::string>> cases_of(std::string_view incident) const;
  Result<std::vector<DueReminder>> reminders(Instant now, std::size_t most, const std::set<std::string>* only) const;
  Result<std::map<std::string, ports::Card, std::less<>>> read_cards(std::string_view ref) const;
  Result<void> verify_case(std::string_view ref, const Audited& audited, Verification& report) const;
  void verify_words(std::string_view stream, const std::vector<ledger::Event>& events, Verification& report) const;
  void put_titles(Due& due, const std::map<std::string, std::string>& digests) const;

  ports::EventStore& store_;
  ports::Vault& vault_;
  const ports::Library& library_;
  mutable std::mutex mutex_;  ///< guards definitions_
  mutable std::map<std::string, std::shared_ptr<const workflow::Definition>> definitions_;
};

}  // namespace tocsin
