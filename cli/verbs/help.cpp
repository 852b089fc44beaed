// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <ostream>

#include "cli/exports/manual.h"
#include "cli/line/pages.h"
#include "cli/line/usage.h"
#include "cli/line/verbs.h"
#include "engine/base/nearest.h"

namespace tocsin::cli {
namespace {

namespace fs = std::filesystem;

Json json_of(const Verb& verb) {
  auto options = Json::array();
  for (const auto& option : verb.options)
    options.push(Json::object({{"name", option.name},
                               {"value", option.value},
                               {"help", option.help},
                               {"required", option.required},
                               {"repeats", option.repeats}}));
  auto examples = Json::array();
  const auto page = verb_page(verb.words);
  for (const auto& example : page.examples) examples.push(example);
  std::string shape;
  for (const auto& line : page.json) shape += (shape.empty() ? "" : "\n") + line;
  return Json::object({{"verb", verb.words},
                       {"summary", verb.summary},
                       {"writes", verb.writes},
                       {"usage", synopsis(verb, 1000)},
                       {"options", options},
                       {"examples", examples},
                       {"json", shape}});
}

Result<int> write_manual(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  for (const auto& [name, text] : manual_pages(verbs(), TOCSIN_VERSION)) {
    std::ofstream file(folder / name, std::ios::binary | std::ios::trunc);
    file << text << std::flush;
    if (!file)
      return Error{Errc::unavailable,
                   "cannot write " + name + " into " + in_quotes(folder.string()) + ": name a folder that can be written",
                   "folder"};
  }
  return 0;
}

void print_codes(std::ostream& out) {
  for (const auto& [code, word, when] : exit_codes()) {
    const auto number = std::to_string(code);
    out << std::string(4 - number.size(), ' ') << number << "  " << word << std::string(13 - word.size(), ' ')
        << plain_text(when, 0);
  }
  out << "\n";
}

Error unknown(const std::string& asked, const std::vector<std::string>& known) {
  const auto near = nearest(asked, known);
  return Error{Errc::not_found,
               "there is no verb or topic " + in_quotes(asked) + (near.empty() ? "" : "; did you mean '" + near + "'?"),
               "verb",
               {},
               near.empty() ? "help" : "help " + near};
}

Result<int> say(const Call& call, const std::string& asked) {
  auto& out = call.world.out;
  const auto columns = call.world.terminal.columns;
  std::vector<std::string> known;
  for (const auto& verb : verbs()) {
    known.push_back(verb.words);
    if (verb.words != asked) continue;
    auto text = usage(verb, columns);
    const auto page = verb_page(verb.words);
    out << text.substr(0, text.rfind("\nmore: ")) << "\n" << plain_text(page.details, columns);
    if (!page.exit_codes.empty()) out << "\nexit codes of its own (all: tocsin help exit-codes):\n";
    for (const auto& line : page.exit_codes) out << "  " << line << "\n";
    if (!page.json.empty()) out << "\nwith --json:\n";
    for (const auto& line : page.json) out << "  " << line << "\n";
    return 0;
  }
  for (const auto& topic : topics()) {
    known.emplace_back(topic.name);
    if (topic.name != asked) continue;
    out << topic.title << "\n\n";
    if (topic.name == "exit-codes") print_codes(out);
    out << plain_text(topic.text, columns);
    return 0;
  }
  if (const auto of_noun = verbs_of(verbs(), asked, columns); !of_noun.empty()) {
    out << of_noun;
    return 0;
  }
  return unknown(asked, known);
}

/// The table of all verbs and topics, or what of it was asked for.
Result<int> print_table(const Call& call, const std::string& asked) {
  auto table = Json::array(), names = Json::array();
  std::vector<std::string> known;
  for (const auto& verb : verbs()) {
    known.push_back(verb.words);
    if (asked.empty() || verb.words == asked || verb.words.starts_with(asked + " ")) table.push(json_of(verb));
  }
  for (const auto& topic : topics()) {
    known.emplace_back(topic.name);
    if (asked.empty() || topic.name == asked) names.push(std::string(topic.name));
  }
  if (table.items().empty() && names.items().empty()) return unknown(asked, known);
  call.print(Json::object({{"verbs", table}, {"topics", names}}));
  return 0;
}

}  // namespace

Result<int> help(Call& call) {
  for (const auto* flag : {"--markdown", "--man"})
    if (auto ok = check_no_json_beside(call, flag); !ok) return std::move(ok).error();
  if (call.has("--markdown")) {
    call.world.out << manual_markdown(verbs());
    return 0;
  }
  if (call.has("--man")) return write_manual(call.one("--man"));
  std::string asked;
  for (const auto& word : call.all("WORD")) asked += (asked.empty() ? "" : " ") + word;
  if (call.json()) return print_table(call, asked);
  if (!asked.empty()) return say(call, asked);
  call.world.out << overview(verbs(), call.world.terminal.columns);
  return 0;
}

}  // namespace tocsin::cli
