// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/calendar_reader.h"

namespace tocsin::yaml_library {

void check_calendar(Page& page, const Node& root, std::string_view name) {
  const Fields fields(page, root, "the calendar", {"calendar", "title", "about", "source", "holidays"});
  const auto said = fields.required_text("calendar");
  if (!said.empty() && said != name) {
    fields.wrong(*fields.find("calendar"),
                 "the file calls itself " + in_quotes(said) + " but is known as " + in_quotes(name),
                 "make the two the same");
  }
  fields.required_text("title");
  (void)fields.text("about");
  fields.required_text("source");
  fields.require("holidays");
  std::string before;
  for (const auto* date : fields.words("holidays")) {
    // The one judge of dates is parse_instant; a date alone has the wrong length for it.
    if (date->text.size() != 10 || !parse_instant(date->text + "T00:00Z")) {
      fields.wrong(*date, in_quotes(date->text) + " is no date", "write it like 2026-12-25");
    } else if (date->text < before) {
      fields.wrong(*date, in_quotes(date->text) + " stands after " + in_quotes(before), "put the dates in order");
    } else {
      before = date->text;
    }
  }
}

}  // namespace tocsin::yaml_library
