// SPDX-License-Identifier: Apache-2.0
// How large a method that counts may be: nobody judges by a hundred inputs, and no sum may overflow.
#include <algorithm>

#include "tests/engine/method/small_methods.h"

using namespace tocsin;
using namespace tocsin::tests;

TEST_CASE("a method has at most 32 inputs of at most 100 choices") {
  const auto says = [](const Said& all, const std::string& what) {
    return std::find(all.begin(), all.end(), what) != all.end();
  };
  const auto with_inputs = [](std::size_t count) {
    return in_parcels([=](Scoring& s) {
      while (s.inputs.size() < count) {
        s.inputs.push_back(s.inputs[2]);
        s.inputs.back().name = "nuisance" + std::to_string(s.inputs.size());
        s.parts[2].sum_of.push_back(s.inputs.back().name);
      }
    });
  };
  CHECK(with_inputs(32).empty());
  CHECK(says(with_inputs(33), "inputs: the method has more than 32 inputs (nobody judges that many)"));
  const auto with_choices = [](std::size_t count) {
    return in_parcels([=](Scoring& s) {
      auto& choices = s.inputs[2].choices;
      while (choices.size() < count) choices.push_back({"noise" + std::to_string(choices.size()), "more noise", 0});
    });
  };
  CHECK(with_choices(100).empty());
  CHECK(says(with_choices(101),
             "inputs.nuisance.choices: input 'nuisance' has more than 100 choices (nobody chooses among that many)"));
}

TEST_CASE("a part's limits lie within what its inputs could ever add up to") {
  CHECK(in_parcels([](Scoring& s) { s.parts[2].max = 320'000; }).empty());
  CHECK(in_parcels([](Scoring& s) { s.parts[2].max = 320'001; }) ==
        Said{"parts.bother.max: the limit is out of range: 3200.01 (it lies between -3200.00 and 3200.00)"});
  CHECK(in_parcels([](Scoring& s) { s.parts[2].min = -320'001; }) ==
        Said{"parts.bother.min: the limit is out of range: -3200.01 (it lies between -3200.00 and 3200.00)"});
}

TEST_CASE("a method that speaks for a fact has a word for it") {
  CHECK(in_parcels([](Scoring& s) { s.suggests[0].words.clear(); }) ==
        Said{"suggests.van.words: fact 'van' gets no 'words' (add words: with a word for a band)"});
}
