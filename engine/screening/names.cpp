// SPDX-License-Identifier: Apache-2.0
// Likely names of persons. A guess over capitals, made to be read by a person who decides: it warns and blocks nothing.
#include <algorithm>
#include <string>
#include <string_view>

#include "engine/screening/plain_text.h"

namespace tocsin::screening {
namespace {

constexpr std::string_view titles[] = {"mr",        "mrs",       "ms",        "miss", "mx",   "dr",        "prof",
                                       "professor", "sir",       "dame",      "lord", "lady", "pc",        "wpc",
                                       "dc",        "ps",        "ds",        "di",   "dci",  "dcs",       "sgt",
                                       "sergeant",  "insp",      "inspector", "supt", "pcso", "constable", "superintendent",
                                       "detective", "commander", "rev"};

// The commonest given names of England and Wales over some generations; a word in capitals behind one of them is likely a surname.
constexpr std::string_view given[] = {
    "aaron",    "abdul",    "adam",      "ahmed",    "aisha",     "alan",     "alex",     "alexander",  "ali",
    "alice",    "amanda",   "amelia",    "amy",      "andrea",    "andrew",   "angela",   "anita",      "ann",
    "anna",     "anne",     "anthony",   "arthur",   "barbara",   "ben",      "benjamin", "brian",      "callum",
    "carol",    "caroline", "catherine", "charles",  "charlotte", "chloe",    "chris",    "christine",  "christopher",
    "claire",   "clare",    "colin",     "craig",    "daniel",    "darren",   "david",    "dawn",       "dean",
    "deborah",  "denise",   "derek",     "diane",    "donna",     "dorothy",  "edward",   "elaine",     "elizabeth",
    "ella",     "emily",    "emma",      "eric",     "fatima",    "fiona",    "frank",    "gareth",     "gary",
    "geoffrey", "george",   "gillian",   "graham",   "hannah",    "harry",    "hassan",   "heather",    "helen",
    "henry",    "ian",      "ibrahim",   "isla",     "jack",      "jackie",   "jacob",    "jacqueline", "james",
    "jane",     "janet",    "jason",     "jean",     "jennifer",  "jessica",  "joan",     "joanne",     "joe",
    "john",     "jonathan", "joseph",    "joshua",   "joyce",     "judith",   "julia",    "julie",      "karen",
    "kate",     "katie",    "kathleen",  "keith",    "kelly",     "kenneth",  "kevin",    "laura",      "lauren",
    "lee",      "leslie",   "lewis",     "liam",     "linda",     "lisa",     "louise",   "lucy",       "luke",
    "malcolm",  "margaret", "maria",     "marie",    "mark",      "martin",   "mary",     "matthew",    "maureen",
    "megan",    "michael",  "michelle",  "mohammed", "muhammad",  "nathan",   "neil",     "nicholas",   "nicola",
    "nigel",    "noah",     "oliver",    "olivia",   "pamela",    "patricia", "patrick",  "paul",       "paula",
    "peter",    "philip",   "priya",     "rachel",   "rebecca",   "richard",  "robert",   "robin",      "roger",
    "ronald",   "roy",      "ruth",      "ryan",     "sally",     "samantha", "samuel",   "sandra",     "sarah",
    "scott",    "sean",     "sharon",    "sheila",   "shirley",   "simon",    "sophie",   "stephanie",  "stephen",
    "steven",   "stuart",   "susan",     "suzanne",  "thomas",    "tim",      "timothy",  "tom",        "tracey",
    "trevor",   "valerie",  "victoria",  "wayne",    "wendy",     "william",  "yusuf",    "zoe"};

// Words in capitals that belong to offices, firms, places, days and the law: a row that holds one of them is not taken for a name.
constexpr std::string_view others[] = {
    "act",          "agency",    "article",      "articles",   "association",   "authority",    "bank",         "bill",
    "board",        "borough",   "britain",      "british",    "bst",           "centre",       "chief",        "city",
    "code",         "college",   "command",      "commission", "commissioner",  "committee",    "company",      "compliance",
    "constabulary", "control",   "corporation",  "council",    "county",        "court",        "crime",        "cyber",
    "data",         "day",       "department",   "digital",    "director",      "directorate",  "division",     "east",
    "england",      "english",   "europe",       "european",   "executive",     "federation",   "fire",         "force",
    "foundation",   "freedom",   "friday",       "general",    "gmt",           "gold",         "government",   "group",
    "health",       "hall",      "head",         "home",       "hospital",      "house",        "human",        "ico",
    "information",  "institute", "intelligence", "internal",   "investigation", "ireland",      "irish",        "it",
    "january",      "february",  "march",        "april",      "may",           "june",         "july",         "august",
    "september",    "october",   "november",     "december",   "kingdom",       "law",          "limited",      "line",
    "llp",          "local",     "london",       "ltd",        "management",    "met",          "metropolitan", "microsoft",
    "minister",     "ministry",  "monday",       "national",   "network",       "north",        "northern",     "office",
    "officer",      "officers",  "operation",    "operations", "part",          "personnel",    "plc",          "police",
    "policy",       "policing",  "portal",       "prime",      "privacy",       "professional", "protection",   "public",
    "regulation",   "report",    "resources",    "risk",       "road",          "royal",        "saturday",     "school",
    "scotland",     "scottish",  "secretary",    "section",    "security",      "senior",       "service",      "services",
    "silver",       "site",      "society",      "south",      "staff",         "standards",    "state",        "station",
    "street",       "sunday",    "supplier",     "support",    "system",        "systems",      "team",         "thames",
    "thursday",     "tuesday",   "trust",        "uk",         "union",         "unit",         "united",       "university",
    "wales",        "wednesday", "welsh",        "west",       "windows",       "works",        "wing",         "cards"};

// What a sentence begins with, in capitals for no other reason.
constexpr std::string_view starters[] = {
    "a",     "after", "all",   "an",    "and",  "any",  "as",     "at",  "before", "but",   "by",    "each", "every", "few",
    "for",   "from",  "he",    "her",   "his",  "how",  "i",      "if",  "in",     "is",    "its",   "many", "most",  "my",
    "no",    "none",  "not",   "of",    "on",   "one",  "only",   "or",  "our",    "she",   "since", "so",   "some",  "that",
    "the",   "their", "there", "these", "they", "this", "those",  "to",  "two",    "until", "was",   "we",   "what",  "when",
    "where", "which", "while", "who",   "why",  "with", "within", "yes", "you",    "your"};

bool is_one_of(const std::string& word, const auto& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

/// A word with a capital in front and a small letter in it: "Example", "O'Hara", "Smith-Jones"; empty: none stands there. In small letters.
struct Word {
  std::string letters;
  std::size_t from = 0;
  std::size_t end = 0;
  bool is_capitalised = false;
  bool is_initial = false;  ///< "J." or "J"
};

Word word_at(const PlainText& text, std::size_t i) {
  Word word;
  word.from = i;
  bool small = false;
  auto k = i;
  for (; text.is_letter(k) || ((text.at(k) == '-' || text.at(k) == '\'') && k > i && text.is_letter(k + 1)); ++k) {
    const char c = text.at(k);
    small = small || (text.is_letter(k) && !text.is_capital(k));
    word.letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (word.letters.ends_with("'s")) word.letters.resize(word.letters.size() - 2);
  word.end = k;
  if (text.is_word(k)) return word;
  word.is_capitalised = text.is_capital(i) && small && word.letters.size() > 1;
  word.is_initial = text.is_capital(i) && k == i + 1 && text.at(k) == '.';
  if (word.is_initial) word.end = k + 1;
  return word;
}

/// A row of words that could be a name, from the first.
std::size_t end_of_row(const PlainText& text, const Word& first, bool& is_of_others, std::size_t& count) {
  auto end = first.end;
  is_of_others = is_one_of(first.letters, others);
  count = 1;
  while (text.at(end) == ' ' && text.is_letter(end + 1)) {
    const auto next = word_at(text, end + 1);
    if (!next.is_capitalised && !next.is_initial) break;
    is_of_others = is_of_others || is_one_of(next.letters, others);
    end = next.end;
    ++count;
  }
  return end;
}

}  // namespace

std::vector<Finding> find_names(std::string_view words) {
  const PlainText text(words);
  std::vector<Finding> findings;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!text.begins_word(i) || !text.is_capital(i)) continue;
    auto word = word_at(text, i);
    if (is_one_of(word.letters, starters) && !word.is_initial) {
      i = word.end > i ? word.end - 1 : i;
      continue;
    }
    const auto after = text.at(word.end) == '.' ? word.end + 1 : word.end;
    if (is_one_of(word.letters, titles) && text.at(after) == ' ' && word_at(text, after + 1).is_capitalised) {
      findings.push_back(text.finding(Kind::name, i));
      bool ignored = false;
      std::size_t count = 0;
      i = end_of_row(text, word_at(text, after + 1), ignored, count) - 1;
      continue;
    }
    if (!word.is_capitalised && !word.is_initial) {
      i = word.end > i ? word.end - 1 : i;
      continue;
    }
    bool is_of_others = false;
    std::size_t count = 0;
    const auto end = end_of_row(text, word, is_of_others, count);
    const bool is_given = is_one_of(word.letters, given);
    if (count > 1 && (is_given || (!is_of_others && count <= 4))) findings.push_back(text.finding(Kind::name, i));
    i = end - 1;
  }
  return findings;
}

}  // namespace tocsin::screening
