// SPDX-License-Identifier: Apache-2.0
// The kind that counts: from the words given to a band, each step a sentence. All numbers are whole hundredths, and
// check_scoring() has made sure that no product needs a third decimal.
#include <algorithm>
#include <cassert>
#include <optional>

#include "engine/method/kinds.h"

namespace tocsin::method {
namespace {

/// The choices that go with what was given for the input that limits this one.
std::vector<std::string> open_choices(const Input& input, const Given& given) {
  const auto* limit = input.by.empty() ? nullptr : word_for(given, input.by);
  if (limit == nullptr) return names_of(input.choices);
  for (const auto& [choice, words] : input.allowed) {
    if (choice == *limit) return words;
  }
  return {};
}

/// All inputs that are missing, each with what may be chosen.
std::optional<Error> lacking(const Method& method, const Scoring& scoring, const Given& given) {
  std::string message;
  std::vector<std::string> missing;
  for (const auto& input : scoring.inputs) {
    if (word_for(given, input.name) != nullptr) continue;
    message += (missing.empty() ? "" : "; ") + input.name + " (" + listed(open_choices(input, given)) + ")";
    missing.push_back("inputs." + input.name);
  }
  if (missing.empty()) return std::nullopt;
  return Error{Errc::invalid, method.name + " still needs: " + message, {}, std::move(missing)};
}

/// The first choice that does not go with another.
std::optional<Error> unfit(const Scoring& scoring, const Given& given) {
  for (const auto& input : scoring.inputs) {
    const auto& word = *word_for(given, input.name);
    const auto open = open_choices(input, given);
    if (std::find(open.begin(), open.end(), word) != open.end()) continue;
    return Error{Errc::invalid, "'" + input.name + "' cannot be '" + word + "' while '" + input.by + "' is '" +
                                    *word_for(given, input.by) + "': choose one of " + listed(open)};
  }
  return std::nullopt;
}

/// "1.00", then " + 1.00" or " - 1.00".
std::string term(Hundredths value, bool is_first) {
  if (is_first) return text_of(value);
  return (value < 0 ? " - " : " + ") + text_of(value < 0 ? -value : value);
}

/// What a part counts; the step tells how.
Hundredths count(const Part& part, const Scoring& scoring, const Given& given, std::vector<std::string>& steps) {
  Hundredths sum = 0;
  std::string step = part.title + ": ";
  for (const auto& name : part.sum_of) {
    const auto& choice = *named(named(scoring.inputs, name)->choices, *word_for(given, name));
    step += term(choice.score, &name == &part.sum_of.front()) + " (" + choice.title + ")";
    sum += choice.score;
  }
  if (part.sum_of.size() > 1) step += " = " + text_of(sum);
  auto held = std::max(sum, part.min.value_or(sum));
  held = std::min(held, part.max.value_or(held));
  if (held < sum) step += ", and " + text_of(held) + " is the most it counts";
  if (held > sum) step += ", and " + text_of(held) + " is the least it counts";
  steps.push_back(step + ".");
  return held;
}

bool holds(const Band& band, Hundredths result) {
  return (!band.from || result >= *band.from) && (!band.below || result < *band.below);
}

std::string limits_of(const Band& band) {
  std::string text;
  if (band.from) text = "at least " + text_of(*band.from);
  if (band.below) text += (text.empty() ? "below " : " and below ") + text_of(*band.below);
  return text.empty() ? "in the only band" : text;
}

/// The product of some parts plus the sum of the others; the last step tells the formula.
Hundredths calculate(const Scoring& scoring, const Given& given, std::vector<std::string>& steps) {
  std::string formula;
  Hundredths product = 1;  // of n factors: in units of one hundredth to the power of n
  Hundredths unit = 1;     // how many of those units one hundredth holds
  for (const auto& name : scoring.multiply) {
    const auto& part = *named(scoring.parts, name);
    const auto value = count(part, scoring, given, steps);
    const bool is_first = formula.empty();
    formula += (is_first ? "" : " x ") + part.title + " " + text_of(value);
    product *= value;
    if (!is_first) unit *= 100;
  }
  assert(product % unit == 0);
  auto result = product / unit;
  for (const auto& name : scoring.add) {
    const auto& part = *named(scoring.parts, name);
    const auto value = count(part, scoring, given, steps);
    formula += " + " + part.title + " " + text_of(value);
    result += value;
  }
  steps.push_back("Result: " + formula + " = " + text_of(result) + ".");
  return result;
}

}  // namespace

std::vector<Asked> asked_by(const Scoring& scoring) {
  std::vector<Asked> out;
  for (const auto& input : scoring.inputs) out.push_back({input.name, names_of(input.choices)});
  for (const auto& flag : scoring.flags) out.push_back({flag.name, {"yes", "no"}});
  return out;
}

Result<Assessment> assess_scoring(const Method& method, const Scoring& scoring, const Given& given) {
  if (auto error = lacking(method, scoring, given)) return *std::move(error);
  if (auto error = unfit(scoring, given)) return *std::move(error);
  Assessment out;
  const auto result = calculate(scoring, given, out.steps);
  out.score = text_of(result);
  // check_scoring() left no gap between the bands, and both ends are open.
  const auto& band =
      *std::find_if(scoring.bands.begin(), scoring.bands.end(), [&](const Band& b) { return holds(b, result); });
  out.result = band.name;
  out.title = band.title;
  out.steps.push_back(out.score + " is " + limits_of(band) + ": " + sentence(band.title));
  for (const auto& flag : scoring.flags) {
    const auto* word = word_for(given, flag.name);
    out.flags.emplace_back(flag.name, word == nullptr ? "unknown" : *word);
    out.steps.push_back(flag.title + ": " + out.flags.back().second + "; this does not change the result.");
  }
  for (const auto& mapping : scoring.suggests) {
    for (const auto& [name, word] : mapping.words) {
      if (name != band.name) continue;
      out.suggests.push_back({mapping.fact, word, mapping.confidence, mapping.note});
      out.steps.push_back(suggestion_step(out.suggests.back()));
    }
  }
  return out;
}

}  // namespace tocsin::method
