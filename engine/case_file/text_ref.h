// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace tocsin::case_file {

/// Where words lie: the event that brought them and the field of its `texts`. n == 0: there are none.
struct TextRef {
  std::int64_t n = 0;                                ///< the event's number
  std::string field;                                 ///< the field of its `texts`
  explicit operator bool() const { return n != 0; }  ///< true: there are words, unless they were forgotten
};

}  // namespace tocsin::case_file
