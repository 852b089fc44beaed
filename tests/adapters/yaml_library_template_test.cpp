// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "adapters/yaml_library/template_reader.h"

using namespace tocsin;
using yaml_library::read_template_file;

namespace {

const std::string head = "template: form\n"
                         "title: A form\n"
                         "source: invented\n"
                         "clocks: [eu.gdpr.33_1]\n"
                         "fields:\n";

/// "LINE:COLUMN: message" of each mistake; a file without any has none.
std::vector<std::string> mistakes(const std::string& text) {
  const auto reading = read_template_file({"templates/form.yaml", text});
  CHECK(reading.notice_template.has_value() == reading.issues.empty());
  std::vector<std::string> out;
  for (const auto& issue : reading.issues)
    out.push_back(std::to_string(issue.place.line) + ":" + std::to_string(issue.place.column) + ": " + issue.message);
  return out;
}

}  // namespace

TEST_CASE("a template is read as it is written") {
  const auto reading = read_template_file(
      {"templates/form.yaml", head + "  f1: {title: One, required: true, from: [facts.a, reason(eu.gdpr.33_1)]}\n"
                                     "  f2: {title: Two, type: flag, from: facts.b, words: {yes: true, no: false}}\n"
                                     "  f3: {title: Three, value: fixed, when: {facts.b: [yes, no]}, otherwise: none}\n"
                                     "  f4: {title: Four, type: date, from: begin(facts.c)}\n"});
  REQUIRE(reading.notice_template);
  const auto& fields = reading.notice_template->fields;
  REQUIRE(fields.size() == 4);
  CHECK(fields[0].required);
  REQUIRE(fields[0].from.size() == 2);
  CHECK(fields[0].from[1].text() == "reason(eu.gdpr.33_1)");
  CHECK(fields[1].words == std::vector<std::pair<std::string, std::string>>{{"yes", "true"}, {"no", "false"}});
  REQUIRE(fields[2].when);
  CHECK(fields[2].when->text() == "facts.b");
  CHECK(fields[2].is == std::vector<std::string>{"yes", "no"});
  CHECK(fields[2].otherwise == "none");
  CHECK(fields[3].kind == workflow::TemplateField::Kind::date);
}

TEST_CASE("every form of a source is read and written back") {
  for (const auto* text : {"facts.a", "begin(facts.a)", "end(facts.a)", "exactness(facts.a)", "state(eu.gdpr.34_1)",
                           "filed(eu.gdpr.34_1)", "reference(eu.gdpr.33_1)", "reason(eu.gdpr.33_1.late)",
                           "exemption(eu.gdpr.34_1)", "case.ref", "notice.kind", "notice.completeness", "notice.lateness"}) {
    INFO(text);
    const auto source = workflow::parse_source(text);
    REQUIRE(source);
    CHECK(source->text() == text);
  }
  for (const auto* text :
       {"", "facts.", "facts.A", "facts.a.b", "begin(facts.)", "state()", "filed(eu.gdpr.34_1", "case.title"}) {
    INFO(text);
    CHECK_FALSE(workflow::parse_source(text));
  }
}

TEST_CASE("every mistake of a template is said at its word") {
  CHECK(mistakes("template: other\ntitle: A form\nfields: {}\n") ==
        std::vector<std::string>{"1:1: the template has no 'source'", "1:1: the template has no 'clocks'",
                                 "1:11: the file calls itself 'other' but is known as 'form'",
                                 "3:9: the template has no fields"});
  CHECK(mistakes(head + "  f1: {title: One, from: fact.a}\n"
                        "  f2: {title: Two, form: facts.a}\n"
                        "  f3: {title: Three, type: numbr, from: facts.a}\n"
                        "  f4: {from: facts.a, value: fixed}\n"
                        "  f5: {title: Five}\n"
                        "  F6: {title: Six, from: facts.a}\n") ==
        std::vector<std::string>{"6:26: 'fact.a' is nothing a field is filled from",
                                 "7:20: unknown key 'form' in field 'f2'",
                                 "8:28: unknown word 'numbr' for 'type' in field 'f3'", "9:3: field 'f4' has no 'title'",
                                 "9:30: field 'f4' has both 'from' and 'value'", "10:3: field 'f5' has no 'from'",
                                 "11:3: 'F6' cannot be a name in 'fields'"});
  CHECK(mistakes(head + "  f1: {title: One, from: notice.kind}\n"
                        "  f2: {title: Two, type: time, from: case.ref}\n"
                        "  f3: {title: Three, type: number, from: exactness(facts.a)}\n"
                        "  f4: {title: Four, type: date, from: facts.a, words: {a: b}}\n"
                        "  f5: {title: Five, type: flag, from: facts.a, words: {yes: maybe}}\n"
                        "  f6: {title: Six, type: flag, from: facts.a}\n"
                        "  f7: {title: Seven, from: facts.a, otherwise: none}\n"
                        "  f8: {title: Eight, from: facts.a, when: {facts.b: yes, facts.c: no}}\n"
                        "  f9: {title: Nine, from: facts.a, when: {facs.b: yes}}\n"
                        "  f10: {title: Ten, type: date, value: fixed}\n") ==
        std::vector<std::string>{
            "6:26: 'notice.kind' gives a word of ours, and field 'f1' does not say the form's",
            "7:38: 'case.ref' gives no time, and field 'f2' holds one",
            "8:42: 'exactness(facts.a)' gives no number, and field 'f3' holds one",
            "9:55: field 'f4' is not filled with words",
            "10:61: 'maybe' is neither true nor false, and field 'f5' is a flag", "11:3: field 'f6' has no 'words'",
            "12:48: 'otherwise' of field 'f7' without 'when'", "13:43: 'when' of field 'f8' must name one source",
            "14:43: 'facs.b' is nothing a field is filled from", "15:40: a constant is text, and field 'f10' is not"});
}

namespace {

const std::string head_for_people = "template: form\n"
                                    "kind: form\n"
                                    "title: A form\n"
                                    "about: Have it at hand.\n"
                                    "source: invented\n"
                                    "clocks: [uk.gdpr.33_1, uk.gdpr.33_4]\n"
                                    "same_for: {uk.le.67_1: uk.gdpr.33_1, uk.le.68_1: uk.gdpr.34_1}\n"
                                    "provenances: {p: {title: a page, confidence: A}, m: {title: memory, confidence: M}}\n"
                                    "sections: {a: {title: One}, b: {title: Two, when: {facts.x: yes}, note: seldom}}\n"
                                    "fields:\n";

}  // namespace

TEST_CASE("a form for people has headings, the form's words for what is not known, and where each field was read") {
  const auto reading = read_template_file(
      {"templates/form.yaml",
       head_for_people +
           "  f1: {section: a, title: One, type: choices, from: facts.a, words: {u: U}, other: Other, unknown: Unknown,\n"
           "    options: [U, Other, Unknown], meets: contact_name, contact: true, provenance: [p, m], note: look}\n"
           "  f2: {section: b, title: Two, type: hour, from: facts.b}\n"});
  for (const auto& issue : reading.issues) UNSCOPED_INFO(workflow::format_issue(issue));
  REQUIRE(reading.notice_template);
  const auto& form = *reading.notice_template;
  CHECK(form.kind == workflow::NoticeTemplate::Kind::form);
  CHECK(form.digest.size() == 64);
  REQUIRE(form.sections.size() == 2);
  CHECK(form.sections[1].when->text() == "facts.x");
  CHECK(form.provenances[1].confidence == "M");
  const auto& field = form.fields.front();
  CHECK(field.other == "Other");
  CHECK(field.unknown == "Unknown");
  CHECK(field.contact);
  CHECK(field.meets == std::vector<std::string>{"contact_name"});
  CHECK(field.provenance == std::vector<std::string>{"p", "m"});

  CHECK(form.is_for("uk.gdpr.33_4"));
  CHECK(form.is_for("uk.le.67_1"));
  CHECK_FALSE(form.is_for("uk.le.68_1"));  // named by sources only
  CHECK_FALSE(form.is_for("uk.gdpr.34_1"));
  CHECK(form.clock_for("uk.gdpr.34_1", "uk.gdpr.33_1") == "uk.gdpr.34_1");
  CHECK(form.clock_for("uk.gdpr.34_1", "uk.le.67_1") == "uk.le.68_1");
  CHECK(form.clock_for("uk.gdpr.33_4", "uk.le.67_1") == "uk.gdpr.33_4");
}

TEST_CASE("every mistake of a form for people is said at its word") {
  CHECK(mistakes(head_for_people + "  f1: {title: One, from: facts.a}\n"
                                   "  f2: {section: c, title: Two, from: facts.a}\n"
                                   "  f3: {section: a, title: Three, from: facts.a, provenance: q}\n"
                                   "  f4: {section: a, title: Four, from: facts.a, words: {u: V}, options: [U, W]}\n"
                                   "  f5: {section: a, title: Five, from: facts.a, unknown: V, options: [U, W]}\n") ==
        std::vector<std::string>{"11:3: field 'f1' has no 'section'", "12:17: there is no section 'c'",
                                 "13:61: there is no provenance 'q'",
                                 "14:72: the form's word 'V' of field 'f4' is not among its options",
                                 "15:69: the form's word 'V' of field 'f5' is not among its options"});
  CHECK(mistakes("template: form\nkind: paper\ntitle: A form\nsource: invented\nclocks: a.b\n"
                 "same_for: {c.d: a.b, e.f: a.b}\nfields:\n"
                 "  f1: {title: One, type: choices, from: facts.a}\n") ==
        std::vector<std::string>{"2:7: unknown word 'paper' for 'kind' in the template",
                                 "6:27: two clocks stand in the place of 'a.b'",
                                 "8:26: field 'f1' is of a type that only people fill in"});
}
