// SPDX-License-Identifier: Apache-2.0
#include "engine/method/method.h"

#include "tests/engine/method/small_methods.h"

using namespace tocsin;
using namespace tocsin::method;
using namespace tocsin::tests;

TEST_CASE("hundredths are written with two decimals and read without rounding") {
  CHECK(text_of(0) == "0.00");
  CHECK(text_of(5) == "0.05");
  CHECK(text_of(-5) == "-0.05");
  CHECK(text_of(-125) == "-1.25");
  CHECK(text_of(600) == "6.00");
  for (const Hundredths value : {0, 1, 10, 25, 99, 100, 101, 99999999, -1, -25, -100}) {
    CHECK(parse_hundredths(text_of(value)) == value);
  }
  CHECK(parse_hundredths("3") == 300);
  CHECK(parse_hundredths("0.5") == 50);
  CHECK(parse_hundredths("-1.25") == -125);
  for (const auto* bad :
       {"", "-", ".5", "5.", "0.125", "+1", "1e2", "1,5", "01", "--1", "1.-5", " 1", "1234567", "0x1", "1.2.3"}) {
    INFO(bad);
    CHECK_FALSE(parse_hundredths(bad));
  }
}

TEST_CASE("a score is a product and a sum, exactly, each part held within its limits") {
  const auto said = assess(parcels(), {{"weight", "light"}, {"number", "ten"}, {"nuisance", "noise"}, {"fragile", "yes"}});
  REQUIRE(said);
  CHECK(said->score == "1.25");
  CHECK(said->result == "big");
  CHECK(said->steps == Said{"Mass: 0.25 (light).", "Count: 10.00 (ten), and 5.00 is the most it counts.",
                            "Bother: -0.50 (noise), and 0.00 is the least it counts.",
                            "Result: Mass 0.25 x Count 5.00 + Bother 0.00 = 1.25.", "1.25 is at least 1.25: Big.",
                            "Fragile: yes; this does not change the result.",
                            "This suggests van: needed (confidence M). A person decides."});
  REQUIRE(said->suggests.size() == 1);
  CHECK(said->suggests.front().note == "Our own reading.");
}

TEST_CASE("a band without a word for a fact suggests nothing") {
  const auto said = assess(parcels(), {{"weight", "light"}, {"number", "one"}, {"nuisance", "none"}});
  REQUIRE(said);
  CHECK(said->score == "0.25");
  CHECK(said->result == "small");
  CHECK(said->suggests.empty());
  CHECK(said->flags == Answers{{"fragile", "unknown"}});
  CHECK(said->steps.back() == "Fragile: unknown; this does not change the result.");
}

TEST_CASE("a name or word that the method does not know is refused with the nearest that it knows") {
  CHECK(refusal(parcels(), {{"wieght", "light"}}) ==
        "answer 1 has a name that parcels does not ask for: did you mean 'weight'?");
  CHECK(refusal(parcels(), {{"weight", "hevy"}}) == "'weight' does not know this word: did you mean 'heavy'?");
  CHECK(refusal(parcels(), {{"weight", "elephant"}}) == "'weight' does not know this word: known are light, heavy.");
  CHECK(refusal(parcels(), {{"fragile", "perhaps"}}) == "'fragile' does not know this word: known are yes, no.");
  CHECK(refusal(doors(), {{"color", "red"}}) == "answer 1 has a name that doors does not ask for: did you mean 'colour'?");
  CHECK(refusal(doors(), {{"colour", "rde"}}) == "'colour' does not know this word: did you mean 'red'?");
}

TEST_CASE("all unknown names and words are said at once, and none is repeated") {
  const auto said =
      refusal(parcels(), {{"John Smith", "light"}, {"weight", "John Smith"}, {"number", "one"}, {"number", "one"}});
  CHECK(said == "answer 1 has a name that parcels does not ask for: known are weight, number, nuisance, fragile. "
                "'weight' does not know this word: known are light, heavy. "
                "'number' is answered twice: keep one of the two.");
}

TEST_CASE("a thousand wrong names are not answered with a book") {
  CHECK(refusal(parcels(), Answers(1000, {"nobody", "knows"})).size() < 2000);
}

TEST_CASE("missing inputs are named all at once, with what still goes with the others") {
  const auto result = assess(parcels(), {{"weight", "heavy"}});
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "parcels still needs: number (one); nuisance (none, noise, smell)");
  CHECK(result.error().missing == Said{"inputs.number", "inputs.nuisance"});
}

TEST_CASE("a choice that does not go with another is refused with those that do") {
  CHECK(refusal(parcels(), {{"weight", "heavy"}, {"number", "ten"}, {"nuisance", "none"}}) ==
        "'number' cannot be 'ten' while 'weight' is 'heavy': choose one of one");
}

TEST_CASE("the answers to a tree lead to an outcome, and the way is told") {
  const auto said = assess(doors(), {{"colour", "red"}, {"key", "yes"}});
  REQUIRE(said);
  CHECK(said->result == "inside");
  CHECK(said->steps == Said{"Which colour is the door? Red.", "Have you a key? Yes.", "Outcome: Inside.", "Sit down.",
                            "Basis: the lease.", "This suggests warm: yes (confidence B). A person decides."});
  CHECK(said->suggests.front().note == "for now");
  CHECK(assess(doors(), {{"colour", "blue"}})->result == "outside");
}

TEST_CASE("a tree that is not answered far enough asks its next question") {
  const auto result = assess(doors(), {{"colour", "red"}});
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "doors asks next: 'key', Have you a key? Answer with one of yes, no");
  CHECK(result.error().missing == Said{"questions.key"});
  CHECK(assess(doors(), {}).error().missing == Said{"questions.colour"});
  CHECK(assess(doors(), {{"key", "yes"}}).error().missing == Said{"questions.colour"});
}

TEST_CASE("a tree that is answered beside the way says what it did not ask") {
  CHECK(refusal(doors(), {{"colour", "blue"}, {"key", "yes"}}) ==
        "the answers lead to 'outside' without asking key: leave out what is not asked");
}

TEST_CASE("a method with a mistake assesses nothing") {
  auto method = parcels();
  std::get<Scoring>(method.rules).bands.clear();
  CHECK(refusal(method, {}) == "method parcels has a mistake at bands: the method has no 'bands'");
  CHECK(refusal({"none", "", "", "", "", "", Scoring{}}, {}) ==
        "method none has a mistake at inputs: the method has no 'inputs'");
  CHECK(refusal({"none", "", "", "", "", "", Tree{}}, {}) ==
        "method none has a mistake at questions: the method has no 'questions'");
}

TEST_CASE("bands leave no gap, do not overlap, and are open at both ends") {
  CHECK(in_parcels([](Scoring&) {}).empty());
  CHECK(
      in_parcels([](Scoring& s) { s.bands[1].from = 150; }) ==
      Said{"bands.big.from: a gap between 'small', below 1.25, and 'big', from 1.50 (each band begins where the one before "
           "it ends)"});
  CHECK(in_parcels([](Scoring& s) { s.bands[1].from = 100; }) ==
        Said{"bands.big.from: an overlap between 'small', below 1.25, and 'big', from 1.00 (each band begins where the one "
             "before it ends)"});
  CHECK(in_parcels([](Scoring& s) { s.bands[1].from.reset(); }) ==
        Said{"bands.big.from: band 'big' has no 'from' (add from: 1.25)"});
  CHECK(in_parcels([](Scoring& s) { s.bands[0].below.reset(); }) ==
        Said{"bands.small.below: band 'small' has no 'below' although 'big' follows (add below: with the 'from' of 'big')"});
  CHECK(
      in_parcels([](Scoring& s) { s.bands[0].from = 0; }) ==
      Said{
          "bands.small.from: the lowest band begins at 0.00: results below that have no band (leave out from: in the lowest "
          "band)"});
  CHECK(in_parcels([](Scoring& s) { s.bands[1].below = 900; }) ==
        Said{"bands.big.below: the highest band ends at 9.00: results from there on have no band (leave out below: in the "
             "highest band)"});
  CHECK(in_parcels([](Scoring& s) {
          s.bands = {{"a", "A", {}, 200}, {"b", "B", 200, 100}, {"big", "C", 100, {}}};
        }) == Said{"bands.b.below: band 'b' ends before it begins (write the bands from low to high)"});
}

TEST_CASE("a product that two decimals cannot hold is a mistake of the method, so nothing is ever rounded") {
  CHECK(
      in_parcels([](Scoring& s) { s.inputs[1].choices[0].score = 125; }) ==
      Said{"formula.multiply: the product of these parts can have more than two decimals (results are never rounded: give a "
           "part scores without decimals)"});
  CHECK(in_parcels([](Scoring& s) { s.parts[1].max = 450; }).size() == 1);
  CHECK(in_parcels([](Scoring& s) { s.inputs[1].choices[0].score = 200; }).empty());
}

TEST_CASE("three factors are multiplied without rounding") {
  auto method = parcels();
  auto& scoring = std::get<Scoring>(method.rules);
  scoring.multiply = {"mass", "count", "bother"};
  scoring.inputs[2].choices[1].score = -100;
  scoring.add.clear();
  CHECK(check(method).empty());
  const auto said = assess(method, {{"weight", "heavy"}, {"number", "one"}, {"nuisance", "smell"}});
  REQUIRE(said);
  CHECK(said->score == "4.50");
}

TEST_CASE("the largest scores that are allowed fit, and one more is refused") {
  Scoring scoring;
  for (const auto* part : {"a", "b", "c"}) {
    scoring.parts.push_back({part, part, {}, {}, {}});
    scoring.multiply.push_back(part);
    for (int i = 0; i < 10; ++i) {
      const auto name = part + std::to_string(i);
      scoring.inputs.push_back({name, name, {{"most", "most", 10000}, {"least", "least", -10000}}, "", {}, ""});
      scoring.parts.back().sum_of.push_back(name);
    }
  }
  scoring.bands = {{"all", "All", {}, {}}};
  Method method{"large", "Large", "", "nowhere", "M", "", scoring};
  Answers answers;
  for (const auto& input : scoring.inputs) answers.emplace_back(input.name, "most");
  CHECK(assess(method, answers)->score == "1000000000.00");
  CHECK(assess(method, answers)->steps.back() == "1000000000.00 is in the only band: All.");
  std::get<Scoring>(method.rules).inputs[0].choices[0].score = 10001;
  REQUIRE(check(method).size() == 1);
  CHECK(check(method).front().at == "inputs.a0.choices.most.score");
}

TEST_CASE("names that nothing has are found, with the nearest that is there") {
  CHECK(in_parcels([](Scoring& s) { s.inputs[1].by = "wieght"; }) ==
        Said{"inputs.number.by: there is no input 'wieght' (did you mean 'weight'?)"});
  CHECK(in_parcels([](Scoring& s) { s.inputs[1].allowed[0].first = "ligth"; }) ==
        Said{"inputs.number.allowed.ligth: 'weight' has no choice 'ligth' (did you mean 'light'?)"});
  CHECK(in_parcels([](Scoring& s) { s.inputs[1].allowed[0].second[1] = "tne"; }) ==
        Said{"inputs.number.allowed.light.tne: 'number' has no choice 'tne' (did you mean 'one'?)"});
  CHECK(in_parcels([](Scoring& s) { s.parts[0].sum_of[0] = "wight"; }) ==
        Said{"parts.mass.sum_of.wight: there is no input 'wight' (did you mean 'weight'?)"});
  CHECK(in_parcels([](Scoring& s) { s.multiply[0] = "mas"; }) ==
        Said{"formula.multiply.mas: there is no part 'mas' (did you mean 'mass'?)"});
  CHECK(in_parcels([](Scoring& s) { s.suggests[0].words[0].first = "bigg"; }) ==
        Said{"suggests.van.words.bigg: there is no band 'bigg' (did you mean 'big'?)"});
}

TEST_CASE("every input counts in one part, and every part stands in the formula once") {
  CHECK(in_parcels([](Scoring& s) { s.parts[2].sum_of = {"weight"}; }) ==
        Said{"parts.bother.sum_of.weight: 'weight' counts twice: in 'mass' already (each input counts in one part)",
             "inputs.nuisance: 'nuisance' counts in no part (name it under 'sum_of' of a part)"});
  CHECK(in_parcels([](Scoring& s) { s.add.clear(); }) ==
        Said{"parts.bother: part 'bother' stands nowhere in the formula (name it under 'multiply' or 'add')"});
  CHECK(in_parcels([](Scoring& s) { s.add.push_back("mass"); }) ==
        Said{"formula.add.mass: 'mass' stands in the formula twice (keep one of the two)"});
  CHECK(in_parcels([](Scoring& s) { s.parts[1].min = 600; }) ==
        Said{"parts.count.max: 'max' is less than 'min': 5.00 (exchange the two)"});
}

TEST_CASE("a formula multiplies at least one part and at most three") {
  CHECK(in_parcels([](Scoring& s) { s.multiply.clear(), s.add.clear(); }) ==
        Said{"formula: the formula names no parts (add formula: {multiply: [...], add: [...]})"});
  CHECK(in_parcels([](Scoring& s) {
          s.multiply.clear(), s.add = {"mass", "count", "bother"};
        }) == Said{"formula.multiply: the formula has no 'multiply' (name the parts to multiply; one alone is itself)"});
  CHECK(in_parcels([](Scoring& s) {
          s.parts.push_back({"more", "More", {"more"}, {}, {}});
          s.inputs.push_back({"more", "More", {{"one", "one", 100}}, "", {}, ""});
          s.multiply = {"mass", "count", "bother", "more"}, s.add.clear();
        }) == Said{"formula.multiply: the formula has more than 3 factors (no method of this kind needs that)"});
}

TEST_CASE("an input that limits another stands above it, and every choice has company") {
  CHECK(in_parcels([](Scoring& s) { s.inputs[1].by = "nuisance"; }) ==
        Said{"inputs.number.by: 'nuisance' does not stand above 'number', which it limits (write it first)"});
  CHECK(in_parcels([](Scoring& s) { s.inputs[1].by.clear(); }) ==
        Said{"inputs.number.by: input 'number' has 'allowed' but no 'by' (add by: with the input that limits it)"});
  CHECK(in_parcels([](Scoring& s) { s.inputs[1].allowed.clear(); }) ==
        Said{"inputs.number.allowed: input 'number' is limited by 'weight' but has no 'allowed' (list for each choice of "
             "'weight' the choices that go with it)"});
  CHECK(in_parcels([](Scoring& s) { s.inputs[1].allowed.pop_back(); }) ==
        Said{"inputs.number.allowed: 'allowed' does not say what goes with 'heavy' of 'weight' (add heavy: with a list of "
             "choices)"});
  CHECK(in_parcels([](Scoring& s) { s.inputs[1].allowed[0].second = {"one"}; }) ==
        Said{"inputs.number.choices.ten: 'ten' goes with no choice of 'weight' (list it under 'allowed', or remove it)"});
  CHECK(in_parcels([](Scoring& s) { s.flags[0].name = "weight"; }) ==
        Said{"flags.weight: 'weight' is an input already (give the flag another name)"});
}

TEST_CASE("every answer leads somewhere, and something leads everywhere") {
  CHECK(in_doors([](Tree&) {}).empty());
  CHECK(in_doors([](Tree& t) { t.questions[0].answers[0].to = "kye"; }) ==
        Said{"questions.colour.answers.red.to: there is no question or outcome 'kye' (did you mean 'key'?)"});
  CHECK(in_doors([](Tree& t) { t.questions[0].answers[0].to.clear(); }) ==
        Said{"questions.colour.answers.red.to: answer 'red' leads nowhere (add to: with the next question or an outcome)"});
  CHECK(in_doors([](Tree& t) { t.questions[1].answers.clear(); }) ==
        Said{"questions.key.answers: question 'key' has no 'answers' (add answers: ...)"});
  CHECK(in_doors([](Tree& t) { t.questions[0].answers[0].to = "inside"; }) ==
        Said{"questions.key: nothing leads to question 'key' (let an answer lead to it, or remove it; the first question is "
             "where everybody begins)"});
  CHECK(in_doors([](Tree& t) { t.questions[1].answers[0].to = "outside"; }) ==
        Said{"outcomes.inside: nothing leads to outcome 'inside' (let an answer lead to it, or remove it)"});
  CHECK(in_doors([](Tree& t) { t.outcomes[1].name = "key"; }).size() == 3);
}

TEST_CASE("questions that run in a circle are found, with the circle") {
  CHECK(
      in_doors([](Tree& t) { t.questions[1].answers[1].to = "colour"; }) ==
      Said{"questions.key.answers.no.to: questions run in a circle: colour -> key -> colour (an answer leads to a question "
           "that was not asked yet, or to an outcome)"});
  CHECK(
      in_doors([](Tree& t) { t.questions[1].answers[1].to = "key"; }) ==
      Said{"questions.key.answers.no.to: questions run in a circle: key -> key (an answer leads to a question that was not "
           "asked yet, or to an outcome)"});
}

TEST_CASE("a tree of more questions than anybody answers is refused before it is followed") {
  Method method = doors();
  auto& tree = std::get<Tree>(method.rules);
  const auto question = tree.questions.front();
  while (tree.questions.size() <= 20000) tree.questions.push_back(question);
  REQUIRE(check(method).size() == 1);
  CHECK(check(method).front().message == "the method has more than 100 questions");
}
