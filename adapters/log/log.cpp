// SPDX-License-Identifier: Apache-2.0
#include "adapters/log/log.h"

#include <fcntl.h>
#include <poll.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>

#include "engine/base/json.h"

namespace tocsin::log {
namespace {

constexpr std::string_view kLevels[] = {"debug", "info", "warn", "error", "off"};

std::string_view word(Level level) { return kLevels[static_cast<std::size_t>(level)]; }

/// What is in use now, and whether it lost a line.
struct Running {
  std::mutex mutex;
  std::optional<Settings> settings;
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

/// A process's turn at the files of a folder: two that renamed them at once would lose one. Lasts as long as this lives.
class Turn {
 public:
  explicit Turn(const std::string& file) {
    const auto parent = std::filesystem::path(file).parent_path();
    folder_ = open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int tries = 0; folder_ >= 0 && !is_ours_ && tries <= kTries; ++tries) {
      if (tries > 0) poll(nullptr, 0, kMilliseconds);
      is_ours_ = flock(folder_, LOCK_EX | LOCK_NB) == 0;
    }
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (folder_ >= 0) close(folder_);
  }
  /// Somebody held the folder for longer than a line takes: the files stay named as they are.
  bool has_others() const { return folder_ >= 0 && !is_ours_; }

 private:
  static constexpr int kTries = 50, kMilliseconds = 2;
  int folder_ = -1;
  bool is_ours_ = false;
};

std::shared_ptr<spdlog::sinks::sink> sink_of(const Settings& settings, bool renames) {
  if (settings.file.empty()) return std::make_shared<spdlog::sinks::stderr_sink_mt>();
  if (!make_file(settings.file)) return nullptr;  // spdlog would try five times
  if (!renames) return std::make_shared<spdlog::sinks::basic_file_sink_mt>(settings.file);
  spdlog::file_event_handlers handlers;
  handlers.before_open = [](const spdlog::filename_t& name) { (void)make_file(name); };
  return std::make_shared<spdlog::sinks::rotating_file_sink_mt>(settings.file, std::max<std::size_t>(settings.file_bytes, 1),
                                                                std::min<std::size_t>(settings.files, 1000), false,
                                                                handlers);
}

/// One line, or none where it is only tried. The file is opened for it: since the last line another process may have renamed it.
void write_line(Running& now, const Settings& settings, const std::string* line) {
  try {
    std::optional<Turn> turn;
    if (!settings.file.empty()) turn.emplace(settings.file);
    auto sink = sink_of(settings, turn && !turn->has_others());
    if (sink == nullptr) {
      now.has_failed = true;
      return;
    }
    spdlog::logger logger("tocsin", std::move(sink));
    logger.set_pattern("%v");
    logger.flush_on(spdlog::level::trace);
    logger.set_error_handler([&now](const std::string&) { now.has_failed = true; });
    if (line != nullptr) logger.critical(*line);
  } catch (const std::exception&) {
    now.has_failed = true;
  }
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
  now.settings.reset();
  now.has_failed = false;
  if (settings.level == Level::off) return true;
  write_line(now, settings, nullptr);
  if (!now.has_failed) now.settings = settings;
  return !now.has_failed;
}

bool writes(Level level) {
  auto& now = running();
  const std::lock_guard lock(now.mutex);
  return now.settings && level >= now.settings->level && level != Level::off;
}

void write(const Entry& entry) {
  auto& now = running();
  const std::lock_guard lock(now.mutex);
  if (!now.settings || entry.level < now.settings->level || entry.level == Level::off) return;
  const auto line = line_of(entry, now.settings->format);
  write_line(now, *now.settings, &line);
}

bool failed() { return running().has_failed; }

}  // namespace tocsin::log
