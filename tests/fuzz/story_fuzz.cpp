// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/story_reader.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/complaint.h"

using namespace tocsin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const workflow::SourceFile file{"story.yaml", std::string(tests::as_text(data, size))};
  const auto read = yaml_library::read_story(file.path, file.text);
  const auto bad = tests::complaint(read.story.has_value(), read.issues, {file});
  tests::must(bad.empty(), bad);
  return 0;
}
