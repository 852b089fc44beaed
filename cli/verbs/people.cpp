// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/verbs/recording.h"
#include "cli/views.h"
#include "cli/words.h"

namespace tocsin::cli {

Result<int> people_add(Call& call) {
  auto request = request_of(call);
  if (!request) return std::move(request).error();
  auto shop = open_shop(call, Missing::is_made);
  if (!shop) return std::move(shop).error();
  auto outcome = (*shop)->engine().add_person({call.one("NAME"), list_of(call.one("--role"))}, *request);
  if (!outcome) return std::move(outcome).error();
  auto people = (*shop)->engine().people();
  if (!people) return std::move(people).error();
  if (call.json()) {
    call.print(Json::object({{"store", (*shop)->store().purpose()},
                             {"person", call.one("NAME")},
                             {"roles", Json::array(list_of(call.one("--role")))},
                             {"version", outcome->version},
                             {"repeated", outcome->repeated},
                             {"dry_run", outcome->dry_run}}));
    return 0;
  }
  call.world.out << "people of this store (names are claimed, not proven)\n"
                 << (outcome->dry_run ? "would record: " : "recorded: ") << call.one("NAME") << " as " << call.one("--role")
                 << "\n"
                 << people->listed.size() << " listed, " << (people->admin.empty() ? request->by : people->admin)
                 << " may list others -> tocsin people list\n";
  return 0;
}

Result<int> people_list(Call& call) {
  auto shop = open_shop(call, Missing::fails);
  if (!shop) return std::move(shop).error();
  auto people = (*shop)->engine().people();
  if (!people) return std::move(people).error();
  Json list = Json::array();
  for (const auto& person : people->listed) {
    list.push(Json::object(
        {{"name", person.name}, {"roles", Json::array(person.roles)}, {"since", format_instant(person.since)}}));
    if (!call.json()) call.world.out << person.name << "  " << shown(Json::array(person.roles)) << "\n";
  }
  if (call.json())
    call.print(Json::object({{"store", (*shop)->store().purpose()},
                             {"admin", people->admin.empty() ? Json() : Json(people->admin)},
                             {"people", list}}));
  else if (people->listed.empty())
    call.world.out << "nobody is listed: anyone may open, set, note and record -> tocsin people add NAME --role ROLE\n";
  return 0;
}

}  // namespace tocsin::cli
