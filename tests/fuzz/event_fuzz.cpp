// SPDX-License-Identifier: Apache-2.0
// A line is the bytes of an event. What is read is written as what is read; both readers agree; a case takes it or says why not.
#include "engine/case_file/case_file.h"
#include "engine/ledger/event.h"
#include "tests/fuzz/fuzz.h"

using namespace tocsin;

namespace {

void read_one(std::string_view bytes, case_file::CaseFile& file, bool& usable) {
  const auto event = ledger::from_bytes(bytes);
  ledger::Event fast;
  const bool is_fast = ledger::read_canonical(bytes, fast);
  if (!event) {
    tests::must(!is_fast, "the short cut reads nothing that the whole reader refuses");
    tests::must(!event.error().message.empty(), "bytes that are no event are refused with a reason");
    return;
  }
  const auto written = ledger::to_bytes(*event);
  if (is_fast) tests::must(ledger::to_bytes(fast) == written, "the short cut reads what the whole reader reads");
  const auto again = ledger::from_bytes(written);
  tests::must(again && ledger::to_bytes(*again) == written, "an event that is written is read as the same event");
  tests::must(ledger::is_canonical(*event, bytes) == (written == bytes), "canonical means: the bytes that are written");
  if (!usable) return;
  if (const auto applied = file.apply(*event); !applied) {
    tests::must(!applied.error().message.empty(), "a case refuses an event with a reason");
    usable = false;  // as case_file.h says
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = tests::as_text(data, size);
  case_file::CaseFile file;
  bool usable = true;
  while (!text.empty()) {
    const auto end = text.find('\n');
    read_one(text.substr(0, end), file, usable);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return 0;
}
