// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/questions.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "engine/workflow/bearing.h"
#include "engine/workflow/card.h"
#include "engine/workflow/deadline.h"
#include "engine/workflow/explain.h"
#include "engine/workflow/scope.h"
#include "engine/workflow/situation.h"

namespace tocsin::workflow {

using case_file::CaseFile;
using Kind = Because::Kind;

namespace {

/// Where a reason stands among all: kind, whether it decides now, whether the duty keeps the case open, bucket, instant, order met.
using Rank = std::tuple<Kind, int, int, int, std::int64_t, int>;

struct Ranked {
  Rank rank;
  Because because;
};

/// Whether an answer decides as things are, or only if something else were otherwise.
enum Decides { now_, perhaps_, hardly_ };

/// What an obligation means for whoever is asked.
struct Duty {
  const Standing& standing;
  const Clock& clock;
  const Obligation& obligation;
  std::string data_set;
  bool is_ours = false;
  bool is_dormant = false;  ///< not owed as far as is known
  int bucket = 0;
  Instant key;
  std::string called;  ///< "'ico' (Notify the Commissioner, UK GDPR Art 33(1))"
};

class Asking {
 public:
  Asking(const Definition& definition, const CaseFile& file, const case_file::People& people, Instant now)
      : definition_(definition), file_(file), people_(people), now_is_(now) {}

  std::vector<Question> all() {
    for (const auto& matter : open_matters(definition_, file_)) matters_.emplace(matter.name, matter);
    for (const auto& obligation : definition_.obligations)
      for (const auto& standing : standings_of(definition_, file_, obligation)) ask_for_duty(obligation, standing);
    for (const auto& region : definition_.regions) ask_for_region(region);
    return in_order();
  }

 private:
  void add(const std::string& fact, const std::string& data_set, const Rank& rank, const Because& because) {
    for (const auto& name : unknown_names(definition_, file_, data_set, fact)) {
      auto& reasons = reasons_[name];
      // Of several ways in which one duty hangs on an answer the most urgent is told.
      const auto same = std::find_if(reasons.begin(), reasons.end(),
                                     [&](const Ranked& other) { return other.because.subject == because.subject; });
      if (same == reasons.end()) reasons.push_back({rank, because});
      else if (rank < same->rank) *same = {rank, because};
    }
  }

  void add(const std::string& fact, const Duty& duty, Kind kind, Decides decides, const std::string& sentence) {
    if (!duty.is_ours && kind < Kind::watched) kind = Kind::watched;
    const int blocks = duty.obligation.blocks(duty.clock) ? 0 : 1;
    add(fact, duty.data_set, {kind, decides, blocks, duty.bucket, duty.key.micros, ++met_},
        {kind, "obligations." + duty.standing.name, sentence,
         duty.standing.file == nullptr ? std::optional<Instant>{} : duty.standing.file->due});
  }

  Duty duty_of(const Obligation& obligation, const Standing& standing) const {
    const auto& clock = *definition_.clock(obligation.clock);
    const auto matter = matters_.find(standing.name);
    const bool is_open = matter != matters_.end();
    Duty duty{standing,
              clock,
              obligation,
              standing.file != nullptr ? standing.file->data_set : data_set_of(standing.name),
              obligation.owed_by.empty(),
              standing.file == nullptr && standing.applies == "no",
              bucket_rank(is_open ? bucket_of(matter->second, now_is_) : "not_started"),
              is_open ? matter->second.key : Instant{std::numeric_limits<std::int64_t>::max()},
              "'" + standing.name + "' (" + clock.title + (standing.basis.empty() ? "" : ", " + standing.basis) + ")"};
    return duty;
  }

  /// ", provisionally due 2026-05-05T19:00:00Z"
  std::string by_when(const Duty& duty) const {
    const auto* held = duty.standing.file;
    if (held == nullptr) return {};
    if (!held->due) return ", owed without undue delay";
    if (duty.standing.state == "overdue") return ", overdue since " + format_instant(*held->due);
    return (held->provisional ? ", provisionally due " : ", due ") + format_instant(*held->due);
  }

  /// "'ico' (...), due 2026-05-05T19:00:00Z, ", in the middle of a sentence.
  std::string duty_by_when(const Duty& duty) const {
    const auto when = by_when(duty);
    return duty.called + when + (when.empty() ? " " : ", ");
  }

  void ask_for_duty(const Obligation& obligation, const Standing& standing) {
    auto duty = duty_of(obligation, standing);
    if (standing.file != nullptr && standing.file->is_settled()) {
      duty.bucket = bucket_rank("no_deadline");
      ask_for_gaps_left(duty);
      return;
    }
    if (duty.is_dormant) {
      ask_what_would_start(duty);
      return;
    }
    ask_for_anchor(duty);
    ask_for_count(duty);
    ask_whether_owed(duty);
    if (duty.is_ours) ask_for_contents(duty);
  }

  void ask_what_would_start(const Duty& duty) {
    const auto& obligation = duty.obligation;
    if (obligation.applies)
      for (const auto& fact : facts_that_decide(definition_, file_, *obligation.applies, duty.data_set))
        add(fact, duty, Kind::start, now_,
            duty.is_ours ? "with it " + duty.called + " may be owed too"
                         : "with it what '" + obligation.owed_by + "' owes is watched: " + duty.called);
    if (!obligation.directed.empty())
      add(obligation.directed, duty, Kind::later, hardly_, "if " + duty.called + " were owed, it would say by when");
  }

  void ask_for_anchor(const Duty& duty) {
    if (duty.standing.file != nullptr && duty.standing.file->instance > 1) return;  // it runs from the fact that raised it
    auto decides = now_;
    for (const auto& anchor : duty.obligation.anchor) {
      const bool is_known =
          anchor.kind == Anchor::Kind::opened ||
          (anchor.kind == Anchor::Kind::fact ? claim_seen_from(definition_, file_, duty.data_set, anchor.name) != nullptr
                                             : anchor_is_held(duty, anchor));
      if (is_known) return;
      if (anchor.kind == Anchor::Kind::fact)
        add(anchor.name, duty, Kind::clock, decides,
            duty.called + " is counted from it" + (decides == now_ ? "" : " while nothing better is known") + by_when(duty));
      decides = perhaps_;
    }
  }

  /// An anchor that is a filing or an exemption counts as known once the obligation runs from it.
  static bool anchor_is_held(const Duty& duty, const Anchor& anchor) {
    return duty.standing.file != nullptr && duty.standing.file->anchor == anchor.text();
  }

  void ask_for_count(const Duty& duty) {
    if (!duty.obligation.directed.empty())
      add(duty.obligation.directed, duty, Kind::clock, now_, "it says by when " + duty.called + " is owed");
    for (const auto& [limit, anchors] : duty.obligation.starts)
      for (const auto& anchor : anchors)
        if (anchor.kind == Anchor::Kind::fact)
          add(anchor.name, duty, Kind::clock, now_, "a limit of " + duty.called + " runs from it" + by_when(duty));
    if (!duty.obligation.relief_for.empty())
      add(duty.obligation.relief_for, duty, Kind::clock, perhaps_,
          "it says whether " + duty.called + " may be done later where its limit ends on a day off");
  }

  void ask_whether_owed(const Duty& duty) {
    if (!duty.obligation.applies) return;
    const bool is_open = duty.standing.applies == "unknown";
    std::vector<guard::Reason> open;
    if (is_open) open = guard::explain(*duty.obligation.applies, CaseSituation(definition_, file_, duty.data_set));
    for (const auto& fact : facts_that_decide(definition_, file_, *duty.obligation.applies, duty.data_set)) {
      const bool decides =
          std::any_of(open.begin(), open.end(), [&](const auto& r) { return r.subject == "facts." + fact; });
      add(fact, duty, Kind::clock, decides ? now_ : perhaps_,
          decides ? "it decides whether " + duty.called + " is owed" + until_then(duty)
                  : "it may show that " + duty_by_when(duty) + "is not owed");
    }
  }

  std::string until_then(const Duty& duty) const {
    if (duty.standing.file == nullptr) return {};
    return "; until then it counts as owed" + (duty.standing.file->due ? by_when(duty) : " without undue delay");
  }

  void ask_for_contents(const Duty& duty) {
    const auto gaps = gaps_of(definition_, file_, duty.clock, duty.data_set);
    for (const auto& content : duty.clock.contents) {
      const bool is_gap = std::find(gaps.begin(), gaps.end(), content.field) != gaps.end();
      for (const auto& fact : content.facts)
        add(fact, duty, Kind::notice, is_gap ? now_ : perhaps_, duty_by_when(duty) + "has to say: " + content.title);
    }
    for (const auto& fact : named_in_text(duty.obligation.notice))
      add(fact, duty, Kind::notice, hardly_, "the text for " + duty.called + " has a place for it");
  }

  /// A notice that was sent with gaps is to be completed without undue further delay (GDPR Art 33(4) and its like).
  void ask_for_gaps_left(const Duty& duty) {
    if (!duty.is_ours || duty.standing.file->filings.empty()) return;
    const auto* last = file_.notice(duty.standing.file->filings.back());
    if (last == nullptr || last->claimed_complete) return;
    const auto& gaps = last->gaps_for(duty.standing.name);
    for (const auto& content : duty.clock.contents)
      if (std::find(gaps.begin(), gaps.end(), content.field) != gaps.end())
        for (const auto& fact : content.facts)
          add(fact, duty, Kind::notice, now_,
              "notice " + std::to_string(last->number) + " for " + duty.called + " left it open: " + content.title);
  }

  /// The facts that a notice's text beside the workflow has places for: {{facts.how_found}}.
  std::vector<std::string> named_in_text(const std::string& notice) const {
    std::vector<std::string> names;
    if (notice.empty()) return names;
    constexpr std::string_view kPlace = "{{facts.";
    for (const auto& source : definition_.files) {
      if (!source.path.ends_with("/" + notice)) continue;
      for (auto at = source.text.find(kPlace); at != std::string::npos; at = source.text.find(kPlace, at + 1)) {
        const auto end = source.text.find("}}", at);
        if (end == std::string::npos) break;
        names.push_back(source.text.substr(at + kPlace.size(), end - at - kPlace.size()));
      }
    }
    return names;
  }

  void ask_for_region(const Region& region) {
    const auto at = file_.states.find(region.name);
    if (at == file_.states.end()) return;
    const auto steps = steps_from(region, at->second);
    const CaseSituation situation(definition_, file_);
    for (const auto& transition : region.transitions) {
      if (!transition.guard) continue;
      int nearest = std::numeric_limits<int>::max();
      for (const auto& from : transition.from)
        if (const auto found = steps.find(from); found != steps.end()) nearest = std::min(nearest, found->second);
      if (nearest == std::numeric_limits<int>::max()) continue;  // it lies behind the case
      const auto reasons = guard::explain(*transition.guard, situation);
      if (reasons.empty()) continue;
      const bool waits_for_answers_alone =
          std::all_of(reasons.begin(), reasons.end(), [](const auto& r) { return r.subject.starts_with("facts."); });
      const auto kind = waits_for_answers_alone ? Kind::transition : Kind::later;
      std::vector<std::string> facts;
      if (waits_for_answers_alone) facts = facts_that_decide(definition_, file_, *transition.guard, "");
      else  // states and actions will change too, and which answers matter then is what the condition lists today
        for (const auto& reason : reasons)
          if (reason.subject.starts_with("facts.")) facts.push_back(reason.subject.substr(6));
      for (const auto& fact : facts)
        add(fact, "", {kind, nearest, 0, 0, 0, ++met_},
            {kind,
             "transitions." + transition.name,
             "'" + transition.name + "' (" + region.name + " becomes " + transition.to + ") hangs on it",
             {}});
    }
  }

  /// How many transitions lead from a state to each that can be reached from it, whatever guards them.
  static std::map<std::string, int> steps_from(const Region& region, const std::string& state) {
    std::map<std::string, int> steps = {{state, 0}};
    for (bool found = true; found;) {
      found = false;
      for (const auto& transition : region.transitions)
        for (const auto& from : transition.from) {
          const auto known = steps.find(from);
          if (known == steps.end()) continue;
          const auto [to, is_new] = steps.emplace(transition.to, known->second + 1);
          if (!is_new && to->second <= known->second + 1) continue;
          to->second = known->second + 1;
          found = true;
        }
    }
    return steps;
  }

  std::vector<Question> in_order() {
    std::vector<std::pair<Rank, Question>> ranked;
    for (const auto& fact : definition_.facts)
      for (const auto& data_set : data_sets_at(file_, fact.per)) {
        const auto names = unknown_names(definition_, file_, data_set, fact.name);
        if (names.empty()) continue;
        Question question;
        question.name = CaseFile::fact_in(data_set, fact.name);
        question.data_set = data_set;
        question.fact = &fact;
        question.suggestion = suggestion_seen_from(file_, data_set, fact);
        for (const auto& role : fact.by)
          for (const auto& holder : people_.holders(role))
            if (std::find(question.judges.begin(), question.judges.end(), holder) == question.judges.end())
              question.judges.push_back(holder);
        if (const auto* held = file_.fact_file(question.name))
          for (const auto& claim : held->standing)
            if (claim.is_known()) question.claims.push_back(&claim);
        auto& reasons = reasons_[question.name];
        std::stable_sort(reasons.begin(), reasons.end(), [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
        for (auto& reason : reasons) question.because.push_back(std::move(reason.because));
        constexpr auto kLast = std::numeric_limits<int>::max();
        auto rank = reasons.empty() ? Rank{static_cast<Kind>(kLast), 0, 0, 0, 0, 0} : reasons.front().rank;
        std::get<5>(rank) = 0;  // among equals the order of the workflow's facts
        ranked.emplace_back(rank, std::move(question));
      }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<Question> questions;
    for (auto& [rank, question] : ranked) questions.push_back(std::move(question));
    return questions;
  }

  const Definition& definition_;
  const CaseFile& file_;
  const case_file::People& people_;
  Instant now_is_;
  int met_ = 0;
  std::map<std::string, OpenMatter, std::less<>> matters_;
  std::map<std::string, std::vector<Ranked>, std::less<>> reasons_;  ///< by the full name of a fact
};

}  // namespace

std::vector<Question> questions(const Definition& definition, const CaseFile& file, const case_file::People& people,
                                Instant now) {
  if (file.stage != case_file::Stage::open) return {};
  return Asking(definition, file, people, now).all();
}

}  // namespace tocsin::workflow
