// SPDX-License-Identifier: Apache-2.0
#include "engine/commands/decide.h"

#include <algorithm>
#include <cctype>

#include "engine/commands/recorder.h"
#include "engine/workflow/situation.h"

namespace tocsin::commands {

using namespace workflow;  // commands are judged in its words

namespace {

/// Far more than any real case needs in one step; a workflow that gets here feeds itself.
constexpr int kMostSuggestions = 1000;

Error endless(const Definition& definition) {
  return Error{Errc::invalid,
               "the workflow suggests events without end: its file is at fault, run 'tocsin workflow check'",
               "workflow",
               {},
               "workflow check " + definition.name};
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && is_utf8(name) && !has_control_characters(name) &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return std::isalnum(c) || c == '.' || c == '_' || c == '-' || c == ' ' || c >= 0x80;
         });
}

Result<void> dispatch(Recorder& recorder, const Command& command) {
  struct Doors {
    Recorder& recorder;
    Result<void> operator()(const SetFacts& c) const { return set_facts(recorder, c); }
    Result<void> operator()(const Note& c) const { return note(recorder, c); }
    Result<void> operator()(const Move& c) const { return move(recorder, c); }
    Result<void> operator()(const RecordNotice& c) const { return record_notice(recorder, c); }
    Result<void> operator()(const RecordReceipt& c) const { return record_receipt(recorder, c); }
    Result<void> operator()(const Propose& c) const { return propose(recorder, c); }
    Result<void> operator()(const Advise& c) const { return advise(recorder, c); }
    Result<void> operator()(const Approve& c) const { return approve(recorder, c); }
    Result<void> operator()(const Decline& c) const { return decline(recorder, c); }
    Result<void> operator()(const AddAction& c) const { return add_action(recorder, c); }
    Result<void> operator()(const FinishAction& c) const { return finish_action(recorder, c); }
    Result<void> operator()(const DropAction& c) const { return drop_action(recorder, c); }
    Result<void> operator()(const AcceptRisk& c) const { return accept_risk(recorder, c); }
    Result<void> operator()(const Reopen& c) const { return reopen(recorder, c); }
    Result<void> operator()(const EndRestriction& c) const { return end_restriction(recorder, c); }
    Result<void> operator()(const AddDataSet& c) const { return add_data_set(recorder, c); }
    Result<void> operator()(const AssessSeverity& c) const { return assess_severity(recorder, c); }
    Result<void> operator()(const LinkIncident& c) const { return link_incident(recorder, c); }
    Result<void> operator()(const AddContact& c) const { return add_contact(recorder, c); }
    Result<void> operator()(const RemoveContact& c) const { return remove_contact(recorder, c); }
    Result<void> operator()(const IncludePrivileged& c) const { return include_privileged(recorder, c); }
    Result<void> operator()(const AllowIdentifiers& c) const { return allow_identifiers(recorder, c); }
  };
  return std::visit(Doors{recorder}, command);
}

}  // namespace

Result<void> Recorder::record(std::string_view type, Instant at, Json body, const Words& words) {
  Draft draft;
  draft.event.type = type;
  draft.event.at = at;
  draft.event.by = asked_.by;
  draft.event.body = std::move(body);
  for (const auto& [field, text] : words) {
    if (text.empty()) continue;
    draft.event.texts.emplace(field, "");
    draft.words.emplace(field, text);
  }
  const bool is_marked = !asked_.marks.empty() && std::any_of(draft.words.begin(), draft.words.end(), [](const auto& one) {
    return case_file::is_markable(one.first);
  });
  if (is_marked) draft.event.body.set("marks", case_file::to_json(asked_.marks));
  has_marked_ = has_marked_ || is_marked;
  return record(std::move(draft));
}

Result<void> Recorder::record(Draft draft) {
  draft.event.stream = file_.ref;
  draft.event.n = file_.version + 1;
  draft.event.recorded_at = asked_.now;
  draft.event.account = asked_.account;
  draft.event.program = asked_.program;
  if (auto ok = file_.apply(draft.event); !ok) {
    auto error = std::move(ok).error();
    if (error.code == Errc::refused && error.next.empty())
      error.next = file_.stage == case_file::Stage::closed ? "case reopen " + file_.ref + " --because TEXT"
                                                           : "case show " + file_.ref;
    return error;
  }
  drafts_.push_back(std::move(draft));
  return {};
}

Result<void> Recorder::follow() {
  for (int i = 0; i < kMostSuggestions; ++i) {
    auto suggestion = plan(asked_.definition, file_, asked_.now);
    if (!suggestion) return {};
    if (auto ok = record(std::move(*suggestion)); !ok) return ok;
  }
  return endless(asked_.definition);
}

Result<void> Recorder::follow_observation() {
  const auto cause = file_.version;
  if (auto ok = follow(); !ok) return ok;
  if (file_.stage != case_file::Stage::closed || nothing_owed(asked_.definition, file_)) return {};
  Draft reopened;
  reopened.event.type = "case_reopened";
  reopened.event.by = ledger::kClock;
  reopened.event.at = asked_.now;
  reopened.event.body = Json::object({{"cause", cause}});
  if (auto ok = record(std::move(reopened)); !ok) return ok;
  return follow();  // the clock judges again
}

Result<std::vector<Draft>> decide(const Asked& asked, case_file::CaseFile& file, const Command& command) {
  if (asked.at > asked.now) return invalid("the time lies in the future: --at says when a thing happened");
  if (auto ok = listed_by(asked.people, asked.by); !ok) return std::move(ok).error();
  if (auto ok = check_marks(asked.definition, asked.marks); !ok) return std::move(ok).error();
  Recorder recorder(asked, file);
  if (auto ok = recorder.follow(); !ok) return std::move(ok).error();
  if (auto ok = dispatch(recorder, command); !ok) return std::move(ok).error();
  if (!asked.marks.empty() && !recorder.has_marked()) return nothing_to_mark();
  return recorder.take();
}

Result<std::vector<Draft>> decide_opening(const Asked& asked, case_file::CaseFile& file, std::string_view store,
                                          const OpenCase& command) {
  if (!is_reference(command.ref))
    return invalid("a case reference is 1 to 64 letters, digits, dots, underscores or hyphens: choose another with --ref");
  if (asked.at > asked.now) return invalid("the time lies in the future: --at says when a thing happened");
  if (auto ok = listed_by(asked.people, asked.by); !ok) return std::move(ok).error();
  if (auto ok = check_marks(asked.definition, asked.marks); !ok) return std::move(ok).error();
  if (command.title.empty()) return invalid("a case needs a title: give one with --title");
  if (auto ok = check_title("the title", command.title); !ok) return std::move(ok).error();
  file.ref = command.ref;
  Json states = Json::object();
  for (const auto& region : asked.definition.regions) states.set(region.name, region.initial().name);
  Recorder recorder(asked, file);
  auto body = Json::object({{"store", store},
                            {"workflow", asked.definition.name},
                            {"workflow_version", asked.definition.version},
                            {"definition", asked.definition.digest},
                            {"states", states}});
  if (auto ok = recorder.record("case_opened", asked.at, std::move(body), {{"title", command.title}}); !ok)
    return std::move(ok).error();
  if (!command.incident.empty())
    if (auto ok = link_incident(recorder, LinkIncident{command.incident}); !ok) return std::move(ok).error();
  if (!command.facts.empty())
    if (auto ok = set_facts(recorder, SetFacts{command.facts, {}, {}, {}}); !ok) return std::move(ok).error();
  if (!asked.marks.empty() && !recorder.has_marked()) return nothing_to_mark();
  if (auto ok = recorder.follow(); !ok) return std::move(ok).error();
  return recorder.take();
}

Result<std::vector<Draft>> advance(const Definition& definition, case_file::CaseFile& file, Instant now) {
  static const case_file::People nobody;
  const Asked asked{definition, nobody, std::string(ledger::kClock), "", "", std::max(now, file.last_recorded), now};
  Recorder recorder(asked, file);
  if (auto ok = recorder.follow(); !ok) return std::move(ok).error();
  return recorder.take();
}

Result<void> may_list_people(const case_file::People& site, std::string_view by) {
  if (site.empty() || by == site.admin || site.holds(by, "admin")) return {};
  return forbidden("only an admin may list people: " + site.admin + " made the first entry", "people", {"role.admin"},
                   "people list");
}

Result<Draft> decide_person(const case_file::People& site, const AddPerson& command, std::string_view by,
                            std::string_view account, std::string_view program, Instant now) {
  if (!is_name(command.name) || command.name == ledger::kClock)
    return invalid("a name is 1 to 64 letters, digits, dots, spaces or hyphens, and not 'clock'");
  if (command.roles.empty())
    return invalid("a person needs at least one role: give --role handler,dpo,siro,gold or another",
                   "people add " + command.name + " --role ROLE");
  for (const auto& role : command.roles)
    if (!is_name(role)) return invalid("a role is a word of letters, digits or hyphens");
  if (command.until && *command.until <= now) return invalid("a role that ends, ends in the future: give another --until");
  if (auto ok = may_list_people(site, by); !ok) {
    auto error = std::move(ok).error();
    error.next = "people add " + command.name + " --role ROLE --as " + site.admin;
    return error;
  }
  for (const auto& person : site.listed)
    if (person.name != command.name && equal_ignoring_case(person.name, command.name))
      return Error{
          Errc::conflict,
          "'" + person.name + "' is listed, and names differ in more than case: write it so, or choose another name",
          "people",
          {},
          "people list"};
  Draft draft;
  draft.event.stream = ledger::kSiteStream;
  draft.event.n = site.version + 1;
  draft.event.type = "person_added";
  draft.event.at = now;
  draft.event.recorded_at = std::max(now, site.last_recorded);
  draft.event.by = by;
  draft.event.account = account;
  draft.event.program = program;
  draft.event.prev = site.last_seal;
  draft.event.body = Json::object({{"person", command.name}, {"roles", Json::array(command.roles)}});
  if (command.until) draft.event.body.set("until", format_instant(*command.until));
  return draft;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool is_reference(std::string_view ref) {
  return !ref.empty() && ref.size() <= 64 && std::all_of(ref.begin(), ref.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '_' || c == '-';
  });
}

Result<void> listed_by(const case_file::People& people, std::string_view by) {
  if (by.empty()) return invalid("nobody is named: say who you are with --as NAME");
  if (people.empty() || people.lists(by)) return {};
  if (people.find(by) != nullptr)
    return forbidden("'" + std::string(by) + "' holds no role any longer: the last one has ended; ask " + people.admin +
                         " to list you again",
                     "people", {"role.listed"}, "people list");
  return forbidden("'" + std::string(by) + "' is not listed here: say who you are with --as NAME, or ask " + people.admin +
                       " to list you",
                   "people", {"role.listed"}, "people list");
}

Result<void> holds(const Asked& asked, std::string_view role, std::string_view what) {
  if (asked.people.holds(asked.by, role)) return {};
  const auto holders = asked.people.holders(role);
  std::string who;
  for (const auto& name : holders) who += (who.empty() ? "" : " or ") + name;
  return forbidden(std::string(what) + " needs the role '" + std::string(role) + "', which " +
                       (who.empty() ? "nobody listed holds" : who + " holds") + " and '" + asked.by + "' does not",
                   std::string(what), {"role." + std::string(role)},
                   who.empty() ? "people add NAME --role " + std::string(role) : "people list");
}

Error invalid(std::string message, std::string next) {
  return Error{Errc::invalid, std::move(message), "", {}, std::move(next)};
}
Error refused(std::string message, std::string by, std::string next) {
  return Error{Errc::refused, std::move(message), std::move(by), {}, std::move(next)};
}
Error forbidden(std::string message, std::string by, std::vector<std::string> missing, std::string next) {
  return Error{Errc::forbidden, std::move(message), std::move(by), std::move(missing), std::move(next)};
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const auto nearest = guard::nearest(word, known);
  return nearest.empty() ? "" : "; did you mean '" + nearest + "'?";
}

Result<void> check_channel(std::string_view channel) {
  const bool fits =
      !channel.empty() && channel.size() <= 40 &&
      std::all_of(channel.begin(), channel.end(), [](unsigned char c) { return std::isalnum(c) || c == ' ' || c == '-'; });
  if (fits) return {};
  return invalid(
      "a channel is 1 to 40 letters, digits, spaces or hyphens, like telephone or web-form; names and numbers of people "
      "belong into the text");
}

Result<void> check_words(std::string_view what, std::string_view words) {
  if (words.size() > (1u << 20))
    return invalid(std::string(what) + " is longer than 1 MiB: shorten it, or record where it is kept");
  if (!is_utf8(words)) return invalid(std::string(what) + " is not valid UTF-8: save it as UTF-8 and try again");
  if (!words.empty() && words.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return invalid(std::string(what) + " has only blanks: it needs words");
  return {};
}

bool has_control_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7f) return true;
    // U+0080 to U+009F, which a terminal may obey, too.
    if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
  }
  return false;
}

Result<void> check_title(std::string_view what, std::string_view title) {
  if (auto ok = check_words(what, title); !ok) return ok;
  if (!has_control_characters(title)) return {};
  return invalid(std::string(what) + " is one line without control characters: put the rest into a note");
}

}  // namespace tocsin::commands
