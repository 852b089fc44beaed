// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "cli/exports/breach_register.h"
#include "cli/verbs/leaving.h"
#include "cli/verbs/recording.h"
#include "cli/words.h"

namespace tocsin::cli {

Result<int> breach_register(Call& call) {
  const auto format = call.json() ? "json" : call.has("--format") ? call.one("--format") : std::string("csv");
  if (format != "csv" && format != "json" && format != "markdown")
    return usage_error("--format is csv, json or markdown, not " + quoted(format));
  auto leaving = leaving_of(call);
  if (!leaving) return std::move(leaving).error();
  auto shop = open_shop(call, Missing::fails);
  if (!shop) return std::move(shop).error();
  auto now = reading_time(call, (*shop)->store());
  if (!now) return std::move(now).error();
  auto cases = (*shop)->engine().cases("", 10'000'000);
  if (!cases) return std::move(cases).error();
  std::vector<std::vector<std::string>> rows;
  int code = 0;  // 7 where words are damaged
  bool left_out = false;
  for (const auto& one : *cases) {
    auto view = (*shop)->engine().show(one.ref, *now);
    if (!view) return std::move(view).error();
    const auto words = words_or_none((*shop)->engine(), *view);
    code = std::max(code, exit_code(words));
    auto row = register_row(*view, without_privileged(words));
    if (auto whole = register_row(*view, words); whole != row) {
      left_out = true;
      if (leaving->with_privileged) {
        if (auto ok = record_privileged(call, (*shop)->engine(), *view, "register", *leaving); !ok)
          return std::move(ok).error();
        row = std::move(whole);
      }
    }
    rows.push_back(std::move(row));
  }
  if (left_out && !leaving->with_privileged) say_left_out(call);
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
