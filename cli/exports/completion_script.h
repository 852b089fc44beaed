// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tocsin::cli {

/// The script that makes bash, zsh or fish ask `tocsin __complete` at each tab; empty for another shell.
std::string_view completion_script(std::string_view shell);

}  // namespace tocsin::cli
