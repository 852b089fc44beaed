// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/case_file/case_file.h"
#include "engine/workflow/definition.h"

namespace tocsin::cli {

/// A workflow as a picture in the DOT language: a cluster for each region with its states and transitions (who, on which condition,
/// with whose approval), and one for what is owed, from which anchor. Pure; the same definition gives the same bytes.
std::string draw(const workflow::Definition& definition);

/// The same with a case in it: where it is, which transitions may be taken now and what the others lack, how each obligation stands.
/// It names the case by its reference and holds none of people's words.
std::string draw(const workflow::Definition& definition, const case_file::CaseFile& file, const case_file::People& people);

}  // namespace tocsin::cli
