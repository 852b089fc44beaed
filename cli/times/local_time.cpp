// SPDX-License-Identifier: Apache-2.0
#include "cli/times/local_time.h"

#include <date/tz.h>

#include <chrono>

namespace tocsin::cli {
namespace {

std::string formatted(Instant t, std::string_view zone, const char* with) {
  const std::chrono::sys_time<std::chrono::microseconds> at{std::chrono::microseconds(t.micros)};
  const auto whole = std::chrono::floor<std::chrono::seconds>(at);
  try {
    return date::format(with, date::make_zoned(date::locate_zone(std::string(zone)), whole));
  } catch (const std::exception&) {
    return date::format(with, date::make_zoned("UTC", whole));
  }
}

}  // namespace

std::string local_time(Instant t, std::string_view zone) { return formatted(t, zone, "%a %e %b %Y %H:%M %Z"); }
std::string local_stamp(Instant t, std::string_view zone) { return formatted(t, zone, "%Y-%m-%d %H:%M %Z"); }

bool knows_zone(std::string_view zone) {
  try {
    return date::locate_zone(std::string(zone)) != nullptr;
  } catch (const std::exception&) {
    return false;
  }
}

std::string both_times(Instant t, std::string_view zone) {
  return local_time(t, zone) + ", " + format_instant(t).substr(11, 5) + "Z";
}

namespace {

/// A deadline that ends with a day belongs to that day, and its second before midnight has the day's name.
std::string deadline_as(Instant t, std::string_view zone, const char* before, const char* after) {
  if (formatted(t, zone, "%H:%M:%S") != "00:00:00")
    return formatted(t, zone, (std::string(before) + "%H:%M" + after).c_str());
  return formatted(t - seconds(1), zone, (std::string(before) + "24:00" + after).c_str());
}

}  // namespace

std::string deadline_time(Instant t, std::string_view zone) { return deadline_as(t, zone, "%a %e %b %Y ", " %Z"); }

std::string both_deadline_times(Instant t, std::string_view zone) {
  return deadline_time(t, zone) + ", " + deadline_as(t, "UTC", "", "Z");
}

std::string short_deadline(Instant t, std::string_view zone, Instant now) {
  const bool is_this_year = formatted(t, zone, "%Y") == formatted(now, zone, "%Y");
  return deadline_as(t, zone, is_this_year ? "%a %e %b " : "%a %e %b %Y ", " %Z");
}

std::string day_of(Instant t, std::string_view zone) {
  auto day = formatted(t, zone, "%a %e %b %Y");
  if (const auto two = day.find("  "); two != std::string::npos) day.erase(two, 1);
  return day;
}

std::string time_of_day(Instant t, std::string_view zone) { return formatted(t, zone, "%H:%M"); }

std::string length_in_words(Duration length) {
  const auto all = length.micros / minutes(1).micros;
  const auto days = all / (24 * 60), hours = all / 60 % 24, rest = all % 60;
  if (all == 0) return "less than a minute";
  if (days >= 10) return std::to_string(days) + " d";
  if (days >= 2) return std::to_string(days) + " d" + (hours == 0 ? "" : " " + std::to_string(hours) + " h");
  if (all < 60) return std::to_string(all) + " min";
  return std::to_string(all / 60) + " h" + (rest == 0 ? "" : " " + std::to_string(rest) + " min");
}

std::string relative(Instant due, Instant now) {
  return now <= due ? "in " + length_in_words(due - now) : length_in_words(now - due) + " late";
}

}  // namespace tocsin::cli
