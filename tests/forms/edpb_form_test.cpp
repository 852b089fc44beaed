// SPDX-License-Identifier: Apache-2.0
// The EDPB template: the shipped map against the workflow it is for, and its documents against the published schema, which is looked
// for in the folder that TOCSIN_VECTORS names.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

#include "adapters/memory_store/event_store.h"
#include "adapters/memory_store/vault.h"
#include "adapters/yaml_library/library.h"
#include "adapters/yaml_library/story_reader.h"
#include "cli/exports/notice_draft.h"
#include "engine/rehearsal.h"
#include "tests/forms/json_schema.h"

using namespace tocsin;
using tests::schema_mistakes;
using workflow::FieldSource;
using workflow::TemplateField;

namespace {

const yaml_library::Library library(TOCSIN_SOURCE_DIR "/workflows");

workflow::NoticeTemplate form() {
  auto read = library.notice_template("edpb-33");
  if (!read) UNSCOPED_INFO(read.error().message);
  REQUIRE(read);
  return std::move(*read);
}

/// The last moment of a story.
struct Told {
  explicit Told(const std::string& name) : store("story"), vault(store), engine(store, vault, library) {
    auto story = yaml_library::read_story_file(TOCSIN_SOURCE_DIR "/examples/fictional-financial/" + name).story;
    REQUIRE(story);
    const auto ref = play(engine, *story, [](const PlayedStep&) {});
    REQUIRE(ref);
    view = *engine.show(*ref, **store.last_recorded());
    words = cli::words_or_none(engine, view);
    const auto& definition = *view.definition;
    duty = {definition.obligation("dpa"), definition.clock("eu.gdpr.33_1"), {}};
  }

  /// What is filled points into the form, which is kept here.
  cli::FilledForm filled() const { return cli::fill_form(view, words, duty, kept_form); }

  memory_store::EventStore store;
  memory_store::Vault vault;
  Engine engine;
  CaseView view;
  cli::Words words;
  cli::DraftedDuty duty;
  workflow::NoticeTemplate kept_form = form();
};

/// The published schema; empty, and said, where it is not at hand.
std::string schema() {
  const char* folder = std::getenv("TOCSIN_VECTORS");
  std::ifstream in(std::string(folder == nullptr ? "" : folder) + "/edpb-template/breach-notification.schema.json");
  std::stringstream text;
  text << in.rdbuf();
  if (text.str().empty()) WARN("skipped: TOCSIN_VECTORS names no folder with edpb-template/breach-notification.schema.json");
  return text.str();
}

bool has_word(const workflow::Fact& fact, const std::string& word) {
  return std::find(fact.words.begin(), fact.words.end(), word) != fact.words.end();
}

}  // namespace

TEST_CASE(
    "every fact and word that the form names is one of the workflow, and every word of such a fact has its own in the form") {
  const auto definition = library.find("eu/financial-entity")->definition;
  REQUIRE(definition);
  const auto edpb = form();
  for (const auto& clock : edpb.clocks) CHECK(definition->clock(clock) != nullptr);
  for (const auto& field : edpb.fields) {
    INFO(field.id);
    auto sources = field.from;
    if (field.when) sources.push_back(*field.when);
    for (const auto& source : sources) {
      INFO(source.text());
      const bool of_a_clock = source.name.find('.') != std::string::npos;
      if (of_a_clock) CHECK(definition->clock(source.name) != nullptr);
      if (of_a_clock || source.name.empty()) continue;
      const auto* fact = definition->fact(source.name);
      REQUIRE(fact != nullptr);
      if (source.kind != FieldSource::Kind::fact) continue;
      if (field.when && source.text() == field.when->text())
        for (const auto& word : field.is) CHECK(has_word(*fact, word));
      else if (field.from.size() == 1 && !fact->words.empty()) {
        REQUIRE_FALSE(field.words.empty());
        CHECK(field.words.size() == fact->words.size());
        for (const auto& [ours, theirs] : field.words) CHECK(has_word(*fact, ours));
      }
    }
  }
}

TEST_CASE("the form says what the schema says: the same fields, types and words, and what is required") {
  const auto text = schema();
  if (text.empty()) return;
  const auto rules = *parse_json(text);
  const auto edpb = form();
  for (const auto& field : edpb.fields) {
    INFO(field.id);
    const auto& rule = rules["properties"][field.id];
    REQUIRE(rule.is_object());
    const auto format = rule["format"].text();
    const auto type = rule["type"].text();
    CHECK((field.kind == TemplateField::Kind::number) == (type == "integer"));
    CHECK((field.kind == TemplateField::Kind::flag) == (type == "boolean"));
    CHECK((field.kind == TemplateField::Kind::date) == (format == "date"));
    CHECK((field.kind == TemplateField::Kind::time) == (format == "date-time"));
    if (!rule.has("enum")) continue;
    for (const auto& [ours, theirs] : field.words) {
      const auto& allowed = rule["enum"].items();
      CHECK(std::find(allowed.begin(), allowed.end(), Json(theirs)) != allowed.end());
    }
  }
  for (const auto& id : rules["required"].items()) {
    INFO(id.text());
    const auto field =
        std::find_if(edpb.fields.begin(), edpb.fields.end(), [&](const TemplateField& one) { return one.id == id.text(); });
    REQUIRE(field != edpb.fields.end());
    CHECK(field->required);
    CHECK((!field->when || !field->otherwise.empty()));  // or a complete draft could lack it
  }
}

TEST_CASE("the draft of a case whose facts are complete conforms to the schema") {
  const auto rules = schema();
  if (rules.empty()) return;
  const Told told("story.yaml");
  const auto filled = told.filled();
  CHECK(filled.missing.empty());
  CHECK(schema_mistakes(rules, canonical(filled.document)) == std::vector<std::string>{});

  auto otherwise = filled.document;  // the validator does look
  CHECK_FALSE(schema_mistakes(rules, canonical(otherwise.set("field_89", "z"))).empty());
  CHECK_FALSE(schema_mistakes(rules, canonical(Json(filled.document).set("field_1", "unknown"))).empty());
  CHECK_FALSE(schema_mistakes(rules, canonical(Json(filled.document).set("field_68", "many"))).empty());
  CHECK_FALSE(schema_mistakes(rules, canonical(Json(filled.document).set("field_95", "soon"))).empty());
  CHECK_FALSE(schema_mistakes(rules, "{}").empty());
}

TEST_CASE("a draft knows that it follows another, when we became aware, and what did not fit into one word") {
  const Told told("story.yaml");
  const auto filled = told.filled();
  CHECK(filled.document["field_3"] == Json("b"));
  CHECK(filled.document["field_4"] == Json("a"));
  CHECK(filled.document["field_6"] == Json("DPC-000000-1"));
  CHECK(filled.document["field_48"] == Json("2026-01-30T19:00:00Z"));
  CHECK_FALSE(filled.document.has("field_49"));
  CHECK(filled.document["field_72"] == Json("b"));
  CHECK(filled.document["field_73"] == Json(5200));
  CHECK(filled.document["field_98"] == Json("2026-02-02"));
  REQUIRE(filled.left_out.size() == 3);
  CHECK(filled.left_out.front().field->id == "field_70");
  CHECK(filled.left_out.front().words == std::vector<std::string>{"contact", "basic"});
}

TEST_CASE("a draft that lacks required fields is incomplete and names them; a late one carries the reasons") {
  const Told told("late.yaml");
  const auto filled = told.filled();
  CHECK(filled.document["field_4"] == Json("b"));
  CHECK(filled.document["field_49"] == Json("The form was finished in time and waited for a signature over the holiday"));
  CHECK(filled.document["field_100"] == Json("c"));
  const auto name = std::find_if(filled.missing.begin(), filled.missing.end(),
                                 [](const auto& one) { return one.field->id == "field_12"; });
  REQUIRE(name != filled.missing.end());
  CHECK(name->wanted == std::vector<std::string>{"facts.entity_name"});
  CHECK_FALSE(filled.document.has("field_12"));
}

TEST_CASE("a draft never says that people need not be told because nobody knows yet") {
  const Told told("late.yaml");
  auto file = *told.view.file;
  std::erase_if(file.obligations, [](const auto& one) { return one.clock == "eu.gdpr.34_1"; });
  auto view = told.view;
  view.file = std::make_shared<const case_file::CaseFile>(file);
  CHECK_FALSE(cli::fill_form(view, told.words, told.duty, form()).document.has("field_97"));  // the risk is high
  std::erase_if(file.facts, [](const auto& one) { return one.name == "risk"; });
  view.file = std::make_shared<const case_file::CaseFile>(file);
  CHECK_FALSE(cli::fill_form(view, told.words, told.duty, form()).document.has("field_97"));
}

TEST_CASE("what a severity method found, and why, is in no draft") {
  const Told told("story.yaml");
  REQUIRE(told.view.file->assessments.size() == 1);
  const auto& found = told.view.file->assessments.front();
  const auto why = cli::word_at(told.words, found.because);
  REQUIRE(why == "bank accounts beside the story of each claim");
  std::string drafted = canonical(told.filled().document);
  for (const auto& content : cli::draft_contents(told.view, told.words, told.duty))
    for (const auto& fact : content.facts) drafted += fact.name + fact.text;
  for (const auto& secret : {found.method, found.result, found.score, why}) {
    REQUIRE_FALSE(secret.empty());
    CHECK(drafted.find(secret) == std::string::npos);
  }
  for (const auto* source : {"severity(enisa-2013)", "assessment.result", "because(facts.risk)", "decision(people)"})
    CHECK_FALSE(workflow::parse_source(source));
}

TEST_CASE("a draft whose words cannot be read says so and leaves them out") {
  const Told told("story.yaml");
  const auto edpb = form();
  const auto filled = cli::fill_form(told.view, {}, told.duty, edpb);
  const auto name = std::find_if(filled.missing.begin(), filled.missing.end(),
                                 [](const auto& one) { return one.field->id == "field_12"; });
  REQUIRE(name != filled.missing.end());
  CHECK(name->unreadable);
  CHECK(filled.document["field_48"] == Json("2026-01-30T19:00:00Z"));
}
