// SPDX-License-Identifier: Apache-2.0
#include "engine/case_file/case_lifecycle.h"

#include <algorithm>
#include <boost/mpl/for_each.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

namespace tocsin::case_file {
namespace {

namespace msm = boost::msm;
namespace mpl = boost::mpl;
using msm::front::none;
using msm::front::Row;

struct NothingOwed {
  static constexpr std::string_view name = "nothing_owed", otherwise = "something is still owed";
  static bool holds(const Standing& s) { return s.nothing_owed; }
};
struct ApprovedWhereAsked {
  static constexpr std::string_view name = "approved_where_asked", otherwise = "an approval is missing";
  static bool holds(const Standing& s) { return s.approved_where_asked; }
};
struct HasReason {
  static constexpr std::string_view name = "has_reason", otherwise = "no reason was given";
  static bool holds(const Standing& s) { return s.has_reason; }
};

template <Step kind_>
struct Takes {
  static constexpr Step kind = kind_;
  const Standing& standing;
};

template <class... Conditions>
struct Needs {
  template <class E, class F, class S, class T>
  bool operator()(const E& event, F&, S&, T&) const {
    return (Conditions::holds(event.standing) && ...);
  }
  static void list(std::vector<std::string>& names) { (names.emplace_back(Conditions::name), ...); }
  static std::vector<std::string_view> failing(const Standing& s) {
    std::vector<std::string_view> sentences;
    ((Conditions::holds(s) ? void() : sentences.push_back(Conditions::otherwise)), ...);
    return sentences;
  }
};

template <Stage stage_>
struct Being : msm::front::state<> {
  static constexpr Stage stage = stage_;
};
using Unopened = Being<Stage::unopened>;
using Open = Being<Stage::open>;
using Closed = Being<Stage::closed>;

struct Lifecycle : msm::front::state_machine_def<Lifecycle> {
  using initial_state = Unopened;
  using no_message_queue = int;  // a machine lives for one step: nothing waits, and no queue is allocated for it
  using no_exception_thrown = int;

  // clang-format off
  struct transition_table : mpl::vector<
    //   from      step                   to      action  condition
    Row< Unopened, Takes<Step::opened>  , Open  , none  , Needs<>                                 >,
    Row< Open    , Takes<Step::recorded>, Open  , none  , Needs<>                                 >,
    Row< Open    , Takes<Step::worked>  , Open  , none  , Needs<>                                 >,
    Row< Closed  , Takes<Step::recorded>, Closed, none  , Needs<>                                 >,  // what is true is never refused
    Row< Open    , Takes<Step::closed>  , Closed, none  , Needs<NothingOwed, ApprovedWhereAsked>  >,
    Row< Closed  , Takes<Step::reopened>, Open  , none  , Needs<HasReason>                        >
  > {};
  // clang-format on

  template <class F, class E>
  void no_transition(const E&, F&, int) {}
};

using Machine = msm::back::state_machine<Lifecycle>;

/// See engine/obligation: MSM has no setter for the current state but serialize().
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

constexpr int ids[] = {msm::back::get_state_id<Machine::stt, Unopened>::value,
                       msm::back::get_state_id<Machine::stt, Open>::value,
                       msm::back::get_state_id<Machine::stt, Closed>::value};

template <class F>
void for_each_row(F&& visit) {
  mpl::for_each<Lifecycle::transition_table, msm::wrap<mpl::placeholders::_1>>(
      [&]<class R>(const msm::wrap<R>&) { visit.template operator()<R>(); });
}

Error refusal(Stage from, Step taken, const Standing& standing) {
  bool has_row = false;
  std::string why;
  for_each_row([&]<class R>() {
    if (R::Source::stage != from || R::Evt::kind != taken) return;
    has_row = true;
    for (auto sentence : R::Guard::failing(standing)) why += (why.empty() ? "" : " and ") + std::string(sentence);
  });
  std::string message = "cannot record '" + std::string(word(taken)) + "' while " + std::string(word(from)) + ": ";
  if (has_row) message += why;
  else
    message +=
        from == Stage::closed ? "reopen the case first" : "a case that is " + std::string(word(from)) + " has no such step";
  return Error{Errc::refused, std::move(message), "case lifecycle", {}, {}};
}

template <Step kind>
Result<Stage> step_by(Stage from, const Standing& standing) {
  Machine machine;
  StateArchive archive{ids[static_cast<std::size_t>(from)], true};
  machine.serialize(archive, 0u);
  if (machine.process_event(Takes<kind>{standing}) != msm::back::HANDLED_TRUE) return refusal(from, kind, standing);
  archive.loading = false;
  machine.serialize(archive, 0u);
  return static_cast<Stage>(std::find(std::begin(ids), std::end(ids), archive.id) - std::begin(ids));
}

constexpr std::string_view stage_words[] = {"unopened", "open", "closed"};
constexpr std::string_view step_words[] = {"opened", "recorded", "worked", "closed", "reopened"};

}  // namespace

std::string_view word(Stage stage) { return stage_words[static_cast<std::size_t>(stage)]; }
std::string_view word(Step step) { return step_words[static_cast<std::size_t>(step)]; }

Result<Stage> step(Stage from, Step taken, const Standing& standing) {
  switch (taken) {
    case Step::opened: return step_by<Step::opened>(from, standing);
    case Step::recorded: return step_by<Step::recorded>(from, standing);
    case Step::worked: return step_by<Step::worked>(from, standing);
    case Step::closed: return step_by<Step::closed>(from, standing);
    case Step::reopened: return step_by<Step::reopened>(from, standing);
  }
  return Error{Errc::invalid, "no such step of a case", "", {}, {}};
}

std::vector<LifecycleRow> lifecycle_rows() {
  std::vector<LifecycleRow> all;
  for_each_row([&]<class R>() {
    std::vector<std::string> names;
    R::Guard::list(names);
    all.push_back({R::Source::stage, R::Evt::kind, R::Target::stage, std::move(names)});
  });
  return all;
}

}  // namespace tocsin::case_file
