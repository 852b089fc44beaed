// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/times/local_time.h"
#include "cli/verbs/recording.h"
#include "cli/views/views.h"
#include "cli/views/words.h"

namespace tocsin::cli {
namespace {

Json also_json(const case_file::Notice& notice) {
  Json also = Json::object();
  for (const auto& [obligation, met] : notice.also)
    also.set(obligation, Json::object({{"verdict", met.verdict}, {"gaps", Json::array(met.gaps)}}));
  return also;
}

}  // namespace

Result<int> notice_record(Call& call) {
  commands::RecordNotice command{call.one("OBLIGATION"), call.one("--channel"), "", "", "",
                                 call.has("--complete"), call.all("--also")};
  for (auto [option, into] :
       {std::pair{"--reference", &command.reference}, {"--text", &command.text}, {"--reason", &command.reason}}) {
    auto text = text_of(call, option);
    if (!text) return std::move(text).error();
    *into = std::move(*text);
  }
  return record_on_case(call, command, "RECORDED, NOT SENT: tocsin sent nothing to anybody");
}

Result<int> notice_receipt(Call& call) {
  auto number = number_of(call, "N", 0);
  if (!number) return std::move(number).error();
  auto reference = text_of(call, "--reference");
  if (!reference) return std::move(reference).error();
  return record_on_case(
      call, commands::RecordReceipt{static_cast<int>(std::min<std::int64_t>(*number, 1'000'000'000)), *reference});
}

Result<int> notice_withdraw(Call& call) {
  auto number = number_of(call, "N", 0);
  if (!number) return std::move(number).error();
  return with_reason(call, [&](std::string because) {
    return commands::Propose{"notice:" + std::to_string(*number), std::move(because), {}};
  });
}

Result<int> notice_list(Call& call) {
  auto viewed = view_case(call);
  if (!viewed) return std::move(viewed).error();
  const auto& view = viewed->view;
  const auto words = words_or_none(viewed->shop->engine(), view);
  if (!call.json()) call.world.out << banner(view.file->store);
  Json list = Json::array();
  for (const auto& notice : view.file->notices) {
    if (call.json()) {
      auto one = Json::object({{"notice", notice.number},
                               {"obligation", notice.obligation},
                               {"also", also_json(notice)},
                               {"at", format_instant(notice.at)},
                               {"recorded_at", format_instant(notice.recorded_at)},
                               {"by", notice.by},
                               {"channel", notice.channel},
                               {"reference", text_json(words, notice.reference)},
                               {"pending", notice.reference_pending},
                               {"verdict", notice.verdict},
                               {"gaps", Json::array(notice.gaps)},
                               {"complete", notice.claimed_complete},
                               {"withdrawn", notice.withdrawn},
                               {"text", text_json(words, notice.text)},
                               {"reason", text_json(words, notice.reason)}});
      list.push(with_marks(std::move(one), words, notice.text ? notice.text : notice.reason));
      continue;
    }
    auto& out = call.world.out;
    out << notice.number << "  " << notice.obligation;
    for (const auto& [other, met] : notice.also) out << ", " << other << (met.verdict == "late" ? " (late)" : "");
    out << "  " << both_times(notice.at, view.definition->zone) << "  " << notice.channel << "  reference "
        << (notice.reference_pending ? "pending" : word_at(words, notice.reference)) << "  "
        << (notice.withdrawn ? "WITHDRAWN" : notice.verdict);
    if (notice.entered_late) out << ", entered late" << (notice.text ? "" : ", no copy");
    if (!notice.gaps.empty() && !notice.claimed_complete) {
      out << ", gaps:";
      for (const auto& gap : notice.gaps) out << " " << gap;
    }
    out << "\n";
  }
  if (call.json())
    call.print(with_words(Json::object({{"store", view.file->store}, {"case", view.file->ref}, {"notices", list}}), words));
  else if (view.file->notices.empty()) call.world.out << "no notices yet\n";
  return exit_code(words);
}

}  // namespace tocsin::cli
