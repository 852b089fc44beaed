// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/contact_reader.h"

namespace tocsin::yaml_library {

using workflow::PublicContact;

namespace {

PublicContact read_contact(const Fields& fields, const std::string& party) {
  PublicContact contact;
  contact.party = party;
  contact.place = fields.place();
  contact.kind = fields.one_of("kind", workflow::contact_kinds());
  contact.value = fields.required_text("value");
  contact.hours = fields.text("hours");
  contact.note = fields.text("note");
  contact.source = fields.required_text("source", "add source: with the page where it was read");
  contact.confidence = fields.one_of("confidence", {"A", "B", "C", "M"});
  return contact;
}

}  // namespace

std::vector<PublicContact> read_contacts(Page& page, const Node& root) {
  std::vector<PublicContact> all;
  const auto* node = root.member("contacts");
  if (node == nullptr) return all;
  std::vector<std::string> parties;
  for (const auto& [name, value] : node->members) parties.push_back(name.text);
  const Fields fields(page, *node, "'contacts'", parties);
  for (const auto& [name, value] : node->members) {
    if (!is_name(name.text))
      fields.wrong(name, in_quotes(name.text) + " cannot be the name of a party", "name it as workflows do: ico");
    if (value.kind != Node::Kind::list) {
      fields.wrong(value,
                   "the contacts of " + in_quotes(name.text) + " must be a list, not " + std::string(name_of(value.kind)));
      continue;
    }
    for (const auto& item : value.items) {
      const Fields one(page, item, "a contact of " + in_quotes(name.text),
                       {"kind", "value", "hours", "note", "source", "confidence"});
      all.push_back(read_contact(one, name.text));
    }
  }
  return all;
}

}  // namespace tocsin::yaml_library
