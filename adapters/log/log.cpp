// SPDX-License-Identifier: Apache-2.0
#include "adapters/log/log.h"

#include <fcntl.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "engine/base/json.h"

namespace tocsin::log {
namespace {

constexpr std::string_view kLevels[] = {"debug", "info", "warn", "error", "off"};

std::string_view word(Level level) { return kLevels[static_cast<std::size_t>(level)]; }

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
    case Level::off: return spdlog::level::off;
  }
  return spdlog::level::off;
}

/// What is in use now, and whether it lost a line.
struct Running {
  std::mutex mutex;
  std::shared_ptr<spdlog::logger> logger;
  Format format = Format::text;
  std::atomic<bool> has_failed{false};
};

Running& running() {
  static Running one;
  return one;
}

/// The file with our mode before spdlog opens it, also after each change of files. It would be made with the umask's.
bool make_file(const std::string& path) {
  const int file = open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
  if (file < 0) return false;
  close(file);
  return true;
}

std::shared_ptr<spdlog::sinks::sink> sink_of(const Settings& settings) {
  if (settings.file.empty()) return std::make_shared<spdlog::sinks::stderr_sink_mt>();
  if (!make_file(settings.file)) return nullptr;  // spdlog would try five times
  spdlog::file_event_handlers handlers;
  handlers.before_open = [](const spdlog::filename_t& name) { (void)make_file(name); };
  return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(settings.file, std::max<std::size_t>(settings.file_bytes, 1),
                                                                std::min<std::size_t>(settings.files, 1000), false,
                                                                handlers);
}

}  // namespace

std::optional<Level> level_of(std::string_view said) {
  const auto found = std::find(std::begin(kLevels), std::end(kLevels), said);
  return found == std::end(kLevels) ? std::nullopt : std::optional(static_cast<Level>(found - std::begin(kLevels)));
}

std::optional<Format> format_of(std::string_view said) {
  if (said == "text") return Format::text;
  return said == "json" ? std::optional(Format::json) : std::nullopt;
}

std::string safe(std::string_view field) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-#: ";
  const bool fits = field.size() <= 64 && std::all_of(field.begin(), field.end(),
                                                      [&](char c) { return allowed.find(c) != std::string_view::npos; });
  return fits ? std::string(field) : "?";
}

std::string line_of(const Entry& entry, Format format) {
  const auto milliseconds =
      std::to_string(entry.microseconds / 1000) + "." + std::to_string(1000 + entry.microseconds % 1000).substr(1);
  if (format == Format::json)
    return canonical(Json::object({{"time", format_instant(entry.at)},
                                   {"level", word(entry.level)},
                                   {"id", safe(entry.id)},
                                   {"version", safe(entry.version)},
                                   {"operation", safe(entry.operation)},
                                   {"case", safe(entry.case_ref)},
                                   {"result", safe(entry.result)},
                                   {"refused_by", safe(entry.refused_by)},
                                   {"microseconds", entry.microseconds},
                                   {"exit", entry.exit_code}}));
  return format_instant(entry.at) + " " + std::string(word(entry.level)) + " id=" + safe(entry.id) +
         " version=" + safe(entry.version) + " operation=\"" + safe(entry.operation) + "\" case=\"" + safe(entry.case_ref) +
         "\" result=" + safe(entry.result) + " by=\"" + safe(entry.refused_by) + "\" ms=" + milliseconds +
         " exit=" + std::to_string(entry.exit_code);
}

bool start(const Settings& settings) {
  auto& now = running();
  const std::lock_guard lock(now.mutex);
  now.logger.reset();
  now.format = settings.format;
  now.has_failed = false;
  if (settings.level == Level::off) return true;
  now.has_failed = true;
  try {
    auto sink = sink_of(settings);
    if (sink == nullptr) return false;
    auto logger = std::make_shared<spdlog::logger>("tocsin", std::move(sink));
    logger->set_pattern("%v");
    logger->set_level(spdlog_level(settings.level));
    logger->flush_on(spdlog::level::trace);
    logger->set_error_handler([&now](const std::string&) { now.has_failed = true; });
    now.logger = std::move(logger);
    now.has_failed = false;
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

bool writes(Level level) {
  auto& now = running();
  const std::lock_guard lock(now.mutex);
  return now.logger != nullptr && now.logger->should_log(spdlog_level(level));
}

void write(const Entry& entry) {
  auto& now = running();
  const std::lock_guard lock(now.mutex);
  if (now.logger == nullptr) return;
  try {
    now.logger->log(spdlog_level(entry.level), line_of(entry, now.format));
  } catch (const std::exception&) {
    now.has_failed = true;
  }
}

bool failed() { return running().has_failed; }

}  // namespace tocsin::log
