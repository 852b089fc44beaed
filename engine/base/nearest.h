// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

/// The known word nearest to `word` (edit distance at most a third of its length, at least 1), or empty.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace tocsin
