// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/workflow/definition.h"

namespace tocsin::ports {

/// A definition, or what is wrong with its files. Exactly one: issues that are errors mean no definition.
struct Reading {
  std::shared_ptr<const workflow::Definition> definition;  ///< null: there are errors
  std::vector<workflow::Issue> issues;                     ///< errors and warnings, by place
};

/// Reads workflow, law, calendar and notice files into definitions. Thread-safe.
class Library {
 public:
  virtual ~Library() = default;

  /// The workflow of that name ("uk/supplier-breach") or path (ends in .yaml), with the law it names.
  /// `not_found` with the nearest known name.
  virtual Result<Reading> find(std::string_view name) const = 0;

  /// The same from files that a store kept; touches no disk. The workflow is the file that has the key `workflow`.
  virtual Reading parse(const std::vector<workflow::SourceFile>& files) const = 0;

  /// Names of all workflows, sorted.
  virtual Result<std::vector<std::string>> names() const = 0;

  /// Every clock of every law file.
  virtual Result<std::vector<workflow::Clock>> clocks() const = 0;

  /// Names of all calendars, sorted.
  virtual Result<std::vector<std::string>> calendars() const = 0;

  /// A calendar with its zone. `not_found` with the nearest known name, `invalid` with the first mistake in its files.
  virtual Result<calendar::WorkDays> calendar(std::string_view name) const = 0;
};

}  // namespace tocsin::ports
