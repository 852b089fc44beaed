// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "tests/contracts/history_language.h"
#include "tests/contracts/subject.h"

namespace tocsin::tests {
namespace {

using Words = std::vector<std::optional<std::string>>;

/// Says words in a stream: sealed, and stored with an event.
std::string say(Subject& subject, History& history, std::string_view words) {
  ports::VaultRows rows;
  const auto digest = subject.vault().seal(history.stream(), words, rows);
  REQUIRE(digest);
  auto append = history.next(1);
  append.vault = rows;
  REQUIRE(subject.store().append(append));
  return *digest;
}

Words open(Subject& subject, std::string_view stream, const std::vector<std::string>& digests) {
  const auto words = subject.vault().open(stream, digests);
  REQUIRE(words);
  return *words;
}

}  // namespace

void vault_contract(const MakeSubject& make) {
  const auto subject = make();
  History a("A-1"), b("B-1");

  SECTION("words come back in the order asked, also after reopening") {
    const auto one = say(*subject, a, "Ana Horvat rang"),
               two = say(*subject, a, "\xc3\xa9t\xc3\xa9 \xe6\xbc\x8f\xe6\xb4\xa9");
    CHECK(open(*subject, "A-1", {two, one, two}) == Words{"\xc3\xa9t\xc3\xa9 \xe6\xbc\x8f\xe6\xb4\xa9", "Ana Horvat rang",
                                                          "\xc3\xa9t\xc3\xa9 \xe6\xbc\x8f\xe6\xb4\xa9"});
    subject->reopen();
    CHECK(open(*subject, "A-1", {one}) == Words{"Ana Horvat rang"});
    CHECK(open(*subject, "A-1", {}).empty());
  }
  SECTION("no words, a megabyte of words and zero bytes are words") {
    const std::string large(1'000'000, 'w'), zeros("a\0\0b", 4);
    const auto none = say(*subject, a, ""), much = say(*subject, a, large), odd = say(*subject, a, zeros);
    CHECK((open(*subject, "A-1", {none, much, odd}) == Words{"", large, zeros}));
  }
  SECTION("several words travel with one append") {
    ports::VaultRows rows;
    const auto one = subject->vault().seal("A-1", "first", rows), two = subject->vault().seal("A-1", "second", rows);
    REQUIRE((one && two));
    auto append = a.next(1);
    append.vault = rows;
    REQUIRE(subject->store().append(append));
    CHECK(open(*subject, "A-1", {*one, *two}) == Words{"first", "second"});
  }
  SECTION("words that did not travel are not there") {
    ports::VaultRows rows;
    const auto digest = subject->vault().seal("A-1", "never stored", rows);
    REQUIRE(digest);
    CHECK(open(*subject, "A-1", {*digest}) == Words{std::nullopt});
  }
  SECTION("equal words have different digests of 64 lower-case hex digits") {
    const auto one = say(*subject, a, "no"), two = say(*subject, a, "no");
    CHECK(one != two);
    CHECK(digest_from_hex(one).has_value());
    CHECK(one.find_first_not_of("0123456789abcdef") == std::string::npos);
  }
  SECTION("words open in their own stream only") {
    const auto digest = say(*subject, a, "of a");
    say(*subject, b, "of b");
    CHECK(open(*subject, "B-1", {digest}) == Words{std::nullopt});
    CHECK(open(*subject, "nowhere", {digest}) == Words{std::nullopt});
  }
  SECTION("forgetting takes a stream's words and nobody else's") {
    const auto one = say(*subject, a, "one"), two = say(*subject, a, "two"), other = say(*subject, b, "other");
    REQUIRE(subject->vault().forget("A-1"));
    CHECK(open(*subject, "A-1", {one, two}) == Words{std::nullopt, std::nullopt});
    CHECK(open(*subject, "B-1", {other}) == Words{"other"});
    subject->reopen();
    CHECK(open(*subject, "A-1", {one}) == Words{std::nullopt});
    CHECK(ledger::verify_stream(*subject->store().read("A-1")));
    CHECK(subject->store().read("A-1")->size() == 2);
  }
  SECTION("forgetting nothing, and forgetting twice, is no failure") {
    CHECK(subject->vault().forget("nowhere"));
    say(*subject, a, "one");
    CHECK(subject->vault().forget("A-1"));
    CHECK(subject->vault().forget("A-1"));
  }
  SECTION("a stream that was forgotten can hear new words") {
    const auto old = say(*subject, a, "old");
    REQUIRE(subject->vault().forget("A-1"));
    const auto fresh = say(*subject, a, "new");
    CHECK(open(*subject, "A-1", {old, fresh}) == Words{std::nullopt, "new"});
  }
  SECTION("a request is recognised by a digest that the bytes alone do not give") {
    const auto one = subject->vault().recognise("case open"), two = subject->vault().recognise("case open");
    REQUIRE((one && two));
    CHECK(*one == *two);
    CHECK(*one != *subject->vault().recognise("case close"));
    CHECK(*one != sha256("case open"));
    CHECK(*one != hmac_sha256("", "case open"));
    const auto stranger = make();
    CHECK(*one != *stranger->vault().recognise("case open"));
  }
}

}  // namespace tocsin::tests
