// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "cli/line/call.h"
#include "cli/views/views.h"

namespace tocsin::cli {

/// What leaves the house: whether legally privileged words go with it, and why.
struct Leaving {
  std::string document;  ///< register or notice-draft
  bool with_privileged = false;
  std::string because;
  bool has_said_so = false;  ///< that words were left out
};

/// --include-privileged of a call; `invalid` without a reason.
Result<Leaving> leaving_of(const Call& call, std::string document);

/// Words without the privileged ones: what others are shown while nobody asked for those by name.
Words without_privileged(Words words);

/// The words of a case that a document may be made of. `told` makes it: where it comes out otherwise without the privileged words, they are left
/// out, and standard error says so; or, where they were asked for, they stay, and the case records who took them out, and why.
Result<Words> words_that_leave(const Call& call, Engine& engine, const CaseView& view, Leaving& leaving,
                               const std::function<std::string(const Words&)>& told);

}  // namespace tocsin::cli
