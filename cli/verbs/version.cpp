// SPDX-License-Identifier: Apache-2.0
#include <ostream>

#include "cli/verbs/recording.h"

namespace tocsin::cli {

Result<int> version(Call& call) {
  if (call.json()) call.print(Json::object({{"version", TOCSIN_VERSION}}));
  else call.world.out << "tocsin " << TOCSIN_VERSION << "\n";
  return 0;
}

}  // namespace tocsin::cli
