// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace tocsin::cli {

/// What came back from somebody who was asked for a line.
struct Heard {
  enum class Kind { line, end, interrupted };
  Kind kind = Kind::line;
  std::string text = {};  ///< the line, without its end
  int signal = 0;         ///< interrupted: by which one
};

struct Prompt {
  std::string text;                     ///< "risk> "
  std::vector<std::string> words = {};  ///< what Tab completes
  bool is_remembered = false;  ///< the line may come back with the arrow keys; never anybody's words or personal values
};

/// Somebody who is told lines and asked for one: a person at a terminal, or a test. Not thread-safe.
class Voice {
 public:
  virtual ~Voice() = default;
  /// Whole lines, laid out for columns() already.
  virtual void say(const std::string& lines) = 0;
  virtual Heard ask(const Prompt& prompt) = 0;
  virtual int columns() const = 0;  ///< as they are now; a terminal may be resized between two questions
};

}  // namespace tocsin::cli
