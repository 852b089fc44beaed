// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/calendar/counting.h"
#include "engine/guard/guard.h"
#include "engine/method/method.h"

namespace tocsin::workflow {

/// A place in a definition file, counted from 1. Line 0: not from a file.
struct Place {
  std::string file;  ///< path inside the library
  int line = 0;      ///< from 1; 0: not from a file
  int column = 0;    ///< from 1, in characters
};

/// Something wrong with a definition or story file.
struct Issue {
  Place place;              ///< where
  bool is_warning = false;  ///< false: an error
  std::string message;      ///< "unknown key 'gaurd' in transition 'close'"
  std::string hint;         ///< "did you mean 'guard'?", or empty
  std::string line;         ///< the text of the line, for the caret; may be empty
};

/// "supplier-breach.yaml:12:5: error: message", the line, a caret under the column, and the hint.
std::string format_issue(const Issue& issue);

/// Who must take part in a decision (a transition's approval, an obligation's ruling out).
struct Approval {
  std::string by;      ///< role of the proposer
  std::string second;  ///< role of another person who approves; empty: takes effect at once
  std::string advice;  ///< role that must have advised before; empty: none
};

/// Somebody a case has to do with: an authority, the people affected, a supplier.
struct Party {
  std::string name;       ///< the word of the workflow
  std::string title;      ///< for people
  bool optional = false;  ///< not every case has one
  Place place;            ///< in its file
};

/// What a fact or an obligation hangs on: the breach as a whole, each set of data that was hit, or each group of people in one.
enum class Level { breach, data_set, group };

/// How a party is reached that everybody may know, with where that was read. Contact points of our own lie in a store.
struct PublicContact {
  std::string party;       ///< of the workflow
  std::string kind;        ///< phone, mail, web or post
  std::string value;       ///< "0303 123 1113"
  std::string hours;       ///< when somebody answers, in words; may be empty
  std::string note;        ///< what it is for; may be empty
  std::string source;      ///< where it was read
  std::string confidence;  ///< A, B, C or M (docs/formats/law.md)
  Place place;             ///< in its file
};

/// A question of the workflow, and what may be answered.
struct Fact {
  /// A value's kind.
  enum class Kind { time, period, text, choice, set, count };
  std::string name;                ///< the word of the workflow
  Kind kind = Kind::text;          ///< what its values are
  std::string ask;                 ///< the question, for people
  std::vector<std::string> words;  ///< choice, set: the allowed words
  bool ordered = false;            ///< choice: words go from low to high
  bool judged = false;             ///< changing it needs a reason
  bool personal = false;           ///< the value lies in the vault (text always does)
  std::vector<std::string> by;     ///< roles whose value is confirmed; empty: anybody's is adopted
  std::string law;                 ///< why it is asked; may be empty
  Level per = Level::breach;       ///< data_set or group: each has a value of its own
  bool future = false;             ///< time: names a thing to come, such as the end of an ordered period
  std::string suggested_by;        ///< a method whose result suggests the value; departing from it needs a reason
  Place place;                     ///< in its file

  bool vaulted() const { return kind == Kind::text || personal; }  ///< its values never lie in an event
};

/// Where a region may be.
struct State {
  std::string name;      ///< the word of the workflow
  std::string title;     ///< for people; may be empty
  bool initial = false;  ///< where the region begins
  bool final = false;    ///< where it ends
  Place place;           ///< in its file
};

/// A way from one state to another.
struct Transition {
  std::string name;                   ///< unique in the workflow
  std::vector<std::string> from;      ///< states of its region
  std::string to;                     ///< a state of its region
  std::vector<std::string> by;        ///< roles, any of which may move; empty: anybody listed
  std::optional<guard::Guard> guard;  ///< the condition; none: always
  std::optional<Approval> approval;   ///< the decision it needs; none: none
  std::string law;                    ///< why it is so; may be empty
  Place place;                        ///< in its file
};

/// One of the orthogonal regions of a workflow. The one named `case` (or the only one) closes the case.
struct Region {
  std::string name;                     ///< the word of the workflow
  std::vector<State> states;            ///< in the order of the file
  std::vector<Transition> transitions;  ///< in the order of the file
  Place place;                          ///< in its file

  const State* state(std::string_view name) const;  ///< null when there is none
  const State& initial() const;                     ///< there is exactly one, checked
};

/// Where a deadline runs from.
struct Anchor {
  /// What it is.
  enum class Kind { fact, opened, filed, exempted };
  Kind kind = Kind::opened;    ///< what it is
  std::string name;            ///< the fact or the obligation; empty for opened
  std::string exemption = {};  ///< exempted: which one the obligation was ruled out by
  /// "facts.aware_at", "case.opened_at", "filed(obligations.ico)", "exempted(obligations.staff.art_34_3_c)".
  std::string text() const;
};

/// Another reading of a period, shown beside the deadline and never planned for.
struct Reading {
  calendar::Rule rule;  ///< how it would be counted
  std::string note;     ///< whose reading it is
  /// What JSON calls it: "eu1182" for the readings of Regulation 1182/71, else the counting's word.
  std::string name() const;
};

/// A limit that falls on a day off may be met by noon of the next working day, except by some.
struct Relief {
  std::vector<std::string> not_for;  ///< words of the fact that an obligation names in `relief_for`
  std::string basis;                 ///< the article
};

/// A clock as it was in force between two dates.
struct ClockVersion {
  std::optional<Instant> from;     ///< in force from (inclusive); none: from the beginning
  std::optional<Instant> until;    ///< until (exclusive); none: still
  calendar::Rule rule;             ///< how long, and how counted
  std::string basis;               ///< "UK GDPR Art 33(1)"
  std::string calendar;            ///< whose local days count; empty: the workflow's
  std::string from_submission_of;  ///< clock whose filing it runs from; empty: what the obligation is anchored on
  std::optional<Relief> relief;    ///< none: none
  std::vector<Reading> also;       ///< other readings
  std::string note;                ///< what is unsure; may be empty
};

/// Why a duty may not be owed although its trigger is there, and what that demands instead.
struct Exemption {
  std::string name;        ///< "art_34_3_c"
  std::string title;       ///< for people
  std::string basis;       ///< the article
  std::string demands;     ///< in words; may be empty
  std::string raises;      ///< clock of the duty that takes its place; empty: none
  bool restricts = false;  ///< withholds for a time: needs a ground and a review, may have an end
  std::vector<std::pair<std::string, std::string>> grounds;  ///< name, words of the law
  std::string note;                                          ///< what is unsure; may be empty
  std::optional<Instant> from;                               ///< in force from (inclusive); none: as long as its clock
  std::optional<Instant> until;                              ///< until (exclusive); none: still

  /// Whether it could be relied on then.
  bool is_in_force(Instant at) const { return (!from || *from <= at) && (!until || at < *until); }
};

/// What a notice under a clock has to say.
struct Content {
  std::string field;               ///< "nature"
  std::string title;               ///< for people
  std::vector<std::string> facts;  ///< facts of a workflow that fill it; a gap while none that the workflow has is known
  bool may_follow = true;          ///< it may come later than the notice
  std::string note = {};           ///< what is unsure; may be empty
  bool where_possible = false;     ///< the law asks it only where possible: it is no gap
  std::string point = {};          ///< of the law: "Art 33(3)(a)"; may be empty
};

/// A duty's rule in law: who owes what to whom, from when, for how long, by date.
struct Clock {
  /// What weight it has.
  enum class Kind { mandatory, contractual, voluntary };
  std::string id;               ///< "uk.gdpr.33_1"
  std::string law;              ///< the file it stands in, "uk-gdpr"
  std::string regime;           ///< what the file is about, for tables: "United Kingdom, UK GDPR"
  Kind kind = Kind::mandatory;  ///< what weight it has where it is law
  std::string proposed;         ///< how far it has come, where it is not law yet; empty: it is. A proposal gates nothing
  std::string title;            ///< for people
  std::string owed_by;          ///< who, in the law's words
  std::string to;               ///< to whom, in the law's words
  std::string trigger;          ///< what starts it, in the law's words
  std::string late;             ///< what the law says about lateness; may be empty
  std::vector<ClockVersion> versions;  ///< by date, without overlap
  std::vector<Content> contents;       ///< what a notice has to say
  std::vector<Exemption> exemptions;   ///< why it may not be owed
  std::string source;                  ///< where the text was read
  std::string confidence;              ///< A, B, C or M (docs/formats/law.md)
  std::string note;                    ///< what is unsure, what is left out
  Place place;                         ///< in its file

  /// The version in force at an instant; null when none was.
  const ClockVersion* in_force(Instant at) const;
  const Exemption* exemption(std::string_view name) const;  ///< null when there is none
  /// What weight an obligation on it has: a proposal is voluntary.
  Kind weight() const { return proposed.empty() ? kind : Kind::voluntary; }
};

/// "mandatory"
constexpr std::string_view word(Clock::Kind kind) {
  return kind == Clock::Kind::mandatory ? "mandatory" : kind == Clock::Kind::contractual ? "contractual" : "voluntary";
}

/// A duty that a case may have: a clock, and how this workflow comes to owe it.
struct Obligation {
  std::string name;            ///< the word of the workflow
  std::string clock;           ///< id
  std::string to;              ///< party
  std::string owed_by;         ///< empty: us; else a party
  bool watched = false;        ///< observed and aged; never blocks. What others owe always is
  bool proposed = false;       ///< its clock may be a proposal
  Level per = Level::breach;   ///< it hangs on each data set, or on each group of people
  std::vector<Anchor> anchor;  ///< the first known counts
  std::vector<std::pair<std::string, std::vector<Anchor>>> starts;  ///< other starts that the clock's limits name
  std::string directed;                 ///< fact that names the time (time) or the hours (count) of a clock as directed
  std::string relief_for;               ///< fact that says who we are, where the clock's relief is not for all
  std::optional<guard::Guard> applies;  ///< none: yes
  std::vector<std::string> again_when;  ///< facts whose worse value raises the next instance
  std::optional<Approval> rule_out;     ///< the decision that not owing it needs; none: it cannot be ruled out
  std::string notice;                   ///< path of a text beside the workflow, or empty
  std::vector<Duration> remind;         ///< so long before the deadline; where there is none, at that age
  Place place;                          ///< in its file

  /// Whether a case with it open may not close.
  bool blocks(const Clock& its) const { return !watched && owed_by.empty() && its.weight() != Clock::Kind::voluntary; }
};

/// One file a definition was read from: the path inside its library, and its text.
struct SourceFile {
  std::string path;  ///< "law/uk-gdpr.yaml"
  std::string text;  ///< all of it
};

/// A workflow with the law it names: plain values, checked, immutable once made.
struct Definition {
  std::string name;              ///< "uk/supplier-breach"
  int version = 1;               ///< the file's own count
  std::string title;             ///< for people
  std::string about;             ///< what it is for
  std::string zone;              ///< IANA name, "Europe/London"
  std::vector<std::string> law;  ///< files in law/
  std::string calendar;          ///< whose local days count where the law names none: file in calendars/, or empty
  std::vector<Party> parties;    ///< in the order of the file
  std::vector<std::pair<std::string, std::string>> roles;  ///< name, what it does
  std::vector<std::string> markings;     ///< protective markings that words may carry; empty: those of markings_of()
  std::vector<std::string> accept_risk;  ///< roles that may accept a risk that stays; empty: anybody listed
  std::vector<PublicContact> contacts;   ///< of the parties, from the law files
  std::vector<Fact> facts;               ///< in the order of the file
  std::vector<Region> regions;           ///< in the order of the file
  std::vector<Obligation> obligations;   ///< in the order of the file
  std::vector<Clock> clocks;             ///< all of the law files named
  std::map<std::string, calendar::WorkDays, std::less<>> calendars;  ///< those that the workflow and its clocks name
  std::vector<std::string> wanted_methods;                           ///< files in methods/
  std::vector<method::Method> methods;                               ///< of assessing severity, read from them
  std::vector<SourceFile> files;                                     ///< sorted by path
  std::string digest;                                                ///< hex; see definition_digest()
  Place place;                                                       ///< of its first line
  /// Places of single words, beside the model: "transitions.close.to.closed", "obligations.ico.clock.uk.gdpr.33_1".
  /// A guard has "transitions.close.guard" and, where its text stands in the file letter for letter,
  /// "transitions.close.guard.text", the place of its first letter.
  std::map<std::string, Place, std::less<>> places;

  const Fact* fact(std::string_view name) const;              ///< null when there is none
  const Region* region(std::string_view name) const;          ///< null when there is none
  const Obligation* obligation(std::string_view name) const;  ///< null when there is none
  const Clock* clock(std::string_view id) const;              ///< null when there is none
  const Party* party(std::string_view name) const;            ///< null when there is none
  const method::Method* method(std::string_view name) const;  ///< null when there is none
  /// Whose local days count for a version of a clock; null where nothing says it.
  const calendar::WorkDays* work_days(const ClockVersion& version) const;
  /// The region named `case`, else the only one; null when neither.
  const Region* closing_region() const;
  /// The transition and its region by the transition's name, which is unique in a workflow; null when unknown.
  std::pair<const Region*, const Transition*> transition(std::string_view name) const;
};

/// The words of the workflow's marking scheme. Where it names none, official and official-sensitive: the tier in which the public sector
/// works, and its marking for what needs need-to-know, of the Government Security Classifications Policy (Cabinet Office, 5 August 2024).
/// SECRET and TOP SECRET are left out on purpose: what bears them does not belong into a store of this kind.
const std::vector<std::string>& markings_of(const Definition& definition);

/// The kinds of a contact point: phone, mail, web, post.
const std::vector<std::string>& contact_kinds();

/// SHA-256 in hex over the canonical JSON of the sorted list [[path, sha256 of the text], ...].
std::string definition_digest(const std::vector<SourceFile>& files);

/// The names that guards of this definition may use.
guard::Scope scope_of(const Definition& definition);

/// SHA-256 in hex over what a clock says, places apart: two clocks that say the same have one digest.
std::string clock_digest(const Clock& clock);

/// What the words of a definition get wrong although each file reads well: undefined names, unreachable states, a
/// transition nobody may take, an obligation without legal basis, anchors in a circle, ... . Guards are checked and
/// bound in place. In the order of the definition; the text of the line is left to whoever has the files.
std::vector<Issue> check(Definition& definition);

/// The part of check() that needs the law alone: ids, dates in force, legal basis, source.
std::vector<Issue> check_clocks(const std::vector<Clock>& clocks);

}  // namespace tocsin::workflow
