// SPDX-License-Identifier: Apache-2.0
#include "engine/obligation/obligation.h"

#include <algorithm>
#include <boost/mpl/for_each.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

namespace tocsin::obligation {
namespace {

namespace msm = boost::msm;
namespace mpl = boost::mpl;
using msm::front::none;
using msm::front::Row;

// Conditions: a word for the table, a sentence for the refusal, a test.
struct InTime {
  static constexpr std::string_view name = "in_time", otherwise = "it was done after the deadline";
  static bool holds(const Circumstances& c) { return c.in_time; }
};
struct TooLate {
  static constexpr std::string_view name = "too_late", otherwise = "the deadline has not passed";
  static bool holds(const Circumstances& c) { return !c.in_time; }
};
struct HasEvidence {
  static constexpr std::string_view name = "has_evidence", otherwise = "no channel and reference were given";
  static bool holds(const Circumstances& c) { return c.has_evidence; }
};
struct HasReason {
  static constexpr std::string_view name = "has_reason", otherwise = "no reason was given";
  static bool holds(const Circumstances& c) { return c.has_reason; }
};
struct HasDecider {
  static constexpr std::string_view name = "has_decider", otherwise = "nobody decided it";
  static bool holds(const Circumstances& c) { return c.has_decider; }
};
struct SecondPerson {
  static constexpr std::string_view name = "second_person", otherwise = "no second person approved it";
  static bool holds(const Circumstances& c) { return c.second_person; }
};

/// An event of the table as MSM sees it: the kind is the type, the circumstances travel with it.
template <Event kind_>
struct Happens {
  static constexpr Event kind = kind_;
  const Circumstances& circumstances;
};

template <class... Conditions>
struct Needs {
  template <class E, class F, class S, class T>
  bool operator()(const E& event, F&, S&, T&) const {
    return (Conditions::holds(event.circumstances) && ...);
  }
  static void list(std::vector<std::string_view>& names) { (names.push_back(Conditions::name), ...); }
  static std::vector<std::string_view> failing(const Circumstances& c) {
    std::vector<std::string_view> sentences;
    ((Conditions::holds(c) ? void() : sentences.push_back(Conditions::otherwise)), ...);
    return sentences;
  }
};

template <State state_>
struct Being : msm::front::state<> {
  static constexpr State state = state_;
};

using Unraised = Being<State::unraised>;
using Due = Being<State::due>;
using Overdue = Being<State::overdue>;
using Met = Being<State::met>;
using MetLate = Being<State::met_late>;
using RuledOut = Being<State::ruled_out>;

using Raise = Happens<Event::raised>;
using MoveAnchor = Happens<Event::anchor_moved>;
using Miss = Happens<Event::missed>;
using File = Happens<Event::met>;
using RuleOut = Happens<Event::ruled_out>;
using ReopenDuty = Happens<Event::duty_reopened>;
using WithdrawFiling = Happens<Event::filing_withdrawn>;

struct Lifecycle : msm::front::state_machine_def<Lifecycle> {
  using initial_state = Unraised;

  // clang-format off
  struct transition_table : mpl::vector<
    //   from      event           to        action  condition
    Row< Unraised, Raise         , Due     , none  , Needs<>                          >,
    Row< Unraised, RuleOut       , RuledOut, none  , Needs<HasReason, HasDecider>     >,  // settled before it was owed
    Row< Due     , MoveAnchor    , Due     , none  , Needs<HasReason>                 >,
    Row< Overdue , MoveAnchor    , Due     , none  , Needs<HasReason>                 >,  // the clock judges again
    Row< Met     , MoveAnchor    , Met     , none  , Needs<HasReason>                 >,  // the verdict stands
    Row< MetLate , MoveAnchor    , MetLate , none  , Needs<HasReason>                 >,
    Row< RuledOut, MoveAnchor    , RuledOut, none  , Needs<HasReason>                 >,
    Row< Due     , Miss          , Overdue , none  , Needs<TooLate>                   >,
    Row< Due     , File          , Met     , none  , Needs<InTime, HasEvidence>       >,
    Row< Overdue , File          , Met     , none  , Needs<InTime, HasEvidence>       >,  // done in time, entered late
    Row< Overdue , File          , MetLate , none  , Needs<TooLate, HasEvidence>      >,
    Row< Due     , RuleOut       , RuledOut, none  , Needs<HasReason, HasDecider>     >,
    Row< Overdue , RuleOut       , RuledOut, none  , Needs<HasReason, HasDecider>     >,
    Row< RuledOut, ReopenDuty    , Due     , none  , Needs<HasReason>                 >,  // the old deadline still stands
    Row< Met     , WithdrawFiling, Due     , none  , Needs<HasReason, SecondPerson>   >,  // recorded in error
    Row< MetLate , WithdrawFiling, Due     , none  , Needs<HasReason, SecondPerson>   >
  > {};
  // clang-format on

  template <class F, class E>
  void no_transition(const E&, F&, int) {}  // the return code of process_event says it
};

using Machine = msm::back::state_machine<Lifecycle>;

/// Copies a state id in or out of a machine through MSM's own serialize(): it has no setter for the current state, and
/// ids follow the order of the table, so they never leave this file.
struct StateArchive {
  int id = 0;
  bool loading = false;
  StateArchive& operator&(int (&states)[1]) {
    (loading ? states[0] : id) = loading ? id : states[0];
    return *this;
  }
  template <class T>
  StateArchive& operator&(T&) {
    return *this;
  }
};

template <class S>
constexpr int id_of() {
  return msm::back::get_state_id<Machine::stt, S>::value;
}

struct StateId {
  State state;
  int id;
};
constexpr StateId ids[] = {{State::unraised, id_of<Unraised>()}, {State::due, id_of<Due>()},
                           {State::overdue, id_of<Overdue>()},   {State::met, id_of<Met>()},
                           {State::met_late, id_of<MetLate>()},  {State::ruled_out, id_of<RuledOut>()}};

State state_of(int id) {
  return std::find_if(std::begin(ids), std::end(ids), [&](const StateId& s) { return s.id == id; })->state;
}

template <class F>
void for_each_row(F&& visit) {
  mpl::for_each<Lifecycle::transition_table, msm::wrap<mpl::placeholders::_1>>(
      [&]<class R>(const msm::wrap<R>&) { visit.template operator()<R>(); });
}

/// Why no row of (from, event) can be taken: the row with the fewest failing conditions speaks.
Error refusal(State from, Event event, const Circumstances& circumstances) {
  bool has_row = false;
  std::vector<std::string_view> fewest;
  for_each_row([&]<class R>() {
    if (R::Source::state != from || R::Evt::kind != event) return;
    auto failing = R::Guard::failing(circumstances);
    if (!has_row || failing.size() < fewest.size()) fewest = std::move(failing);
    has_row = true;
  });
  std::string message = "cannot record '" + std::string(word(event)) + "' while " + std::string(word(from)) + ": ";
  if (!has_row) message += "an obligation that is " + std::string(word(from)) + " has no such step";
  for (std::size_t i = 0; i < fewest.size(); ++i) message += (i ? " and " : "") + std::string(fewest[i]);
  return Error{Errc::refused, std::move(message), "obligation lifecycle", {}, {}};
}

template <class E>
Result<State> step_by(State from, const Circumstances& circumstances) {
  Machine machine;
  StateArchive archive{ids[static_cast<std::size_t>(from)].id, true};
  machine.serialize(archive, 0u);
  if (machine.process_event(E{circumstances}) != msm::back::HANDLED_TRUE) return refusal(from, E::kind, circumstances);
  archive.loading = false;
  machine.serialize(archive, 0u);
  return state_of(archive.id);
}

constexpr std::string_view state_words[] = {"unraised", "due", "overdue", "met", "met_late", "ruled_out"};
constexpr std::string_view event_words[] = {"raised",    "anchor_moved",  "missed",          "met",
                                            "ruled_out", "duty_reopened", "filing_withdrawn"};

}  // namespace

std::string_view word(State state) { return state_words[static_cast<std::size_t>(state)]; }
std::string_view word(Event event) { return event_words[static_cast<std::size_t>(event)]; }

std::optional<State> state_from_word(std::string_view text) {
  for (std::size_t i = 0; i < std::size(state_words); ++i)
    if (state_words[i] == text) return static_cast<State>(i);
  return std::nullopt;
}

Result<State> step(State from, Event event, const Circumstances& circumstances) {
  switch (event) {
    case Event::raised: return step_by<Raise>(from, circumstances);
    case Event::anchor_moved: return step_by<MoveAnchor>(from, circumstances);
    case Event::missed: return step_by<Miss>(from, circumstances);
    case Event::met: return step_by<File>(from, circumstances);
    case Event::ruled_out: return step_by<RuleOut>(from, circumstances);
    case Event::duty_reopened: return step_by<ReopenDuty>(from, circumstances);
    case Event::filing_withdrawn: return step_by<WithdrawFiling>(from, circumstances);
  }
  return Error{Errc::invalid, "no such event of an obligation", "", {}, {}};
}

std::vector<tocsin::obligation::Row> rows() {
  std::vector<tocsin::obligation::Row> all;
  for_each_row([&]<class R>() {
    std::vector<std::string_view> names;
    R::Guard::list(names);
    all.push_back({R::Source::state, R::Evt::kind, R::Target::state, {names.begin(), names.end()}});
  });
  return all;
}

}  // namespace tocsin::obligation
