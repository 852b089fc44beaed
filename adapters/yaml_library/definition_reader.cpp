// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/definition_reader.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "adapters/yaml_library/calendar_reader.h"
#include "adapters/yaml_library/contact_reader.h"
#include "adapters/yaml_library/law_reader.h"
#include "adapters/yaml_library/method_reader.h"
#include "adapters/yaml_library/workflow_reader.h"

namespace tocsin::yaml_library {

using workflow::Definition;
using workflow::Issue;
using workflow::Place;
using workflow::SourceFile;

namespace {

bool comes_before(const Issue& a, const Issue& b) {
  return std::tie(a.place.file, a.place.line, a.place.column) < std::tie(b.place.file, b.place.line, b.place.column);
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

/// One reading: the files fetched so far and what is wrong with them.
class Collector {
 public:
  Collector(const SourceFile& workflow, std::string shown, const Fetch& fetch)
      : page_(std::move(shown), workflow.text), folder_(folder_of(workflow.path)), fetch_(fetch) {
    definition_.files.push_back(workflow);
  }

  ports::Reading read() {
    const auto root = read_tree(page_);
    if (!root) return {nullptr, page_.issues()};
    definition_ = [&] {
      auto files = std::move(definition_.files);
      auto read = read_workflow(page_, *root);
      read.files = std::move(files);
      return read;
    }();
    for (const auto& name : definition_.law) add_law(name);
    if (!definition_.calendar.empty()) add_calendar(definition_.calendar, definition_.places["calendar"]);
    add_calendars_of_clocks();
    for (const auto& name : definition_.wanted_methods) add_method(name);
    for (const auto& obligation : definition_.obligations) add_notice(obligation);
    if (!unreadable_.empty()) return {nullptr, unreadable_};
    return finish();
  }

 private:
  /// The text of another file, or none after saying at `place` why not.
  /// `named` is how the workflow names it.
  const std::string* fetch(const std::string& path, const std::string& named, const Place& place, const std::string& hint) {
    for (const auto& file : definition_.files) {
      if (file.path == path) return &file.text;
    }
    auto text = stays_inside(path) ? fetch_(path)
                                   : Result<std::string>(Error{Errc::invalid, "the path leaves the library", {}, {}, {}});
    if (!text) {
      const auto& near = text.error().next;  // the library may know a file of nearly that name
      others_.push_back({place, false, "cannot read " + in_quotes(named) + ": " + text.error().message,
                         near.empty() ? hint : near, line_of(place)});
      return nullptr;
    }
    definition_.files.push_back({path, std::move(*text)});
    return &definition_.files.back().text;
  }

  void add_law(const std::string& name) {
    const auto place = definition_.places["law." + name];
    if (!is_name_with_hyphens(name)) {
      page_.wrong(place, in_quotes(name) + " cannot be the name of a law file", "name a file in law/, without .yaml");
      law_is_missing_ = true;
      return;
    }
    const auto path = "law/" + name + ".yaml";
    const auto* text = fetch(path, path, place, "law files lie in the library's folder law/");
    if (text == nullptr) {
      law_is_missing_ = true;
      return;
    }
    const auto kept = *text;  // fetching more files may move the list they lie in
    Page page(path, kept);
    const auto root = read_tree(page);
    if (root) {
      auto clocks = read_law(page, *root, name);
      std::move(clocks.begin(), clocks.end(), std::back_inserter(definition_.clocks));
      auto contacts = read_contacts(page, *root);
      std::move(contacts.begin(), contacts.end(), std::back_inserter(definition_.contacts));
    }
    keep(page, root.has_value());
    lines_.emplace(path, kept);
  }

  /// The calendars in whose days the clocks of this workflow are counted.
  void add_calendars_of_clocks() {
    for (const auto& obligation : definition_.obligations) {
      const auto* clock = definition_.clock(obligation.clock);
      if (clock == nullptr) continue;
      for (const auto& version : clock->versions)
        if (!version.calendar.empty()) add_calendar(version.calendar, clock->place);
    }
  }

  void add_calendar(const std::string& name, const Place& place) {
    if (definition_.calendars.contains(name)) return;
    if (!is_name_with_hyphens(name)) {
      page_.wrong(place, in_quotes(name) + " cannot be the name of a calendar", "name a file in calendars/, without .yaml");
      return;
    }
    const auto path = "calendars/" + name + ".yaml";
    const auto* text = fetch(path, path, place, "calendars lie in the library's folder calendars/");
    if (text == nullptr) return;
    auto& calendar = definition_.calendars[name];
    const std::string kept = *text;  // the list of files may move when the zone is added to it
    lines_.emplace(path, kept);
    Page page(path, kept);
    const auto root = read_tree(page);
    if (root) {
      calendar = read_calendar(page, *root, name);
      if (const auto* zone = root->member("zone")) add_zone(calendar.zone, page.place(zone->line, zone->byte));
    }
    keep(page, root.has_value());
  }

  void add_zone(calendar::Zone& zone, const Place& place) {
    const auto path = path_of_zone(zone.name);
    if (!stays_inside(path))
      return others_.push_back(
          {place, false, in_quotes(zone.name) + " is not the name of a time zone", "write it like Europe/London", {}});
    const auto* text =
        fetch(path, path, place, "the offsets of zones lie in the library's folder zones/; scripts/zones makes them");
    if (text == nullptr) return;
    Page page(path, *text);
    const auto root = read_tree(page);
    if (root) zone = read_zone(page, *root, zone.name);
    keep(page, root.has_value());
  }

  void add_method(const std::string& name) {
    const auto place = definition_.places["methods." + name];
    if (!is_name_with_hyphens(name)) {
      page_.wrong(place, in_quotes(name) + " cannot be the name of a method", "name a file in methods/, without .yaml");
      return;
    }
    const auto path = "methods/" + name + ".yaml";
    const auto* text = fetch(path, path, place, "methods lie in the library's folder methods/");
    if (text == nullptr) return;
    Page page(path, *text);
    const auto root = read_tree(page);
    if (root) definition_.methods.push_back(read_method(page, *root, name));
    keep(page, root.has_value());
  }

  void add_notice(const workflow::Obligation& obligation) {
    if (obligation.notice.empty()) return;
    const auto place = definition_.places["obligations." + obligation.name + ".notice." + obligation.notice];
    if (!stays_inside(obligation.notice)) {
      page_.wrong(place, in_quotes(obligation.notice) + " is no path beside the workflow",
                  "write it like notices/report.md");
      return;
    }
    fetch(folder_ + obligation.notice, obligation.notice, place, "notices lie beside the workflow");
  }

  void keep(const Page& page, bool is_yaml) {
    auto& into = is_yaml ? others_ : unreadable_;
    into.insert(into.end(), page.issues().begin(), page.issues().end());
  }

  ports::Reading finish() {
    auto issues = page_.issues();
    issues.insert(issues.end(), others_.begin(), others_.end());
    for (auto& issue : check(definition_)) {
      if (law_is_missing_ && is_at_a_clock(issue.place)) continue;  // its law could not be read: said already
      issue.line = line_of(issue.place);
      issues.push_back(std::move(issue));
    }
    std::stable_sort(issues.begin(), issues.end(), comes_before);
    const bool wrong = std::any_of(issues.begin(), issues.end(), [](const Issue& one) { return !one.is_warning; });
    if (wrong) return {nullptr, std::move(issues)};
    std::sort(definition_.files.begin(), definition_.files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    definition_.digest = definition_digest(definition_.files);
    return {std::make_shared<const Definition>(std::move(definition_)), std::move(issues)};
  }

  bool is_at_a_clock(const Place& place) const {
    return std::any_of(definition_.obligations.begin(), definition_.obligations.end(), [&](const auto& one) {
      const auto word = definition_.places.find("obligations." + one.name + ".clock." + one.clock);
      return word != definition_.places.end() && word->second.line == place.line && word->second.column == place.column;
    });
  }

  std::string line_of(const Place& place) const {
    if (place.file == page_.path()) return page_.line_of(place);
    const auto found = lines_.find(place.file);
    return found == lines_.end() ? std::string() : Page(found->first, found->second).line_of(place);
  }

  Page page_;
  std::string folder_;
  const Fetch& fetch_;
  Definition definition_;
  bool law_is_missing_ = false;
  std::map<std::string, std::string> lines_;  ///< law files, for the lines of what check() finds there
  std::vector<Issue> others_;
  std::vector<Issue> unreadable_;
};

}  // namespace

ports::Reading read_definition(const SourceFile& workflow, const std::string& shown, const Fetch& fetch) {
  return Collector(workflow, shown, fetch).read();
}

LawReading read_law_file(const SourceFile& file) {
  auto name = file.path.substr(folder_of(file.path).size());
  if (name.ends_with(".yaml")) name.resize(name.size() - 5);
  Page page(file.path, file.text);
  const auto root = read_tree(page);
  LawReading reading;
  if (root) reading.clocks = read_law(page, *root, name);
  if (root) (void)read_contacts(page, *root);
  reading.issues = page.issues();
  for (auto& issue : check_clocks(reading.clocks)) {
    issue.line = page.line_of(issue.place);
    reading.issues.push_back(std::move(issue));
  }
  std::stable_sort(reading.issues.begin(), reading.issues.end(), comes_before);
  return reading;
}

std::string workflow_name_in(const SourceFile& file) {
  Page page(file.path, file.text);
  const auto root = read_tree(page);
  if (!root || root->member("story") != nullptr) return {};
  const auto* name = root->member("workflow");
  return name == nullptr ? std::string() : name->text;
}

bool stays_inside(std::string_view path) {
  if (path.empty() || path.size() > 255 || path.front() == '/') return false;
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '_' ||
           c == '-';
  });
  for (bool more = plain; more;) {
    const auto slash = path.find('/');
    const auto part = path.substr(0, slash);
    if (part.empty() || part.front() == '.') return false;  // "..", "." and hidden files alike
    more = slash != std::string_view::npos;
    if (more) path.remove_prefix(slash + 1);
  }
  return plain;
}

std::optional<workflow::Definition> read_outline(const std::vector<workflow::SourceFile>& files) {
  for (const auto& file : files) {
    if (!file.text.starts_with("workflow:") && file.text.find("\nworkflow:") == std::string::npos) continue;
    Page page(file.path, file.text);
    const auto root = read_tree(page);
    if (!root) continue;
    auto definition = read_workflow(page, *root);
    for (const auto& obligation : definition.obligations) {
      if (definition.clock(obligation.clock) != nullptr) continue;
      workflow::Clock clock;
      clock.id = obligation.clock;
      definition.clocks.push_back(std::move(clock));
    }
    workflow::check(definition);  // binds the guards; what it finds wrong was said when the case was opened
    return definition;
  }
  return std::nullopt;
}

}  // namespace tocsin::yaml_library
