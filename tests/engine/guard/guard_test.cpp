// SPDX-License-Identifier: Apache-2.0
#include "engine/guard/guard.h"

#include <catch2/catch.hpp>
#include <random>

using namespace tocsin::guard;

namespace {

/// A case of a few named values.
struct Known : Situation {
  std::map<std::string, Value, std::less<>> values;
  std::set<std::string, std::less<>> settled_ones, filed_ones, incomplete_ones, late_ones, finals;

  Value value(std::string_view name) const override {
    const auto found = values.find(name);
    return found == values.end() ? Value{} : found->second;
  }
  bool has(std::string_view name) const override { return values.contains(name); }
  Truth settled(std::string_view name) const override {
    return settled_ones.contains(name) ? Truth::yes : filed_ones.contains(name) ? Truth::unknown : Truth::no;
  }
  bool filed(std::string_view name) const override { return filed_ones.contains(name); }
  bool incomplete(std::string_view name) const override { return incomplete_ones.contains(name); }
  bool late(std::string_view name) const override { return late_ones.contains(name); }
  bool final(std::string_view name) const override { return finals.contains(name); }
  bool exempted(std::string_view name) const override { return name == "obligations.staff.art_34_3_c"; }
};

Scope scope() {
  Scope all;
  all.names = {{"facts.risk", {Type::Kind::choice, {"unlikely", "risk", "high_risk"}, true}},
               {"facts.our_data", {Type::Kind::choice, {"involved", "not_involved"}, false}},
               {"facts.data", {Type::Kind::set, {"name", "address"}, false}},
               {"facts.people", {Type::Kind::count}},
               {"facts.lessons", {Type::Kind::vaulted}},
               {"facts.aware_at", {Type::Kind::time}},
               {"states.assessment", {Type::Kind::state, {"detected", "assessed"}, false}},
               {"actions.open", {Type::Kind::integer}}};
  all.obligations = {"ico", "ico-late", "staff"};
  all.regions = {"case", "assessment"};
  all.exemptions = {"staff.art_34_3_b", "staff.art_34_3_c"};
  return all;
}

Guard bound(const std::string& text) {
  const auto parsed = parse(text);
  for (const auto& mistake : parsed.mistakes) UNSCOPED_INFO(mistake.message);
  REQUIRE(parsed.guard);
  const auto checked = check(*parsed.guard, scope());
  for (const auto& mistake : checked.mistakes) UNSCOPED_INFO(mistake.message);
  REQUIRE(checked.guard);
  return *checked.guard;
}

Truth truth(const std::string& text, const Known& known) { return evaluate(bound(text), known); }

/// All mistakes of a text, each as "offset: message hint".
std::vector<std::string> mistakes(const std::string& text) {
  const auto parsed = parse(text);
  auto all = parsed.guard ? check(*parsed.guard, scope()).mistakes : parsed.mistakes;
  std::vector<std::string> shown;
  for (const auto& mistake : all)
    shown.push_back(std::to_string(mistake.offset) + ": " + mistake.message +
                    (mistake.hint.empty() ? "" : " " + mistake.hint));
  return shown;
}

}  // namespace

TEST_CASE("the header's example: a risk that nobody has judged is unknown, not no") {
  Known known;
  CHECK(truth("facts.risk == 'high_risk' && !settled(obligations.ico)", known) == Truth::unknown);
  known.values["facts.risk"] = std::string("high_risk");
  CHECK(truth("facts.risk == 'high_risk' && !settled(obligations.ico)", known) == Truth::yes);
}

TEST_CASE("an exemption is asked about by obligation and name, and is never unknown") {
  CHECK(truth("exempted(obligations.staff.art_34_3_c)", {}) == Truth::yes);
  CHECK(truth("exempted(obligations.staff.art_34_3_b)", {}) == Truth::no);
  CHECK(
      mistakes("exempted(obligations.staff.art_34_3_d)")
          .front()
          .starts_with(
              "0: exempted() asks about an exemption of an obligation's clock, and none is called 'obligations.staff.art_34_3_d'"));
  CHECK_FALSE(mistakes("exempted(obligations.staff)").empty());
}

TEST_CASE("three values combine as CEL combines unknowns") {
  Known known;
  known.values["actions.open"] = std::int64_t{0};
  const std::string yes = "actions.open == 0", no = "actions.open == 1", unknown = "facts.risk == 'risk'";
  struct Row {
    std::string left, right;
    Truth both, either;
  };
  for (const auto& [left, right, both, either] :
       {Row{yes, yes, Truth::yes, Truth::yes}, Row{yes, no, Truth::no, Truth::yes},
        Row{yes, unknown, Truth::unknown, Truth::yes}, Row{no, no, Truth::no, Truth::no},
        Row{no, unknown, Truth::no, Truth::unknown}, Row{unknown, unknown, Truth::unknown, Truth::unknown}}) {
    INFO(left << " with " << right);
    CHECK(truth(left + " && " + right, known) == both);
    CHECK(truth(right + " && " + left, known) == both);
    CHECK(truth(left + " || " + right, known) == either);
    CHECK(truth(right + " || " + left, known) == either);
  }
  CHECK(truth("!(" + unknown + ")", known) == Truth::unknown);
}

TEST_CASE("ordered choices compare by their order, not by their letters") {
  Known known;
  known.values["facts.risk"] = std::string("unlikely");
  CHECK(truth("facts.risk < 'risk'", known) == Truth::yes);
  CHECK(truth("facts.risk >= 'high_risk'", known) == Truth::no);
  known.values["facts.risk"] = std::string("high_risk");
  CHECK(truth("facts.risk > 'risk'", known) == Truth::yes);
  CHECK(truth("'risk' < facts.risk", known) == Truth::yes);
}

TEST_CASE("comparing a range is true or false only if it is so for every value in it") {
  Known known;
  known.values["facts.people"] = Range{12000, std::nullopt};
  CHECK(truth("facts.people > 500", known) == Truth::yes);
  CHECK(truth("facts.people < 500", known) == Truth::no);
  CHECK(truth("facts.people > 20000", known) == Truth::unknown);
  CHECK(truth("facts.people == 100", known) == Truth::no);
  CHECK(truth("facts.people != 100", known) == Truth::yes);
  CHECK(truth("500 <= facts.people", known) == Truth::yes);
  known.values["facts.people"] = Range{500, 500};
  CHECK(truth("facts.people == 500", known) == Truth::yes);
}

TEST_CASE("a range agrees with every number in it, for all small ranges and all comparisons") {
  for (std::int64_t from = 0; from <= 4; ++from)
    for (std::int64_t to = from; to <= 4; ++to)
      for (std::int64_t with = -1; with <= 5; ++with)
        for (const auto& [compare, turned] : std::map<std::string, std::string>{
                 {"==", "=="}, {"!=", "!="}, {"<", ">"}, {"<=", ">="}, {">", "<"}, {">=", "<="}}) {
          Known range, number;
          range.values["facts.people"] = Range{from, to};
          bool some_yes = false, some_no = false;
          for (auto n = from; n <= to; ++n) {
            number.values["facts.people"] = n;
            (truth("facts.people " + compare + " " + std::to_string(with), number) == Truth::yes ? some_yes : some_no) =
                true;
          }
          const auto expected = some_yes && some_no ? Truth::unknown : some_yes ? Truth::yes : Truth::no;
          INFO(from << ".." << to << " " << compare << " " << with);
          CHECK(truth("facts.people " + compare + " " + std::to_string(with), range) == expected);
          CHECK(truth(std::to_string(with) + " " + turned + " facts.people", range) == expected);
        }
}

TEST_CASE("membership, has and the questions about obligations") {
  Known known;
  CHECK(truth("'name' in facts.data", known) == Truth::unknown);
  known.values["facts.data"] = std::vector<std::string>{"name"};
  CHECK(truth("'name' in facts.data", known) == Truth::yes);
  CHECK(truth("'address' in facts.data", known) == Truth::no);
  CHECK(truth("facts.risk in ['risk', 'high_risk']", known) == Truth::unknown);
  CHECK(truth("has(facts.lessons)", known) == Truth::no);
  known.values["facts.lessons"] = Value{};
  CHECK(truth("has(facts.lessons)", known) == Truth::yes);
  known.filed_ones = {"obligations.ico-late"};
  CHECK(truth("filed(obligations.ico-late)", known) == Truth::yes);
  CHECK(truth("settled(obligations.ico-late)", known) == Truth::unknown);
  CHECK(truth("late(obligations.staff) || incomplete(obligations.staff)", known) == Truth::no);
  known.finals = {"case"};
  CHECK(truth("final(case)", known) == Truth::yes);
}

TEST_CASE("a mistake has its place and the nearest known word") {
  using Shown = std::vector<std::string>;
  CHECK(mistakes("facts.rsik == 'risk'") == Shown{"0: nothing is called 'facts.rsik' here did you mean 'facts.risk'?"});
  CHECK(mistakes("facts.risk == 'hihg_risk'") == Shown{"14: 'hihg_risk' is not one of its words did you mean 'high_risk'?"});
  CHECK(mistakes("facts.our_data < 'involved'") == Shown{"15: its words have no order: compare with == or !="});
  CHECK(mistakes("facts.lessons == 'x'") ==
        Shown{"0: 'facts.lessons' lies in the vault: a guard may only ask has(facts.lessons)"});
  CHECK(mistakes("facts.aware_at > 1") == Shown{"0: 'facts.aware_at' is a time: a guard may only ask has(facts.aware_at)"});
  CHECK(
      mistakes("settled(obligations.icoo)") ==
      Shown{
          "0: 'settled()' asks about an obligation, and none is called 'obligations.icoo' did you mean 'obligations.ico'?"});
  CHECK(mistakes("final(cas)") == Shown{"0: final() asks about a region, and none is called 'cas' did you mean 'case'?"});
  CHECK(mistakes("ever(facts.risk)") == Shown{"0: ever() comes in a later version"});
  CHECK(mistakes("facts.data == 'name'") == Shown{"11: a set is not compared: ask whether a word is 'in' it"});
  CHECK(mistakes("facts.risk == facts.our_data") == Shown{"11: these two have different words and are never compared"});
  CHECK(mistakes("facts.risk == \"\"\"risk\"\"\"") == Shown{"14: triple quotes are not part of this language"});
  CHECK(mistakes("facts.risk = 'risk'") == Shown{"11: '=' is not a comparison did you mean '=='?"});
  CHECK(mistakes("actions.open + 1 == 2") ==
        Shown{"13: '+' is not part of this language: no arithmetic, no conditionals, no maps"});
  CHECK(mistakes("actions.open") == Shown{"0: a condition is true or false, and this is neither compare it with something"});
  CHECK(mistakes("facts.rsik == 'a' && facts.dta == 'b'").size() == 2);
  CHECK(mistakes("") == Shown{"0: something is missing at the end"});
  CHECK(mistakes("(true") == Shown{"5: expected ')' here"});
}

TEST_CASE("a guard that says no names each thing that would have to change") {
  Known known;
  known.values["states.assessment"] = std::string("detected");
  known.values["actions.open"] = std::int64_t{2};
  const auto reasons = explain(
      bound("states.assessment == 'assessed' && has(facts.lessons) && actions.open == 0 && settled(obligations.ico)"),
      known);
  REQUIRE(reasons.size() == 4);
  CHECK(reasons[0].sentence == "states.assessment is 'detected', not 'assessed'");
  CHECK(reasons[1].sentence == "facts.lessons is not known");
  CHECK(reasons[2].sentence == "actions.open is 2, not 0");
  CHECK(reasons[3].sentence == "obligations.ico is not settled");
  CHECK(explain(bound("actions.open == 2"), known).empty());
  CHECK(names(bound("facts.risk == 'risk' && late(obligations.ico) && facts.risk != 'unlikely'")) ==
        std::vector<std::string>{"facts.risk", "obligations.ico"});
}

TEST_CASE("a guard that says no tells what is so, whatever kind of thing it asks about") {
  Known known;
  known.values["facts.data"] = std::vector<std::string>{"address", "name"};
  known.values["facts.people"] = Range{12000, std::nullopt};
  known.values["facts.lessons"] = Value{};
  const auto says = [&](const std::string& text) {
    const auto reasons = explain(bound(text), known);
    REQUIRE(reasons.size() == 1);
    return reasons.front().subject + ": " + reasons.front().sentence;
  };
  CHECK(says("!('name' in facts.data)") == "facts.data: facts.data is {address, name}, which should not be");
  CHECK(says("!has(facts.lessons)") == "facts.lessons: facts.lessons is known, and should not be");
  CHECK(says("facts.people > 20000") == "facts.people: facts.people is 12000.., and should be > 20000");
  CHECK(says("!(facts.people > 500)") == "facts.people: facts.people is 12000.., and should not be > 500");
  known.values["facts.people"] = Range{std::nullopt, 47000};
  CHECK(says("facts.people <= 20000") == "facts.people: facts.people is ..47000, and should be <= 20000");
  known.values["facts.data"] = std::vector<std::string>{"name"};
  CHECK(says("'address' in facts.data") == "facts.data: facts.data is {name}, which does not fit");
  CHECK(says("facts.risk in ['risk', 'high_risk']") == "facts.risk: facts.risk is not known");
  CHECK(says("false") == "condition: the condition is never true");
  CHECK(says("1 == 2") == "condition: the condition is never true");
  CHECK(says("'x' in ['y']") == "condition: the condition is never true");
  CHECK(says("actions.open > facts.people") == "actions.open: actions.open is not known");
  known.values["actions.open"] = std::int64_t{5};
  CHECK(says("actions.open > facts.people") == "actions.open: actions.open is 5, and should be > ..47000");
  CHECK(says("9 < actions.open") == "actions.open: actions.open is 5, and should be > 9");
  known.values.erase("facts.people");
  CHECK(says("actions.open > facts.people") == "facts.people: facts.people is not known");
  CHECK(says("true != has(facts.lessons)") == "facts.lessons: facts.lessons is known, and should not be");
  known.values.erase("facts.lessons");
  CHECK(says("has(facts.lessons) == true") == "facts.lessons: facts.lessons is not known");
  CHECK(says("!true") == "condition: the condition is never false");
}

TEST_CASE("of two counts that are known within limits nothing can be said, nor which of them is larger") {
  auto with_records = scope();
  with_records.names["facts.records"] = {Type::Kind::count};
  Known known;
  known.values["facts.people"] = Range{10, 20};
  known.values["facts.records"] = Range{15, 30};
  for (const std::string compare : {"==", "!=", "<", "<=", ">", ">="}) {
    INFO(compare);
    const auto checked = check(*parse("facts.people " + compare + " facts.records").guard, with_records);
    REQUIRE(checked.guard);
    CHECK(evaluate(*checked.guard, known) == Truth::unknown);
  }
}

TEST_CASE("nothing that a person or a machine can type crashes the reader") {
  CHECK_FALSE(parse(std::string(5000, '(')).guard);
  CHECK_FALSE(parse(std::string(200, '!') + "true").guard);
  CHECK_FALSE(parse("'" + std::string(10, '\xff')).guard);
  std::mt19937 random(20260502);
  const std::string seed =
      "facts.risk >= 'high_risk' && (has(facts.lessons) || !settled(obligations.ico-late)) && 'name' in facts.data || actions.open in [1, -2]";
  const std::string letters = "&|!()<>=.,'\"[]+-*/abcfx019 \n\\\xc3\xff";
  int read = 0;
  for (int i = 0; i < 30000; ++i) {
    auto text = seed.substr(random() % seed.size(), 1 + random() % seed.size());
    for (auto changes = random() % 4; changes > 0 && !text.empty(); --changes)
      text[random() % text.size()] = letters[random() % letters.size()];
    const auto parsed = parse(text);
    REQUIRE(parsed.guard.has_value() == parsed.mistakes.empty());
    if (!parsed.guard) continue;
    ++read;
    const auto checked = check(*parsed.guard, scope());
    if (checked.guard) (void)evaluate(*checked.guard, Known());
  }
  CHECK(read > 100);  // else the mutations only ever test the first character
}
