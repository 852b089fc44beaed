// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "cli/exports/breach_register.h"
#include "cli/verbs/leaving.h"
#include "cli/verbs/recording.h"
#include "cli/views/words.h"

namespace tocsin::cli {

Result<int> breach_register(Call& call) {
  const auto format = call.json() ? "json" : call.has("--format") ? call.one("--format") : std::string("csv");
  if (format != "csv" && format != "json" && format != "markdown")
    return usage_error("--format is csv, json or markdown, not " + in_quotes(format));
  auto leaving = leaving_of(call, "register");
  if (!leaving) return std::move(leaving).error();
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  auto now = reading_time(call, (*shop)->store());
  if (!now) return std::move(now).error();
  auto cases = (*shop)->engine().cases("", 10'000'000);
  if (!cases) return std::move(cases).error();
  std::vector<std::vector<std::string>> rows;
  const auto times = format == "json" ? RegisterTimes::utc : RegisterTimes::local;
  int code = 0;  // 7 where words are damaged
  for (const auto& one : *cases) {
    auto view = (*shop)->engine().show(one.ref, *now);
    if (!view) return std::move(view).error();
    auto words = words_that_leave(call, (*shop)->engine(), *view, *leaving,
                                  [&](const Words& some) { return register_csv({register_row(*view, some, times)}); });
    if (!words) return std::move(words).error();
    code = std::max(code, exit_code(*words));
    rows.push_back(register_row(*view, *words, times));
  }
  if (format == "csv") call.world.out << register_csv(rows);
  if (format == "markdown") call.world.out << banner((*shop)->store().purpose()) << register_markdown(rows);
  if (format != "json") return code;
  Json list = Json::array();
  for (const auto& row : rows) {
    Json one = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i)
      one.set(register_columns()[i].first, row[i].empty() ? Json() : Json(row[i]));
    list.push(std::move(one));
  }
  call.print(Json::object({{"store", (*shop)->store().purpose()}, {"rows", list}}));
  return code;
}

}  // namespace tocsin::cli
