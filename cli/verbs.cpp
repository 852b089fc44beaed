// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

namespace tocsin::cli {
namespace {

const Option kCase = {"CASE", "", "the case's reference, or the beginning of it; else TOCSIN_CASE"};
const Option kBecause = {"--because", "TEXT", "the reason; TEXT may be - for standard input or @FILE"};
const Option kAsOf = {"--as-of", "TIME", "as it was known then"};
const Option kLimit = {"--limit", "N|all", "how many; 100 unless said otherwise"};


}  // namespace

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> table = {
      {"due", "What is owed, most urgent first (also plain 'tocsin')", false, {kAsOf, kLimit}, due},
      {"case open", "Open a case, pinned to a workflow", true,
       {{"WORKFLOW", "", "its name, or a path that ends in .yaml", false, true},
        {"--title", "TEXT", "what people call it; may be - or @FILE", false, true},
        {"--ref", "REF", "its reference; made when not given"},
        {"--fact", "NAME=VALUE", "a fact known already", true}},
       case_open},
      {"case set", "Set facts", true,
       {kCase, {"NAME=VALUE", "", "a fact and its value; VALUE may be unknown, - or @FILE", true, true},
        {"--source", "PARTY", "who says so; else the controller"},
        {"--status", "STATUS", "claimed, confirmed, disputed or withdrawn"}, kBecause},
       case_set},
      {"case move", "Take a transition", true, {kCase, {"TRANSITION", "", "its name", false, true}, kBecause}, case_move},
      {"case note", "Add a note", true,
       {kCase, {"TEXT", "", "the words; - or @FILE", false, true}, {"--with", "PARTY", "whom it was with"}, {"--by", "CHANNEL", "phone, mail, ..."},
        {"--in", "", "they came to us"}, {"--out", "", "we went to them"}},
       case_note},
      {"case list", "The cases of the store", false, {kLimit}, case_list},
      {"case show", "One case: where it is, what is owed, what is next", false, {kCase, kAsOf}, case_show},
      {"case history", "Every event of a case", false, {kCase}, case_history},
      {"case explain", "Why a deadline is what it is, or what a transition lacks", false,
       {kCase, {"NAME", "", "an obligation or a transition; all obligations when not given"}}, case_explain},
      {"case reopen", "Reopen a closed case", true, {kCase, kBecause}, case_reopen},
      {"notice record", "Record what was told to whom; it sends nothing", true,
       {kCase, {"OBLIGATION", "", "the duty it meets", false, true}, {"--channel", "NAME", "how it was told", false, true},
        {"--reference", "REF|pending", "their reference for it", false, true}, {"--text", "TEXT", "the words as sent; - or @FILE"},
        {"--reason", "TEXT", "reasons for the delay; - or @FILE"}, {"--complete", "", "it has no gaps"}},
       notice_record},
      {"notice list", "The notices of a case", false, {kCase}, notice_list},
      {"notice receipt", "Add the reference that came later", true,
       {kCase, {"N", "", "the notice's number", false, true}, {"--reference", "REF", "their reference", false, true}}, notice_receipt},
      {"notice withdraw", "Propose to withdraw a notice that was recorded in error", true, {kCase, {"N", "", "its number", false, true}, kBecause},
       notice_withdraw},
      {"decision propose", "Propose a decision", true,
       {kCase, {"SUBJECT", "", "an obligation to rule out, a transition, notice:N, NAME=TIME", false, true}, kBecause,
        {"--relies-on", "NAME", "a fact it relies on", true}},
       decision_propose},
      {"decision advise", "Advise on a decision", true, {kCase, {"DIGEST", "", "at least eight of its digits", false, true}, kBecause}, decision_advise},
      {"decision approve", "Approve a decision, or confirm an approval that was relayed", true,
       {kCase, {"DIGEST", "", "at least eight of its digits", false, true}, kBecause, {"--relayed", "CHANNEL", "the approver is not at the keyboard"}},
       decision_approve},
      {"decision list", "The decisions of a case", false, {kCase}, decision_list},
      {"action add", "Add a piece of remediation", true,
       {kCase, {"TEXT", "", "what is to be done; - or @FILE", false, true}, {"--owner", "NAME", "who does it"}, {"--due", "TIME", "by when"}}, action_add},
      {"action done", "Say that an action is done", true, {kCase, {"N", "", "its number", false, true}, kBecause}, action_done},
      {"action list", "The actions of a case", false, {kCase}, action_list},
      {"people add", "List who works the cases, with roles", true,
       {{"NAME", "", "as given with --as", false, true}, {"--role", "ROLE,...", "handler, dpo, siro, gold, admin or another", false, true}}, people_add},
      {"people list", "Who is listed", false, {}, people_list},
      {"workflow list", "The workflows there are", false, {}, workflow_list},
      {"workflow check", "Find every mistake in workflow files", false, {{"FILE", "", "a workflow file or name", true, true}}, workflow_check},
      {"clock explain", "Count a clock from a time, step by step", false,
       {{"CLOCK", "", "its id, like uk.gdpr.33_1", false, true}, {"--from", "TIME", "the anchor", false, true}}, clock_explain},
      {"audit verify", "Read everything again and judge each step again", false, {{"--case", "CASE", "one case only"}}, audit_verify},
      {"replay", "Play a story and print its diary", false, {{"STORY", "", "a story file", false, true}, kAsOf}, replay},
      {"version", "The version of this program", false, {}, version},
  };
  return table;
}

}  // namespace tocsin::cli
