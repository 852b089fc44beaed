// SPDX-License-Identifier: Apache-2.0
// An interview without a terminal: what is said, what is recorded, what is not.
#include <catch2/catch.hpp>

#include <deque>
#include <functional>
#include <sstream>

#include "cli/interview/conversation.h"
#include "cli/line/verbs.h"
#include "tests/support/incident_room.h"

using namespace tocsin;
using namespace tocsin::tests;
using cli::Heard;

namespace {

/// Somebody who answers as written down, and then hangs up.
class Script : public cli::Voice {
 public:
  std::deque<Heard> lines;
  std::function<void(const cli::Prompt&)> while_thinking = [](const cli::Prompt&) {};
  int width = 80;
  std::string said;
  std::vector<cli::Prompt> prompts;

  void say(const std::string& text) override { said += text; }
  Heard ask(const cli::Prompt& prompt) override {
    prompts.push_back(prompt);
    said += prompt.text;
    while_thinking(prompt);
    if (lines.empty()) return {Heard::Kind::end};
    auto heard = lines.front();
    lines.pop_front();
    said += heard.text + "\n";
    return heard;
  }
  int columns() const override { return width; }

  bool has(const std::string& text) const {
    std::string plain;
    for (const char c : said)
      if (c != '\n' && (c != ' ' || (!plain.empty() && plain.back() != ' '))) plain += c;
      else if (plain.empty() || plain.back() != ' ') plain += ' ';
    return plain.find(text) != std::string::npos;
  }
};

/// The incident room with somebody at its terminal.
class Interview : public IncidentRoom {
 public:
  explicit Interview(bool with_people = true) : IncidentRoom(with_people) { must(open()); }

  Result<int> hold(const std::string& who, std::vector<std::string> lines) {
    for (auto& line : lines) voice.lines.push_back({Heard::Kind::line, std::move(line)});
    return hold(who);
  }
  Result<int> hold(const std::string& who) {
    as(who);
    std::istringstream in;
    std::ostringstream out;
    cli::World world{in, out, out, {}, [this] { return request().now; }, who};
    static const auto verb = *std::find_if(cli::verbs().begin(), cli::verbs().end(),
                                           [](const cli::Verb& one) { return one.words == "case ask"; });
    cli::Call call(world, verb);
    call.values = values;
    auto asked = request();
    asked.dry_run = call.has("--dry-run");
    return cli::Conversation(call, engine, "FF-1", asked, voice).hold();
  }
  std::string fact(const std::string& name) {
    const auto seen = view();
    const auto* claim = seen.file->fact(name);
    return claim == nullptr ? "not known" : claim->vaulted ? "(words)" : canonical(claim->value);
  }
  std::size_t events() { return view().events.size(); }

  Script voice;
  std::map<std::string, std::vector<std::string>, std::less<>> values;
};

const Heard kCtrlC{Heard::Kind::interrupted, "", 2};
const Heard kCtrlD{Heard::Kind::end};

}  // namespace

TEST_CASE("an interview takes the most urgent answers first and records each at once") {
  Interview room;
  const auto questions = room.view().definition->facts.size();
  CHECK(room.hold("sid", {"2026-05-02T19:30+01:00", "3", "quit"}).value() == 0);
  CHECK(room.fact("aware_at") == "\"2026-05-02T18:30:00Z\"");
  CHECK(room.fact("risk") == "\"high_risk\"");
  CHECK(room.due("ico") == "2026-05-05T18:30:00Z");
  CHECK(room.state("staff") == "due");
  CHECK(room.voice.has("1 of " + std::to_string(questions) + " When did we become aware?"));
  CHECK(room.voice.has("recorded: aware_at = Sat 2 May 2026 19:30 BST, 18:30Z"));
  CHECK(room.voice.has("follows: obligation ico runs from facts.aware_at, owed by Tue 5 May 2026 19:30 BST"));
  CHECK(room.voice.has("2 answered, 0 not known yet, " + std::to_string(questions - 2) +
                       " not asked. Go on with: tocsin case ask FF-1"));
}

TEST_CASE("times are taken as people say them, on the clocks of the case, and said back in full") {
  Interview room;
  CHECK(room.hold("sid", {"-40m", "back", "sat 19:00", "the log says so", "quit"}).value() == 0);
  CHECK(room.voice.has("recorded: aware_at = Sat 2 May 2026 19:20 BST, 18:20Z"));
  CHECK(room.voice.has("recorded: aware_at = Sat 2 May 2026 19:00 BST, 18:00Z"));
  CHECK(room.fact("aware_at") == "\"2026-05-02T18:00:00Z\"");
  workflow::Fact occurred;
  occurred.kind = workflow::Fact::Kind::period;
  CHECK(cli::understood(occurred, "1 may 20:10 .. -1h", *parse_instant("2026-05-02T19:00Z"), "Europe/London")->value ==
        "2026-05-01T19:10:00Z..2026-05-02T18:00:00Z");
}

TEST_CASE("not known yet is an answer, and the next interview asks it again") {
  Interview room;
  CHECK(room.hold("sid", {"?", "", "don't know", "quit"}).value() == 0);
  CHECK(room.voice.prompts.at(1).text == "risk> ");
  CHECK(room.voice.prompts.size() == 4);
  CHECK(room.voice.has("0 answered, 3 not known yet"));
  Script fresh;
  std::swap(room.voice, fresh);
  CHECK(room.hold("sid", {"2026-05-02T18:30Z"}).value() == 0);
  CHECK(room.voice.prompts.at(0).text == "aware_at> ");
  Script resumed;
  std::swap(room.voice, resumed);
  CHECK(room.hold("sid").value() == 0);
  CHECK(room.voice.prompts.at(0).text == "risk> ");
}

TEST_CASE("an answer that cannot be taken is told and asked again") {
  Interview room;
  CHECK(room.hold("sid", {"yesterday-ish", "2026-05-09T10:00Z", "2026-05-02T18:30Z", "hihg_risk", "high risk", "quit"})
            .value() == 0);
  CHECK(room.voice.has("lies in the future"));
  CHECK(room.voice.has("did you mean 'high_risk'?"));
  CHECK(room.fact("risk") == "\"high_risk\"");
}

TEST_CASE("whoever does not judge a fact is told so before, and the answer stands as a claim") {
  Interview room;
  CHECK(room.hold("ann", {"?", "risk", "quit"}).value() == 0);
  const auto told = room.voice.said.find("Yours stands as a claim"), answered = room.voice.said.find("risk> risk");
  REQUIRE(told != std::string::npos);
  CHECK(told < answered);
  CHECK(room.fact("risk") == "not known");
  CHECK(room.voice.has("recorded: risk = risk, as a claim until somebody who judges it says so"));
  CHECK(room.voice.has("these stand as claims: risk"));
  Script again;
  std::swap(room.voice, again);
  CHECK(room.hold("ann", {"?", "quit"}).value() == 0);
  CHECK(room.voice.prompts.at(1).text != "risk> ");  // she has said what there is to say
  Script judge;
  std::swap(room.voice, judge);
  CHECK(room.hold("sid", {"?", "2", "quit"}).value() == 0);
  CHECK(room.voice.has("said ann: risk (claimed, not adopted)"));
  CHECK(room.fact("risk") == "\"risk\"");
}

TEST_CASE("what somebody else answers meanwhile is told and not asked") {
  Interview room;
  room.voice.while_thinking = [&](const cli::Prompt& prompt) {
    if (prompt.text != "aware_at> ") return;
    REQUIRE(room.as("sue").set("risk=unlikely"));
    room.as("sid");
  };
  CHECK(room.hold("sid", {"?", "quit"}).value() == 0);
  CHECK(room.voice.has("meanwhile, sue: fact risk = unlikely"));
  for (const auto& prompt : room.voice.prompts) CHECK(prompt.text != "risk> ");
}

TEST_CASE("an answer that somebody else gave while it was typed is not given twice") {
  Interview room;
  room.voice.while_thinking = [&](const cli::Prompt& prompt) {
    if (prompt.text != "risk> ") return;
    REQUIRE(room.as("sue").set("risk=unlikely"));
    room.as("sid");
  };
  CHECK(room.hold("sid", {"?", "high_risk", "quit"}).value() == 0);
  CHECK(room.fact("risk") == "\"unlikely\"");
  CHECK(room.voice.has("meanwhile, sue: fact risk = unlikely"));
  CHECK(room.voice.has("Your answer was not recorded"));
}

TEST_CASE("back leads to the question before, and changing a judged answer asks for the reason") {
  Interview room;
  CHECK(room.hold("sid", {"back", "?", "high_risk", "back", "risk", "", "risk", "a second look", "quit"}).value() == 0);
  CHECK(room.voice.has("this is the first question"));
  CHECK(room.voice.has("recorded now: high_risk; Enter leaves it so"));
  CHECK(room.voice.has("'risk' was judged before: changing it needs a reason"));
  CHECK(room.voice.has("without a reason nothing was recorded"));
  CHECK(room.fact("risk") == "\"risk\"");
}

TEST_CASE("a question that was answered and is put again says why it is asked and who judges, as before") {
  Interview room;
  CHECK(room.hold("sid", {"2026-05-02T19:30+01:00", "back", "quit"}).value() == 0);
  const std::string reason = "is counted from it";
  const auto first = room.voice.said.find("recorded: aware_at");
  REQUIRE(first != std::string::npos);
  const auto before = room.voice.said.substr(0, first);
  room.voice.said.erase(0, first);
  CHECK(room.voice.has(reason));
  CHECK_FALSE(room.voice.has("for the record"));
  CHECK_FALSE(room.voice.has("()"));
  room.voice.said = before;
  CHECK(room.voice.has(reason));
}

TEST_CASE("words go over several lines, come from a file, and are not remembered") {
  Interview room;
  const auto asked = [&] {
    std::size_t place = 0;
    while (place < room.voice.prompts.size() && room.voice.prompts[place].text != "how_found> ") ++place;
    return place;
  };
  // Enter until the words are asked for.
  CHECK(room.hold("ann", std::vector<std::string>(40, "")).value() == 0);
  const auto before = asked();
  REQUIRE(before < room.voice.prompts.size());
  CHECK_FALSE(room.voice.prompts[before].is_remembered);
  CHECK(room.voice.prompts[0].is_remembered);
  for (const auto& prompt : room.voice.prompts)
    if (prompt.text == "likely_consequences> ") CHECK_FALSE(prompt.is_remembered);

  Script script;
  std::swap(room.voice, script);
  std::vector<std::string> lines(before, "");
  for (const auto* line : {"A guard found it.", "", "Then he called.", ".", "quit"}) lines.emplace_back(line);
  CHECK(room.hold("ann", lines).value() == 0);
  const auto view = room.view();
  const auto words = room.engine.words(view, {view.file->fact("how_found")->n, "value"});
  CHECK(words.value() == "A guard found it.\n\nThen he called.");
  for (std::size_t i = before; i < before + 4; ++i) CHECK_FALSE(room.voice.prompts[i].is_remembered);
}

TEST_CASE("who leaves in the middle of some words has recorded nothing of them") {
  for (const auto& leave : {kCtrlC, kCtrlD}) {
    Interview room;
    const auto events = room.events();
    room.voice.while_thinking = [&](const cli::Prompt& prompt) {
      if (prompt.text == "how_found> ") room.voice.lines = {{Heard::Kind::line, "A guard"}, leave};
      else if (!prompt.text.starts_with(".")) room.voice.lines = {{Heard::Kind::line, ""}};
    };
    CHECK(room.hold("ann").value() == (leave.signal == 0 ? 0 : 130));
    CHECK(room.events() == events);
    CHECK(room.voice.has("What you were typing was not recorded."));
  }
}

TEST_CASE("Ctrl-C keeps what was recorded and ends with 130; Ctrl-D ends with 0") {
  Interview room;
  room.voice.lines = {{Heard::Kind::line, "2026-05-02T18:30Z"}, kCtrlC};
  CHECK(room.hold("sid").value() == 130);
  CHECK(room.fact("aware_at") == "\"2026-05-02T18:30:00Z\"");
  room.voice.lines = {kCtrlD};
  CHECK(room.hold("sid").value() == 0);
}

TEST_CASE("somebody who is not listed is not asked in vain") {
  Interview room;
  CHECK(room.hold("eve", {"?"}).error().code == Errc::forbidden);
  CHECK(room.voice.prompts.empty());
}

TEST_CASE("a dry run judges answers and records nothing") {
  Interview room;
  const auto events = room.events();
  room.values = {{"--dry-run", {""}}};
  CHECK(room.hold("sid", {"2026-05-02T18:30Z", "nonsense", "risk", "quit"}).value() == 0);
  CHECK(room.events() == events);
  CHECK(room.voice.has("would be recorded: aware_at = "));
  CHECK(room.voice.has("Each answer is judged at once"));
  CHECK_FALSE(room.voice.has("recorded at once"));
}

TEST_CASE("at forty columns every line of an interview fits, and at four hundred it is no wider than its words") {
  Interview room;
  room.voice.width = 40;
  CHECK(room.hold("ann", {"help", "why", "", "why", "high_risk", "", ""}).value() == 0);
  std::istringstream lines(room.voice.said);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    if (!line.starts_with("next: tocsin ")) CHECK(line.size() <= 40);  // a command stays whole
  }
}

TEST_CASE("numbers, words and ranges are taken as people type them") {
  const auto fact_of = [](workflow::Fact::Kind kind, std::vector<std::string> words) {
    workflow::Fact fact;
    fact.name = "x";
    fact.kind = kind;
    fact.words = std::move(words);
    return fact;
  };
  const auto set = fact_of(workflow::Fact::Kind::set, {"name", "pay_number", "photo"});
  const auto count = fact_of(workflow::Fact::Kind::count, {});
  const auto choice = fact_of(workflow::Fact::Kind::choice, {"unlikely", "risk", "high_risk", "back"});
  const auto value = [](const workflow::Fact& fact, std::string_view typed) {
    const auto read = cli::understood(fact, typed, *parse_instant("2026-05-02T19:00Z"), "Europe/London");
    return read ? read->value : "refused: " + read.error().message;
  };
  CHECK(value(set, "1, 3") == "name,photo");
  CHECK(value(set, "pay number, name") == "pay_number,name");
  CHECK(value(set, "1 2") == "name,pay_number");
  CHECK(value(set, "pay number") == "pay_number");
  CHECK(value(set, "4") == "refused: that is none of the 3 answers: type a number or a word");
  CHECK(value(count, "12,000..47,000") == "12000..47000");
  CHECK(value(count, "12000 ..") == "12000..");
  CHECK(value(count, "1,20") == "1,20");  // the engine refuses it and says what is a number
  CHECK(value(choice, "High-Risk") == "high_risk");
  CHECK(value(choice, "2") == "risk");
  CHECK(value(choice, "back") == "back");  // a workflow's word is an answer
  CHECK(cli::understood(count, "back", {}, "")->kind == cli::Answer::Kind::back);
}
