// SPDX-License-Identifier: Apache-2.0
#include "cli/candidates/case_candidates.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <set>

#include "cli/shop/wiring.h"
#include "cli/views/views.h"
#include "engine/case_file/case_file.h"
#include "engine/ledger/chain.h"
#include "engine/workflow/explain.h"

namespace tocsin::cli {
namespace {

using Words = std::vector<Candidate>;

constexpr std::size_t kMostCases = 100;
constexpr std::size_t kMostTitles = 12;  // each costs reading its case

/// One case of the store, folded from its events alone; without what time made of it since.
class Case {
 public:
  Case(const Call& call, const Cursor& cursor) : glance_(glance_at_shop(call)) {
    if (glance_ == nullptr) return;
    const auto given = cursor.values.find("CASE");
    auto said = given != cursor.values.end() ? given->second.back() : call.world.variable("TOCSIN_CASE");
    if (said.empty()) return;
    const auto found = glance_->store().find_streams(said, 2);
    if (!found || found->empty()) return;
    const auto records = glance_->store().read(found->front());
    if (!records) return;
    auto file = case_file::fold_stored(*records);
    if (file) file_ = std::make_unique<case_file::CaseFile>(std::move(*file));
  }

  const case_file::CaseFile* file() const { return file_.get(); }
  const workflow::Definition* definition() {
    if (!definition_ && file_ != nullptr) definition_ = glance_->outline(file_->definition);
    return definition_ ? &*definition_ : nullptr;
  }
  case_file::People people() const {
    const auto records = glance_->store().read(ledger::kSiteStream);
    const auto events = records ? ledger::verify_stream(*records) : Result<std::vector<ledger::Event>>(records.error());
    auto folded = events ? case_file::fold_people(*events) : Result<case_file::People>(events.error());
    return folded ? std::move(*folded) : case_file::People{};
  }
  bool opened() const { return glance_ != nullptr; }

 private:
  std::unique_ptr<Glance> glance_;
  std::unique_ptr<case_file::CaseFile> file_;
  std::optional<workflow::Definition> definition_;
};

std::string title_of(Glance& glance, const std::string& ref) {
  const auto records = glance.store().read(ref);
  if (!records) return "";
  const auto file = case_file::fold_stored(*records);
  if (!file || file->title_digest.empty()) return "";
  const auto words = glance.vault().open(ref, {file->title_digest});
  return words && !words->empty() && words->front() ? visible(*words->front()) : "";
}

/// A reference that parts from the first one as early as any does, so that a shell that fills in what all candidates share fills in no
/// more than what all cases share, however many are left out.
std::string earliest_other(const ports::EventStore& store, const std::string& first, std::size_t typed) {
  constexpr std::string_view kLetters = "-.0123456789_abcdefghijklmnopqrstuvwxyz";  // of references, in the store's order
  for (auto length = typed; length < first.size(); ++length) {
    const auto letter = static_cast<char>(std::tolower(static_cast<unsigned char>(first[length])));
    for (const char other : kLetters) {
      if (other <= letter) continue;
      const auto found = store.find_streams(first.substr(0, length) + other, 1);
      if (found && !found->empty()) return found->front();
    }
  }
  return "";
}

Words references(const Call& call, const std::string& typed, bool with_notes) {
  Words words;
  const auto glance = glance_at_shop(call);
  if (glance == nullptr) return words;
  const auto found = glance->store().find_streams(typed, kMostCases + 1);
  if (!found) return words;
  for (const auto& ref : *found) words.push_back({ref});
  if (words.size() > kMostCases) {
    if (auto other = earliest_other(glance->store(), words.front().word, typed.size()); !other.empty())
      words.back().word = std::move(other);
  }
  if (with_notes && words.size() <= kMostTitles)
    for (auto& one : words) one.note = title_of(*glance, one.word);
  return words;
}

/// What is owed, or for a decision or an explanation every duty of the workflow.
Words obligations(Case& the_case, bool all) {
  Words words;
  std::set<std::string> named;
  if (the_case.file() == nullptr) return words;
  for (const auto& one : the_case.file()->obligations)
    if ((all || !one.is_settled()) && named.insert(one.name).second) words.push_back({one.name, one.basis});
  if (all && the_case.definition() != nullptr)
    for (const auto& one : the_case.definition()->obligations)
      if (named.insert(one.name).second) words.push_back({one.name, one.clock});
  return words;
}

/// Transitions that can be taken now; where none can, those that lead out of the current states, with what they lack.
Words transitions(Case& the_case, bool allowed_only) {
  Words now, later;
  if (the_case.definition() == nullptr) return now;
  for (const auto& step : workflow::next_steps(*the_case.definition(), *the_case.file(), the_case.people(), "")) {
    if (step.allowed) now.push_back({step.transition, step.region + " -> " + step.to});
    else
      later.push_back(
          {step.transition, "not yet: " + (step.missing.empty() ? std::string() : step.missing.front().subject)});
  }
  if (!allowed_only) now.insert(now.end(), later.begin(), later.end());
  return now.empty() ? later : now;
}

/// "risk=", and once that is typed, the words that the fact takes.
Words facts(Case& the_case, const std::string& typed, bool with_value) {
  Words words;
  if (the_case.definition() == nullptr) return words;
  const auto equals = typed.find('=');
  const auto named = typed.substr(0, equals);
  const auto dot = named.find('.');
  const auto bare = dot == std::string::npos ? named : named.substr(dot + 1);
  for (const auto& fact : the_case.definition()->facts) {
    if (!with_value || equals == std::string::npos) {
      words.push_back({fact.name + (with_value ? "=" : ""), fact.ask});
      for (const auto& set : the_case.file()->data_sets)
        if (!set.name.empty() && fact.per != workflow::Level::breach)
          words.push_back({set.name + "." + fact.name + (with_value ? "=" : ""), fact.ask});
    } else if (fact.name == bare) {
      auto values = fact.words;
      values.emplace_back("unknown");
      // A set takes several words, with commas between them.
      const auto comma = fact.kind == workflow::Fact::Kind::set ? typed.rfind(',') : std::string::npos;
      const auto before = typed.substr(0, comma == std::string::npos || comma < equals ? equals + 1 : comma + 1);
      for (const auto& value : values) words.push_back({before + value});
    }
  }
  return words;
}

/// Facts of a workflow that no case is pinned to yet: what `case open` takes is read from the library's file.
Words facts_of_file(const Call& call, const Cursor& cursor) {
  Words words;
  const auto given = cursor.values.find("WORKFLOW");
  if (given == cursor.values.end()) return words;
  const auto outline = outline_in_library(call, given->second.back());
  if (!outline) return words;
  for (const auto& fact : outline->facts) {
    words.push_back({fact.name + "=", fact.ask});
    for (const auto& value : fact.words)
      if (cursor.typed.starts_with(fact.name + "=")) words.push_back({fact.name + "=" + value});
  }
  return words;
}

Words data_sets(const Case& the_case) {
  Words words;
  if (the_case.file() == nullptr) return words;
  for (const auto& one : the_case.file()->data_sets)
    if (!one.name.empty()) words.push_back({one.name, one.is_group ? "group in " + one.of : "data set"});
  return words;
}

/// Decisions that still wait for somebody.
Words decisions(const Case& the_case) {
  Words words;
  if (the_case.file() == nullptr) return words;
  for (const auto& one : the_case.file()->decisions)
    if (!one.done && !one.is_declined() && (!one.effective || one.awaits_confirmation()))
      words.push_back({one.digest.substr(0, 8), one.subject + ", proposed by " + visible(one.proposed_by)});
  return words;
}

Words numbers(const Case& the_case, const std::string& verb) {
  Words words;
  if (the_case.file() == nullptr) return words;
  if (verb.starts_with("action"))
    for (const auto& one : the_case.file()->actions)
      if (one.is_open()) words.push_back({std::to_string(one.number), visible(one.owner)});
  if (verb.starts_with("notice"))
    for (const auto& one : the_case.file()->notices)
      if (!one.withdrawn && (verb != "notice receipt" || one.reference_pending))
        words.push_back({std::to_string(one.number), one.obligation + " by " + visible(one.channel)});
  return words;
}

Words subjects(Case& the_case) {
  auto words = obligations(the_case, true);
  for (auto& one : transitions(the_case, false)) words.push_back(std::move(one));
  if (the_case.file() != nullptr)
    for (const auto& one : the_case.file()->notices)
      if (!one.withdrawn) words.push_back({"notice:" + std::to_string(one.number), one.obligation});
  return words;
}

Words parties(Case& the_case) {
  Words words;
  if (the_case.definition() != nullptr)
    for (const auto& one : the_case.definition()->parties) words.push_back({one.name, one.title});
  return words;
}

/// The channels by which this case was told of before.
Words channels(const Case& the_case) {
  std::set<std::string> named;
  if (the_case.file() != nullptr)
    for (const auto& one : the_case.file()->notices) named.insert(one.channel);
  Words words;
  for (const auto& one : named) words.push_back({one});
  return words;
}

Words people(const Case& the_case) {
  Words words;
  if (!the_case.opened()) return words;
  for (const auto& one : the_case.people().listed) {
    std::string roles;
    for (const auto& role : one.roles) roles += (roles.empty() ? "" : ", ") + role;
    words.push_back({one.name, roles});
  }
  return words;
}

Words markings(Case& the_case) {
  Words words;
  if (the_case.definition() != nullptr)
    for (const auto& one : workflow::markings_of(*the_case.definition())) words.push_back({one});
  return words;
}

Words methods(Case& the_case) {
  Words words;
  if (the_case.definition() != nullptr)
    for (const auto& one : the_case.definition()->wanted_methods) words.push_back({one});
  return words;
}

/// Whether a word can stand on a command line as it is, in every shell.
bool is_plain(const std::string& word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("._-@#:=/+,").find(static_cast<char>(c)) != std::string_view::npos;
  });
}

Words found_in_case(const Call& call, const Cursor& cursor, std::string_view kind) {
  const auto& name = cursor.option->name;
  const auto& verb = cursor.verb->words;
  Case the_case(call, cursor);
  if (name == "--as" || name == "--owner" || (verb == "people add" && kind == "NAME")) return people(the_case);
  if (name == "--relies-on" || kind == "FACT") return facts(the_case, cursor.typed, false);
  if (name == "--channel") return channels(the_case);
  if (name == "--method") return methods(the_case);
  if (name == "--marking") return markings(the_case);
  if (kind == "OBLIGATION") return obligations(the_case, verb == "decision end" || verb == "notice draft");
  if (kind == "TRANSITION") return transitions(the_case, true);
  if (kind == "SUBJECT") return subjects(the_case);
  if (kind == "NAME=VALUE") return verb == "case open" ? facts_of_file(call, cursor) : facts(the_case, cursor.typed, true);
  if (kind == "DATA_SET") return data_sets(the_case);
  if (kind == "DIGEST") return decisions(the_case);
  if (kind == "N") return numbers(the_case, verb);
  if (kind == "PARTY") return parties(the_case);
  if (kind == "NAME" && verb == "case explain") {
    auto words = obligations(the_case, true);
    for (auto& one : transitions(the_case, false)) words.push_back(std::move(one));
    return words;
  }
  return {};
}

}  // namespace

std::vector<Candidate> case_words(Call& call, const Cursor& cursor, std::string_view kind, bool with_notes) {
  auto words = kind == "CASE" ? references(call, cursor.typed, with_notes) : found_in_case(call, cursor, kind);
  std::erase_if(words, [](const Candidate& one) { return !is_plain(one.word); });
  return words;
}

std::vector<std::string> law_file_ids(const std::string& path) {
  std::vector<std::string> ids;
  std::ifstream in(path);
  bool among_clocks = false;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != ' ' && line[0] != '#') among_clocks = line.starts_with("clocks:");
    if (among_clocks && line.size() > 3 && line.starts_with("  ") && line[2] != ' ' && line[2] != '#' && line.back() == ':')
      ids.push_back(line.substr(2, line.size() - 3));
  }
  return ids;
}

}  // namespace tocsin::cli
