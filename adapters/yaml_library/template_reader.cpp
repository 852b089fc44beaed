// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/template_reader.h"

#include <algorithm>
#include <tuple>

namespace tocsin::yaml_library {

using workflow::FieldSource;
using workflow::NoticeTemplate;
using workflow::TemplateField;

namespace {

const std::vector<std::string> field_keys = {"title", "type", "required", "from", "value", "words", "when", "otherwise"};
const std::vector<std::string> types = {"text", "number", "flag", "date", "time"};

std::string source_hint() { return "write one of " + workflow::source_forms(); }

TemplateField::Kind kind_of(std::string_view type) {
  if (type == "number") return TemplateField::Kind::number;
  if (type == "flag") return TemplateField::Kind::flag;
  if (type == "date") return TemplateField::Kind::date;
  return type == "time" ? TemplateField::Kind::time : TemplateField::Kind::text;
}

bool takes_words(TemplateField::Kind kind) { return kind == TemplateField::Kind::text || kind == TemplateField::Kind::flag; }

std::optional<FieldSource> source_in(const Fields& fields, const Node& node) {
  auto source = workflow::parse_source(node.text);
  if (!source) fields.wrong(node, in_quotes(node.text) + " is nothing a field is filled from", source_hint());
  return source;
}

/// Says it where a source cannot give what the field holds.
void check_source(const Fields& fields, const Node& node, const FieldSource& source, const TemplateField& field) {
  const bool is_a_time = field.kind == TemplateField::Kind::date || field.kind == TemplateField::Kind::time;
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

void read_when(const Fields& fields, TemplateField& into) {
  const auto* node = fields.find("when");
  if (node == nullptr) {
    if (const auto* otherwise = fields.find("otherwise"))
      fields.wrong(*otherwise, "'otherwise' of " + fields.owner() + " without 'when'",
                   "say with when: when the field is asked");
    return;
  }
  const auto conditions = fields.entries("when");
  if (node->kind != Node::Kind::map) return;
  if (conditions.size() != 1)
    return fields.wrong(*node, "'when' of " + fields.owner() + " must name one source", "write {facts.NAME: WORD}");
  into.when = source_in(fields, *conditions.front().first);
  const Fields condition(fields.page(), *node, "'when' of " + fields.owner(), {conditions.front().first->text});
  into.is = condition.texts(conditions.front().first->text);
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
  return field;
}

}  // namespace

NoticeTemplate read_template(Page& page, const Node& root, std::string_view name) {
  const Fields fields(page, root, "the template", {"template", "title", "about", "source", "clocks", "fields"});
  NoticeTemplate result;
  result.name = fields.required_text("template");
  if (!result.name.empty() && result.name != name)
    fields.wrong(*fields.find("template"),
                 "the file calls itself " + in_quotes(result.name) + " but is known as " + in_quotes(name),
                 "make the two the same");
  result.name = name;
  result.title = fields.required_text("title");
  result.about = fields.text("about");
  result.source = fields.required_text("source", "add source: with where the form was read");
  fields.require("clocks", "add clocks: with the clocks of the duties that the form meets");
  result.clocks = fields.texts("clocks");
  fields.require("fields", "add fields: {ID: {title: ..., from: ...}}");
  for (const auto& [id, value] : fields.named("fields", false)) {
    const Fields field(page, *value, "field " + in_quotes(id->text), field_keys, id);
    result.fields.push_back(read_field(field, id->text));
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
  reading.issues = page.issues();
  std::stable_sort(reading.issues.begin(), reading.issues.end(), [](const workflow::Issue& a, const workflow::Issue& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
  if (!reading.issues.empty()) reading.notice_template.reset();
  return reading;
}

}  // namespace tocsin::yaml_library
