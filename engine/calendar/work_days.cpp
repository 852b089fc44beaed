// SPDX-License-Identifier: Apache-2.0
#include "engine/calendar/work_days.h"

#include <algorithm>

namespace tocsin::calendar {

bool WorkDays::covers(Date date) const {
  const auto year = static_cast<int>(std::chrono::year_month_day(date).year());
  return first_year <= year && year <= last_year;
}

const std::string* WorkDays::holiday(Date date) const {
  const auto found = std::lower_bound(holidays.begin(), holidays.end(), date,
                                      [](const auto& holiday, Date wanted) { return holiday.first < wanted; });
  return found != holidays.end() && found->first == date ? &found->second : nullptr;
}

bool WorkDays::is_working_day(Date date) const {
  return !weekend[std::chrono::weekday(date).c_encoding()] && holiday(date) == nullptr;
}

}  // namespace tocsin::calendar
