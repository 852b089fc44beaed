// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "tests/contracts/history_language.h"
#include "tests/contracts/subject.h"

namespace tocsin::tests {
namespace {

using Names = std::vector<std::string>;

void open_case(ports::EventStore& store, const std::string& name, ports::Card shown) {
  REQUIRE(store.append(History(name).next_with_card(std::move(shown))));
}

ports::Card with(std::vector<ports::OpenItem> items) {
  auto shown = card();
  shown.items = std::move(items);
  return shown;
}

Names shelf(const ports::EventStore& store, std::string_view group) {
  const auto page = store.items(group, std::nullopt, std::nullopt, std::nullopt, 1000);
  REQUIRE(page);
  return names(*page);
}

void cards(ports::EventStore& store) {
  open_case(store, "late", card(hour(3)));
  open_case(store, "b", card(hour(1)));
  open_case(store, "a", card(hour(1)));
  REQUIRE(store.append(History("@site").next(1)));

  SECTION("cards come in order of opening, then name, by page") {
    CHECK(streams(*store.cards("", 10)) == Names{"a", "b", "late"});
    CHECK(streams(*store.cards("", 2)) == Names{"a", "b"});
    CHECK(streams(*store.cards("b", 2)) == Names{"late"});
    CHECK(store.cards("late", 2)->empty());
  }
  SECTION("behind a case that is not there is nothing") { CHECK(store.cards("nobody", 10)->empty()); }
  SECTION("a card shows what the last append said, without items") {
    History history("full");
    auto shown = card(hour(9));
    shown.title_digest = "aa";
    shown.alarm = hour(10);
    shown.items = {item("ico", "dated", hour(72))};
    REQUIRE(store.append(history.next_with_card(shown, 2)));
    shown.open = false;
    shown.states = {{"case", "closed"}, {"r\xc3\xa9gion \"1\"", "fertig"}};
    shown.workflow = "de/other";
    shown.title_digest = "bb";
    shown.alarm.reset();
    shown.items.clear();
    REQUIRE(store.append(history.next_with_card(shown)));
    const auto page = store.cards("late", 10);
    REQUIRE(page->size() == 1);
    const auto& kept = page->front();
    CHECK(kept.stream == "full");
    CHECK(kept.version == 3);
    CHECK_FALSE(kept.open);
    CHECK(kept.opened_at == hour(9));
    CHECK(kept.title_digest == "bb");
    CHECK(kept.workflow == "de/other");
    CHECK(kept.states == shown.states);
    CHECK_FALSE(kept.alarm.has_value());
    CHECK(kept.items.empty());
  }
}

void alarms(ports::EventStore& store) {
  SECTION("alarms at or before now come earliest first, and go when the card says so") {
    const auto at = [](Instant alarm) {
      auto shown = card();
      shown.alarm = alarm;
      return shown;
    };
    open_case(store, "third", at(hour(3)));
    open_case(store, "second", at(hour(2)));
    History first("first");
    REQUIRE(store.append(first.next_with_card(at(hour(1)))));
    open_case(store, "never", card());
    CHECK(*store.alarmed(hour(2), 10) == Names{"first", "second"});
    CHECK(*store.alarmed(hour(9), 2) == Names{"first", "second"});
    CHECK(store.alarmed(hour(0), 10)->empty());
    REQUIRE(store.append(first.next_with_card(at(hour(8)))));
    CHECK(*store.alarmed(hour(9), 10) == Names{"second", "third", "first"});
    REQUIRE(store.append(first.next_with_card(card())));
    CHECK(*store.alarmed(hour(9), 10) == Names{"second", "third"});
  }
}

void items(ports::EventStore& store) {
  SECTION("a shelf is in order of key, stream and name, and pages meet without gap or repetition") {
    open_case(store, "b", with({item("x", "dated", hour(2)), item("y", "dated", hour(1)), item("z", "undated", hour(0))}));
    open_case(store, "a", with({item("x", "dated", hour(2)), item("w", "dated", hour(2))}));
    open_case(store, "c", with({item("x", "dated", hour(3))}));
    const Names all{"b/y", "a/w", "a/x", "b/x", "c/x"};
    CHECK(shelf(store, "dated") == all);
    CHECK(shelf(store, "undated") == Names{"b/z"});
    CHECK(shelf(store, "provisional").empty());
    for (std::size_t size = 1; size <= 6; ++size) {
      Names walked;
      std::optional<ports::ItemPosition> after;
      while (true) {
        const auto page = store.items("dated", std::nullopt, std::nullopt, after, size);
        REQUIRE(page);
        for (const auto& name : names(*page)) walked.push_back(name);
        if (page->size() < size) break;
        after = ports::ItemPosition{page->back().key, page->back().stream, page->back().name};
      }
      CHECK(walked == all);
    }
    const auto between = store.items("dated", hour(2), hour(3), std::nullopt, 10);
    CHECK(names(*between) == Names{"a/w", "a/x", "b/x"});
    const auto rest = store.items("dated", hour(2), hour(3), ports::ItemPosition{hour(2), "a", "w"}, 10);
    CHECK(names(*rest) == Names{"a/x", "b/x"});
    const auto before = store.items("dated", hour(2), hour(3), ports::ItemPosition{hour(1), "b", "y"}, 1);
    CHECK(names(*before) == Names{"a/w"});
    CHECK(store.items("dated", hour(3), hour(3), std::nullopt, 10)->empty());
  }
  SECTION("an item shows all that was said of it, and its case's title") {
    auto shown = with({item("ico", "dated", hour(72))});
    shown.title_digest = "t1";
    open_case(store, "a", shown);
    const auto page = store.items("dated", std::nullopt, std::nullopt, std::nullopt, 10);
    REQUIRE(page->size() == 1);
    CHECK(page->front() == ports::OpenItem{"a", "obligation", "ico", "dated", hour(72), "Art. 33(1)", "t1"});
  }
  SECTION("items move between shelves, change, stay and go with their case's card") {
    History history("a");
    REQUIRE(store.append(history.next_with_card(
        with({item("moves", "undated", hour(1)), item("stays", "dated", hour(2)), item("goes", "dated", hour(3))}))));
    open_case(store, "b", with({item("stays", "dated", hour(2))}));
    REQUIRE(store.append(history.next_with_card(with({item("moves", "dated", hour(9)), item("stays", "dated", hour(2))}))));
    CHECK(shelf(store, "undated").empty());
    CHECK(shelf(store, "dated") == Names{"a/stays", "b/stays", "a/moves"});
    auto renamed = with({item("moves", "dated", hour(9))});
    renamed.items[0].basis = "Art. 34";
    renamed.title_digest = "t2";
    REQUIRE(store.append(history.next_with_card(renamed)));
    const auto page = store.items("dated", hour(9), std::nullopt, std::nullopt, 10);
    REQUIRE(page->size() == 1);
    CHECK(page->front().basis == "Art. 34");
    CHECK(page->front().title_digest == "t2");
    REQUIRE(store.append(history.next_with_card(card())));
    CHECK(shelf(store, "dated") == Names{"b/stays"});
  }
  SECTION("two kinds may have one name, key and shelf") {
    auto approval = item("ico", "undated", hour(1));
    approval.kind = "approval";
    open_case(store, "a", with({item("ico", "undated", hour(1)), approval}));
    CHECK(shelf(store, "undated") == Names{"a/ico", "a/ico"});
  }
}

void find_streams(ports::EventStore& store) {
  for (const auto* name : {"MET-2023-0001", "met-2023-0002", "MET-2024-0001", "NHS-1", "@site", "M_T"})
    REQUIRE(store.append(History(name).next(1)));
  SECTION("a prefix is found ignoring case, in order, as the names were written") {
    CHECK(*store.find_streams("met-2023", 10) == Names{"MET-2023-0001", "met-2023-0002"});
    CHECK(*store.find_streams("MET-2", 2) == Names{"MET-2023-0001", "met-2023-0002"});
    CHECK(*store.find_streams("nhs-1", 10) == Names{"NHS-1"});
    CHECK(store.find_streams("nhs-12", 10)->empty());
  }
  SECTION("nothing in a prefix is a wildcard") {
    CHECK(*store.find_streams("m_", 10) == Names{"M_T"});
    CHECK(store.find_streams("%", 10)->empty());
  }
  SECTION("the list of people is never among them") {
    CHECK(store.find_streams("", 10)->size() == 5);
    CHECK(store.find_streams("@", 10)->empty());
    CHECK(store.find_streams("", 1)->size() == 1);
  }
}

}  // namespace

void listing_contract(const MakeSubject& make) {
  const auto subject = make();
  SECTION("cards") { cards(subject->store()); }
  SECTION("alarms") { alarms(subject->store()); }
  SECTION("items") { items(subject->store()); }
  SECTION("names") { find_streams(subject->store()); }
}

}  // namespace tocsin::tests
