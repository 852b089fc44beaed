// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs/graphviz.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <ostream>

namespace tocsin::cli {
namespace {

/// A file descriptor, closed when it goes.
class End {
 public:
  explicit End(int number = -1) : number_(number) {}
  End(End&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  ~End() { shut(); }
  End(const End&) = delete;
  End& operator=(const End&) = delete;
  int number() const { return number_; }
  void shut() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

/// The program on the path, looked for here so that no shell and no current folder has a say.
std::optional<std::string> find_program(const std::string& path, const std::string& name) {
  for (std::size_t from = 0; from <= path.size();) {
    const auto colon = std::min(path.find(':', from), path.size());
    const auto folder = path.substr(from, colon - from);
    from = colon + 1;
    if (!folder.starts_with('/')) continue;
    const auto file = folder + "/" + name;
    if (access(file.c_str(), X_OK) == 0) return file;
  }
  return std::nullopt;
}

/// Writes all of `text` to one end while it reads the other to its end: neither side can wait for the other for ever.
std::string exchange(End to, const End& from, const std::string& text) {
  std::string answer;
  std::size_t written = 0;
  char bytes[8192];
  for (bool is_open = true; is_open;) {
    pollfd ends[] = {{from.number(), POLLIN, 0}, {to.number(), POLLOUT, 0}};
    if (poll(ends, to.number() >= 0 ? 2 : 1, -1) < 0) {
      if (errno == EINTR) continue;
      break;
    }
    if (to.number() >= 0 && ends[1].revents != 0) {
      const auto n = send(to.number(), text.data() + written, text.size() - written, MSG_NOSIGNAL | MSG_DONTWAIT);
      if (n > 0) written += static_cast<std::size_t>(n);
      if ((n < 0 && errno != EAGAIN && errno != EINTR) || written == text.size()) to.shut();
    }
    if (ends[0].revents != 0) {
      const auto n = read(from.number(), bytes, sizeof bytes);
      if (n > 0) answer.append(bytes, static_cast<std::size_t>(n));
      else if (n == 0 || errno != EINTR) is_open = false;
    }
  }
  return answer;
}

Result<std::string> run(const std::string& program, const std::string& input) {
  int in[2], out[2];
  const Error failed{Errc::unavailable, "Graphviz's dot could not be started: use --format dot", "", {}, ""};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0) return failed;  // a pipe's reader that goes would end us
  End in_read(in[0]), in_write(in[1]);
  if (pipe2(out, O_CLOEXEC) != 0) return failed;
  End out_read(out[0]), out_write(out[1]);
  char name[] = "dot", format[] = "-Tsvg";
  char* words[] = {name, format, nullptr};
  char* nothing[] = {nullptr};  // no variable of ours is its business
  const auto child = fork();
  if (child < 0) return failed;
  if (child == 0) {
    signal(SIGPIPE, SIG_DFL);
    const int quiet = open("/dev/null", O_WRONLY);
    if (dup2(in_read.number(), 0) == 0 && dup2(out_write.number(), 1) == 1 && dup2(quiet, 2) == 2)
      execve(program.c_str(), words, nothing);
    _exit(127);
  }
  in_read.shut();
  out_write.shut();
  auto picture = exchange(std::move(in_write), out_read, input);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || picture.find("<svg") == std::string::npos)
    return Error{
        Errc::unavailable, "Graphviz's dot made no picture of it: use --format dot and look at what it says", "", {}, ""};
  return picture;
}

}  // namespace

Result<std::string> drawn(const Call& call, const std::string& dot) {
  const auto format = call.has("--format") ? call.one("--format") : "dot";
  if (format == "dot") return dot;
  if (format != "svg") return usage_error("--format is dot or svg, not " + in_quotes(format));
  const auto program = find_program(call.world.variable("PATH"), "dot");
  if (!program)
    return Error{
        Errc::unavailable,
        "there is no Graphviz on this machine's path, which makes the picture: install the package graphviz, or use "
        "--format dot and draw it elsewhere",
        "",
        {},
        ""};
  return run(*program, dot);
}

Result<int> print_drawing(const Call& call, const std::string& dot) {
  if (!call.has("--draw")) return usage_error("--format says how to draw: give --draw too");
  auto picture = drawn(call, dot);
  if (!picture) return std::move(picture).error();
  if (call.json())
    call.print(Json::object({{"language", call.one("--format") == "svg" ? "svg" : "dot"}, {"drawing", *picture}}));
  else call.world.out << *picture;
  return 0;
}

}  // namespace tocsin::cli
