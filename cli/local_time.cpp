// SPDX-License-Identifier: Apache-2.0
#include "cli/local_time.h"

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

std::string both_times(Instant t, std::string_view zone) {
  return local_time(t, zone) + ", " + format_instant(t).substr(11, 5) + "Z";
}

}  // namespace tocsin::cli
