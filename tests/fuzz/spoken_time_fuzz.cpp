// SPDX-License-Identifier: Apache-2.0
// The first byte chooses how the rest is read; the clock stands in the hour that the clocks of London repeat.
#include "cli/times/spoken_time.h"
#include "tests/fuzz/fuzz.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const Instant now = *parse_instant("2026-10-25T01:30Z");
  const std::string zone = (data[0] & 1) != 0 ? "Europe/London" : "America/St_Johns";
  const bool future = (data[0] & 2) != 0;
  const auto text = tests::as_text(data + 1, size - 1);
  const auto read = cli::read_time(text, {now, zone, (data[0] & 4) != 0, future});
  if (!read) {
    tests::must(read.error().code == Errc::invalid && !read.error().message.empty(),
                "what is no time is refused with a reason");
    tests::must(read.error().message.find('~') == std::string::npos, "the refusal does not repeat what was typed");
    return 0;
  }
  tests::must(future || *read <= now, "what happened did not happen in the future");
  const auto again = cli::read_time(cli::strict_time(*read, zone), {now, zone, true, true});
  tests::must(again && *again == *read, "the full form of what was read is read as the same time");
  return 0;
}
