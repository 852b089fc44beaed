// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace tocsin {

/// The seven kinds of failure. Each is one exit code of the command line (docs/cli.md).
enum class Errc {
  invalid,      ///< the words of the request: usage, values, times, files
  not_found,    ///< no such case, transition, obligation, clock or store
  forbidden,    ///< a role or an approval is missing
  conflict,     ///< somebody was faster, or a name is taken
  refused,      ///< workflow or law says no
  corrupt,      ///< stored bytes are not what was written
  unavailable,  ///< try again later: lock, disk, key, clock
};

/// The word of a kind, as JSON prints it: "invalid", "not_found", ...
constexpr std::string_view word(Errc code) {
  constexpr std::string_view words[] = {"invalid", "not_found", "forbidden",  "conflict",
                                        "refused", "corrupt",   "unavailable"};
  return words[static_cast<std::size_t>(code)];
}

/// Why something was not done: one sentence a person can act on (what, where, why, what next), and the same as data.
struct Error {
  Errc code = Errc::invalid;              ///< which of the seven kinds
  std::string message = {};               ///< one sentence without personal data
  std::string refused_by = {};            ///< the gate that said no: "transition close", "obligation ico", or empty
  std::vector<std::string> missing = {};  ///< what would have to be there: "facts.risk", "obligations.ico", "approval.gold"
  std::string next = {};                  ///< the command to run next, or empty
};

/// A value or the reason why there is none. Holds exactly one of the two, always.
///
///   Result<int> half(int n) {
///     if (n % 2 != 0) return Error{Errc::invalid, "cannot halve an odd number: give an even one"};
///     return n / 2;
///   }
///   if (auto r = half(3); !r) print(r.error().message);
template <class T>
class [[nodiscard]] Result {
 public:
  /// A value. Implicit, so that `return value;` works.
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  /// A failure. Implicit, so that `return Error{...};` works.
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return held_.index() == 0; }  ///< true: there is a value
  bool has_value() const { return held_.index() == 0; }          ///< the same by name

  /// The value. Asking a failure for it is a mistake of the caller and asserted.
  T& value() & {
    assert(has_value());
    return *std::get_if<0>(&held_);
  }
  /// The same.
  const T& value() const& {
    assert(has_value());
    return *std::get_if<0>(&held_);
  }
  /// The value, moved out.
  T&& value() && {
    assert(has_value());
    return std::move(*std::get_if<0>(&held_));
  }
  T& operator*() & { return value(); }                     ///< as value()
  const T& operator*() const& { return value(); }          ///< as value()
  T&& operator*() && { return std::move(*this).value(); }  ///< as value(), moved out
  T* operator->() { return &value(); }                     ///< as value()
  const T* operator->() const { return &value(); }         ///< as value()

  /// The failure. Asking a value for it is a mistake of the caller and asserted.
  Error& error() & {
    assert(!has_value());
    return *std::get_if<1>(&held_);
  }
  /// The same.
  const Error& error() const& {
    assert(!has_value());
    return *std::get_if<1>(&held_);
  }
  /// The failure, moved out.
  Error&& error() && {
    assert(!has_value());
    return std::move(*std::get_if<1>(&held_));
  }

 private:
  std::variant<T, Error> held_;
};

/// Success without a value, or the reason for failure: `return {};` says it worked.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;  ///< success
  /// A failure. Implicit, so that `return Error{...};` works.
  Result(Error error) : error_(std::move(error)) {}

  explicit operator bool() const { return !error_; }  ///< true: it worked
  bool has_value() const { return !error_; }          ///< the same by name
  /// The failure. Asking a success for it is a mistake of the caller and asserted.
  Error& error() & {
    assert(error_);
    return *error_;
  }
  /// The same.
  const Error& error() const& {
    assert(error_);
    return *error_;
  }
  /// The failure, moved out.
  Error&& error() && {
    assert(error_);
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;  ///< none: it worked
};

}  // namespace tocsin
