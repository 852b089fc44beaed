// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/template_reader.h"

#include <algorithm>
#include <tuple>

#include "engine/base/digest.h"

namespace tocsin::yaml_library {

using workflow::FieldSource;
using workflow::FormSection;
using workflow::NoticeTemplate;
using workflow::TemplateField;

namespace {

const std::vector<std::string> field_keys = {"title", "type",      "required", "from",       "value",   "words",
                                             "when",  "otherwise", "section",  "options",    "unknown", "other",
                                             "meets", "optional",  "contact",  "provenance", "note"};
const std::vector<std::string> types = {"text", "number", "flag", "date", "time", "hour", "choices"};
const std::vector<std::string> kinds = {"document", "form", "call"};
const std::vector<std::string> confidences = {"A", "B", "C", "M"};

std::string source_hint() { return "write one of " + workflow::source_forms(); }

TemplateField::Kind kind_of(std::string_view type) {
  if (type == "number") return TemplateField::Kind::number;
  if (type == "flag") return TemplateField::Kind::flag;
  if (type == "date") return TemplateField::Kind::date;
  if (type == "hour") return TemplateField::Kind::hour;
  if (type == "choices") return TemplateField::Kind::choices;
  return type == "time" ? TemplateField::Kind::time : TemplateField::Kind::text;
}

bool takes_words(TemplateField::Kind kind) {
  return kind == TemplateField::Kind::text || kind == TemplateField::Kind::flag || kind == TemplateField::Kind::choices;
}

NoticeTemplate::Kind kind_of_template(std::string_view kind) {
  return kind == "form"   ? NoticeTemplate::Kind::form
         : kind == "call" ? NoticeTemplate::Kind::call
                          : NoticeTemplate::Kind::document;
}

std::optional<FieldSource> source_in(const Fields& fields, const Node& node) {
  auto source = workflow::parse_source(node.text);
  if (!source) fields.wrong(node, in_quotes(node.text) + " is nothing a field is filled from", source_hint());
  return source;
}

/// Says it where a source cannot give what the field holds.
void check_source(const Fields& fields, const Node& node, const FieldSource& source, const TemplateField& field) {
  const bool is_a_time = field.kind == TemplateField::Kind::date || field.kind == TemplateField::Kind::time ||
                         field.kind == TemplateField::Kind::hour;
  if (is_a_time && !source.gives_a_time())
    fields.wrong(node, in_quotes(node.text) + " gives no time, and " + fields.owner() + " holds one",
                 "times come from facts.NAME, begin(facts.NAME), end(facts.NAME) and filed(CLOCK)");
  if (field.kind == TemplateField::Kind::number && source.kind != FieldSource::Kind::fact)
    fields.wrong(node, in_quotes(node.text) + " gives no number, and " + fields.owner() + " holds one",
                 "numbers come from facts.NAME");
  if (takes_words(field.kind) && source.gives_a_word() && !fields.has("words"))
    fields.wrong(node, in_quotes(node.text) + " gives a word of ours, and " + fields.owner() + " does not say the form's",
                 "add words: {OURS: THEIRS}");
}

void read_words(const Fields& fields, TemplateField& into) {
  const auto* node = fields.find("words");
  if (node == nullptr) return;
  if (!takes_words(into.kind))
    return fields.wrong(*node, fields.owner() + " is not filled with words", "leave 'words' out, or write type: text");
  for (const auto& [ours, theirs] : fields.named("words", false)) {
    if (theirs->kind != Node::Kind::scalar || theirs->text.empty()) {
      fields.wrong(*theirs, "the form's word for " + in_quotes(ours->text) + " must be text", "write it after the colon");
    } else if (into.kind == TemplateField::Kind::flag && theirs->text != "true" && theirs->text != "false") {
      fields.wrong(*theirs, in_quotes(theirs->text) + " is neither true nor false, and " + fields.owner() + " is a flag",
                   "write true or false");
    } else {
      into.words.emplace_back(ours->text, theirs->text);
    }
  }
}

/// Reads the condition of a field or a section.
void read_when(const Fields& fields, auto& into) {
  const auto* node = fields.find("when");
  if (node == nullptr) return;
  const auto conditions = fields.entries("when");
  if (node->kind != Node::Kind::map) return;
  if (conditions.size() != 1)
    return fields.wrong(*node, "'when' of " + fields.owner() + " must name one source", "write {facts.NAME: WORD}");
  into.when = source_in(fields, *conditions.front().first);
  const Fields condition(fields.page(), *node, "'when' of " + fields.owner(), {conditions.front().first->text});
  into.is = condition.texts(conditions.front().first->text);
}

/// Says it where a word stands among those of the form that the form does not offer.
void check_options(const Fields& fields, const TemplateField& field) {
  const auto* node = fields.find("options");
  if (node == nullptr) return;
  const auto check = [&](const std::string& word) {
    if (word.empty() || std::find(field.options.begin(), field.options.end(), word) != field.options.end()) return;
    fields.wrong(*node, "the form's word " + in_quotes(word) + " of " + fields.owner() + " is not among its options",
                 "write it as the options have it, or add it");
  };
  for (const auto& [ours, theirs] : field.words) check(theirs);
  check(field.unknown);
  check(field.other);
}

TemplateField read_field(const Fields& fields, const std::string& id) {
  TemplateField field;
  field.id = id;
  field.title = fields.required_text("title", "add title: with the words of the form");
  if (fields.has("type")) field.kind = kind_of(fields.one_of("type", types));
  field.required = fields.flag("required");
  field.value = fields.text("value");
  if (const auto* value = fields.find("value"); value != nullptr && fields.has("from")) {
    fields.wrong(*value, fields.owner() + " has both 'from' and 'value'", "a constant has no source: keep one of the two");
  } else if (value != nullptr && field.kind != TemplateField::Kind::text) {
    fields.wrong(*value, "a constant is text, and " + fields.owner() + " is not", "leave 'type' out");
  } else if (value == nullptr) {
    fields.require("from", "add from: with what fills it, or value: with a constant");
  }
  for (const auto* node : fields.words("from")) {
    auto source = source_in(fields, *node);
    if (!source) continue;
    check_source(fields, *node, *source, field);
    field.from.push_back(std::move(*source));
  }
  read_words(fields, field);
  if (field.kind == TemplateField::Kind::flag) fields.require("words", "add words: {OURS: true, OTHER: false}");
  read_when(fields, field);
  field.otherwise = fields.text("otherwise");
  if (const auto* otherwise = fields.find("otherwise"); otherwise != nullptr && !fields.has("when"))
    fields.wrong(*otherwise, "'otherwise' of " + fields.owner() + " without 'when'",
                 "say with when: when the field is asked");
  field.section = fields.text("section");
  field.options = fields.texts("options");
  field.unknown = fields.text("unknown");
  field.other = fields.text("other");
  field.meets = fields.texts("meets");
  field.optional = fields.flag("optional");
  field.contact = fields.flag("contact");
  field.provenance = fields.texts("provenance");
  field.note = fields.text("note");
  check_options(fields, field);
  return field;
}

FormSection read_section(const Fields& fields, const std::string& name) {
  FormSection section;
  section.name = name;
  section.title = fields.required_text("title", "add title: with the heading of the form");
  section.note = fields.text("note");
  read_when(fields, section);
  return section;
}

/// A document has a schema and no headings; a form for people has them, and a field stands under one.
void check_field(const Fields& fields, const NoticeTemplate& form, const TemplateField& field) {
  const bool is_document = form.kind == NoticeTemplate::Kind::document;
  if (is_document && (field.kind == TemplateField::Kind::hour || field.kind == TemplateField::Kind::choices))
    fields.wrong(*fields.find("type"), fields.owner() + " is of a type that only people fill in",
                 "write kind: form, or another type");
  const auto has = [](const auto& list, const std::string& name) {
    return std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.name == name; });
  };
  if (const auto* node = fields.find("section"); node != nullptr && !has(form.sections, field.section))
    fields.wrong(*node, "there is no section " + in_quotes(field.section), "name one of 'sections'");
  if (!form.sections.empty()) fields.require("section", "say under which heading it stands");
  for (const auto* node : fields.words("provenance"))
    if (!has(form.provenances, node->text))
      fields.wrong(*node, "there is no provenance " + in_quotes(node->text), "name one of 'provenances'");
}

void read_people_parts(const Fields& fields, NoticeTemplate& into) {
  Page& page = fields.page();
  for (const auto& [name, value] : fields.named("sections", false))
    into.sections.push_back(
        read_section(Fields(page, *value, "section " + in_quotes(name->text), {"title", "note", "when"}, name), name->text));
  for (const auto& [name, value] : fields.named("provenances", false)) {
    const Fields members(page, *value, "provenance " + in_quotes(name->text), {"title", "confidence"}, name);
    into.provenances.push_back(
        {name->text, members.required_text("title", "say where it was read"), members.one_of("confidence", confidences)});
  }
  for (const auto& [theirs, ours] : fields.entries("same_for")) {
    const bool is_taken = std::any_of(into.same_for.begin(), into.same_for.end(),
                                      [&ours = ours](const auto& pair) { return pair.second == ours->text; });
    if (ours->kind != Node::Kind::scalar || ours->text.empty())
      fields.wrong(*theirs, "clock " + in_quotes(theirs->text) + " stands in nobody's place",
                   "name a clock of this form after the colon");
    else if (is_taken) fields.wrong(*ours, "two clocks stand in the place of " + in_quotes(ours->text), "keep one of them");
    else into.same_for.emplace_back(theirs->text, ours->text);
  }
}

}  // namespace

NoticeTemplate read_template(Page& page, const Node& root, std::string_view name) {
  const Fields fields(
      page, root, "the template",
      {"template", "kind", "title", "about", "source", "clocks", "same_for", "provenances", "sections", "fields"});
  NoticeTemplate result;
  result.name = fields.required_text("template");
  if (!result.name.empty() && result.name != name)
    fields.wrong(*fields.find("template"),
                 "the file calls itself " + in_quotes(result.name) + " but is known as " + in_quotes(name),
                 "make the two the same");
  result.name = name;
  result.title = fields.required_text("title");
  result.about = fields.text("about");
  if (fields.has("kind")) result.kind = kind_of_template(fields.one_of("kind", kinds));
  result.source = fields.required_text("source", "add source: with where the form was read");
  fields.require("clocks", "add clocks: with the clocks of the duties that the form meets");
  result.clocks = fields.texts("clocks");
  read_people_parts(fields, result);
  fields.require("fields", "add fields: {ID: {title: ..., from: ...}}");
  for (const auto& [id, value] : fields.named("fields", false)) {
    const Fields field(page, *value, "field " + in_quotes(id->text), field_keys, id);
    result.fields.push_back(read_field(field, id->text));
    check_field(field, result, result.fields.back());
  }
  if (const auto* node = fields.find("fields"); node != nullptr && node->kind == Node::Kind::map && node->members.empty())
    fields.wrong(*node, "the template has no fields", "add at least one");
  return result;
}

TemplateReading read_template_file(const workflow::SourceFile& file) {
  auto name = std::string_view(file.path).substr(file.path.rfind('/') + 1);
  if (name.ends_with(".yaml")) name.remove_suffix(5);
  Page page(file.path, file.text);
  const auto root = read_tree(page);
  TemplateReading reading;
  if (root) reading.notice_template = read_template(page, *root, name);
  if (reading.notice_template) reading.notice_template->digest = to_hex(sha256(file.text));
  reading.issues = page.issues();
  std::stable_sort(reading.issues.begin(), reading.issues.end(), [](const workflow::Issue& a, const workflow::Issue& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  if (!reading.issues.empty()) reading.notice_template.reset();
  return reading;
}

}  // namespace tocsin::yaml_library
