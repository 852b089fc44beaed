// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "cli/screen/next_command.h"
#include "cli/verbs/recording.h"
#include "cli/views/reach.h"
#include "cli/views/views.h"
#include "cli/views/words.h"
#include "engine/commands/recorder.h"

namespace tocsin::cli {
namespace {

/// A case's book is written like anything else of the case; CASE stands in --case here.
Result<int> write_in_case(Call& call, const commands::Command& command) {
  call.values["CASE"] = {call.one("--case")};
  return record_on_case(call, command);
}

/// What is public according to the workflows of the library, each line once.
std::vector<Contact> public_contacts(const Call& call) {
  std::vector<Contact> all;
  const auto library = open_library(call);
  const auto names = library->names();
  if (!names) return all;
  for (const auto& name : *names) {
    const auto reading = library->find(name);
    if (!reading || reading->definition == nullptr) continue;
    for (const auto& one : reading->definition->contacts) {
      const bool is_known = std::any_of(all.begin(), all.end(), [&](const Contact& other) {
        return other.party == one.party && other.kind == one.kind && other.value == one.value;
      });
      if (!is_known)
        all.push_back({one.party, one.kind, one.value, one.hours, one.note, "public", 0, true, one.source, one.confidence});
    }
  }
  return all;
}

std::vector<std::string> known_parties(const Call& call) {
  std::vector<std::string> parties;
  const auto library = open_library(call);
  if (const auto names = library->names())
    for (const auto& name : *names)
      if (const auto reading = library->find(name); reading && reading->definition != nullptr)
        for (const auto& party : reading->definition->parties) parties.push_back(party.name);
  return parties;
}

void warn_about_party(const Call& call, const std::string& party) {
  const auto known = known_parties(call);
  if (known.empty() || std::find(known.begin(), known.end(), party) != known.end()) return;
  call.world.err << "tocsin: warning: no workflow has a party " << in_quotes(party) << commands::did_you_mean(party, known)
                 << "\n";
}

int print_site_outcome(const Call& call, const ports::EventStore& store, const Outcome& outcome) {
  const auto& body = outcome.events.empty() ? Json() : outcome.events.front().body;
  if (!outcome.dry_run && !outcome.repeated)
    call.world.recorded = "event " + std::to_string(outcome.version) + " of the list of people";
  if (call.json()) {
    call.print(Json::object({{"store", store.purpose()},
                             {"contact", body["contact"]},
                             {"version", outcome.version},
                             {"repeated", outcome.repeated},
                             {"dry_run", outcome.dry_run}}));
    return 0;
  }
  auto& out = call.world.out;
  out << banner(store.purpose()) << "address book of this store\n";
  if (outcome.repeated) out << "recorded before under this request id; nothing was written now\n";
  else
    out << (outcome.dry_run ? "would record: " : "recorded: ")
        << sentence_of(outcome.events.front(), zone_without_case(call.world)) << "\n";
  out << "what is said of a case alone stands with --case -> tocsin " << next_command(call, "contact list") << "\n";
  return 0;
}

Json json_of(const Contact& contact) {
  const auto text = [](const std::string& words) { return words.empty() ? Json() : Json(words); };
  auto json = Json::object({{"party", contact.party},
                            {"kind", contact.kind},
                            {"value", contact.readable ? Json(contact.value) : Json()},
                            {"hours", text(contact.hours)},
                            {"note", text(contact.note)},
                            {"scope", contact.scope},
                            {"contact", contact.number == 0 ? Json() : Json(contact.number)}});
  if (contact.scope == "public") json.set("source", contact.source).set("confidence", contact.confidence);
  return json;
}

void print_contact(const Contact& contact, std::ostream& out) {
  out << "  " << (contact.number == 0 ? "-" : std::to_string(contact.number)) << "  " << reach_text(contact) << "\n";
  if (!contact.note.empty()) out << "     " << visible(contact.note) << "\n";
  if (contact.scope == "public") out << "     source: " << contact.source << " (confidence " << contact.confidence << ")\n";
}

std::string heading(const std::string& scope) {
  if (scope == "case") return "of this case (remove with --case)";
  return scope == "store" ? "of this store" : "public (from the law files)";
}

}  // namespace

Result<int> contact_add(Call& call) {
  commands::AddContact command{call.one("PARTY"), call.one("--kind"), "", "", ""};
  for (auto [option, into] : {std::pair{"VALUE", &command.value}, {"--hours", &command.hours}, {"--note", &command.note}}) {
    auto text = text_of(call, option);
    if (!text) return std::move(text).error();
    *into = std::move(*text);
  }
  if (call.has("--case")) return write_in_case(call, command);
  auto request = request_of(call, TypedTimes(call, zone_without_case(call.world)));
  if (!request) return std::move(request).error();
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  auto outcome = (*shop)->engine().add_contact(command, *request);
  if (!outcome) return std::move(outcome).error();
  if (!outcome->repeated) warn_about_party(call, command.party);
  return print_site_outcome(call, (*shop)->store(), *outcome);
}

Result<int> contact_remove(Call& call) {
  auto number = number_of(call, "N", 0);
  if (!number) return std::move(number).error();
  auto because = text_of(call, "--because");
  if (!because) return std::move(because).error();
  const commands::RemoveContact command{static_cast<int>(std::min<std::int64_t>(*number, 1'000'000'000)), *because};
  if (call.has("--case")) return write_in_case(call, command);
  auto request = request_of(call, TypedTimes(call, zone_without_case(call.world)));
  if (!request) return std::move(request).error();
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  auto outcome = (*shop)->engine().remove_contact(command, *request);
  if (!outcome) return std::move(outcome).error();
  return print_site_outcome(call, (*shop)->store(), *outcome);
}

Result<int> contact_list(Call& call) {
  std::optional<Viewed> viewed;
  std::unique_ptr<Shop> shop;
  if (call.has("--case")) {
    call.values["CASE"] = {call.one("--case")};
    auto seen = view_case(call);
    if (!seen) return std::move(seen).error();
    viewed = std::move(*seen);
  } else {
    auto opened = open_shop(call);
    if (!opened) return std::move(opened).error();
    shop = std::move(*opened);
  }
  auto& house = viewed ? *viewed->shop : *shop;
  auto contacts = house.engine().contacts(viewed ? &viewed->view : nullptr);
  if (!contacts) return std::move(contacts).error();
  if (!viewed) {
    auto open = public_contacts(call);
    contacts->insert(contacts->end(), open.begin(), open.end());
  }
  const auto party = call.one("PARTY");
  if (!party.empty()) std::erase_if(*contacts, [&](const Contact& one) { return one.party != party; });
  if (call.json()) {
    Json list = Json::array();
    for (const auto& one : *contacts) list.push(json_of(one));
    auto body = Json::object({{"store", house.store().purpose()}, {"contacts", list}});
    if (viewed) body.set("case", viewed->view.file->ref);
    call.print(body);
    return 0;
  }
  auto& out = call.world.out;
  out << banner(house.store().purpose());
  std::string scope;
  for (const auto& one : *contacts) {
    if (one.scope != scope) out << (scope.empty() ? "" : "\n") << heading(scope = one.scope) << "\n";
    print_contact(one, out);
  }
  if (contacts->empty())
    out << (party.empty() ? "nobody's contact points are known" : "no contact point of " + in_quotes(party) + " is known")
        << " -> tocsin " << next_command(call, "contact add PARTY VALUE --kind phone|mail|web|post") << "\n";
  return 0;
}

}  // namespace tocsin::cli
