// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/result.h"
#include "engine/method/hundredths.h"

namespace tocsin::method {

/// What may be chosen for an input, and what it counts.
struct Choice {
  std::string name;      ///< the word
  std::string title;     ///< for people
  Hundredths score = 0;  ///< what it counts
};

/// Something to judge by choosing a word.
struct Input {
  std::string name;             ///< the word
  std::string title;            ///< for people
  std::vector<Choice> choices;  ///< what may be chosen
  std::string by;               ///< an input above that limits this one, or empty
  std::vector<std::pair<std::string, std::vector<std::string>>>
      allowed;       ///< choice of `by`, choices of this that go with it
  std::string note;  ///< how to choose
};

/// A sum of inputs, held within limits.
struct Part {
  std::string name;                 ///< the word
  std::string title;                ///< for people
  std::vector<std::string> sum_of;  ///< inputs; each counts in exactly one part
  std::optional<Hundredths> min;    ///< it counts at least so much; none: no limit
  std::optional<Hundredths> max;    ///< it counts at most so much; none: no limit
};

/// Which results have one name. The lowest band is open below, the highest above.
struct Band {
  std::string name;                 ///< the result's word
  std::string title;                ///< for people
  std::optional<Hundredths> from;   ///< inclusive
  std::optional<Hundredths> below;  ///< exclusive
};

/// A yes or no that stands beside the result and never changes it.
struct Flag {
  std::string name;   ///< the word
  std::string title;  ///< for people
  std::string note;   ///< what it means
};

/// Which word of a fact each band speaks for, and how sure that is.
struct Mapping {
  std::string fact;                                        ///< of the workflow
  std::vector<std::pair<std::string, std::string>> words;  ///< band, word; a band may be left out
  std::string confidence;                                  ///< A, B, C or M (docs/formats/law.md)
  std::string note;                                        ///< where that is from
};

/// A method that counts: result = product of some parts + sum of the others.
struct Scoring {
  std::vector<Input> inputs;          ///< what is judged
  std::vector<Part> parts;            ///< what they sum to
  std::vector<std::string> multiply;  ///< parts, one to three
  std::vector<std::string> add;       ///< parts
  std::vector<Band> bands;            ///< from low to high
  std::vector<Flag> flags;            ///< beside the result
  std::vector<Mapping> suggests;      ///< words for facts
};

/// What may be answered to a question, and where that leads.
struct Answer {
  std::string name;   ///< the word
  std::string title;  ///< for people
  std::string to;     ///< the next question, or an outcome
};

/// A question of a tree.
struct Question {
  std::string name;             ///< the word
  std::string ask;              ///< for people
  std::vector<Answer> answers;  ///< what may be answered
  std::string source;           ///< where the question was read
  std::string confidence;       ///< A, B, C or M
  std::string note;             ///< how to answer
};

/// Where a tree ends. An outcome that the source did not give says so in its title and suggests nothing.
struct Outcome {
  std::string name;                                           ///< the result's word
  std::string title;                                          ///< for people
  std::string demands;                                        ///< what is to be done, in words
  std::vector<std::pair<std::string, std::string>> suggests;  ///< fact, word
  std::string basis;                                          ///< the article, or empty
  std::string source;                                         ///< where it was read
  std::string confidence;                                     ///< A, B, C or M
  std::string note;                                           ///< what is unsure
};

/// A method that asks: from the first question along the answers to an outcome.
struct Tree {
  std::vector<Question> questions;  ///< the first is asked first
  std::vector<Outcome> outcomes;    ///< where it may end
};

/// A published way to judge how severe a breach is, as data (docs/formats/method.md). A plain value; it decides nothing:
/// what it suggests becomes a fact only when a person records it.
struct Method {
  std::string name;                   ///< "enisa-2013"
  std::string title;                  ///< for people
  std::string about;                  ///< what it is for
  std::string source;                 ///< where it was published
  std::string confidence;             ///< A, B, C or M: how well the source was read
  std::string note;                   ///< what is unsure
  std::variant<Scoring, Tree> rules;  ///< one of the two kinds
};

/// A word for a fact, for a person to take or leave.
struct Suggestion {
  std::string fact;        ///< of the workflow
  std::string word;        ///< of that fact
  std::string confidence;  ///< A, B, C or M: how sure the mapping is
  std::string note;        ///< where that is from
};

/// What a method says about one breach, and how it came to it.
struct Assessment {
  std::string result;                                      ///< name of the band or the outcome
  std::string title;                                       ///< of the result, for people
  std::string score;                                       ///< "3.25"; empty for a tree
  std::vector<std::string> steps;                          ///< sentences; each can be followed with the source in hand
  std::vector<std::pair<std::string, std::string>> flags;  ///< each flag of the method: yes, no or unknown
  std::vector<Suggestion> suggests;                        ///< words for facts
};

/// Something wrong with a method: `at` leads there by the names of its file, "inputs.adjustment.allowed.simple.up_9".
struct Mistake {
  std::string at;       ///< where in the file
  std::string message;  ///< one sentence
  std::string hint;     ///< "did you mean 'up_3'?", or empty
};

/// What the words and numbers of a method get wrong: names that nothing has, bands with a gap or an overlap, a product that
/// two decimals cannot hold, questions that nothing leads to or that run in a circle, ... . Missing titles, questions and
/// sources are the reader's to find. Section by section.
std::vector<Mistake> check(const Method& method);

/// Assesses a breach: name and word of each input (score: choices, and yes or no for flags; tree: the answers along the way).
/// Exact: no number is ever rounded. Thread-safe.
///
///   const auto said = assess(enisa, {{"category", "financial"}, {"adjustment", "none"}, {"identification", "maximum"},
///                                    {"confidentiality", "unknown_recipients"}, {"integrity", "none"},
///                                    {"availability", "none"}, {"malicious_intent", "no"}});
///   said->score;   // "3.50"
///   said->result;  // "high"
///   said->steps;   // "Data processing context (DPC): 3.00 (financial data) + 0.00 (no adjustment) = 3.00.", ...
///
/// Returns `invalid` when a name or word is unknown (with the nearest known one), a name is given twice, a choice does not go
/// with another, inputs are missing (all are named, and listed in `missing` as "inputs.category"), an answer is given to a
/// question that is not asked, the method itself has a mistake. Typed words are not repeated: they may be somebody's.
Result<Assessment> assess(const Method& method, const std::vector<std::pair<std::string, std::string>>& inputs);

}  // namespace tocsin::method
