// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "engine/base/time.h"

namespace tocsin::cli {

/// "Tue 29 Aug 2023 22:03 BST": an instant as the people of a zone read it. UTC when the zone is not known to this machine.
std::string local_time(Instant t, std::string_view zone);

/// "2026-05-02 20:00 BST", for diaries.
std::string local_stamp(Instant t, std::string_view zone);

/// "Sat 26 Aug 2023 20:10 BST, 19:10Z": local and UTC beside each other.
std::string both_times(Instant t, std::string_view zone);

}  // namespace tocsin::cli
