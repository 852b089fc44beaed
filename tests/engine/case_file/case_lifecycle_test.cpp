// SPDX-License-Identifier: Apache-2.0
#include "engine/case_file/case_lifecycle.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace tocsin;
using case_file::Stage;
using case_file::Standing;
using case_file::Step;

namespace {

constexpr Stage stages[] = {Stage::unopened, Stage::open, Stage::closed};
constexpr Step steps[] = {Step::opened, Step::recorded, Step::worked, Step::closed, Step::reopened};
constexpr Standing all_well{true, true, true};

}  // namespace

TEST_CASE("each row of the case's table is taken when its conditions hold, and no other pair is") {
  const auto rows = case_file::lifecycle_rows();
  REQUIRE(rows.size() == 6);
  for (const auto from : stages) {
    for (const auto taken : steps) {
      INFO(word(from) << " " << word(taken));
      const auto row =
          std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.from == from && r.step == taken; });
      const auto to = case_file::step(from, taken, all_well);
      REQUIRE(to.has_value() == (row != rows.end()));
      if (to) CHECK(*to == row->to);
    }
  }
}

TEST_CASE("a case cannot close while something is owed, nor without the approval that was asked") {
  CHECK(case_file::step(Stage::open, Step::closed, {false, true, false}).error().message ==
        "cannot record 'closed' while open: something is still owed");
  CHECK(case_file::step(Stage::open, Step::closed, {true, false, false}).error().message ==
        "cannot record 'closed' while open: an approval is missing");
}

TEST_CASE("work on a closed case is refused, what is true is recorded") {
  CHECK(case_file::step(Stage::closed, Step::worked, {}).error().message ==
        "cannot record 'worked' while closed: reopen the case first");
  CHECK(*case_file::step(Stage::closed, Step::recorded, {}) == Stage::closed);
  CHECK_FALSE(case_file::step(Stage::closed, Step::reopened, {true, true, false}));
}
