// SPDX-License-Identifier: Apache-2.0
// The ICO's report and its questions on the telephone: the shipped maps against the workflows and the law they are for.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <set>

#include "adapters/yaml_library/library.h"
#include "engine/workflow/notice_template.h"

using namespace tocsin;
using workflow::FieldSource;
using workflow::NoticeTemplate;
using workflow::TemplateField;

namespace {

const yaml_library::Library library(TOCSIN_SOURCE_DIR "/workflows");

NoticeTemplate form(const char* name) {
  auto read = library.notice_template(name);
  if (!read) UNSCOPED_INFO(read.error().message);
  REQUIRE(read);
  return std::move(*read);
}

/// Read once: what is found in a definition lives as long as it does.
const workflow::Definition& definition(const std::string& name) {
  static std::map<std::string, std::shared_ptr<const workflow::Definition>> read;
  auto& known = read[name];
  if (!known) {
    const auto reading = library.find(name);
    REQUIRE(reading);
    REQUIRE(reading->definition);
    known = reading->definition;
  }
  return *known;
}

constexpr const char* forms[] = {"ico-report", "ico-phone"};
constexpr const char* workflows[] = {"uk/supplier-breach", "uk/accidental-disclosure", "uk/data-loss"};

bool has_word(const workflow::Fact& fact, const std::string& word) {
  return std::find(fact.words.begin(), fact.words.end(), word) != fact.words.end();
}

}  // namespace

TEST_CASE("each workflow that notifies the ICO asks every fact that the ICO's forms are filled from") {
  for (const auto* of : workflows) {
    const auto& asked = definition(of);
    for (const auto* name : forms) {
      for (const auto& field : form(name).fields) {
        INFO(of << " " << name << " " << field.id);
        auto sources = field.from;
        if (field.when) sources.push_back(*field.when);
        for (const auto& source : sources) {
          if (source.name.empty() || source.name.find('.') != std::string::npos) continue;
          const auto* fact = asked.fact(source.name);
          REQUIRE(fact != nullptr);
          CHECK_FALSE(fact->ask.empty());
        }
      }
    }
  }
}

TEST_CASE("every word of such a fact has one in the form, or stands behind the form's word for others") {
  for (const auto* of : workflows) {
    const auto& asked = definition(of);
    for (const auto* name : forms) {
      for (const auto& field : form(name).fields) {
        INFO(of << " " << name << " " << field.id);
        for (const auto& source : field.from) {
          const auto* fact = source.kind == FieldSource::Kind::fact ? asked.fact(source.name) : nullptr;
          if (fact == nullptr || fact->words.empty() || !field.other.empty() || field.words.empty()) continue;
          for (const auto& word : fact->words) {
            INFO(word);
            CHECK(std::any_of(field.words.begin(), field.words.end(), [&](const auto& pair) { return pair.first == word; }));
          }
        }
      }
    }
  }
}

TEST_CASE("no word of the maps is one that no workflow knows") {
  for (const auto* name : forms) {
    for (const auto& field : form(name).fields) {
      for (const auto& [ours, theirs] : field.words) {
        INFO(name << " " << field.id << " " << ours);
        bool is_known = false;
        for (const auto& source : field.from) {
          is_known = is_known || source.gives_a_word();  // states and kinds are the engine's own words
          for (const auto* of : workflows)
            if (const auto* fact = definition(of).fact(source.name)) is_known = is_known || has_word(*fact, ours);
        }
        CHECK(is_known);
      }
    }
  }
}

TEST_CASE("whatever the law asks of the notice has a place in both forms, under UK GDPR and under Part 3") {
  const auto& asked = definition("uk/supplier-breach");
  for (const auto* name : forms) {
    const auto of = form(name);
    CHECK(of.is_for("uk.gdpr.33_1"));
    CHECK(of.is_for("uk.le.67_1"));
    for (const auto* id : {"uk.gdpr.33_1", "uk.gdpr.33_1.late", "uk.le.67_1", "uk.le.67_1.late"}) {
      const auto* clock = asked.clock(id);
      REQUIRE(clock != nullptr);
      for (const auto& content : clock->contents) {
        INFO(name << " " << id << " " << content.field);
        CHECK(std::any_of(of.fields.begin(), of.fields.end(), [&](const TemplateField& field) {
          return std::find(field.meets.begin(), field.meets.end(), content.field) != field.meets.end();
        }));
      }
    }
  }
}

TEST_CASE("every field says where it was read, every section has fields, and every heading is used once") {
  for (const auto* name : forms) {
    const auto of = form(name);
    std::set<std::string> used;
    std::string last;
    for (const auto& field : of.fields) {
      INFO(name << " " << field.id);
      CHECK_FALSE(field.provenance.empty());
      if (field.section != last) CHECK(used.insert(field.section).second);  // the order of the form goes section by section
      last = field.section;
    }
    CHECK(used.size() == of.sections.size());
  }
  CHECK(form("ico-phone").sections.size() == 6);
}

TEST_CASE("what law.md calls from memory is marked so, and only the contact's own fields are exempt from the search") {
  const auto report = form("ico-report");
  const auto field = [&](const std::string& id) -> const TemplateField& {
    const auto found =
        std::find_if(report.fields.begin(), report.fields.end(), [&](const auto& one) { return one.id == id; });
    REQUIRE(found != report.fields.end());
    return *found;
  };
  for (const auto* id : {"high_risk", "delay_reasons", "people_told", "scheme", "organisation"})
    CHECK(field(id).provenance == std::vector<std::string>{"m"});
  for (const auto* id : {"consequences", "likelihood", "cia", "impact", "recovery"})
    CHECK(field(id).provenance == std::vector<std::string>{"g"});
  for (const auto* id : {"what_happened", "cyber_incident", "data_categories", "people_number"})
    CHECK(field(id).provenance == std::vector<std::string>{"d"});
  std::set<std::string> exempt;
  for (const auto& one : report.fields)
    if (one.contact) exempt.insert(one.section);
  CHECK(exempt == std::set<std::string>{"report", "you"});
  CHECK_FALSE(field("what_happened").contact);
}
