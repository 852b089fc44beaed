// SPDX-License-Identifier: Apache-2.0
// What the breach hit: data sets, and groups of people in them.
#include <ostream>

#include "cli/screen/next_command.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {
namespace {

Result<int> add(Call& call, bool is_group) {
  auto title = text_of(call, "--title");
  if (!title) return std::move(title).error();
  auto facts = pairs_of(call, "--fact");
  if (!facts) return std::move(facts).error();
  return record_with_times(call, [&](const TypedTimes& times) -> Result<commands::Command> {
    auto full = times.facts(std::move(*facts));
    if (!full) return std::move(full).error();
    return commands::Command(commands::AddDataSet{call.one("NAME"), *title, is_group, call.one("--of"), std::move(*full)});
  });
}

}  // namespace

Result<int> dataset_add(Call& call) { return add(call, false); }

Result<int> dataset_group(Call& call) { return add(call, true); }

Result<int> dataset_list(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& file = *viewed->view.file;
  const auto words = words_or_none(viewed->shop->engine(), viewed->view);
  if (call.json()) {
    call.print(Json::object({{"store", file.store}, {"case", file.ref}, {"data_sets", data_sets_json(file, words)}}));
    return 0;
  }
  auto& out = call.world.out;
  out << banner(file.store);
  for (const auto& one : file.data_sets) {
    out << one.name << (one.is_group ? "  group" + (one.of.empty() ? "" : " in " + one.of) : "  data set");
    if (one.title) out << "  " << word_at(words, one.title);
    out << "\n";
    for (const auto& fact : file.facts) {
      const auto* claim = fact.name.starts_with(one.name + ".") ? fact.adopted() : nullptr;
      if (claim != nullptr)
        out << "  " << fact.name << " = " << (claim->vaulted ? word_at(words, {claim->n, "value"}) : shown(claim->value))
            << "\n";
    }
  }
  if (file.data_sets.empty())
    out << "one data set, as first reported -> tocsin "
        << next_command(call, "dataset add " + file.ref + " NAME --title TEXT") << "\n";
  return 0;
}

}  // namespace tocsin::cli
