// SPDX-License-Identifier: Apache-2.0
#include "cli/screen/next_command.h"
#include "cli/screen/table.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {
namespace {

constexpr int kRoomForStates = 120;

Json json_of(const CaseSummary& one) {
  return Json::object({{"case", one.ref},
                       {"title", one.has_title ? Json(one.title) : Json()},
                       {"open", one.open},
                       {"states", states_json(one.states)},
                       {"opened_at", format_instant(one.opened_at)},
                       {"workflow", one.workflow},
                       {"version", one.version}});
}

void print_cases(const Screen& screen, const std::vector<CaseSummary>& cases) {
  const bool has_states = screen.columns() >= kRoomForStates;
  std::vector<Column> columns = {{"case"}, {"state"}, {"opened"}, {"title", true}};
  if (has_states) columns.insert(columns.end(), {{"workflow"}, {"states", true}});
  Table table(columns);
  for (const auto& one : cases) {
    std::vector<Cell> cells = {{one.ref, Tone::strong},
                               {one.open ? "open" : "closed", one.open ? Tone::plain : Tone::quiet},
                               {format_instant(one.opened_at).substr(0, 10), Tone::quiet},
                               {one.has_title ? visible(one.title) : "(title not readable)"}};
    if (has_states) {
      cells.push_back({one.workflow, Tone::quiet});
      std::string states;
      for (const auto& [region, state] : one.states)
        if (!region.starts_with("@")) states += (states.empty() ? "" : ", ") + region + ": " + state;
      cells.push_back({states, Tone::quiet});
    }
    table.row(std::move(cells));
  }
  table.print(screen);
}

}  // namespace

Result<int> case_list(Call& call) {
  auto limit = number_of(call, "--limit", 100, true);
  if (!limit) return std::move(limit).error();
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  const auto most = *limit == 0 ? std::size_t{10'000'000} : static_cast<std::size_t>(*limit) + 1;
  auto cases = (*shop)->engine().cases("", most);
  if (!cases) return std::move(cases).error();
  const bool more = *limit != 0 && cases->size() == most;
  if (more) cases->pop_back();
  const auto purpose = (*shop)->store().purpose();
  if (call.json()) {
    Json list = Json::array();
    for (const auto& one : *cases) list.push(json_of(one));
    call.print(Json::object({{"store", purpose}, {"more", more}, {"cases", list}}));
    return 0;
  }
  const Screen screen(call);
  screen.banner(banner(purpose));
  print_cases(screen, *cases);
  if (cases->empty()) screen.line("no cases yet -> tocsin " + next_command(call, "case open WORKFLOW --title TEXT"));
  if (more) screen.line("more: --limit all");
  return 0;
}

}  // namespace tocsin::cli
