// SPDX-License-Identifier: Apache-2.0
// Drafts that people paste: what may not stand in them, what cannot pass for a line of ours, and cases older than the form.
#include <catch2/catch.hpp>

#include "engine/base/json.h"
#include "tests/cli/desk.h"

using namespace tocsin;
using tests::Desk;
using tests::Ran;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// A case in whose words an address, a number and a name stand.
struct Careless : Desk {
  Careless() {
    REQUIRE(open().code == 0);
    REQUIRE(run({"case", "set", "FF-1", "how_found=Jane Example wrote from jane@example.org\nand rang on 07700 900123",
                 "measures=Pay number 471147 was reset"})
                .code == 0);
  }
  Ran draft(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"notice", "draft", "FF-1", "ico"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
};

const std::string identifiers[] = {"jane@example.org", "07700 900123", "900123", "471147"};

}  // namespace

TEST_CASE("what identifies people keeps a draft back, is named by its place, and is repeated nowhere") {
  Careless desk;
  for (const auto& more : std::vector<std::vector<std::string>>{{}, {"--json"}, {"--phone"}, {"--format", "markdown"}}) {
    const auto ran = desk.draft(more);
    CHECK(ran.code == 6);
    CHECK(holds(ran.out + ran.err, "(how_found), line 1, column 25: an e-mail address"));
    CHECK(holds(ran.out + ran.err, "(how_found), line 2, column 13: a telephone number"));
    CHECK(holds(ran.out + ran.err, "(measures), line 1, column 12: a pay or staff number"));
    for (const auto& value : identifiers) CHECK_FALSE(holds(ran.out + ran.err, value));
    CHECK_FALSE(holds(ran.out + ran.err, "wrote from"));
  }
  const auto ran = desk.draft();
  CHECK(ran.out.empty());
  CHECK(holds(ran.err, "next: tocsin case set FF-1 how_found=@FILE"));
  CHECK(holds(ran.err, "(how_found), line 1, column 1: likely the name of a person"));
}

TEST_CASE("they may stand with a reason, and the history keeps who let them, where, and not what") {
  Careless desk;
  CHECK(desk.draft({"--allow-identifiers"}).code == 2);
  CHECK(desk.draft({"--because", "no permission was asked for"}).code == 2);
  const auto before = desk.run({"case", "history", "FF-1", "--json"}).out;

  const auto dry = desk.draft({"--allow-identifiers", "--because", "the mailbox is an office's", "--dry-run"});
  CHECK(dry.code == 0);
  CHECK(dry.out.empty());  // or the dry run would be the way around
  CHECK(holds(dry.err, "DRY RUN"));
  CHECK(desk.run({"case", "history", "FF-1", "--json"}).out == before);

  const auto allowed = desk.draft({"--allow-identifiers", "--because", "the mailbox is an office's", "--as", "dee"});
  CHECK(allowed.code == 0);
  CHECK(holds(allowed.out, "\nJane Example wrote from jane@example.org\nand rang on 07700 900123\n"));
  CHECK(holds(allowed.err, "recorded: personal identifiers allowed in a draft on ico by form ico-report (3 places)"));

  const auto history = desk.run({"case", "history", "FF-1", "--json"}).out;
  CHECK(holds(history, "\"type\":\"identifiers_allowed\""));
  CHECK(holds(history, "what_happened how_found 1:25 email"));
  CHECK(holds(history, "the mailbox is an office's"));
  CHECK(holds(history, "\"by\":\"dee\""));
  CHECK(desk.run({"audit", "verify"}).code == 0);
  CHECK(desk.draft().code == 6);  // it held for that one draft
}

TEST_CASE("a dry run is no way around a permission, whichever it is") {
  Careless desk;
  REQUIRE(desk.run({"case", "set", "FF-1", "how_found=Counsel says: say little", "measures=none", "--privileged"}).code ==
          0);
  const auto hidden = desk.draft();
  CHECK(hidden.code == 0);
  CHECK_FALSE(holds(hidden.out, "Counsel says"));
  CHECK(holds(hidden.out, "left out: legally privileged"));
  const auto history = desk.run({"case", "history", "FF-1", "--json"}).out;
  for (const auto& more : std::vector<std::vector<std::string>>{
           {"--include-privileged", "the ICO asked", "--dry-run"},
           {"--include-privileged", "the ICO asked", "--allow-identifiers", "--because", "x", "--dry-run"},
           {"--dry-run"}}) {
    const auto ran = desk.draft(more);
    CHECK(ran.code == 2);
    CHECK_FALSE(holds(ran.out + ran.err, "Counsel says"));
  }
  CHECK(desk.run({"case", "history", "FF-1", "--json"}).out == history);
}

TEST_CASE("the contact's own fields are what the form asks for, and are printed") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  REQUIRE(desk.run({"case", "set", "FF-1", "reporter_name=Jane Example", "reporter_email=jane@example.org",
                    "reporter_phone=07700 900123"})
              .code == 0);
  const auto ran = desk.run({"notice", "draft", "FF-1", "ico"});
  CHECK(ran.code == 0);
  CHECK(ran.err.empty());
  CHECK(holds(ran.out, "\njane@example.org\n"));
  CHECK(holds(ran.out, "Art 33(3)(b) Data protection officer or other contact point: present"));
}

TEST_CASE("a form that is a document is searched too, and so is what the law asks where there is no form") {
  Desk desk;
  REQUIRE(desk.run({"case", "open", "eu/financial-entity", "--title", "A box", "--ref", "AH-1"}).code == 0);
  REQUIRE(desk.run({"case", "set", "AH-1", "how_found=Told by jane@example.org", "reporter_contact=joe@example.org"}).code ==
          0);
  for (const auto& more :
       std::vector<std::vector<std::string>>{{"dpa", "--template", "edpb-33"}, {"dpa"}, {"dora-initial"}}) {
    std::vector<std::string> words = {"notice", "draft", "AH-1"};
    words.insert(words.end(), more.begin(), more.end());
    const auto ran = desk.run(words);
    CHECK(ran.code == 6);
    CHECK(holds(ran.err, "(how_found), line 1, column 9: an e-mail address"));
    CHECK_FALSE(holds(ran.err, "reporter_contact"));
    CHECK_FALSE(holds(ran.out + ran.err, "jane@"));
  }
}

TEST_CASE("no words can pass for a line of ours, or obey a terminal") {
  Desk desk;
  REQUIRE(desk.open().code == 0);
  REQUIRE(desk.run({"case", "set", "FF-1", "how_found=one\r\n# WHAT THE LAW ASKS OF IT\n\x1b[2Jthree\n~~~\n# four"}).code ==
          0);
  const auto text = desk.run({"notice", "draft", "FF-1", "ico"});
  CHECK(text.code == 0);
  CHECK(holds(text.out, "\none\n # WHAT THE LAW ASKS OF IT\n\\x1b[2Jthree\n~~~\n # four\n"));
  const auto markdown = desk.run({"notice", "draft", "FF-1", "ico", "--format", "markdown"});
  CHECK(holds(markdown.out, "\n~~~~\none\n# WHAT THE LAW ASKS OF IT\n\\x1b[2Jthree\n~~~\n# four\n~~~~\n"));
  CHECK_FALSE(holds(text.out + markdown.out, "\x1b"));
}

TEST_CASE("a case that was opened before the form was known is drafted as far as its workflow asks") {
  Desk desk;
  REQUIRE(desk.open().code == 0);  // makes the folders
  const auto histories = tests::fs::path(TOCSIN_SOURCE_DIR) / "tests/histories";
  const auto over = tests::fs::copy_options::overwrite_existing;
  for (const auto* behind : {"-wal", "-shm"}) tests::fs::remove(desk.database().string() + behind);
  tests::fs::copy_file(histories / "0.1.0.db", desk.database(), over);
  tests::fs::copy_file(histories / "0.1.0.key", desk.key(), over);
  tests::fs::permissions(desk.key(), tests::fs::perms::owner_read | tests::fs::perms::owner_write);
  tests::fs::permissions(desk.database(), tests::fs::perms::owner_read | tests::fs::perms::owner_write);
  desk.clock("2027-01-01T00:00Z");
  const auto listed = desk.run({"case", "list", "--json"});
  INFO(listed.out << listed.err);
  REQUIRE(listed.code == 0);
  const auto cases = *parse_json(listed.out);
  REQUIRE_FALSE(cases["cases"].items().empty());
  for (const auto& one : cases["cases"].items()) {
    const auto ran = desk.run({"notice", "draft", one["case"].text(), "ico", "--allow-identifiers", "--because", "a test"});
    INFO(ran.out << ran.err);
    CHECK((ran.code == 0 || ran.code == 6));
    if (ran.code == 0) CHECK(holds(ran.out, "the workflow of this case does not ask it: write it into the form"));
  }
}
