// SPDX-License-Identifier: Apache-2.0
#include "adapters/yaml_library/rule_reader.h"

#include <algorithm>

namespace tocsin::yaml_library {

using calendar::Counting;
using calendar::Rule;
using calendar::Unit;

namespace {

/// More than a year or two is surely a slip.
constexpr std::int64_t longest(Unit unit) { return unit == Unit::hours ? 24 * 366 : unit == Unit::days ? 731 : 24; }

std::string key_of(Unit unit) { return "period_" + std::string(calendar::word(unit)); }

Counting read_counting(const Fields& fields) {
  const auto word = fields.one_of("counting", calendar::counting_words());
  const auto counting = calendar::counting_from_word(word).value_or(Counting::none_undue_delay);
  if (counting != Counting::noon_next_working_day) return counting;
  if (is_counting_known(fields))
    fields.wrong(*fields.find("counting"), "'noon_next_working_day' counts nothing by itself",
                 "it stands inside relief: {counting: noon_next_working_day, ...}");
  return Counting::none_undue_delay;
}

void refuse_other_periods(const Fields& fields, Counting counting) {
  const auto own = calendar::unit_of(counting);
  for (const auto unit : {Unit::hours, Unit::days, Unit::months}) {
    if (unit == own || !fields.has(key_of(unit))) continue;
    const auto name = "'" + std::string(calendar::word(counting)) + "' has no ";
    if (own == Unit::none)
      fields.wrong(*fields.find(key_of(unit)), name + "period",
                   "leave out " + key_of(unit) + ": a deadline that the law does not give must not be invented");
    else fields.wrong(*fields.find(key_of(unit)), name + "'" + key_of(unit) + "'", "write " + key_of(own));
  }
}

/// The number under the key of the counting's unit; none after saying what is wrong with it.
std::optional<std::int64_t> read_period(const Fields& fields, Counting counting) {
  refuse_other_periods(fields, counting);
  const auto unit = calendar::unit_of(counting);
  if (unit == Unit::none) return std::nullopt;
  const auto key = key_of(unit);
  const auto period = fields.integer(key);
  if (period && (*period < 1 || *period > longest(unit))) {
    fields.wrong(*fields.find(key), "'" + key + "' is out of range: " + std::to_string(*period),
                 "it lies between 1 and " + std::to_string(longest(unit)));
  }
  return period;
}

bool has_period(const Fields& fields) {
  return fields.has("period_hours") || fields.has("period_days") || fields.has("period_months");
}

Rule read_limit(const Fields& fields) {
  Rule limit;
  limit.counting = read_counting(fields);
  limit.after = fields.text("after");
  limit.unless_passed_at = fields.text("unless_passed_at");
  if (!is_counting_known(fields)) return limit;
  if (calendar::unit_of(limit.counting) == Unit::none) {
    fields.wrong(*fields.find("counting"), "a limit needs a counting that gives a deadline", "write elapsed_hours, for one");
    return limit;
  }
  const auto key = key_of(calendar::unit_of(limit.counting));
  fields.require(key, "add " + key + ": 24, or whatever the law says");
  limit.period = read_period(fields, limit.counting).value_or(0);
  return limit;
}

std::vector<Rule> read_limits(const Fields& fields) {
  std::vector<Rule> limits;
  const auto* list = fields.require("limits", "add limits: with the limits of which the earliest counts");
  if (list == nullptr) return limits;
  if (list->kind != Node::Kind::list || list->items.size() < 2) {
    fields.wrong(*list, "'limits' in " + fields.owner() + " must be a list of at least two limits",
                 "of one limit alone it is the clock itself");
    return limits;
  }
  for (const auto& item : list->items) {
    const Fields limit(fields.page(), item, "a limit of " + fields.owner(),
                       {"counting", "period_hours", "period_days", "period_months", "after", "unless_passed_at"});
    limits.push_back(read_limit(limit));
  }
  return limits;
}

}  // namespace

bool is_counting_known(const Fields& fields) {
  const auto* node = fields.find("counting");
  return node != nullptr && calendar::counting_from_word(node->text);
}

Rule read_rule(const Fields& fields) {
  Rule rule;
  rule.counting = read_counting(fields);
  if (!is_counting_known(fields)) return rule;
  const auto unit = calendar::unit_of(rule.counting);
  if (unit != Unit::none) fields.require(key_of(unit), "add " + key_of(unit) + ": 72, or whatever the law says");
  rule.period = read_period(fields, rule.counting).value_or(0);
  if (rule.counting == Counting::min_of) {
    rule.limits = read_limits(fields);
  } else if (const auto* limits = fields.find("limits")) {
    fields.wrong(*limits, "only 'min_of' has limits", "leave them out, or write counting: min_of");
  }
  return rule;
}

workflow::Reading read_reading(const Fields& fields, const Rule& rule) {
  workflow::Reading reading{{}, fields.required_text("note")};
  reading.rule.counting = read_counting(fields);
  if (!is_counting_known(fields)) return reading;
  const auto unit = calendar::unit_of(reading.rule.counting);
  if (unit == Unit::none) {
    fields.wrong(*fields.find("counting"), "another reading needs a counting that gives a deadline",
                 "another reading counts the same period differently");
    return reading;
  }
  if (!has_period(fields) && unit != calendar::unit_of(rule.counting)) {
    fields.wrong(*fields.find("counting"), "this reading and the clock itself do not both count " + std::string(word(unit)),
                 "add " + key_of(unit) + ": another reading counts the same period differently");
    return reading;
  }
  reading.rule.period = has_period(fields) ? read_period(fields, reading.rule.counting).value_or(0) : rule.period;
  return reading;
}

}  // namespace tocsin::yaml_library
