// SPDX-License-Identifier: Apache-2.0
// A draft that holds personal identifiers all the same: who allowed it, for which form, at which places, and why.
#include <algorithm>
#include <cctype>

#include "engine/base/digest.h"
#include "engine/commands/recorder.h"

namespace tocsin::commands {
namespace {

constexpr std::size_t kMostPlaces = 1000;

/// A place lies in the event, so it holds words of workflows and numbers only: "how_found 1:12 email".
bool is_place(std::string_view text) {
  return !text.empty() && text.size() <= 200 && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '_' || c == '.' || c == '-' || c == '(' || c == ')' || c == ':' || c == ' ';
  });
}

}  // namespace

Result<void> allow_identifiers(Recorder& recorder, const AllowIdentifiers& command) {
  const auto& asked = recorder.asked();
  if (command.because.empty()) return invalid("that personal identifiers stay in a draft needs a reason");
  if (auto ok = check_words("the reason", command.because); !ok) return ok;
  const auto name = case_file::CaseFile::obligation_of(command.obligation);
  if (asked.definition.obligation(name) == nullptr)
    return invalid("there is no such obligation in " + asked.definition.name);
  if (!command.form.empty() && !is_reference(command.form)) return invalid("a form is named like its file");
  const bool is_digest = command.form_digest.empty() || digest_from_hex(command.form_digest).has_value();
  if (!is_digest) return invalid("the digest of a form is 64 hex digits");
  if (command.places.empty()) return invalid("there is nothing to allow: no place was named");
  if (command.places.size() > kMostPlaces || !std::all_of(command.places.begin(), command.places.end(), is_place))
    return invalid("places are at most a thousand, and name a field, a fact, line and column, and a kind");
  auto body = Json::object({{"obligation", command.obligation}, {"places", Json::array(command.places)}});
  if (!command.form.empty()) body.set("template", command.form).set("form", command.form_digest);
  return recorder.record("identifiers_allowed", asked.at, std::move(body), {{"because", command.because}});
}

}  // namespace tocsin::commands
