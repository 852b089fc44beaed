// SPDX-License-Identifier: Apache-2.0
// What a method that counts can get wrong.
#include <algorithm>
#include <map>
#include <numeric>

#include "engine/method/kinds.h"

namespace tocsin::method {
namespace {

// With these limits the largest product is 3 parts of 32 * 10,000 hundredths each, which 64 bits hold.
constexpr std::size_t most_inputs = 32;
constexpr std::size_t most_choices = 100;
constexpr std::size_t most_factors = 3;
constexpr Hundredths largest_score = 100 * 100;
constexpr Hundredths largest_limit = static_cast<Hundredths>(most_inputs) * largest_score;

Hundredths size_of(Hundredths value) { return value < 0 ? -value : value; }

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The mistakes of one scoring, as they are found.
class ScoringCheck {
 public:
  explicit ScoringCheck(const Scoring& scoring) : scoring_(scoring) {}

  std::vector<Mistake> found() {
    check_inputs();
    check_parts();
    check_formula();
    check_bands();
    for (const auto& flag : scoring_.flags) {
      if (named(scoring_.inputs, flag.name) == nullptr) continue;
      wrong("flags." + flag.name, "'" + flag.name + "' is an input already", "give the flag another name");
    }
    check_suggestions();
    return std::move(mistakes_);
  }

 private:
  void wrong(std::string at, std::string message, std::string hint) {
    mistakes_.push_back({std::move(at), std::move(message), std::move(hint)});
  }

  /// Whether the word is known; `lack` begins the sentence otherwise: "there is no input".
  bool expect(const std::string& at, const std::string& word, const std::vector<std::string>& known,
              const std::string& lack) {
    if (holds(known, word)) return true;
    wrong(at, lack + " '" + word + "'", hint_for(word, known));
    return false;
  }

  void check_inputs() {
    if (scoring_.inputs.empty()) wrong("inputs", "the method has no 'inputs'", "add inputs: ...");
    if (scoring_.inputs.size() > most_inputs) {
      wrong("inputs", "the method has more than " + std::to_string(most_inputs) + " inputs", "nobody judges that many");
    }
    std::vector<std::string> above;
    for (const auto& input : scoring_.inputs) {
      const auto at = "inputs." + input.name;
      if (input.choices.empty()) wrong(at + ".choices", "input '" + input.name + "' has no 'choices'", "add choices: ...");
      if (input.choices.size() > most_choices) {
        wrong(at + ".choices", "input '" + input.name + "' has more than " + std::to_string(most_choices) + " choices",
              "nobody chooses among that many");
      }
      for (const auto& choice : input.choices) {
        if (size_of(choice.score) <= largest_score) continue;
        wrong(at + ".choices." + choice.name + ".score", "the score is out of range: " + text_of(choice.score),
              "it lies between -" + text_of(largest_score) + " and " + text_of(largest_score));
      }
      check_limited(input, at, above);
      above.push_back(input.name);
    }
  }

  /// An input that another one limits.
  void check_limited(const Input& input, const std::string& at, const std::vector<std::string>& above) {
    if (input.by.empty()) {
      if (input.allowed.empty()) return;
      wrong(at + ".by", "input '" + input.name + "' has 'allowed' but no 'by'", "add by: with the input that limits it");
      return;
    }
    if (named(scoring_.inputs, input.by) != nullptr && !holds(above, input.by)) {
      wrong(at + ".by", "'" + input.by + "' does not stand above '" + input.name + "', which it limits", "write it first");
      return;
    }
    if (!expect(at + ".by", input.by, above, "there is no input")) return;
    if (input.allowed.empty()) {
      wrong(at + ".allowed", "input '" + input.name + "' is limited by '" + input.by + "' but has no 'allowed'",
            "list for each choice of '" + input.by + "' the choices that go with it");
      return;
    }
    check_allowed(input, names_of(named(scoring_.inputs, input.by)->choices), at + ".allowed");
  }

  void check_allowed(const Input& input, const std::vector<std::string>& limits, const std::string& at) {
    const auto choices = names_of(input.choices);
    bool are_known = true;
    std::vector<std::string> listed_limits;
    std::vector<std::string> open;
    for (const auto& [limit, words] : input.allowed) {
      are_known = expect(at + "." + limit, limit, limits, "'" + input.by + "' has no choice") && are_known;
      listed_limits.push_back(limit);
      if (words.empty()) wrong(at + "." + limit, "nothing goes with '" + limit + "'", "list at least one choice");
      for (const auto& word : words) {
        are_known = expect(at + "." + limit + "." + word, word, choices, "'" + input.name + "' has no choice") && are_known;
        open.push_back(word);
      }
    }
    if (!are_known) return;  // what seems to be left out may be a slip of the finger, said already
    for (const auto& limit : limits) {
      if (holds(listed_limits, limit)) continue;
      wrong(at, "'allowed' does not say what goes with '" + limit + "' of '" + input.by + "'",
            "add " + limit + ": with a list of choices");
    }
    for (const auto& choice : choices) {
      if (holds(open, choice)) continue;
      wrong("inputs." + input.name + ".choices." + choice, "'" + choice + "' goes with no choice of '" + input.by + "'",
            "list it under 'allowed', or remove it");
    }
  }

  void check_parts() {
    if (scoring_.parts.empty()) wrong("parts", "the method has no 'parts'", "add parts: ...");
    const auto inputs = names_of(scoring_.inputs);
    std::map<std::string, std::string> counted;  // input, part
    bool are_known = true;
    for (const auto& part : scoring_.parts) {
      const auto at = "parts." + part.name;
      if (part.sum_of.empty()) {
        wrong(at + ".sum_of", "part '" + part.name + "' has no 'sum_of'", "name the inputs that it adds");
        are_known = false;
      }
      for (const auto& name : part.sum_of) {
        if (!expect(at + ".sum_of." + name, name, inputs, "there is no input")) are_known = false;
        const auto [first, is_new] = counted.emplace(name, part.name);
        if (is_new) continue;
        wrong(at + ".sum_of." + name, "'" + name + "' counts twice: in '" + first->second + "' already",
              "each input counts in one part");
      }
      check_limit(part.min, at + ".min");
      check_limit(part.max, at + ".max");
      if (!part.min || !part.max || *part.min <= *part.max) continue;
      wrong(at + ".max", "'max' is less than 'min': " + text_of(*part.max), "exchange the two");
    }
    for (const auto& name : inputs) {
      if (!are_known || counted.contains(name)) continue;
      wrong("inputs." + name, "'" + name + "' counts in no part", "name it under 'sum_of' of a part");
    }
  }

  void check_limit(const std::optional<Hundredths>& limit, const std::string& at) {
    if (!limit || size_of(*limit) <= largest_limit) return;
    wrong(at, "the limit is out of range: " + text_of(*limit),
          "it lies between -" + text_of(largest_limit) + " and " + text_of(largest_limit));
  }

  void check_formula() {
    if (scoring_.multiply.empty() && scoring_.add.empty()) {
      wrong("formula", "the formula names no parts", "add formula: {multiply: [...], add: [...]}");
    } else if (scoring_.multiply.empty()) {
      wrong("formula.multiply", "the formula has no 'multiply'", "name the parts to multiply; one alone is itself");
    }
    if (scoring_.multiply.size() > most_factors) {
      wrong("formula.multiply", "the formula has more than " + std::to_string(most_factors) + " factors",
            "no method of this kind needs that");
    }
    const auto parts = names_of(scoring_.parts);
    std::vector<std::string> used;
    bool are_known = true;
    const auto look = [&](const std::vector<std::string>& names, const std::string& at) {
      for (const auto& name : names) {
        are_known = expect(at + name, name, parts, "there is no part") && are_known;
        if (holds(used, name)) wrong(at + name, "'" + name + "' stands in the formula twice", "keep one of the two");
        used.push_back(name);
      }
    };
    look(scoring_.multiply, "formula.multiply.");
    look(scoring_.add, "formula.add.");
    for (const auto& name : parts) {
      if (!are_known || used.empty() || holds(used, name)) continue;
      wrong("parts." + name, "part '" + name + "' stands nowhere in the formula", "name it under 'multiply' or 'add'");
    }
    if (mistakes_.empty()) check_product();
  }

  /// Every value of a part is a multiple of its grain; if the grains' product is a whole number of hundredths, so is every
  /// product of values.
  void check_product() {
    Hundredths grain = 1;
    Hundredths unit = 1;
    for (const auto& name : scoring_.multiply) {
      if (&name != &scoring_.multiply.front()) unit *= 100;
      grain *= grain_of(*named(scoring_.parts, name));
    }
    if (grain % unit == 0) return;
    wrong("formula.multiply", "the product of these parts can have more than two decimals",
          "results are never rounded: give a part scores without decimals");
  }

  Hundredths grain_of(const Part& part) const {
    auto grain = std::gcd(part.min.value_or(0), part.max.value_or(0));
    for (const auto& name : part.sum_of) {
      for (const auto& choice : named(scoring_.inputs, name)->choices) grain = std::gcd(grain, choice.score);
    }
    return grain;
  }

  void check_bands() {
    const auto& bands = scoring_.bands;
    if (bands.empty()) {
      wrong("bands", "the method has no 'bands'", "add bands: ...");
      return;
    }
    if (bands.front().from) {
      wrong("bands." + bands.front().name + ".from",
            "the lowest band begins at " + text_of(*bands.front().from) + ": results below that have no band",
            "leave out from: in the lowest band");
    }
    if (bands.back().below) {
      wrong("bands." + bands.back().name + ".below",
            "the highest band ends at " + text_of(*bands.back().below) + ": results from there on have no band",
            "leave out below: in the highest band");
    }
    for (std::size_t i = 1; i < bands.size(); ++i) check_border(bands[i - 1], bands[i]);
  }

  void check_border(const Band& lower, const Band& higher) {
    if (!lower.below) {
      wrong("bands." + lower.name + ".below",
            "band '" + lower.name + "' has no 'below' although '" + higher.name + "' follows",
            "add below: with the 'from' of '" + higher.name + "'");
    } else if (lower.from && *lower.from >= *lower.below) {
      wrong("bands." + lower.name + ".below", "band '" + lower.name + "' ends before it begins",
            "write the bands from low to high");
    } else if (!higher.from) {
      wrong("bands." + higher.name + ".from", "band '" + higher.name + "' has no 'from'",
            "add from: " + text_of(*lower.below));
    } else if (*lower.below != *higher.from) {
      const bool is_gap = *lower.below < *higher.from;
      wrong("bands." + higher.name + ".from",
            std::string(is_gap ? "a gap" : "an overlap") + " between '" + lower.name + "', below " + text_of(*lower.below) +
                ", and '" + higher.name + "', from " + text_of(*higher.from),
            "each band begins where the one before it ends");
    }
  }

  void check_suggestions() {
    const auto bands = names_of(scoring_.bands);
    for (const auto& mapping : scoring_.suggests) {
      const auto at = "suggests." + mapping.fact + ".words";
      if (mapping.words.empty())
        wrong(at, "fact '" + mapping.fact + "' gets no 'words'", "add words: with a word for a band");
      for (const auto& [band, word] : mapping.words) expect(at + "." + band, band, bands, "there is no band");
    }
  }

  const Scoring& scoring_;
  std::vector<Mistake> mistakes_;
};

}  // namespace

std::vector<Mistake> check_scoring(const Scoring& scoring) { return ScoringCheck(scoring).found(); }

}  // namespace tocsin::method
