// SPDX-License-Identifier: Apache-2.0
#include "cli/views/reach.h"

#include "cli/views/views.h"

namespace tocsin::cli {
namespace {

std::string by_what(const Contact& contact) {
  if (!contact.readable) return contact.kind + " (its words cannot be read)";
  return contact.kind + " " + visible(contact.value) +
         (contact.hours.empty() ? std::string() : " (" + visible(contact.hours) + ")");
}

}  // namespace

std::string reach_text(const Contact& contact) { return contact.party + "  " + by_what(contact); }

std::vector<std::string> reach_lines(const std::vector<Contact>& contacts, const std::string& party) {
  std::vector<std::string> lines;
  for (const auto& one : contacts)
    if (one.party == party) lines.push_back(by_what(one));
  return lines;
}

}  // namespace tocsin::cli
