// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/workflow_drawing.h"
#include "cli/verbs/graphviz.h"
#include "cli/verbs/recording.h"
#include "cli/views/case_screen.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {

Result<int> case_show(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  if (call.has("--draw") || call.has("--format"))
    return print_drawing(call, draw(*view.definition, *view.file, view.people));
  const auto words = words_or_none(viewed->shop->engine(), view);
  if (call.json()) call.print(with_words(json_of(view, words), words));
  else {
    auto contacts = viewed->shop->engine().contacts(&view);
    if (!contacts) return std::move(contacts).error();
    print_case(Screen(call), view, words, {call.has("--all"), viewed->as_of, std::move(*contacts)});
  }
  return exit_code(words);
}

}  // namespace tocsin::cli
