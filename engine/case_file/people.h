// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/case_file/contact_point.h"
#include "engine/ledger/chain.h"

namespace tocsin::case_file {

/// Somebody who works the cases, as the list has them.
struct Person {
  std::string name;                                        ///< as given with a request's `by`
  std::vector<std::string> roles;                          ///< held; in People::at() those that have not ended
  std::int64_t n = 0;                                      ///< the entry that spoke last
  Instant since;                                           ///< when that was recorded
  std::map<std::string, Instant, std::less<>> until = {};  ///< of roles that end: the last instant at which they are held
  std::vector<std::string> ended = {};                     ///< in People::at(): roles that were held and ended by themselves

  bool holds(std::string_view role) const;  ///< whether the role is among `roles`
};

/// Who works the cases, and the address book of the store: the fold of the site stream. An entry replaces a person's roles. An entry
/// with an end gives roles for a time, beside those that the person holds without one.
///
///   auto people = *fold_people(events);
///   people.at(now).holds("rosa", "dpo");   // false after the last instant of the role
struct People {
  std::vector<Person> listed;          ///< in the order in which they were listed first
  std::vector<ContactPoint> contacts;  ///< of the whole store, those that were removed among them
  std::string admin;                   ///< who made the first entry
  std::int64_t version = 0;            ///< number of the last event of the site stream
  Digest last_seal;                    ///< filled by whoever read or sealed the events
  Instant last_recorded;               ///< recorded_at of the last event

  /// The list as it is at an instant: roles that ended before it are held no longer.
  People at(Instant t) const;
  /// Whether some role ends by itself, so that at() is another list at another time.
  bool has_ends() const;

  /// Nobody was ever listed: then anyone may write. A list whose roles have all ended is not empty.
  bool empty() const { return listed.empty(); }
  const Person* find(std::string_view name) const;  ///< null when never listed
  /// Whether the person holds any role; who holds none works no case.
  bool lists(std::string_view name) const;
  bool holds(std::string_view name, std::string_view role) const;  ///< whether the person has the role
  /// The same, or it was held and ended by itself: what was advised then was advised by a holder.
  bool has_held(std::string_view name, std::string_view role) const;
  /// Whether the person has one of them.
  bool holds_any(std::string_view name, const std::vector<std::string>& roles) const;
  std::vector<std::string> holders(std::string_view role) const;  ///< who has the role, in the order of the list

  /// `corrupt` for an event that is no entry of either.
  Result<void> apply(const ledger::Event& event);
};

/// Rebuilds the list; `corrupt` names the event that does not fit.
Result<People> fold_people(const std::vector<ledger::Event>& events);

}  // namespace tocsin::case_file
