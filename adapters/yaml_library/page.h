// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/in_quotes.h"
#include "engine/workflow/check.h"
#include "engine/workflow/definition.h"

namespace tocsin::yaml_library {

using workflow::nearest_hint;

/// A file being read: its text by lines, and the mistakes found in it so far. A file with very many mistakes
/// says so once and keeps the first hundred.
///
///   Page page("law/uk-gdpr.yaml", text);
///   page.wrong(page.place(0, 4), "unknown key 'tilte'", "did you mean 'title'?");
///   page.issues().front().line;   // "law: uk-gdpr"
class Page {
 public:
  Page(std::string path, std::string_view text);

  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  std::size_t lines() const { return starts_.size(); }
  std::string_view line(std::size_t number) const;  ///< counted from 0, without its end
  std::size_t start(std::size_t number) const { return starts_[number]; }

  /// Bytes counted from 0 to a place counted from 1 in letters.
  workflow::Place place(std::size_t line, std::size_t byte) const;

  void wrong(const workflow::Place& place, std::string message, std::string hint = {});
  /// As wrong(), for what makes the file unreadable: forgets the mistakes before it.
  void unreadable(const workflow::Place& place, std::string message, std::string hint = {});
  const std::vector<workflow::Issue>& issues() const { return issues_; }

  /// The text of the line of a place, for the caret; empty where it is too long to print.
  std::string line_of(const workflow::Place& place) const;

 private:
  std::string path_;
  std::string_view text_;
  std::vector<std::size_t> starts_;
  std::vector<workflow::Issue> issues_;
};

}  // namespace tocsin::yaml_library
