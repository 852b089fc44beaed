// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/line/call.h"
#include "cli/times/typed_times.h"
#include "engine/engine.h"

namespace tocsin::cli {

/// A text option: as it is, `-` for standard input, `@FILE` for a file, `@` for the editor, so that words stay out of the shell's history.
/// `invalid` over 1 MiB, for invalid UTF-8, for a file that cannot be read. Empty when the option was not given.
Result<std::string> text_of(const Call& call, std::string_view option);

/// A time option, strict: full date, time and offset. Nothing when it was not given.
Result<std::optional<Instant>> time_of(const Call& call, std::string_view option);

/// A whole number above zero; `fallback` when it was not given. "all" is 0 where `all` is allowed.
Result<std::int64_t> number_of(const Call& call, std::string_view option, std::int64_t fallback, bool allow_all = false);

/// NAME=VALUE pairs.
Result<std::vector<std::pair<std::string, std::string>>> pairs_of(const Call& call, std::string_view option);

/// Words separated by commas.
std::vector<std::string> list_of(const std::string& text);

/// Who asks and how, from the call and the world; `times` reads its --at.
Result<Request> request_of(const Call& call, const TypedTimes& times);

/// The reference of the case that the call means: its CASE argument, else TOCSIN_CASE, which is echoed.
Result<std::string> case_of(Call& call, const Engine& engine);

}  // namespace tocsin::cli
