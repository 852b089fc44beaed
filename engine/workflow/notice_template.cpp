// SPDX-License-Identifier: Apache-2.0
#include "engine/workflow/notice_template.h"

#include <algorithm>

namespace tocsin::workflow {
namespace {

using Kind = FieldSource::Kind;

struct Form {
  Kind kind;
  std::string_view before;
  std::string_view after;
  std::string_view name;  ///< what stands between, for the hint; empty: nothing does
};

// clang-format off
constexpr Form forms[] = {
    {Kind::fact, "facts.", "", "NAME"},
    {Kind::begin, "begin(facts.", ")", "NAME"},
    {Kind::end, "end(facts.", ")", "NAME"},
    {Kind::exactness, "exactness(facts.", ")", "NAME"},
    {Kind::state, "state(", ")", "CLOCK"},
    {Kind::filed, "filed(", ")", "CLOCK"},
    {Kind::reference, "reference(", ")", "CLOCK"},
    {Kind::reason, "reason(", ")", "CLOCK"},
    {Kind::exemption, "exemption(", ")", "CLOCK"},
    {Kind::ref, "case.ref", "", ""},
    {Kind::notification, "notice.kind", "", ""},
    {Kind::completeness, "notice.completeness", "", ""},
    {Kind::lateness, "notice.lateness", "", ""},
};
// clang-format on

bool is_name(std::string_view name, bool dots) {
  return !name.empty() && name.size() <= 64 && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (dots && c == '.');
         });
}

}  // namespace

bool FieldSource::gives_a_word() const {
  return kind == Kind::exactness || kind == Kind::state || kind == Kind::exemption || kind == Kind::notification ||
         kind == Kind::completeness || kind == Kind::lateness;
}

bool FieldSource::gives_a_time() const {
  return kind == Kind::fact || kind == Kind::begin || kind == Kind::end || kind == Kind::filed;
}

std::string FieldSource::text() const {
  const auto form = std::find_if(std::begin(forms), std::end(forms), [&](const Form& one) { return one.kind == kind; });
  return std::string(form->before) + name + std::string(form->after);
}

std::optional<FieldSource> parse_source(std::string_view text) {
  for (const auto& form : forms) {
    if (form.name.empty()) {
      if (text == form.before) return FieldSource{form.kind, {}};
      continue;
    }
    if (!text.starts_with(form.before) || !text.ends_with(form.after) ||
        text.size() <= form.before.size() + form.after.size())
      continue;
    const auto name = text.substr(form.before.size(), text.size() - form.before.size() - form.after.size());
    if (is_name(name, form.name == "CLOCK")) return FieldSource{form.kind, std::string(name)};
  }
  return std::nullopt;
}

bool NoticeTemplate::is_for(std::string_view clock) const {
  const auto is_ours = [&](std::string_view one) { return std::find(clocks.begin(), clocks.end(), one) != clocks.end(); };
  return is_ours(clock) || std::any_of(same_for.begin(), same_for.end(),
                                       [&](const auto& pair) { return pair.first == clock && is_ours(pair.second); });
}

std::string NoticeTemplate::clock_for(std::string_view named, std::string_view drafted) const {
  const bool is_other =
      std::any_of(same_for.begin(), same_for.end(), [&](const auto& pair) { return pair.first == drafted; });
  if (is_other)
    for (const auto& [theirs, ours] : same_for)
      if (ours == named) return theirs;
  return std::string(named);
}

std::string source_forms() {
  std::string all;
  for (const auto& form : forms)
    all += (all.empty() ? "" : ", ") + std::string(form.before) + std::string(form.name) + std::string(form.after);
  return all;
}

}  // namespace tocsin::workflow
