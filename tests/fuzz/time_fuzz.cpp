// SPDX-License-Identifier: Apache-2.0
#include "engine/base/time.h"
#include "tests/fuzz/fuzz.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = parse_instant(tests::as_text(data, size));
  if (!read) {
    tests::must(read.error().code == Errc::invalid && !read.error().message.empty(),
                "what is no time is refused with a reason");
    return 0;
  }
  const auto again = parse_instant(format_instant(*read));
  tests::must(again && *again == *read, "a time that is written is read as the same time");
  return 0;
}
