// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/verbs/recording.h"
#include "cli/views/views.h"

namespace tocsin::cli {
namespace {

std::string counted(std::int64_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

std::string of_access(const std::string& access) {
  if (access == "frozen") return "nothing may be written there; the file is read as it lies";
  if (access == "copy") return "nothing may be written there; the file and its log were read into memory";
  return "";
}

Json facts_json(const ports::StoreFacts& facts) {
  Json settings = Json::object();
  for (const auto& [name, value] : facts.settings) settings.set(name, value);
  const Json last =
      !facts.last_recorded
          ? Json()
          : Json::object(
                {{"case", facts.last_stream}, {"n", facts.last_n}, {"recorded_at", format_instant(*facts.last_recorded)}});
  return Json::object({{"store", facts.purpose},
                       {"path", facts.path},
                       {"access", facts.access},
                       {"schema", facts.schema},
                       {"bytes", facts.bytes},
                       {"log_bytes", facts.log_bytes},
                       {"page_bytes", facts.page_bytes},
                       {"pages", facts.pages},
                       {"free_pages", facts.free_pages},
                       {"cases", facts.cases},
                       {"events", facts.events},
                       {"texts", facts.texts},
                       {"settings", settings},
                       {"key", Json::object({{"path", facts.key_path}, {"state", word(facts.key)}})},
                       {"last", last}});
}

std::string of_last(const ports::StoreFacts& facts) {
  if (!facts.last_recorded) return "none yet";
  const auto where = facts.last_stream.starts_with("@") ? "the list of people" : facts.last_stream;
  return "event " + std::to_string(facts.last_n) + " of " + where + ", recorded " + format_instant(*facts.last_recorded);
}

}  // namespace

Result<int> db_info(Call& call) {
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  auto facts = (*shop)->facts();
  if (!facts) return std::move(facts).error();
  if (call.json()) {
    call.print(facts_json(*facts));
    return 0;
  }
  auto& out = call.world.out;
  out << banner(facts->purpose) << "store     " << facts->path << " (" << facts->purpose << ", schema " << facts->schema
      << ")\n"
      << "size      " << counted(facts->bytes, "byte") << ", " << counted(facts->pages, "page") << " of "
      << facts->page_bytes << ", " << facts->free_pages << " free; log " << counted(facts->log_bytes, "byte") << "\n"
      << "holds     " << counted(facts->cases, "case") << ", " << counted(facts->events, "event") << ", "
      << counted(facts->texts, "text") << "\n"
      << "last      " << of_last(*facts) << "\n"
      << "key       " << (facts->key_path.empty() ? "(nothing says where)" : facts->key_path) << ": " << word(facts->key)
      << "\n";
  for (const auto& [name, value] : facts->settings) out << "setting   " << name << " = " << value << "\n";
  if (const auto access = of_access(facts->access); !access.empty()) out << "access    " << access << "\n";
  return 0;
}

Result<int> db_backup(Call& call) {
  auto shop = open_shop(call);
  if (!shop) return std::move(shop).error();
  auto made = (*shop)->back_up(call.one("FILE"), call.has("--replace"));
  if (!made) return std::move(made).error();
  const auto facts = (*shop)->facts();
  const auto key = facts ? facts->key_path : place_of(call, "key");
  if (call.json()) {
    call.print(Json::object({{"store", (*shop)->store().purpose()},
                             {"path", made->path},
                             {"bytes", made->bytes},
                             {"cases", made->cases},
                             {"events", made->events},
                             {"verified", true},
                             {"key", Json::object({{"path", key}, {"in_backup", false}})}}));
    return 0;
  }
  call.world.out << banner((*shop)->store().purpose()) << "backed up: " << counted(made->cases, "case") << ", "
                 << counted(made->events, "event") << ", " << counted(made->bytes, "byte") << " to " << made->path << "\n"
                 << "verified: every chain in it is the store's\n"
                 << "THE KEY IS NOT IN IT: keep a copy of " << (key.empty() ? "it" : key)
                 << " apart from it; without the key nobody reads the words\n"
                 << "to restore: copy it to where no store is, and name it -> tocsin audit verify --db FILE\n";
  return 0;
}

}  // namespace tocsin::cli
