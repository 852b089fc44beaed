// SPDX-License-Identifier: Apache-2.0
// The input is a workflow file; the law and the calendars that it names are the shipped ones.
#include <algorithm>
#include <map>

#include "adapters/yaml_library/definition_reader.h"
#include "adapters/yaml_library/library.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/complaint.h"

using namespace tocsin;

namespace {

const std::vector<workflow::SourceFile>& shipped() {
  static const auto files = [] {
    const auto found = yaml_library::Library(TOCSIN_SOURCE_DIR "/workflows").find("uk/supplier-breach");
    tests::must(found && found->definition, "the shipped workflow loads");
    return found->definition->files;
  }();
  return files;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const workflow::SourceFile file{"workflow.yaml", std::string(tests::as_text(data, size))};
  auto files = shipped();
  files.push_back(file);
  const yaml_library::Fetch fetch = [&](const std::string& path) -> Result<std::string> {
    const auto found =
        std::find_if(files.begin(), files.end(), [&](const workflow::SourceFile& one) { return one.path == path; });
    if (found == files.end()) return Error{Errc::not_found, "it is not there"};
    return found->text;
  };
  const auto reading = yaml_library::read_definition(file, file.path, fetch);
  const auto bad = tests::complaint(reading.definition != nullptr, reading.issues, files);
  tests::must(bad.empty(), bad);
  return 0;
}
