// SPDX-License-Identifier: Apache-2.0
#include "cli/views/sentences.h"

#include <algorithm>

#include "cli/times/local_time.h"
#include "engine/workflow/card.h"

namespace tocsin::cli {

std::string shown(const Json& value) {
  if (value.is_null()) return "unknown";
  if (value.is_text()) return value.text();
  if (value.is_object())
    return (value.has("from") ? shown(value["from"]) : "") + ".." + (value.has("to") ? shown(value["to"]) : "");
  if (!value.is_array()) return canonical(value);
  std::string words;
  for (const auto& item : value.items()) words += (words.empty() ? "" : ",") + shown(item);
  return words;
}

namespace {

/// The other obligations that one notice meets.
std::string also_of(const Json& body) {
  std::string text;
  for (const auto& other : body["also"].items())
    text +=
        " and " + other["obligation"].text() + (other["verdict"].text() == "late" ? " (LATE)" : "") +
        (other["gaps"].items().empty() || body["complete"].boolean() ? "" : " (with gaps: " + shown(other["gaps"]) + ")");
  return text;
}

std::string ruling_of(const Json& body) {
  const auto& record = body["record"];
  const auto subject = "'" + body["subject"].text() + "'";
  const auto exemption = record.has("exemption") ? " (" + record["exemption"].text() + ")" : std::string();
  if (record["outcome"].text() == "restricted") return subject + " is withheld for a time" + exemption;
  return subject + " is not owed" + exemption;
}

/// A suggestion is never a decision, and says so.
std::string suggestion_of(const Json& body) {
  std::string text;
  for (const auto& [fact, word] : body["suggests"].members()) text += ", suggests " + fact + " = " + word.text();
  return text;
}

std::string plain_sentence(const ledger::Event& event, const std::string& zone) {
  const auto& b = event.body;
  const auto number = [&](const char* name) { return std::to_string(b[name].integer()); };
  const auto deadline = [&](const char* name) {
    const auto at = parse_instant(b[name].text());
    return at ? deadline_time(*at, zone) : b[name].text();
  };
  const auto& t = event.type;
  if (t == "case_opened") return "case opened under " + b["workflow"].text() + " version " + number("workflow_version");
  if (t == "fact_set")
    return "fact " + case_file::CaseFile::fact_in(b["data_set"].text(), b["fact"].text()) + " = " +
           (event.texts.contains("value") ? "(words)" : shown(b["value"])) +
           (b["source"].text() == "controller" ? "" : ", says " + b["source"].text()) +
           (b["adoptable"].boolean() ? "" : "; a claim, which counts for nothing until somebody who judges it says so");
  if (t == "note_added")
    return "note" + (b.has("with") ? ", with " + b["with"].text() : std::string()) +
           (b.has("channel") ? ", by " + b["channel"].text() : std::string());
  if (t == "moved")
    return b["region"].text() + ": " + b["from"].text() + " -> " + b["to"].text() + " (" + b["transition"].text() + ")";
  if (t == "obligation_raised")
    return "obligation " + b["obligation"].text() + " is owed" +
           (b.has("due") ? " by " + deadline("due") : std::string(" without undue delay")) +
           (b["provisional"].boolean() && b.has("due") ? ", PROVISIONAL" : "") +
           (b["basis"].text().empty() ? "" : " (" + b["basis"].text() + ")");
  if (t == "anchor_moved")
    return "obligation " + b["obligation"].text() + " runs from " + b["anchor"].text() +
           (b.has("due") ? ", owed by " + deadline("due") : std::string()) +
           (b["provisional"].boolean() && b.has("due") ? ", PROVISIONAL" : "");
  if (t == "obligation_missed") return "obligation " + b["obligation"].text() + " is OVERDUE since " + deadline("due");
  if (t == "notice_recorded")
    return "notice " + number("notice") + " on " + b["obligation"].text() + also_of(b) + " by " + b["channel"].text() +
           (b["verdict"].text() == "late"      ? ", LATE"
            : b["verdict"].text() == "further" ? ", a further one"
                                               : ", in time") +
           (b["gaps"].items().empty() || b["complete"].boolean() ? "" : ", with gaps: " + shown(b["gaps"]));
  if (t == "filing_stands") return "notice " + number("notice") + " stands for " + b["obligation"].text() + " now";
  if (t == "receipt_recorded") return "receipt for notice " + number("notice");
  if (t == "notice_withdrawn")
    return "notice " + number("notice") + " on " + b["obligation"].text() + " withdrawn: it was recorded in error";
  if (t == "decision_proposed")
    return "decision proposed: " + (b["kind"].text() == "rule_out" ? ruling_of(b)
                                    : b["kind"].text() == "notice" ? b["subject"].text() + " was recorded in error"
                                    : b["kind"].text() == "anchor" ? b["subject"].text() + " was " + shown(b["value"])
                                                                   : "'" + b["subject"].text() + "'");
  if (t == "decision_advised") return "advice on '" + b["subject"].text() + "' (event " + number("decision") + ")";
  if (t == "decision_approved")
    return "'" + b["subject"].text() + "' (event " + number("decision") + ") approved" +
           (b.has("relayed") ? ", relayed by " + b["relayed"].text() + ", to be confirmed by " + deadline("confirm_by")
                             : std::string()) +
           (b["same_account"].boolean() ? ", from the same account" : "");
  if (t == "decision_declined")
    return "'" + b["subject"].text() + "' (event " + number("decision") + ") declined" +
           (b.has("relayed") ? ", relayed by " + b["relayed"].text() : std::string()) +
           (b["same_account"].boolean() ? ", from the same account" : "");
  if (t == "approval_confirmed")
    return "approval of '" + b["subject"].text() + "' (event " + number("decision") + ") confirmed";
  if (t == "obligation_ruled_out")
    return "obligation " + b["obligation"].text() + " ruled out, as decided in event " + number("decision");
  if (t == "duty_reopened")
    return "obligation " + b["obligation"].text() + " is owed again" +
           (b.has("fact")          ? ": " + b["fact"].text() + " has changed"
            : b["ended"].boolean() ? ": the restriction has ended"
                                   : std::string());
  if (t == "data_set_added")
    return std::string(b["is_group"].boolean() ? "group of people" : "data set") + " '" + b["data_set"].text() + "'" +
           (b.has("of") ? " in '" + b["of"].text() + "'" : std::string());
  if (t == "identifiers_allowed")
    return "personal identifiers allowed in a draft on " + b["obligation"].text() +
           (b.has("template") ? " by form " + b["template"].text() : std::string()) + " (" +
           std::to_string(b["places"].items().size()) + (b["places"].items().size() == 1 ? " place)" : " places)");
  if (t == "incident_linked") return "belongs to incident " + b["incident"].text();
  if (t == "severity_assessed")
    return "severity by " + b["method"].text() + (b.has("data_set") ? " of '" + b["data_set"].text() + "'" : std::string()) +
           ": " + b["result"].text() + (b["score"].text().empty() ? "" : " (" + b["score"].text() + ")") + suggestion_of(b);
  if (t == "action_added")
    return "action " + number("action") + (b.has("owner") ? " for " + b["owner"].text() : std::string()) +
           (b.has("due") ? ", due " + deadline("due") : std::string());
  if (t == "action_done") return "action " + number("action") + " done";
  if (t == "action_dropped") return "action " + number("action") + " dropped: it is no longer wanted";
  if (t == "risk_accepted") return "action " + number("action") + " will not be done: the risk that stays is accepted";
  if (t == "contact_added")
    return "contact point " + number("contact") + " of " + b["party"].text() + " by " + b["kind"].text();
  if (t == "contact_removed") return "contact point " + number("contact") + " removed";
  if (t == "privileged_included") return "privileged words put into the " + b["document"].text();
  if (t == "case_reopened") return "case reopened" + (b.has("cause") ? " by event " + number("cause") : std::string());
  if (t == "person_added") return b["person"].text() + ": " + shown(b["roles"]);
  return t;
}

}  // namespace

std::string sentence_of(const ledger::Event& event, const std::string& zone) {
  const auto label = label_of(case_file::marks_of(event));
  return with_local_times(plain_sentence(event, zone), zone) + (label.empty() ? "" : " " + label);
}

std::string with_local_times(std::string text, const std::string& zone) {
  for (std::size_t at = 0; at + 20 <= text.size(); ++at) {
    if (text[at + 10] != 'T' || text[at + 4] != '-') continue;
    const auto end = text.find('Z', at);
    const auto parsed = end == std::string::npos ? Result<Instant>(Error{}) : parse_instant(text.substr(at, end + 1 - at));
    if (!parsed) continue;
    const auto local = local_time(*parsed, zone);
    text.replace(at, end + 1 - at, local);
    at += local.size() - 1;
  }
  return text;
}

std::string banner(const std::string& store) {
  if (store == "story") return "STORY: what follows was played from a story file. It is no real case.\n";
  if (store == "exercise") return "EXERCISE: what follows is practice. It is no real case.\n";
  return "";
}

std::pair<std::string, std::string> owed_next(const workflow::Definition& definition, const case_file::CaseFile& file,
                                              Instant now) {
  auto matters = workflow::open_matters(definition, file);
  std::stable_sort(matters.begin(), matters.end(), [&](const auto& a, const auto& b) {
    const auto rank = [&](const workflow::OpenMatter& m) {
      return std::pair(workflow::bucket_rank(workflow::bucket_of(m, now)), m.key);
    };
    return rank(a) < rank(b);
  });
  if (matters.empty())
    return {file.stage == case_file::Stage::open ? "nothing is owed" : "the case is closed", "case show " + file.ref};
  const auto& first = matters.front();
  std::string sentence = "owed next: " + first.name;
  if (first.has_deadline())
    sentence += (workflow::bucket_of(first, now) == "overdue" ? ", OVERDUE since " : ", by ") +
                both_deadline_times(first.key, definition.zone) + (first.is_provisional() ? ", PROVISIONAL" : "");
  else if (first.kind == "obligation") sentence += ", without undue delay";
  if (!first.basis.empty()) sentence += " (" + first.basis + ")";
  return {sentence, command_for(file.ref, first.kind, first.name)};
}

std::string command_for(const std::string& ref, const std::string& kind, const std::string& name) {
  if (kind == "obligation") return "notice record " + ref + " " + name + " --channel NAME --reference pending";
  return (kind == "action" ? "action list " : "decision list ") + ref;
}

}  // namespace tocsin::cli
