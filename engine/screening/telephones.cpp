// SPDX-License-Identifier: Apache-2.0
// Telephone numbers without a word that says so: British ones from their 0 or 44, others from + or 00, North American ones by their shape.
#include <string_view>

#include "engine/screening/number_run.h"
#include "engine/screening/searches.h"

namespace tocsin::screening {
namespace {

/// How many of the run's groups a number is made of, from the one that fits `fits`, longest first; 0: none.
template <class Fits>
std::size_t groups_that(const NumberRun& run, Fits fits) {
  for (auto count = run.groups.size(); count > 0; --count)
    if (fits(run.first_digits(count))) return count;
  return 0;
}

/// 020 7946 0018, (01632) 960001, 07700-900-123: ten or eleven digits after Ofcom's plan, of which the second is no 0.
bool is_british(const std::string& digits) {
  if (digits.size() < 10 || digits[0] != '0' || digits[1] == '0' || digits[1] == '4' || digits[1] == '6') return false;
  return digits.size() == 11 || (digits.size() == 10 && (digits[1] == '1' || digits[1] == '5' || digits[1] == '8'));
}

/// 44 7700 900123, where somebody left out the plus.
bool is_british_from_abroad(const std::string& digits) {
  return digits.size() == 12 && digits.starts_with("44") && digits[2] >= '1' && digits[2] <= '9' && digits[2] != '4' &&
         digits[2] != '6';
}

bool is_abroad_after_00(const std::string& digits) {
  return digits.size() >= 10 && digits.size() <= 17 && digits.starts_with("00") && digits[2] != '0';
}

bool is_after_a_plus(const std::string& digits) { return digits.size() >= 8 && digits.size() <= 15 && digits[0] != '0'; }

/// 555-010-0199, (555) 010-0199.
bool is_north_american(const PlainText& text, const NumberRun& run) {
  if (run.groups.size() < 3 || run.groups[0].digits != 3 || run.groups[1].digits != 6 || run.groups[2].digits != 10)
    return false;
  const char between = text.at(run.groups[1].end);
  return run.digits[0] >= '2' && (between == '-' || between == '.') && run.groups[2].from == run.groups[1].end + 1;
}

}  // namespace

void search_telephones(const PlainText& text, const std::vector<bool>& explained, std::vector<Hit>& hits) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!text.is_digit(i) || text.is_digit(i - 1) || explained[i]) continue;
    const bool bracket = text.before(i) == '(';
    const auto from = bracket ? i - 1 : i;
    const bool plus = text.before(from) == '+';
    const auto begins = plus ? from - 1 : from;
    if (!may_begin(text, begins) && !bracket) continue;
    const auto run = run_at(text, explained, i, true);
    if (run.groups.empty()) continue;
    const bool lone_zero_with_a_point = run.groups[0].digits == 1 && text.at(run.groups[0].end) == '.';
    if (lone_zero_with_a_point) continue;  // 0.1234567890
    std::size_t count = 0;
    if (plus) count = groups_that(run, is_after_a_plus);
    if (count == 0 && !plus) {
      count = groups_that(run, is_british);
      if (count == 0) count = groups_that(run, is_abroad_after_00);
      if (count == 0) count = groups_that(run, is_british_from_abroad);
      if (count == 0 && is_north_american(text, run)) count = 3;
    }
    if (count == 0) continue;
    hits.push_back({Kind::telephone, begins, run.groups[count - 1].end});
    i = run.groups[count - 1].end - 1;
  }
}

}  // namespace tocsin::screening
