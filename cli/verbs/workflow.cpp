// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {

Result<int> workflow_list(Call& call) {
  const auto library = open_library(call);
  auto names = library->names();
  if (!names) return std::move(names).error();
  if (names->empty())
    return Error{Errc::not_found,
                 "there is no workflow in " + in_quotes(library_folder(call)) +
                     ": name another folder with --workflows or TOCSIN_WORKFLOWS",
                 "",
                 {},
                 "config get workflows"};
  Json list = Json::array();
  for (const auto& name : *names) {
    auto reading = library->find(name);
    const bool sound = reading && reading->definition != nullptr;
    list.push(Json::object({{"name", name},
                            {"title", sound ? Json(reading->definition->title) : Json()},
                            {"version", sound ? Json(reading->definition->version) : Json()},
                            {"digest", sound ? Json(reading->definition->digest) : Json()}}));
    if (!call.json())
      call.world.out << name << "  " << (sound ? reading->definition->title : "has mistakes: tocsin workflow check " + name)
                     << "\n";
  }
  if (call.json()) call.print(Json::object({{"workflows", list}}));
  return 0;
}

Result<int> workflow_check(Call& call) {
  const auto library = open_library(call);
  Json list = Json::array();
  bool wrong = false;
  for (const auto& file : call.all("FILE")) {
    auto reading = library->find(file);
    if (!reading) return std::move(reading).error();
    wrong = wrong || reading->definition == nullptr;
    for (const auto& issue : reading->issues) {
      list.push(Json::object({{"file", issue.place.file},
                              {"line", issue.place.line},
                              {"column", issue.place.column},
                              {"severity", issue.is_warning ? "warning" : "error"},
                              {"message", issue.message},
                              {"hint", issue.hint}}));
      if (!call.json()) call.world.out << workflow::format_issue(issue);
    }
    if (!call.json() && reading->definition != nullptr)
      call.world.out << reading->definition->name << " version " << reading->definition->version << ": no mistakes\n";
  }
  if (call.json()) call.print(Json::object({{"issues", list}}));
  return wrong ? 2 : 0;
}

}  // namespace tocsin::cli
