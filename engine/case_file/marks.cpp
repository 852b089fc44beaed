// SPDX-License-Identifier: Apache-2.0
#include "engine/case_file/marks.h"

namespace tocsin::case_file {

Marks marks_of(const ledger::Event& event) {
  const auto& marks = event.body["marks"];
  return {marks["marking"].text(), marks["privileged"].boolean()};
}

Json to_json(const Marks& marks) {
  auto json = Json::object();
  if (!marks.marking.empty()) json.set("marking", marks.marking);
  if (marks.privileged) json.set("privileged", true);
  return json;
}

bool is_markable(std::string_view field) { return field != "title" && field != "reference"; }

}  // namespace tocsin::case_file
