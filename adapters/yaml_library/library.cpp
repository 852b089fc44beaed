// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/library.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "adapters/yaml_library/calendar_reader.h"
#include "adapters/yaml_library/definition_reader.h"
#include "adapters/yaml_library/fields.h"
#include "adapters/yaml_library/method_reader.h"
#include "adapters/yaml_library/template_reader.h"

namespace tocsin::yaml_library {

namespace fs = std::filesystem;

using workflow::SourceFile;

namespace {

constexpr std::string_view workflow_file = "workflow.yaml";

Error failure(Errc code, std::string message) { return {code, std::move(message), {}, {}, {}}; }

/// The text of an ordinary file that, all links followed, lies in the folder.
Result<std::string> read_inside(const fs::path& folder, const fs::path& file) {
  std::error_code failed;
  const auto root = fs::canonical(folder, failed);
  if (failed) return failure(Errc::not_found, "there is no folder " + in_quotes(folder.string()));
  const auto real = fs::canonical(file, failed);
  if (failed) return failure(Errc::not_found, "there is no such file");
  const auto [at_root, at_real] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
  if (at_root != root.end()) return failure(Errc::invalid, "the path leaves the folder");
  if (!fs::is_regular_file(real, failed)) return failure(Errc::invalid, "it is not an ordinary file");
  std::ifstream in(real, std::ios::binary);
  std::string text(largest_file + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || !in.is_open()) return failure(Errc::unavailable, "the file cannot be read: look at its permissions");
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > largest_file) return failure(Errc::invalid, "the file is larger than 1 MiB");
  return text;
}

/// As read_inside, and where there is no such file, says which one beside it has nearly that name.
Result<std::string> read_or_suggest(const fs::path& folder, const fs::path& file) {
  auto text = read_inside(folder, file);
  if (text || text.error().code != Errc::not_found) return text;
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator at(file.parent_path(), failed); !failed && at != fs::directory_iterator();
       at.increment(failed)) {
    if (at->path().extension() == file.extension()) names.push_back(at->path().stem().string());
  }
  std::sort(names.begin(), names.end());
  auto error = text.error();
  error.next = nearest_hint(file.stem().string(), names);
  return error;
}

/// "workflows/uk/x/workflow.yaml" as seen from "workflows": "uk/x/workflow.yaml"; empty when it lies
/// elsewhere.
std::string path_inside(const fs::path& folder, const fs::path& file) {
  std::error_code failed;
  const auto root = fs::canonical(folder, failed);
  const auto real = fs::weakly_canonical(file, failed);
  const auto relative = real.lexically_relative(root).generic_string();
  return !failed && stays_inside(relative) ? relative : std::string();
}

/// The YAML files of one folder of the library, sorted.
Result<std::vector<fs::path>> files_in(const fs::path& folder, const std::string& what) {
  std::error_code failed;
  std::vector<fs::path> paths;
  for (fs::directory_iterator at(folder, failed); !failed && at != fs::directory_iterator(); at.increment(failed)) {
    if (at->path().extension() == ".yaml") paths.push_back(at->path());
  }
  if (failed) return failure(Errc::not_found, "there is no folder of " + what + " at " + in_quotes(folder.string()));
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

Result<ports::Reading> Library::find(std::string_view name) const {
  if (name.ends_with(".yaml")) return find_file(fs::path(name));
  auto known = names();
  if (!known) return known.error();
  if (std::find(known->begin(), known->end(), name) == known->end()) {
    const auto hint = nearest_hint(name, *known);
    return Error{Errc::not_found,
                 "there is no workflow " + in_quotes(name) + (hint.empty() ? "" : ": " + hint),
                 {},
                 {},
                 "workflow list"};
  }
  const auto path = std::string(name) + "/" + std::string(workflow_file);
  auto text = read_inside(folder_, folder_ / path);
  if (!text) return failure(text.error().code, "cannot read workflow " + in_quotes(path) + ": " + text.error().message);
  auto reading = read_beside(path, std::move(*text), folder_ / path, path);
  if (!reading.definition || reading.definition->name == name) return reading;
  // Two names for one workflow: a case would be pinned to a name under which nobody finds the file.
  reading.issues.push_back(
      {reading.definition->place,
       false,
       "the workflow calls itself " + in_quotes(reading.definition->name) + " and lies in the folder " + in_quotes(name),
       "make the two the same",
       {}});
  reading.definition.reset();
  return reading;
}

Result<ports::Reading> Library::find_file(const fs::path& file) const {
  auto text = read_inside(file.has_parent_path() ? file.parent_path() : fs::path("."), file);
  if (!text) return failure(text.error().code, "cannot read " + in_quotes(file.string()) + ": " + text.error().message);
  auto path = path_inside(folder_, file);
  if (path.empty()) {  // a draft elsewhere takes the place in the library that its name claims
    const auto name = workflow_name_in({file.string(), *text});
    path = (stays_inside(name) ? name : std::string("draft")) + "/" + std::string(workflow_file);
  }
  return read_beside(path, std::move(*text), file, file.string());
}

/// Reads a workflow known in the library as `path`: what lies below its folder there is taken from beside
/// `file`.
ports::Reading Library::read_beside(const std::string& path, std::string text, const fs::path& file,
                                    const std::string& shown) const {
  const auto own = path.substr(0, path.rfind('/') + 1);
  const auto beside = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const Fetch fetch = [&](const std::string& wanted) {
    if (!own.empty() && wanted.starts_with(own)) return read_or_suggest(beside, beside / wanted.substr(own.size()));
    return read_or_suggest(folder_, folder_ / wanted);
  };
  return read_definition({path, std::move(text)}, shown, fetch);
}

ports::Reading Library::parse(const std::vector<SourceFile>& files) const {
  const Fetch fetch = [&](const std::string& wanted) -> Result<std::string> {
    for (const auto& file : files) {
      if (file.path == wanted) return file.text;
    }
    return failure(Errc::not_found, "it is not among the files that were kept");
  };
  for (const auto& file : files) {
    if (!file.path.ends_with(".yaml") || workflow_name_in(file).empty()) continue;
    return read_definition(file, file.path, fetch);
  }
  return {nullptr, {{{}, false, "none of the files is a workflow", "a workflow has the key 'workflow'", {}}}};
}

Result<std::vector<std::string>> Library::names() const {
  std::error_code failed;
  std::vector<std::string> out;
  auto walk = fs::recursive_directory_iterator(folder_, failed);
  if (failed) return failure(Errc::not_found, "there is no library of workflows at " + in_quotes(folder_.string()));
  for (; walk != fs::recursive_directory_iterator(); walk.increment(failed)) {
    if (failed) return failure(Errc::unavailable, "cannot list the library: " + failed.message());
    if (walk.depth() > 8) walk.disable_recursion_pending();
    if (walk->path().filename() != workflow_file) continue;
    const auto name = walk->path().parent_path().lexically_relative(folder_).generic_string();
    if (stays_inside(name)) out.push_back(name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::vector<workflow::Clock>> Library::clocks() const {
  auto paths = files_in(folder_ / "law", "law files");
  if (!paths) return paths.error();
  std::vector<workflow::Clock> out;
  for (const auto& path : *paths) {
    auto text = read_inside(folder_, path);
    if (!text) return failure(text.error().code, "cannot read " + in_quotes(path.string()) + ": " + text.error().message);
    auto reading = read_law_file({"law/" + path.filename().string(), std::move(*text)});
    if (!reading.issues.empty()) return failure(Errc::invalid, format_issue(reading.issues.front()));
    std::move(reading.clocks.begin(), reading.clocks.end(), std::back_inserter(out));
  }
  return out;
}

Result<std::vector<MethodFile>> Library::methods() const {
  std::error_code failed;
  if (!fs::is_directory(folder_, failed))
    return failure(Errc::not_found, "there is no library at " + in_quotes(folder_.string()));
  const auto folder = folder_ / "methods";
  std::vector<MethodFile> out;
  if (!fs::exists(folder, failed)) return out;
  const auto paths = files_in(folder, "methods");
  if (!paths) return paths.error();
  for (const auto& path : *paths) {
    auto text = read_inside(folder_, path);
    if (!text) return failure(text.error().code, "cannot read " + in_quotes(path.string()) + ": " + text.error().message);
    workflow::SourceFile file{"methods/" + path.filename().string(), std::move(*text)};
    auto reading = read_method_file(file);
    if (!reading.method) return failure(Errc::invalid, format_issue(reading.issues.front()));
    out.push_back({*std::move(reading.method), std::move(file)});
  }
  return out;
}

Result<std::vector<std::string>> Library::calendars() const {
  auto paths = files_in(folder_ / "calendars", "calendars");
  if (!paths) return paths.error();
  std::vector<std::string> names;
  for (const auto& path : *paths) names.push_back(path.stem().string());
  return names;
}

Result<calendar::WorkDays> Library::calendar(std::string_view name) const {
  auto known = calendars();
  if (!known) return known.error();
  if (std::find(known->begin(), known->end(), name) == known->end()) {
    const auto hint = nearest_hint(name, *known);
    return Error{Errc::not_found,
                 "there is no calendar " + in_quotes(name) + (hint.empty() ? "" : ": " + hint),
                 {},
                 {},
                 "calendar list"};
  }
  const auto read = [&](const std::string& path,
                        const auto& reader) -> Result<decltype(reader(std::declval<Page&>(), Node()))> {
    auto text = read_inside(folder_, folder_ / path);
    if (!text) return failure(text.error().code, "cannot read " + in_quotes(path) + ": " + text.error().message);
    Page page(path, *text);
    const auto root = read_tree(page);
    auto value = reader(page, root.value_or(Node()));
    if (!page.issues().empty()) return failure(Errc::invalid, format_issue(page.issues().front()));
    return value;
  };
  auto days = read("calendars/" + std::string(name) + ".yaml",
                   [&](Page& page, const Node& root) { return read_calendar(page, root, name); });
  if (!days || days->zone.name == "UTC") return days;
  const auto path = path_of_zone(days->zone.name);
  if (!stays_inside(path)) return failure(Errc::invalid, in_quotes(days->zone.name) + " is not the name of a time zone");
  auto zone = read(path, [&](Page& page, const Node& root) { return read_zone(page, root, days->zone.name); });
  if (!zone) return zone.error();
  days->zone = std::move(*zone);
  return days;
}

Result<workflow::NoticeTemplate> Library::notice_template(std::string_view name) const {
  const auto path = "templates/" + std::string(name) + ".yaml";
  if (!is_name_with_hyphens(name)) return failure(Errc::invalid, in_quotes(name) + " cannot be the name of a template");
  auto text = read_or_suggest(folder_, folder_ / path);
  if (!text && text.error().code == Errc::not_found)
    return failure(Errc::not_found,
                   "there is no template " + in_quotes(name) + (text.error().next.empty() ? "" : ": " + text.error().next));
  if (!text) return failure(text.error().code, "cannot read " + in_quotes(path) + ": " + text.error().message);
  auto reading = read_template_file({path, std::move(*text)});
  if (reading.notice_template) return std::move(*reading.notice_template);
  std::string message = "the template has mistakes\n";
  for (const auto& issue : reading.issues) message += format_issue(issue);
  return failure(Errc::invalid, message);
}

Result<std::vector<workflow::NoticeTemplate>> Library::notice_templates() const {
  std::vector<workflow::NoticeTemplate> all;
  std::error_code failed;
  if (!fs::exists(folder_ / "templates", failed)) return all;
  const auto paths = files_in(folder_ / "templates", "templates");
  if (!paths) return paths.error();
  for (const auto& path : *paths) {
    auto read = notice_template(path.stem().string());
    if (!read) return std::move(read).error();
    all.push_back(std::move(*read));
  }
  return all;
}

}  // namespace tocsin::yaml_library
