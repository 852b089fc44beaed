// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/incident_room.h"

namespace tocsin::tests {

/// The shipped workflows with a few words of their files replaced, for what none of them says. A case keeps the files it was opened
/// under, so the room goes on as ever.
///
///   IncidentRoom room;
///   REQUIRE(EditedWorkflow().replace("{from: exposed", "{guard: \"filed(obligations.nca)\", from: exposed").open(room));
///   CHECK(room.move("contain").error().code == Errc::refused);
class EditedWorkflow : public ports::Library {
 public:
  /// What the workflow's files say once, and what they say in its place; what they do not say once is a mistake of the test.
  EditedWorkflow& replace(std::string word, std::string other) {
    edits_.emplace_back(std::move(word), std::move(other));
    return *this;
  }

  Result<ports::Reading> find(std::string_view name) const override {
    auto reading = shipped_.find(name);
    if (!reading || reading->definition == nullptr) return reading;
    auto files = reading->definition->files;
    for (const auto& [word, other] : edits_) put(files, word, other);
    return shipped_.parse(files);
  }
  ports::Reading parse(const std::vector<workflow::SourceFile>& files) const override { return shipped_.parse(files); }
  Result<std::vector<std::string>> names() const override { return shipped_.names(); }
  Result<std::vector<workflow::Clock>> clocks() const override { return shipped_.clocks(); }
  Result<std::vector<std::string>> calendars() const override { return shipped_.calendars(); }
  Result<calendar::WorkDays> calendar(std::string_view name) const override { return shipped_.calendar(name); }

  /// FF-1 under the edited workflow, in the room's store.
  Result<Outcome> open(IncidentRoom& room, std::vector<std::pair<std::string, std::string>> facts = {},
                       std::string_view workflow = "uk/supplier-breach") const {
    return Engine(room.store, room.vault, *this).open(workflow, {"FF-1", "A case", std::move(facts)}, room.request());
  }

 private:
  static void put(std::vector<workflow::SourceFile>& files, const std::string& word, const std::string& other) {
    int replaced = 0;
    for (auto& file : files)
      for (auto at = file.text.find(word); at != std::string::npos; at = file.text.find(word, at + other.size())) {
        file.text.replace(at, word.size(), other);
        ++replaced;
      }
    if (replaced != 1) throw std::runtime_error("the workflow says '" + word + "' " + std::to_string(replaced) + " times");
  }

  yaml_library::Library shipped_{TOCSIN_SOURCE_DIR "/workflows"};
  std::vector<std::pair<std::string, std::string>> edits_;
};

}  // namespace tocsin::tests
