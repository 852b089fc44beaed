// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/breach_register.h"

#include <algorithm>

#include "cli/times/local_time.h"
#include "engine/workflow/card.h"
#include "engine/workflow/explain.h"

namespace tocsin::cli {
namespace {

using case_file::CaseFile;
using Texts = std::vector<std::string>;

// clang-format off
/// Clocks by which the authority is told, and by which the people are: what Articles 33 and 34 and their twins in Part 3 ask.
const Texts reports = {"uk.gdpr.33_1", "uk.le.67_1", "eu.gdpr.33_1"};
const Texts tellings = {"uk.gdpr.34_1", "uk.gdpr.34_3_c", "uk.gdpr.34_4", "uk.le.68_1", "uk.le.68_5", "uk.le.68_6",
                        "eu.gdpr.34_1", "eu.gdpr.34_3_c", "eu.gdpr.34_4"};
// clang-format on

/// Gathers the texts of one row.
class Row {
 public:
  Row(const CaseView& view, const Words& words, RegisterTimes times)
      : view_(view), file_(*view.file), words_(words), times_(times) {}

  /// A fact of one of these names, on every data set and group that has it.
  std::string fact(const Texts& names) const {
    std::string text;
    for (const auto& name : names)
      for (const auto& file : file_.facts) {
        const bool is_own = file.name == name;
        const bool is_of_a_set = file.name.size() > name.size() + 1 && file.name.ends_with("." + name);
        const auto* claim = is_own || is_of_a_set ? file.adopted() : nullptr;
        if (claim == nullptr) continue;
        add(text, (is_own ? "" : file.name.substr(0, file.name.size() - name.size() - 1) + ": ") + said(*claim));
      }
    return text;
  }

  /// Why a fact has its value.
  std::string reasons(const std::string& name) const {
    std::string text;
    for (const auto& file : file_.facts) {
      const auto* claim = file.name == name || file.name.ends_with("." + name) ? file.adopted() : nullptr;
      if (claim == nullptr) continue;
      const auto& texts = view_.events[static_cast<std::size_t>(claim->n - 1)].texts;
      if (texts.contains("because")) add(text, text_at(words_, {claim->n, "because"}));
    }
    return text;
  }

  /// When filings under these clocks were made.
  std::string filed(const Texts& clocks) const {
    std::string text;
    for (const auto& held : file_.obligations) {
      const auto* filing = is_one_of(held.clock, clocks) ? file_.standing_filing(held) : nullptr;
      if (filing != nullptr) add(text, held.name + " " + time(filing->at));
    }
    return text;
  }

  /// What was decided about these duties, with the reference of the filing or of the decision.
  std::string decided(const Texts& clocks) const {
    std::string text;
    for (const auto& held : file_.obligations) {
      if (!is_one_of(held.clock, clocks)) continue;
      auto one = held.name + ": " + std::string(word(held.state));
      if (const auto* filing = file_.standing_filing(held))
        one += ", " + (filing->reference_pending ? "reference pending" : "reference " + text_at(words_, filing->reference));
      if (held.ruling) one += ruling(*held.ruling);
      add(text, one);
    }
    return text;
  }

  std::string open_matters() const {
    std::string text;
    for (const auto& matter : workflow::open_matters(*view_.definition, file_))
      if (matter.shelf != "not_started") add(text, matter.name);
    return text;
  }

  std::string time(Instant at) const {
    return times_ == RegisterTimes::utc ? format_instant(at) : local_stamp(at, view_.definition->zone);
  }

 private:
  static void add(std::string& text, const std::string& more) { text += (text.empty() ? "" : "; ") + more; }
  static bool is_one_of(const std::string& word, const Texts& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
  }

  std::string said(const case_file::Claim& claim) const {
    if (claim.vaulted) return text_at(words_, {claim.n, "value"});
    const auto text = shown(claim.value);
    return times_ == RegisterTimes::utc ? text : with_local_times(text, view_.definition->zone);
  }

  std::string ruling(const case_file::RulingOut& ruling) const {
    const auto* decision = file_.decision(ruling.decision);
    if (decision == nullptr) return {};
    return ", decision " + decision->digest.substr(0, 8) + " by " + decision->proposed_by +
           (decision->approved_by.empty() ? "" : " and " + decision->approved_by) +
           (ruling.exemption.empty() ? "" : " (" + ruling.exemption + ")") + ": " + text_at(words_, decision->because);
  }

  const CaseView& view_;
  const CaseFile& file_;
  const Words& words_;
  const RegisterTimes times_;
};

std::string quoted_cell(const std::string& said) {
  const auto text = visible_cell(said);
  std::string cell = text.find_first_of("=+-@") == 0 ? "'" + text : text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& register_columns() {
  static const std::vector<std::pair<std::string, std::string>> columns = {
      {"reference", "Reference"},
      {"occurred", "Occurred"},
      {"detected", "Detected"},
      {"aware", "Aware"},
      {"reported", "Reported to the authority"},
      {"controller", "Controller and role"},
      {"supplier", "Supplier"},
      {"regime", "Regime"},
      {"data", "Data"},
      {"people", "People"},
      {"effects", "Effects"},
      {"risk", "Risk"},
      {"risk_reasons", "Reasons for the risk"},
      {"decision", "Decision and its reference"},
      {"people_told", "People told"},
      {"measures", "Measures"},
      {"lessons", "Lessons"},
      {"open", "Open matters"},
      {"status", "Case"},
  };
  return columns;
}

std::vector<std::string> register_row(const CaseView& view, const Words& words, RegisterTimes times) {
  const Row row(view, words, times);
  const auto& file = *view.file;
  return {file.ref,
          row.fact({"occurred"}),
          row.fact({"detected_at", "first_suspected_at"}),
          row.fact({"aware_at"}),
          row.filed(reports),
          row.fact({"our_role", "controllers", "notifier"}),
          row.fact({"supplier_name"}),
          row.fact({"regime"}),
          row.fact({"data_categories", "records_affected"}),
          row.fact({"people_categories", "people_affected"}),
          row.fact({"affects", "likely_consequences"}),
          row.fact({"risk"}),
          row.reasons("risk"),
          row.decided(reports),
          row.decided(tellings),
          row.fact({"measures"}),
          row.fact({"lessons"}),
          row.open_matters(),
          std::string(word(file.stage)) + " since " +
              row.time(file.stage == case_file::Stage::open ? file.opened_at : file.last_recorded)};
}

std::string register_csv(const std::vector<std::vector<std::string>>& rows) {
  std::string out;
  const auto line = [&](const auto& cells, const auto& text_of) {
    bool first = true;
    for (const auto& cell : cells) {
      out += (first ? "" : ",") + quoted_cell(text_of(cell));
      first = false;
    }
    out += "\r\n";
  };
  line(register_columns(), [](const auto& column) { return column.second; });
  for (const auto& row : rows) line(row, [](const std::string& cell) { return cell; });
  return out;
}

std::string register_markdown(const std::vector<std::vector<std::string>>& rows) {
  std::string out = "# Register of personal data breaches (Art 33(5))\n";
  for (const auto& row : rows) {
    out += "\n## " + row.front() + "\n\n| | |\n|---|---|\n";
    for (std::size_t i = 1; i < row.size(); ++i) {
      std::string cell;
      for (const char c : visible_cell(row[i]))
        cell += c == '|' ? std::string("\\|") : c == '\n' ? std::string("<br>") : std::string(1, c);
      out += "| " + register_columns()[i].second + " | " + (cell.empty() ? "not known" : cell) + " |\n";
    }
  }
  return out;
}

}  // namespace tocsin::cli
