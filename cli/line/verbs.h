// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "cli/line/call.h"

namespace tocsin::cli {

/// The table of verbs: what 'tocsin --help' prints and what the house tests walk.
const std::vector<Verb>& verbs();

// Each returns the exit code, or the error that decides it.
Result<int> due(Call&);
Result<int> breach_register(Call&);
Result<int> case_open(Call&);
Result<int> case_set(Call&);
Result<int> case_ask(Call&);
Result<int> case_move(Call&);
Result<int> case_note(Call&);
Result<int> case_reopen(Call&);
Result<int> case_link(Call&);
Result<int> case_what_if(Call&);
Result<int> dataset_add(Call&);
Result<int> dataset_group(Call&);
Result<int> dataset_list(Call&);
Result<int> severity_assess(Call&);
Result<int> severity_list(Call&);
Result<int> severity_methods(Call&);
Result<int> case_list(Call&);
Result<int> case_show(Call&);
Result<int> case_history(Call&);
Result<int> case_explain(Call&);
Result<int> notice_record(Call&);
Result<int> notice_list(Call&);
Result<int> notice_draft(Call&);
Result<int> notice_receipt(Call&);
Result<int> notice_withdraw(Call&);
Result<int> decision_propose(Call&);
Result<int> decision_advise(Call&);
Result<int> decision_approve(Call&);
Result<int> decision_decline(Call&);
Result<int> decision_end(Call&);
Result<int> decision_list(Call&);
Result<int> action_add(Call&);
Result<int> action_done(Call&);
Result<int> action_drop(Call&);
Result<int> action_accept_risk(Call&);
Result<int> action_list(Call&);
Result<int> contact_add(Call&);
Result<int> contact_list(Call&);
Result<int> contact_remove(Call&);
Result<int> people_add(Call&);
Result<int> people_list(Call&);
Result<int> workflow_list(Call&);
Result<int> workflow_show(Call&);
Result<int> workflow_check(Call&);
Result<int> clock_list(Call&);
Result<int> clock_explain(Call&);
Result<int> calendar_list(Call&);
Result<int> calendar_show(Call&);
Result<int> audit_verify(Call&);
Result<int> replay(Call&);
Result<int> completion(Call&);
Result<int> config_get(Call&);
Result<int> config_set(Call&);
Result<int> config_unset(Call&);
Result<int> config_list(Call&);
Result<int> help(Call&);
Result<int> doctor(Call&);
Result<int> db_info(Call&);
Result<int> db_backup(Call&);
Result<int> version(Call&);

/// Answers a shell's question, "SHELL -- WORDS...", whose last word is the one at the cursor: a line for each word that can stand there, with a
/// tab and what it is; ":files" where names of files can. Not a verb: nobody types it. Prints no errors and writes nothing.
int answer_shell(World& world, const std::vector<std::string>& words);

}  // namespace tocsin::cli
