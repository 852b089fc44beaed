// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "adapters/yaml_library/fields.h"
#include "engine/workflow/notice_template.h"

namespace tocsin::yaml_library {

/// Reads the tree of a template file (docs/formats/template.md) and says on the page what is wrong with it. `name` is what the
/// file is known by, "edpb-33". Use the template only when the page has no issue.
workflow::NoticeTemplate read_template(Page& page, const Node& root, std::string_view name);

/// A template file alone: the template, or what is wrong with it, sorted by place.
struct TemplateReading {
  std::optional<workflow::NoticeTemplate> notice_template;
  std::vector<workflow::Issue> issues;
};

/// Reads the text of a template file; touches no disk. Thread-safe.
TemplateReading read_template_file(const workflow::SourceFile& file);

}  // namespace tocsin::yaml_library
