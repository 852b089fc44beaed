// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

/// Somebody's text in single quotes, for a message: at most 60 bytes of whole letters, then "...". Control characters and quotes print as
/// '?', and so does each byte beyond ASCII where the text is no UTF-8.
std::string in_quotes(std::string_view text);

}  // namespace tocsin
