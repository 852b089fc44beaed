// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/line/call.h"

namespace tocsin::cli {

/// Whether an option or a positional takes people's words, which may come from standard input, a file or an editor.
bool takes_text(const Option& option);

/// Whether a text that is missing is asked for in the editor: a person is at a terminal and has one.
bool opens_editor(const World& world);

/// Opens the editor for each text that was given as `@`, and keeps what was written in `call.written`. A write is tried first, without
/// recording anything, so that nobody writes a page for a command that is refused. Fails as that, or as text_from_editor().
Result<void> write_texts(Call& call);

}  // namespace tocsin::cli
