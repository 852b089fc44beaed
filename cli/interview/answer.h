// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/base/time.h"
#include "engine/workflow/definition.h"

namespace tocsin::cli {

/// A line typed at a question, understood.
struct Answer {
  enum class Kind { value, not_known, help, why, back, quit };
  Kind kind = Kind::value;
  std::string value = {};  ///< as 'case set' takes it
};

/// Reads a line typed at a question: a choice by its number or word, a set by several, a count also as "12,000", a time as people say
/// it in `zone`, seen from `now`. Of a text the line is the first. `invalid` with what may be answered; the message repeats no words.
Result<Answer> understood(const workflow::Fact& fact, std::string_view typed, Instant now, const std::string& zone);

/// Without blanks at either end.
std::string_view trimmed(std::string_view text);

}  // namespace tocsin::cli
