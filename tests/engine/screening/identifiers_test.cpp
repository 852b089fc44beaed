// SPDX-License-Identifier: Apache-2.0
// What may not stand in a draft unasked. Numbers are those that Ofcom and the card networks keep for examples and fiction.
#include "engine/screening/identifiers.h"

#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace tocsin::screening;

namespace {

struct Sample {
  std::string text;
  Kind kind;
  std::size_t column;
};

// clang-format off
const std::vector<Sample> identifiers = {
    {"jane@example.org", Kind::email, 1},
    {"Write to <Jane.Example+work@mail.example.co.uk>.", Kind::email, 11},
    {"mailto:j_example-1@example.museum", Kind::email, 8},
    {"o'hara@example.ie", Kind::email, 1},
    {"jörg.müller@example.de", Kind::email, 1},
    {"jane@beispiel-straße.example", Kind::email, 1},
    {"jane @ example.org", Kind::email, 1},
    {"\"jane example\"@example.org", Kind::email, 1},
    {"JANE@EXAMPLE.ORG", Kind::email, 1},
    {"jane＠example．org", Kind::email, 1},
    {"ja\u200bne@exam\u00adple.org", Kind::email, 1},
    {"jane [at] example [dot] org", Kind::email, 1},
    {"jane(at)example.org", Kind::email, 1},
    {"jane at example dot org", Kind::email, 1},
    {"jane@192.example.net", Kind::email, 1},
    {"sent to x@example.xn--p1ai", Kind::email, 9},

    {"020 7946 0018", Kind::telephone, 1},
    {"Ring (020) 7946 0018 now", Kind::telephone, 6},
    {"02079460018", Kind::telephone, 1},
    {"07700 900123", Kind::telephone, 1},
    {"07700-900-123", Kind::telephone, 1},
    {"07700.900.123", Kind::telephone, 1},
    {"07700\u00a0900\u2009123", Kind::telephone, 1},
    {"07700\u2011900123", Kind::telephone, 1},
    {"0 7 7 0 0 9 0 0 1 2 3", Kind::telephone, 1},
    {"０７７００ ９００１２３", Kind::telephone, 1},
    {"01632 960001", Kind::telephone, 1},
    {"0800 1111 999", Kind::telephone, 1},
    {"0303 123 1113", Kind::telephone, 1},
    {"+44 7700 900123", Kind::telephone, 1},
    {"+44 (0)20 7946 0018", Kind::telephone, 1},
    {"(+44) 7700 900123", Kind::telephone, 2},
    {"0044 20 7946 0018", Kind::telephone, 1},
    {"00 44 20 7946 0018", Kind::telephone, 1},
    {"44 7700 900123", Kind::telephone, 1},
    {"447700900123", Kind::telephone, 1},
    {"+1 212 555 0199", Kind::telephone, 1},
    {"+12125550199", Kind::telephone, 1},
    {"212-555-0199", Kind::telephone, 1},
    {"(212) 555-0199", Kind::telephone, 1},
    {"+353 1 555 0199", Kind::telephone, 1},
    {"00353 1 555 0199", Kind::telephone, 1},
    {"+49 30 23125 000", Kind::telephone, 1},
    {"01 02 03 04 05", Kind::telephone, 1},
    {"01.02.03 04 05", Kind::telephone, 1},
    {"tel:+447700900123", Kind::telephone, 5},
    {"Tel. 7946 0018", Kind::telephone, 6},
    {"mobile: 900123", Kind::telephone, 9},
    {"at extension 4711", Kind::telephone, 14},
    {"07700 900123 47 people", Kind::telephone, 1},
    {"on 26.08.2023 07700 900123", Kind::telephone, 15},
    {"at 22:03 07700 900123", Kind::telephone, 10},
    {"07700 900123x12", Kind::telephone, 1},
    {"told 12 and 07700 900123.", Kind::telephone, 13},
    {"home/07700900123", Kind::telephone, 6},

    {"QQ123456C", Kind::national_insurance, 1},
    {"AB 12 34 56 C", Kind::national_insurance, 1},
    {"ab123456c", Kind::national_insurance, 1},
    {"AB-12-34-56-C", Kind::national_insurance, 1},
    {"(NI no. JG103759A)", Kind::national_insurance, 9},
    {"national insurance number AB123456", Kind::national_insurance, 27},

    {"4111 1111 1111 1111", Kind::card, 1},
    {"4111111111111111", Kind::card, 1},
    {"4111-1111-1111-1111", Kind::card, 1},
    {"5555 5555 5555 4444", Kind::card, 1},
    {"card 378282246310005.", Kind::card, 6},
    {"30569309025904", Kind::card, 1},
    {"6799990100000000019", Kind::card, 1},
    {"6799 9901 0000 0000 019", Kind::card, 1},

    {"pay number 4711", Kind::pay_number, 12},
    {"Pay no. 123456", Kind::pay_number, 9},
    {"pay numbers: 123456", Kind::pay_number, 14},
    {"payroll number is P123456", Kind::pay_number, 19},
    {"pay number\n123456", Kind::pay_number, 1},
    {"PAY NUMBER #12345", Kind::pay_number, 13},
    {"employee ID 98765", Kind::pay_number, 13},
    {"staff number AB-12345", Kind::pay_number, 14},
    {"staff number 300417", Kind::pay_number, 14},
    {"| pay number | 123456 |", Kind::pay_number, 16},

    {"warrant number 123456", Kind::warrant_number, 16},
    {"warrant no 12345", Kind::warrant_number, 12},
    {"warrant card 123456", Kind::warrant_number, 14},
    {"Warrant: 234567", Kind::warrant_number, 10},
    {"collar number 47", Kind::warrant_number, 15},
    {"shoulder no. 4711K", Kind::warrant_number, 14},
    {"pass number 00417", Kind::warrant_number, 13},
    {"PC 4711 was told", Kind::warrant_number, 4},
    {"Sgt 123 was told", Kind::warrant_number, 5},
};

const std::vector<std::string> others = {
    "", "@", "a@", "@b", "@example", "a@b", "an @ sign", "10 @ 2.50 each", "meet at example.org", "look at the dot com years",
    "user@localhost", "v1.2@3.4",
    "47,000 people", "47,000", "12000..47000", "..47000", "12000..", "1,234,567", "over 20,000 details", "126 cases of 96,174 items",
    "47000 people", "10000000 records", "0", "007", "0,123", "0.1234567890", "3.1415926535897", "99.99 %", "GBP 750,000", "£8,700,000",
    "26 August 2023 22:03 BST", "26.08.2023", "26/08/2023", "2023-08-26", "08-26-2023", "26.8.23 at 7.30", "2023-08-26T22:03:15.250000Z",
    "2023-08-26T22:03+01:00", "01.02.2023 10:30", "01.02.2023 10:30:45", "01-02-2023, 02-02-2023, 03-02-2023", "UTC+01:00", "22:03Z",
    "on 01.02.2023 12000 people", "from 20:10 to 22:03", "20230826220300", "2023 to 2025", "01/02/2023 03/04/2023",
    "FF-1", "IC-254321-B7Q2", "MET-2023-0001", "DPC-000000-1", "IC-0123456789", "CAD 4711 of 26 August", "CR/2023/00123", "#0123456789",
    "case 0a1b2c3d4e5f", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "e6e85a5183292ec4b8b0aa632b0599473ded7327de0a64d5df19d5fd1c594df1",
    "Art 33(3)(a)", "Articles 33 and 34", "UK GDPR Arts 33(1) and 4A", "DPA 2018 s.67(4)", "Sch 2 paras 1-2", "Regulation 1182/71",
    "(EU) 2016/679", "ISO 27001:2013", "section 67, 68 and 108", "SI 2018/506", "45 CFR 164.404(b)",
    "192.0.2.17", "10.0.0.1:8080", "198.51.100.0/24", "255.255.255.255", "2001:db8::1", "TLS 1.2", "version 10.0.19045.3324", "CVE-2021-44228",
    "4111 1111 1111 1112", "1234567890123456", "order 9012345678901", "00000000000", "000123456789",
    "AB12345C", "AB1234567C", "DF123456A", "AB123456E", "CR123456", "ABC123456D",
    "names, ranks, photos, vetting levels and pay numbers", "pay numbers; 1,230 people", "pay numbers of 47000 officers",
    "pay numbers (47000 people)", "their pay of 12000", "pay 12000", "warrant cards 2019 to 2023", "a warrant from 2019",
    "warrant numbers of 12000 officers", "staff numbers 47000", "staff number 47000 people", "staff 12000", "officers 12000", "PC 47", "PC 2023", "a PC with 4711 files",
    "force 12000", "the force number of 43", "no. 12 of 300", "service numbers were lost", "pass and warrant numbers", "call 999 or 101",
    "phone calls 12000", "the telephone", "phone 2023", "mobile data of 12000 people", "extension of 48 hours", "next 72 hours",
    "1 2 3 4 5 6 7 8", "10 000 000", "£10 000 000", "1000 2000 3000 4000", "2, 3, 5, 7, 11", "69 cases then 126", "0 of 126", "01", "02-03",
};
// clang-format on

std::string told(const std::vector<Finding>& findings) {
  std::string text;
  for (const auto& one : findings)
    text += std::string(word(one.kind)) + " " + std::to_string(one.line) + ":" + std::to_string(one.column) + "; ";
  return text;
}

}  // namespace

TEST_CASE("an identifier is told by its place and kind") {
  CHECK(find_identifiers("Ring 020 7946 0018") == std::vector<Finding>{{Kind::telephone, 1, 6}});
  CHECK(find_identifiers("47,000 people").empty());
}

TEST_CASE("an identifier is found however it is spelt") {
  for (const auto& sample : identifiers) {
    INFO(sample.text);
    const auto found = find_identifiers(sample.text);
    INFO(told(found));
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == sample.kind);
    CHECK(found[0].column == sample.column);
  }
}

TEST_CASE("dates, counts, references, articles, times and addresses of computers are no identifiers") {
  for (const auto& text : others) {
    INFO(text);
    CHECK(told(find_identifiers(text)) == "");
  }
}

TEST_CASE("every one of several is told, with line and column") {
  const auto found = find_identifiers("Told jane@example.org\nand on 07700 900123;\n\npay numbers 12345, 23456 and 34567.");
  CHECK(told(found) == "email 1:6; telephone 2:8; pay_number 4:13; pay_number 4:20; pay_number 4:30; ");
}

TEST_CASE("columns count letters, whatever bytes or invisible characters stand before") {
  CHECK(told(find_identifiers("Zoë told jane@example.org")) == "email 1:10; ");
  CHECK(told(find_identifiers("\xff\xfe jane@example.org")) == "email 1:4; ");
  CHECK(told(find_identifiers("a\u200bb jane@example.org")) == "email 1:5; ");
}

TEST_CASE("what blocks and what warns") {
  for (const auto kind :
       {Kind::email, Kind::telephone, Kind::national_insurance, Kind::card, Kind::pay_number, Kind::warrant_number})
    CHECK(blocks(kind));
  CHECK_FALSE(blocks(Kind::name));
}

TEST_CASE("what is found has a name for people and a word for machines, each kind its own") {
  const std::map<Kind, std::pair<std::string, std::string>> all = {
      {Kind::email, {"email", "an e-mail address"}},
      {Kind::telephone, {"telephone", "a telephone number"}},
      {Kind::national_insurance, {"national_insurance", "a National Insurance number"}},
      {Kind::card, {"card", "the number of a payment card"}},
      {Kind::pay_number, {"pay_number", "a pay or staff number"}},
      {Kind::warrant_number, {"warrant_number", "a warrant, collar or pass number"}},
      {Kind::name, {"name", "likely the name of a person"}}};
  for (const auto& [kind, words] : all) {
    CHECK(word(kind) == words.first);
    CHECK(title(kind) == words.second);
  }
}

TEST_CASE("a likely name is told by title, rank, initial, given name or two capitalised words") {
  const std::vector<std::pair<std::string, std::string>> samples = {
      {"Mr Example said so", "name 1:1; "},
      {"told by Dr. Muster", "name 1:9; "},
      {"Detective Constable Example called", "name 1:1; "},
      {"PC Example called", "name 1:1; "},
      {"we spoke to Jane Example at eight", "name 1:13; "},
      {"Petra Muster found it", "name 1:1; "},
      {"found by J. Muster", "name 1:10; "},
      {"Jane O'Hara and Tom Smith-Jones", "name 1:1; name 1:17; "},
      {"The clerk, Zoë Ångström,\nwas told", "name 1:12; "},
      {"Anna May Police", "name 1:1; "},
  };
  for (const auto& [text, expected] : samples) {
    INFO(text);
    CHECK(told(find_names(text)) == expected);
  }
}

TEST_CASE("offices, places, days and beginnings of sentences are no names") {
  for (const auto* text :
       {"", "The Metropolitan Police told the Information Commissioner", "Saturday 26 August", "In August the supplier rang",
        "UK GDPR", "MET-2023", "National Crime Agency", "Example Cards Ltd", "We told them. They left.", "Police Federation",
        "a rack in London was entered", "Monday", "Bank Holiday Monday", "Windows Server", "I was told",
        "Data Protection Act"}) {
    INFO(text);
    CHECK(told(find_names(text)) == "");
  }
}

TEST_CASE("an identifier is found wherever it stands among words that hold none, a thousand times over") {
  std::mt19937 random(20230826);
  const auto any = [&](std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random); };
  for (int round = 0; round < 1000; ++round) {
    std::string text;
    const auto fill = [&] {
      for (std::size_t k = any(6); k > 0; --k) text += others[any(others.size())] + (any(4) == 0 ? ".\n" : "; ");
    };
    fill();
    const auto& sample = identifiers[any(identifiers.size())];
    const auto line = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    text += "Then ";
    const auto prefix = text.substr(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
    std::size_t letters = 0;
    for (const char c : prefix) letters += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1u : 0u;
    const bool is_moved_down = sample.text.find('\n') != std::string::npos;
    text += sample.text + "; ";
    fill();
    INFO(text);
    const auto found = find_identifiers(text);
    INFO(told(found));
    REQUIRE(found.size() == 1);
    CHECK(found[0] == Finding{sample.kind, line + (is_moved_down ? 1 : 0), sample.column + (is_moved_down ? 0 : letters)});
  }
}

TEST_CASE("random numbers of telephones are found in every way of writing them, and nothing random breaks the search") {
  std::mt19937 random(33);
  const auto any = [&](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
  const auto digits = [&](int count) {
    std::string text;
    for (int k = 0; k < count; ++k) text += static_cast<char>('0' + any(0, 9));
    return text;
  };
  const std::string between[] = {"", " ", "-", ".", "\u00a0", "\u2011", "  "};
  for (int round = 0; round < 2000; ++round) {
    const auto gap = [&] { return between[any(0, 6)]; };
    const std::string start[] = {"07", "+447", "+44 (0)7", "00447", "0044 7"};
    const auto number = start[any(0, 4)] + digits(3) + gap() + digits(3) + gap() + digits(3);
    INFO(number);
    const auto found = find_identifiers("ring " + number + " at once");
    REQUIRE(found.size() == 1);
    CHECK((found[0].kind == Kind::telephone || found[0].kind == Kind::card));
  }
  for (int round = 0; round < 300; ++round) {
    std::string noise;
    for (int k = any(0, 400); k > 0; --k) noise += static_cast<char>(any(0, 255));
    for (const auto& one : find_identifiers(noise)) CHECK(one.line >= 1);
    find_names(noise);
  }
}

TEST_CASE("a long text is searched in time that grows with it") {
  std::string text;
  for (int k = 0; k < 40'000; ++k) text += "0 1-2.3 a@a.a at a ";
  CHECK(find_identifiers(text).size() < 100'000);
  CHECK(find_identifiers(std::string(1'000'000, '1')).empty());
  CHECK(find_identifiers(std::string(1'000'000, '"')).empty());
}
