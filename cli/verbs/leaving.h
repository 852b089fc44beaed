// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/call.h"
#include "cli/views.h"

namespace tocsin::cli {

/// What leaves the house: whether legally privileged words go with it, and why.
struct Leaving {
  bool with_privileged = false;
  std::string because;
};

/// --include-privileged of a call; `invalid` without a reason.
Result<Leaving> leaving_of(const Call& call);

/// Words without the privileged ones: what others are shown while nobody asked for those by name.
Words without_privileged(Words words);

/// Records with the case that privileged words went into a document (register, notice-draft), and why.
Result<void> record_privileged(const Call& call, Engine& engine, const CaseView& view, const std::string& document,
                               const Leaving& leaving);

/// Says on standard error that words were left out, and how to take them in.
void say_left_out(const Call& call);

}  // namespace tocsin::cli
