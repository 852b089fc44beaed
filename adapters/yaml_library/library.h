// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/method/method.h"
#include "engine/ports/library.h"
#include "engine/workflow/notice_template.h"

namespace tocsin::yaml_library {

/// A severity method and the file that it was read from, so that a case can keep the text it was assessed by.
struct MethodFile {
  method::Method method;      ///< as read
  workflow::SourceFile file;  ///< its path inside the library, "methods/enisa-2013.yaml"
};

/// A library over a folder: NAME/workflow.yaml with notices beside it, law/*.yaml, calendars/*.yaml, zones/*.yaml,
/// methods/*.yaml, templates/*.yaml. Reads only ordinary files of at most 1 MiB that really lie in the folder: a link out of it is
/// refused.
///
///   Library library("workflows");
///   auto reading = library.find("uk/supplier-breach");
///   reading->definition->digest;                              // pins these texts
///   library.parse(reading->definition->files).definition;     // the same again, without the disk
class Library : public ports::Library {
 public:
  /// Reads nothing yet; a folder that is not there is `not_found` when it is asked.
  explicit Library(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<ports::Reading> find(std::string_view name) const override;
  ports::Reading parse(const std::vector<workflow::SourceFile>& files) const override;
  Result<std::vector<std::string>> names() const override;
  /// `invalid`, naming the first mistake, when a law file has one.
  Result<std::vector<workflow::Clock>> clocks() const override;
  /// Every severity method, sorted by name; none where the library has no folder methods/. `invalid`, naming the first
  /// mistake, when a method file has one.
  Result<std::vector<MethodFile>> methods() const;
  Result<std::vector<std::string>> calendars() const override;
  Result<calendar::WorkDays> calendar(std::string_view name) const override;
  /// An authority's form, templates/NAME.yaml. `invalid` with all that is wrong with the file.
  Result<workflow::NoticeTemplate> notice_template(std::string_view name) const;
  /// All of them, sorted by name. `invalid` with all that is wrong with the first file that has mistakes.
  Result<std::vector<workflow::NoticeTemplate>> notice_templates() const;

 private:
  Result<ports::Reading> find_file(const std::filesystem::path& file) const;
  ports::Reading read_beside(const std::string& name, std::string text, const std::filesystem::path& file,
                             const std::string& shown) const;

  std::filesystem::path folder_;
};

}  // namespace tocsin::yaml_library
