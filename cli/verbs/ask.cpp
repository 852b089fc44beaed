// SPDX-License-Identifier: Apache-2.0
// Taking the unknown facts of a case from a person, or listing what would be asked.
#include <ostream>

#include "cli/interview/conversation.h"
#include "cli/interview/terminal_voice.h"
#include "cli/interview/wording.h"
#include "cli/times/typed_times.h"
#include "cli/verbs/recording.h"
#include "cli/views/words.h"
#include "engine/workflow/questions.h"

namespace tocsin::cli {
namespace {

int print_list(const Call& call, const CaseView& view, const Words& words) {
  const auto questions = workflow::questions(*view.definition, *view.file, view.people, view.now);
  const Wording wording{view, words, call.setting("as").empty() ? call.world.account : call.setting("as"),
                        call.world.terminal.columns};
  if (call.json()) {
    Json list = Json::array();
    for (const auto& question : questions) list.push(wording.json(question));
    call.print(
        with_words(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"questions", list}}), words));
    return exit_code(words);
  }
  auto& out = call.world.out;
  out << banner(view.file->store) << view.file->ref << "  " << word_at(words, view.file->title, "(title not readable)")
      << "\n";
  std::size_t number = 0;
  for (const auto& question : questions) out << wording.listed(question, ++number);
  if (view.file->stage != case_file::Stage::open) out << "the case is closed: nothing is asked\n";
  else if (questions.empty()) out << "everything that the workflow asks is known\n";
  else
    out << "answer with: tocsin case set " << view.file->ref << " NAME=VALUE, or at a terminal with: tocsin case ask "
        << view.file->ref << "\n";
  return exit_code(words);
}

}  // namespace

Result<int> case_ask(Call& call) {
  const auto& terminal = call.world.terminal;
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& shop = viewed->shop;
  const auto& view = viewed->view;
  if (!terminal.in || !terminal.out || call.json()) return print_list(call, view, words_or_none(shop->engine(), view));
  if (shop->store().purpose() != "live")
    return Error{Errc::refused,
                 "this is a " + shop->store().purpose() +
                     " store: nobody writes to it, so nothing is asked; to read the questions: tocsin case ask CASE | cat",
                 "store"};
  auto request = request_of(call, TypedTimes(call, view.definition->zone));
  if (!request) return std::move(request).error();
  warn_about_clock(call, shop->store());
  call.world.out.flush();
  TerminalVoice voice;
  return Conversation(call, shop->engine(), view.file->ref, std::move(*request), voice).hold();
}

}  // namespace tocsin::cli
