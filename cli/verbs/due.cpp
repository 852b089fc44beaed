// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views.h"
#include "cli/words.h"

namespace tocsin::cli {
namespace {

constexpr std::string_view kZone = "Europe/London";  // lists span workflows; a case's own screens use its workflow's zone

std::string bucket_title(const std::string& bucket) {
  if (bucket == "overdue") return "OVERDUE";
  if (bucket == "no_deadline") return "WITHOUT UNDUE DELAY (no deadline in law; by age)";
  if (bucket == "provisional") return "PROVISIONAL (a better anchor is not known yet)";
  if (bucket == "24h") return "WITHIN 24 HOURS";
  if (bucket == "72h") return "WITHIN 72 HOURS";
  return bucket == "later" ? "LATER" : "NOT STARTED";
}

}  // namespace

Result<int> due(Call& call) {
  auto as_of = time_of(call, "--as-of");
  if (!as_of) return std::move(as_of).error();
  auto limit = number_of(call, "--limit", 100, true);
  if (!limit) return std::move(limit).error();
  auto shop = open_shop(call, Missing::fails);
  if (!shop) return std::move(shop).error();
  auto now = *as_of ? Result<Instant>(**as_of) : reading_time(call, (*shop)->store());
  if (!now) return std::move(now).error();
  auto list = (*shop)->engine().due(*now, static_cast<std::size_t>(*limit), *as_of);
  if (!list) return std::move(list).error();
  const auto purpose = (*shop)->store().purpose();
  if (call.json()) {
    call.print(json_of(*list, *now, purpose));
    return 0;
  }
  auto& out = call.world.out;
  out << banner(purpose) << "due as of " << both_times(*now, kZone) << "\n";
  std::string bucket;
  for (const auto& item : list->items) {
    if (item.bucket != bucket) out << "\n" << bucket_title(bucket = item.bucket) << "\n";
    out << "  " << item.ref << "  " << item.name;
    if (item.due) out << "  " << both_times(*item.due, kZone);
    else out << "  " << item.age_hours << " h old";
    out << (item.basis.empty() ? "" : "  " + item.basis) << "\n      "
        << (item.has_title ? item.title : "(title not readable)") << "\n";
  }
  if (list->items.empty()) out << "nothing is owed\n";
  if (list->more) out << "more: --limit all\n";
  if (list->vault_closed) call.world.err << "tocsin: titles are not shown: the vault's key is missing or wrong\n";
  return 0;
}

}  // namespace tocsin::cli
