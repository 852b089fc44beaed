// SPDX-License-Identifier: Apache-2.0
// Severity by a method that is data. It suggests; a person decides; it is never part of a notice.
#include <ostream>

#include "cli/screen/next_command.h"
#include "cli/times/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {
namespace {

std::string suggests(const std::map<std::string, std::string, std::less<>>& words) {
  std::string text;
  for (const auto& [fact, word] : words) text += ", suggests " + fact + " = " + word;
  return text;
}

/// What a method asks, a line each: the input, its words, and what they mean.
std::vector<std::string> asked_by(const method::Method& method) {
  std::vector<std::string> lines;
  if (const auto* scoring = std::get_if<method::Scoring>(&method.rules)) {
    for (const auto& input : scoring->inputs) {
      lines.push_back(input.name + ": " + input.title);
      for (const auto& choice : input.choices) lines.push_back("  " + input.name + "=" + choice.name + "  " + choice.title);
    }
    for (const auto& flag : scoring->flags) lines.push_back(flag.name + "=yes|no  " + flag.title);
  }
  if (const auto* tree = std::get_if<method::Tree>(&method.rules))
    for (const auto& question : tree->questions) {
      lines.push_back(question.name + ": " + question.ask);
      for (const auto& answer : question.answers)
        lines.push_back("  " + question.name + "=" + answer.name + "  " + answer.title + " -> " + answer.to);
    }
  return lines;
}

}  // namespace

Result<int> severity_assess(Call& call) {
  auto inputs = pairs_of(call, "INPUT=WORD");
  if (!inputs) return std::move(inputs).error();
  auto because = text_of(call, "--because");
  if (!because) return std::move(because).error();
  return record_on_case(
      call, commands::AssessSeverity{call.one("--method"), *inputs, call.one("--of"), *because},
      "a suggestion, not a decision: who judges the risk sets it with 'case set', and says why if otherwise");
}

Result<int> severity_list(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& shop = viewed->shop;
  const auto& view = viewed->view;
  const auto words = words_or_none(shop->engine(), view);
  if (!call.json()) call.world.out << banner(view.file->store);
  Json list = Json::array();
  for (const auto& one : view.file->assessments) {
    if (call.json()) {
      Json suggested = Json::object();
      for (const auto& [fact, word] : one.suggests) suggested.set(fact, word);
      list.push(Json::object({{"method", one.method},
                              {"data_set", one.data_set.empty() ? Json() : Json(one.data_set)},
                              {"inputs", one.inputs},
                              {"result", one.result},
                              {"score", one.score.empty() ? Json() : Json(one.score)},
                              {"steps", view.events[static_cast<std::size_t>(one.n - 1)].body["steps"]},
                              {"suggests", suggested},
                              {"by", one.by},
                              {"at", format_instant(one.at)},
                              {"because", text_json(words, one.because)}}));
      continue;
    }
    auto& out = call.world.out;
    out << both_times(one.at, view.definition->zone) << "  " << one.method
        << (one.data_set.empty() ? "" : " of " + one.data_set) << ": " << one.result
        << (one.score.empty() ? "" : " (" + one.score + ")") << suggests(one.suggests) << "  by " << one.by << "\n";
    for (const auto& step : view.events[static_cast<std::size_t>(one.n - 1)].body["steps"].items())
      out << "    " << step.text() << "\n";
  }
  if (call.json()) call.print(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"assessments", list}}));
  else if (view.file->assessments.empty())
    call.world.out << "no assessment yet -> tocsin " << next_command(call, "severity methods " + view.file->ref) << "\n";
  return 0;
}

Result<int> severity_methods(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  Json list = Json::array();
  for (const auto& method : viewed->view.definition->methods) {
    Json inputs = Json::array();
    for (const auto& line : asked_by(method)) inputs.push(line);
    list.push(Json::object({{"method", method.name},
                            {"title", method.title},
                            {"source", method.source},
                            {"confidence", method.confidence},
                            {"inputs", inputs}}));
    if (call.json()) continue;
    auto& out = call.world.out;
    out << method.name << ": " << method.title << "\n";
    for (const auto& line : inputs.items()) out << "  " << line.text() << "\n";
    out << "  source: " << method.source << " (confidence " << method.confidence << ")\n";
  }
  if (call.json()) call.print(Json::object({{"case", viewed->view.file->ref}, {"methods", list}}));
  else if (list.items().empty()) call.world.out << "the workflow of this case names no method\n";
  return 0;
}

}  // namespace tocsin::cli
