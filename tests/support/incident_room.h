// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/memory_store/event_store.h"
#include "adapters/memory_store/vault.h"
#include "adapters/yaml_library/library.h"
#include "engine/engine.h"

namespace tocsin::tests {

/// A small language for tests: four people work the case FF-1 under the shipped workflow, on a clock that is cranked by hand.
///
///   IncidentRoom room;
///   room.open();
///   room.at("2026-05-02T20:10Z").as("sid").set("risk=high_risk");
///   CHECK(room.state("staff") == "due");
class IncidentRoom {
 public:
  explicit IncidentRoom(bool with_people = true) {
    if (!with_people) return;
    now_ = *parse_instant("2026-05-01T00:00Z");  // long before any case
    for (const auto& [name, role] :
         {std::pair{"ann", "handler"}, {"dee", "dpo"}, {"sid", "siro"}, {"sue", "siro"}, {"gus", "gold"}})
      must(as("ann").engine.add_person({name, {role}}, request()));
    now_ = *parse_instant("2026-05-02T19:00Z");
  }

  IncidentRoom& at(std::string_view time) {
    now_ = *parse_instant(time);
    happened_.reset();
    return *this;
  }
  IncidentRoom& later(Duration duration) {
    now_ = now_ + duration;
    happened_.reset();
    return *this;
  }
  /// The next step happened earlier than it is written down.
  IncidentRoom& happened(std::string_view time) {
    happened_ = *parse_instant(time);
    return *this;
  }
  IncidentRoom& as(std::string name, std::string account = {}) {
    by_ = std::move(name);
    account_ = account.empty() ? by_ : std::move(account);
    return *this;
  }

  Result<Outcome> open(std::vector<std::pair<std::string, std::string>> facts = {}) {
    return keep(engine.open("uk/supplier-breach", {"FF-1", "Passes printed by a firm that was hacked", std::move(facts)},
                            request()));
  }
  Result<Outcome> run(const commands::Command& command) { return keep(engine.record("FF-1", command, request())); }
  Result<Outcome> set(const std::string& pair, const std::string& because = {}, const std::string& source = {}) {
    const auto equals = pair.find('=');
    return run(commands::SetFacts{{{pair.substr(0, equals), pair.substr(equals + 1)}}, source, {}, because});
  }
  Result<Outcome> file(const std::string& obligation, bool complete = false, const std::string& reason = {}) {
    return run(commands::RecordNotice{obligation, "web form", "pending", {}, reason, complete});
  }
  Result<Outcome> move(const std::string& transition) { return run(commands::Move{transition, {}}); }
  Result<Outcome> propose(const std::string& subject, std::vector<std::string> relies_on = {}) {
    return run(commands::Propose{subject, "a reason", std::move(relies_on)});
  }
  Result<Outcome> add(const std::string& data_set, std::vector<std::pair<std::string, std::string>> facts = {}) {
    return run(commands::AddDataSet{data_set, "Some words", false, {}, std::move(facts)});
  }
  Result<Outcome> group(const std::string& name, const std::string& of = {}) {
    return run(commands::AddDataSet{name, {}, true, of, {}});
  }
  Result<Outcome> advise(const std::string& subject) { return run(commands::Advise{subject, "advice"}); }
  Result<Outcome> approve(const std::string& subject, const std::string& relayed = {}) {
    return run(commands::Approve{subject, {}, relayed});
  }

  /// Proposed by sid, advised by dee, approved by gus.
  Result<Outcome> decide(const std::string& subject) {
    must(as("sid").propose(subject));
    must(as("dee").advise(subject));
    return as("gus").approve(subject);
  }

  CaseView view() { return *engine.show("FF-1", now_); }
  std::string state(const std::string& obligation) {
    const auto seen = view();
    const auto* held = seen.file->obligation(obligation);
    return held == nullptr ? "unraised" : std::string(word(held->state));
  }
  std::string due(const std::string& obligation) {
    const auto seen = view();
    const auto* held = seen.file->obligation(obligation);
    return held == nullptr || !held->due ? "none" : format_instant(*held->due) + (held->provisional ? " provisional" : "");
  }
  std::string stage() { return std::string(word(view().file->stage)); }
  /// The events of the last accepted step, by type.
  std::vector<std::string> last() const { return last_; }

  template <class T>
  static T must(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
  }

  Request request() const {
    Request r;
    r.by = by_;
    r.account = account_;
    r.program = "test";
    r.now = now_;
    r.at = happened_;
    return r;
  }

  memory_store::EventStore store{"live"};
  memory_store::Vault vault{store};
  yaml_library::Library library{TOCSIN_SOURCE_DIR "/workflows"};
  Engine engine{store, vault, library};

 private:
  Result<Outcome> keep(Result<Outcome> outcome) {
    happened_.reset();
    last_.clear();
    if (outcome)
      for (const auto& event : outcome->events) last_.push_back(event.type);
    return outcome;
  }

  Instant now_ = *parse_instant("2026-05-02T19:00Z");
  std::optional<Instant> happened_;
  std::string by_ = "ann", account_ = "ann";
  std::vector<std::string> last_;
};

}  // namespace tocsin::tests
