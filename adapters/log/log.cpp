// SPDX-License-Identifier: Apache-2.0
#include "adapters/log/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace tocsin::log {
namespace {

spdlog::logger& logger() {
  static const auto one = [] {
    auto made = std::make_shared<spdlog::logger>("tocsin", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_level(spdlog::level::warn);
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    return made;
  }();
  return *one;
}

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
    case Level::off: return spdlog::level::off;
  }
  return spdlog::level::warn;
}

}  // namespace

std::string safe(std::string_view field) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-#: ";
  const bool fits = field.size() <= 64 && std::all_of(field.begin(), field.end(),
                                                      [&](char c) { return allowed.find(c) != std::string_view::npos; });
  return fits ? std::string(field) : "?";
}

void set_level(std::string_view word) {
  logger().set_level(word == "off"     ? spdlog::level::off
                     : word == "error" ? spdlog::level::err
                     : word == "info"  ? spdlog::level::info
                     : word == "debug" ? spdlog::level::debug
                                       : spdlog::level::warn);
}

void write(const Entry& entry) {
  logger().log(spdlog_level(entry.level), "operation=\"{}\" case={} result={} by=\"{}\"", safe(entry.operation),
               safe(entry.case_ref), safe(entry.result), safe(entry.refused_by));
}

}  // namespace tocsin::log
