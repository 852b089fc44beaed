// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "engine/base/result.h"

namespace tocsin::tests {

/// A refusal as somebody meets it: "invalid: a note needs words", and " -> case show FF-1" behind it where it says what to run next.
/// "accepted" where there is none.
template <class T>
std::string refusal(const Result<T>& result) {
  if (result) return "accepted";
  const auto& error = result.error();
  return std::string(word(error.code)) + ": " + error.message + (error.next.empty() ? "" : " -> " + error.next);
}

}  // namespace tocsin::tests
