// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tocsin/engine/ports/event_store.h>

#include <string>

/// An append as one line of JSON without its line break, and back; the vault's rows stay behind. Returns `corrupt` for a line that is
/// no JSON of ours.
std::string to_line(const tocsin::ports::Append& append);
tocsin::Result<tocsin::ports::Append> from_line(std::string_view line);
