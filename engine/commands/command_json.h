// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/base/json.h"
#include "engine/commands/command.h"

namespace tocsin::commands {

/// A command as data, to recognise it when it comes again. Holds people's words: it is digested under a key and never kept.
Json to_json(const Command& command);
Json to_json(const OpenCase& command);
Json to_json(const AddPerson& command);

}  // namespace tocsin::commands
