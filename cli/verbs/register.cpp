// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/exports/breach_register.h"
#include "cli/verbs/recording.h"
#include "cli/words.h"

namespace tocsin::cli {

Result<int> breach_register(Call& call) {
  const auto format = call.json() ? "json" : call.has("--format") ? call.one("--format") : std::string("csv");
  if (format != "csv" && format != "json" && format != "markdown")
    return usage_error("--format is csv, json or markdown, not " + quoted(format));
  auto shop = open_shop(call, Missing::fails);
  if (!shop) return std::move(shop).error();
  auto now = reading_time(call, (*shop)->store());
  if (!now) return std::move(now).error();
  auto cases = (*shop)->engine().cases("", 10'000'000);
  if (!cases) return std::move(cases).error();
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : *cases) {
    auto view = (*shop)->engine().show(one.ref, *now);
    if (!view) return std::move(view).error();
    rows.push_back(register_row(*view, words_or_none((*shop)->engine(), *view)));
  }
  if (format == "csv") call.world.out << register_csv(rows);
  if (format == "markdown") call.world.out << banner((*shop)->store().purpose()) << register_markdown(rows);
  if (format != "json") return 0;
  Json list = Json::array();
  for (const auto& row : rows) {
    Json one = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i)
      one.set(register_columns()[i].first, row[i].empty() ? Json() : Json(row[i]));
    list.push(std::move(one));
  }
  call.print(Json::object({{"store", (*shop)->store().purpose()}, {"rows", list}}));
  return 0;
}

}  // namespace tocsin::cli
