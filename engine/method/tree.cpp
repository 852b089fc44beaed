// SPDX-License-Identifier: Apache-2.0
// The kind that asks: its checks, and the way along its answers.
#include <algorithm>
#include <functional>
#include <set>

#include "engine/method/kinds.h"

namespace tocsin::method {
namespace {

constexpr std::size_t most_questions = 100;  // nobody answers more; and a way through them stays short

std::string place_of(const Question& question, const Answer& answer) {
  return "questions." + question.name + ".answers." + answer.name;
}

/// The mistakes of one tree, as they are found.
class TreeCheck {
 public:
  explicit TreeCheck(const Tree& tree) : tree_(tree), known_(names_of(tree.questions)) {
    for (const auto& outcome : tree.outcomes) known_.push_back(outcome.name);
  }

  std::vector<Mistake> found() {
    if (tree_.questions.empty()) wrong("questions", "the method has no 'questions'", "add questions: ...");
    if (tree_.outcomes.empty()) wrong("outcomes", "the method has no 'outcomes'", "add outcomes: ...");
    if (tree_.questions.size() > most_questions) {
      wrong("questions", "the method has more than " + std::to_string(most_questions) + " questions",
            "nobody answers that many: split it");
    }
    if (!mistakes_.empty()) return std::move(mistakes_);
    for (const auto& question : tree_.questions) check_answers(question);
    for (const auto& outcome : tree_.outcomes) {
      if (named(tree_.questions, outcome.name) == nullptr) continue;
      wrong("outcomes." + outcome.name, "'" + outcome.name + "' is a question already", "give the outcome another name");
    }
    follow(tree_.questions.front());
    if (all_lead_somewhere_) check_reached();
    return std::move(mistakes_);
  }

 private:
  void wrong(std::string at, std::string message, std::string hint) {
    mistakes_.push_back({std::move(at), std::move(message), std::move(hint)});
  }

  void check_answers(const Question& question) {
    const auto at = "questions." + question.name + ".answers";
    if (question.answers.empty()) {
      wrong(at, "question '" + question.name + "' has no 'answers'", "add answers: ...");
      all_lead_somewhere_ = false;
    }
    for (const auto& answer : question.answers) {
      if (std::find(known_.begin(), known_.end(), answer.to) != known_.end()) continue;
      all_lead_somewhere_ = false;
      if (answer.to.empty()) {
        wrong(place_of(question, answer) + ".to", "answer '" + answer.name + "' leads nowhere",
              "add to: with the next question or an outcome");
      } else {
        wrong(place_of(question, answer) + ".to", "there is no question or outcome '" + answer.to + "'",
              hint_for(answer.to, known_));
      }
    }
  }

  /// Depth first; at most most_questions deep.
  void follow(const Question& question) {
    reached_.insert(question.name);
    way_.push_back(question.name);
    for (const auto& answer : question.answers) {
      const auto* next = named(tree_.questions, answer.to);
      const auto turn = std::find(way_.begin(), way_.end(), answer.to);
      if (next == nullptr) {
        reached_.insert(answer.to);
      } else if (turn != way_.end()) {
        std::string circle;
        for (auto one = turn; one != way_.end(); ++one) circle += *one + " -> ";
        wrong(place_of(question, answer) + ".to", "questions run in a circle: " + circle + answer.to,
              "an answer leads to a question that was not asked yet, or to an outcome");
      } else if (!reached_.contains(answer.to)) {
        follow(*next);
      }
    }
    way_.pop_back();
  }

  void check_reached() {
    for (const auto& question : tree_.questions) {
      if (reached_.contains(question.name)) continue;
      wrong("questions." + question.name, "nothing leads to question '" + question.name + "'",
            "let an answer lead to it, or remove it; the first question is where everybody begins");
    }
    for (const auto& outcome : tree_.outcomes) {
      if (reached_.contains(outcome.name)) continue;
      wrong("outcomes." + outcome.name, "nothing leads to outcome '" + outcome.name + "'",
            "let an answer lead to it, or remove it");
    }
  }

  const Tree& tree_;
  std::vector<std::string> known_;
  std::set<std::string, std::less<>> reached_;
  std::vector<std::string> way_;
  bool all_lead_somewhere_ = true;  ///< else what is not reached may be a slip of the finger, said already
  std::vector<Mistake> mistakes_;
};

/// An answer that no question on the way asked for.
Error not_asked(const Given& given, const std::vector<std::string>& way, const std::string& end) {
  std::vector<std::string> beside;
  for (const auto& [name, word] : given) {
    if (std::find(way.begin(), way.end(), name) == way.end()) beside.push_back(name);
  }
  return Error{Errc::invalid,
               "the answers lead to '" + end + "' without asking " + listed(beside) + ": leave out what is not asked"};
}

Assessment ended(const Outcome& outcome, std::vector<std::string> steps) {
  Assessment out;
  out.result = outcome.name;
  out.title = outcome.title;
  steps.push_back(sentence("Outcome: " + outcome.title));
  if (!outcome.demands.empty()) steps.push_back(sentence(outcome.demands));
  if (!outcome.basis.empty()) steps.push_back(sentence("Basis: " + outcome.basis));
  out.steps = std::move(steps);
  for (const auto& [fact, word] : outcome.suggests) {
    out.suggests.push_back({fact, word, outcome.confidence, outcome.note});
    out.steps.push_back(suggestion_step(out.suggests.back()));
  }
  return out;
}

}  // namespace

std::vector<Mistake> check_tree(const Tree& tree) { return TreeCheck(tree).found(); }

std::vector<Asked> asked_by(const Tree& tree) {
  std::vector<Asked> out;
  for (const auto& question : tree.questions) out.push_back({question.name, names_of(question.answers)});
  return out;
}

Result<Assessment> assess_tree(const Method& method, const Tree& tree, const Given& given) {
  std::vector<std::string> steps;
  std::vector<std::string> way;
  const auto* question = &tree.questions.front();
  while (true) {  // ends: check() found no circle
    const auto* word = word_for(given, question->name);
    if (word == nullptr) {
      return Error{Errc::invalid,
                   method.name + " asks next: '" + question->name + "', " + sentence(question->ask) +
                       " Answer with one of " + listed(names_of(question->answers)),
                   {},
                   {"questions." + question->name}};
    }
    const auto& answer = *named(question->answers, *word);
    steps.push_back(question->ask + " " + sentence(answer.title));
    way.push_back(question->name);
    question = named(tree.questions, answer.to);
    if (question != nullptr) continue;
    if (given.size() > way.size()) return not_asked(given, way, answer.to);
    return ended(*named(tree.outcomes, answer.to), std::move(steps));
  }
}

}  // namespace tocsin::method
