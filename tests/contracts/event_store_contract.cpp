// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/contracts/history_language.h"
#include "tests/contracts/subject.h"

namespace tocsin::tests {
namespace {

std::vector<ledger::Record> everything(const ports::EventStore& store) {
  auto all = store.read_all(0, 1'000'000);
  REQUIRE(all);
  return *all;
}

void require_conflict(const Result<std::int64_t>& result, std::string_view refused_by) {
  REQUIRE_FALSE(result);
  CHECK(result.error().code == Errc::conflict);
  CHECK(result.error().refused_by == refused_by);
}

void order(Subject& subject) {
  auto& store = subject.store();
  History first("A-1"), second("B-1");
  CHECK(*store.append(first.next(2)) == 2);
  CHECK(*store.append(second.next(1)) == 3);
  CHECK(*store.append(first.next(3)) == 6);

  SECTION("a stream reads back oldest first, as it was written") {
    const auto records = store.read("A-1");
    REQUIRE(records);
    REQUIRE(records->size() == 5);
    for (std::size_t i = 0; i < 5; ++i) CHECK((*records)[i].n == static_cast<std::int64_t>(i) + 1);
    CHECK(ledger::verify_stream(*records));
    for (const auto& record : *records) CHECK(ledger::verify_record(record).empty());
    CHECK(records->front().type == "fact_set");
    CHECK(records->front().by == "ana");
    CHECK(records->front().account == "ana@desk");
    CHECK(records->front().recorded_at == kEpoch);
  }
  SECTION("the whole store reads in order of seq, without gaps, by page") {
    const auto all = everything(store);
    REQUIRE(all.size() == 6);
    CHECK(is_gapless(all));
    CHECK(all[2].stream == "B-1");
    const auto page = store.read_all(2, 3);
    REQUIRE(page);
    REQUIRE(page->size() == 3);
    CHECK(page->front().seq == 3);
    CHECK(page->back().seq == 5);
    CHECK(store.read_all(6, 10)->empty());
  }
  SECTION("a stream that is not there is empty, and its name must match exactly") {
    CHECK(store.read("C-1")->empty());
    CHECK(store.read("a-1")->empty());
    CHECK(store.read("")->empty());
  }
  SECTION("what was written is there after reopening") {
    subject.reopen();
    CHECK(subject.store().read("A-1")->size() == 5);
    CHECK(*subject.store().append(first.next(1)) == 7);
  }
}

void all_or_nothing(Subject& subject) {
  auto& store = subject.store();
  History history("A-1");
  REQUIRE(store.append(history.next(1)));
  auto taken = History("Z-1").next(1);
  taken.request = ports::Remembered{"once", "aa", "{}"};
  REQUIRE(store.append(taken));
  const auto before = everything(store).size();

  auto append = History("B-1").next_with_card(card(), 2);
  append.card->items = {item("ico", "dated", hour(72))};
  append.card->items[0].stream = "B-1";
  append.card->alarm = hour(1);
  append.definition = ports::DefinitionFiles{"d1", "files"};
  const auto digest = subject.vault().seal("B-1", "a title", append.vault);
  REQUIRE(digest);

  const auto nothing_is_left = [&] {
    CHECK(everything(store).size() == before);
    CHECK(store.read("B-1")->empty());
    CHECK(store.find_streams("B", 10)->empty());
    CHECK(store.cards("", 10)->empty());
    CHECK(store.items("dated", std::nullopt, std::nullopt, std::nullopt, 10)->empty());
    CHECK(store.alarmed(hour(99), 10)->empty());
    CHECK_FALSE(store.find_definition("d1")->has_value());
    const auto words = subject.vault().open("B-1", {*digest});
    REQUIRE(words);
    CHECK_FALSE(words->front().has_value());
  };
  SECTION("an append whose request id is taken leaves nothing") {
    append.request = ports::Remembered{"once", "bb", "{}"};
    require_conflict(store.append(append), "request");
    nothing_is_left();
    CHECK((*store.find_request("once"))->digest == "aa");
  }
  SECTION("an append against another version leaves nothing") {
    append.expected_version = 4;
    append.request = ports::Remembered{"another", "bb", "{}"};
    require_conflict(store.append(append), ports::kStale);
    nothing_is_left();
    CHECK_FALSE(store.find_request("another")->has_value());
  }
  SECTION("the same append is whole when nothing stands against it") {
    REQUIRE(store.append(append));
    CHECK(store.read("B-1")->size() == 2);
    CHECK(store.items("dated", std::nullopt, std::nullopt, std::nullopt, 10)->size() == 1);
    CHECK(store.alarmed(hour(99), 10)->size() == 1);
    CHECK((*store.find_definition("d1"))->bytes == "files");
    CHECK(subject.vault().open("B-1", {*digest})->front() == "a title");
  }
}

void conflicts(Subject& subject) {
  auto& store = subject.store();
  History history("Case-1");
  REQUIRE(store.append(history.next(2)));
  SECTION("whoever read an older version is told so") {
    require_conflict(store.append(History("Case-1").next(1)), ports::kStale);
    auto ahead = history.next(1);
    ahead.expected_version = 7;
    require_conflict(store.append(ahead), ports::kStale);
  }
  SECTION("a new name may not differ from an old one by case alone") {
    require_conflict(store.append(History("CASE-1").next(1)), "case");
    CHECK(store.append(History("Case-10").next(1)));
  }
  SECTION("a request id is remembered with its outcome and works once, in any stream") {
    auto append = history.next(1);
    append.request = ports::Remembered{"r-1", "ab", R"({"ref":"Case-1"})"};
    REQUIRE(store.append(append));
    const auto found = store.find_request("r-1");
    REQUIRE((found && *found));
    CHECK((*found)->digest == "ab");
    CHECK((*found)->outcome == R"({"ref":"Case-1"})");
    CHECK_FALSE(store.find_request("R-1")->has_value());
    auto again = History("Other").next(1);
    again.request = append.request;
    require_conflict(store.append(again), "request");
  }
  SECTION("of writers that race, each loser is told, and none overwrites another") {
    std::atomic<int> won{0}, stale{0}, other{0};
    std::vector<std::thread> writers;
    for (int w = 0; w < 4; ++w)
      writers.emplace_back([&] {
        for (int done = 0; done < 25;) {
          const auto records = store.read("Case-1");
          const auto result = store.append(History::after(*records, "Case-1").next(1));
          if (result) ++won, ++done;
          else if (result.error().refused_by == ports::kStale) ++stale;
          else ++other, ++done;
        }
      });
    for (auto& writer : writers) writer.join();
    CHECK(won == 100);
    CHECK(other == 0);
    const auto records = store.read("Case-1");
    CHECK(records->size() == 102);
    CHECK(ledger::verify_stream(*records));
    CHECK(is_gapless(everything(store)));
  }
  SECTION("writers of different streams never disturb one another") {
    constexpr int kWriters = 4, kAppends = 300;
    std::atomic<int> failed{0};
    std::vector<std::thread> writers;
    for (int w = 0; w < kWriters; ++w)
      writers.emplace_back([&, w] {
        History own("W-" + std::to_string(w));
        for (int i = 0; i < kAppends; ++i)
          if (!store.append(own.next_with_card(card()))) ++failed;
      });
    for (auto& writer : writers) writer.join();
    CHECK(failed == 0);
    const auto all = everything(store);
    CHECK(all.size() == 2 + kWriters * kAppends);
    CHECK(is_gapless(all));
    for (int w = 0; w < kWriters; ++w) {
      const auto records = store.read("W-" + std::to_string(w));
      CHECK(records->size() == kAppends);
      CHECK(ledger::verify_stream(*records));
    }
  }
}

void bytes(Subject& subject) {
  auto& store = subject.store();
  const auto kept = [&](const std::string& body) {
    auto append = History("A-" + std::to_string(body.size())).next(1);
    append.records[0].bytes = body;
    append.records[0].seal = ledger::seal(body);
    append.definition = ports::DefinitionFiles{"d" + std::to_string(body.size()), body};
    REQUIRE(store.append(append));
    subject.reopen();
    const auto read = subject.store().read(append.stream);
    REQUIRE(read->size() == 1);
    CHECK((read->front().bytes == body));
    CHECK(read->front().seal == ledger::seal(body));
    CHECK(((*subject.store().find_definition(append.definition->digest))->bytes == body));
  };
  SECTION("no bytes are kept as no bytes") { kept(""); }
  SECTION("a megabyte is kept byte for byte") {
    std::string large(1'000'000, 'x');
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('!' + i % 90);
    kept(large);
  }
  SECTION("zero bytes are kept byte for byte") { kept(std::string("a\0b\0\0c\0", 7)); }
  SECTION("other scripts are kept byte for byte") { kept("\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x94 \xe6\xbc\x8f"); }
  SECTION("numbers at the ends of their range are kept") {
    auto append = History("far").next(1);
    append.records[0].at = Instant{INT64_MIN};
    append.records[0].recorded_at = Instant{INT64_MAX};
    REQUIRE(store.append(append));
    CHECK(store.read("far")->front().at == Instant{INT64_MIN});
    CHECK(*store.last_recorded() == Instant{INT64_MAX});
  }
  SECTION("quotes and SQL in a name are only a name") {
    const std::string odd = "x'; drop table events; --";
    REQUIRE(store.append(History(odd).next(1)));
    CHECK(store.read(odd)->size() == 1);
  }
}

void definitions(Subject& subject) {
  auto& store = subject.store();
  SECTION("a definition is stored once and found by its digest") {
    for (const auto* name : {"A-1", "B-1"}) {
      auto append = History(name).next(1);
      append.definition = ports::DefinitionFiles{"abc", "[[\"w.yaml\",\"workflow: x\"]]"};
      REQUIRE(store.append(append));
    }
    CHECK((*store.find_definition("abc"))->bytes == "[[\"w.yaml\",\"workflow: x\"]]");
    CHECK_FALSE(store.find_definition("abd")->has_value());
  }
}

void last_recorded(Subject& subject) {
  auto& store = subject.store();
  SECTION("an empty store was never written to") { CHECK_FALSE(store.last_recorded()->has_value()); }
  SECTION("the latest time counts, whichever stream it is in and whatever came after") {
    REQUIRE(store.append(History("A-1").at(hour(5)).next(1)));
    REQUIRE(store.append(History("B-1").at(hour(3)).next(1)));
    CHECK(*store.last_recorded() == hour(5));
  }
}

void soundness(Subject& subject) {
  auto& store = subject.store();
  SECTION("a store that was only written to has nothing to report") {
    REQUIRE(store.append(History("@site").next(1)));
    History history("A-1");
    auto shown = card();
    shown.items = {item("ico", "dated", hour(72))};
    REQUIRE(store.append(history.next_with_card(shown, 2)));
    auto closed = card();
    closed.open = false;
    REQUIRE(store.append(history.next_with_card(closed)));
    const auto findings = store.inspect();
    REQUIRE(findings);
    for (const auto& finding : *findings) FAIL_CHECK(finding.message);
  }
}

}  // namespace

void event_store_contract(const MakeSubject& make) {
  const auto subject = make();
  SECTION("order") { order(*subject); }
  SECTION("all or nothing") { all_or_nothing(*subject); }
  SECTION("conflicts") { conflicts(*subject); }
  SECTION("bytes") { bytes(*subject); }
  SECTION("definitions") { definitions(*subject); }
  SECTION("last recorded") { last_recorded(*subject); }
  SECTION("soundness") { soundness(*subject); }
}

}  // namespace tocsin::tests
