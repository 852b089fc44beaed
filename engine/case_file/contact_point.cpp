// SPDX-License-Identifier: Apache-2.0
#include "engine/case_file/contact_point.h"

#include <algorithm>

#include "engine/case_file/fold_parts.h"

namespace tocsin::case_file {

using fold_parts::misfit;
using fold_parts::text_ref;

Result<void> apply_contact(std::vector<ContactPoint>& book, const ledger::Event& event) {
  const auto number = static_cast<int>(event.body["contact"].integer());
  const auto known = std::find_if(book.begin(), book.end(), [&](const ContactPoint& one) { return one.number == number; });
  if (event.type == "contact_removed") {
    if (known == book.end()) return misfit("there is no such contact point");
    known->removed = true;
    return {};
  }
  if (event.type != "contact_added") return misfit("no event of an address book is called '" + event.type + "'");
  if (known != book.end()) return misfit("the contact point was added before");
  book.push_back({number, event.n, event.body["party"].text(), event.body["kind"].text(), text_ref(event, "value"),
                  text_ref(event, "hours"), text_ref(event, "note"), event.by, event.at, false});
  return {};
}

const ContactPoint* standing_contact(const std::vector<ContactPoint>& book, int number) {
  const auto found =
      std::find_if(book.begin(), book.end(), [&](const ContactPoint& one) { return one.number == number && !one.removed; });
  return found == book.end() ? nullptr : &*found;
}

}  // namespace tocsin::case_file
