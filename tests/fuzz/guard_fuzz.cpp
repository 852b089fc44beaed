// SPDX-License-Identifier: Apache-2.0
// A guard is refused at a place in its text, or it always ends, and says why whenever it is not true.
#include "adapters/yaml_library/library.h"
#include "engine/guard/guard.h"
#include "tests/fuzz/fuzz.h"

using namespace tocsin;

namespace {

/// A case that answers by the sum of the name's letters: every answer occurs, and the same name gets the same one.
class ByLetters : public guard::Situation {
 public:
  explicit ByLetters(const guard::Scope& scope) : scope_(scope) {}
  guard::Value value(std::string_view name) const override {
    const auto found = scope_.names.find(name);
    if (found == scope_.names.end() || sum(name) % 4 == 0) return {};
    const auto& type = found->second;
    switch (type.kind) {
      case guard::Type::Kind::boolean: return sum(name) % 2 == 0;
      case guard::Type::Kind::integer: return std::int64_t{sum(name) % 3};
      case guard::Type::Kind::count:
        if (sum(name) % 2 == 0) return std::int64_t{sum(name)};
        return guard::Range{sum(name) % 3 == 0 ? std::optional<std::int64_t>{} : std::optional<std::int64_t>{10}, {}};
      case guard::Type::Kind::set: return std::vector<std::string>{type.words.begin(), type.words.end()};
      default:
        return type.words.empty() ? std::string("text")
                                  : type.words[static_cast<std::size_t>(sum(name)) % type.words.size()];
    }
  }
  bool has(std::string_view name) const override { return sum(name) % 4 != 0; }
  guard::Truth settled(std::string_view name) const override { return static_cast<guard::Truth>(sum(name) % 3); }
  bool filed(std::string_view name) const override { return sum(name) % 2 == 0; }
  bool incomplete(std::string_view name) const override { return sum(name) % 2 == 1; }
  bool late(std::string_view name) const override { return sum(name) % 3 == 1; }
  bool final(std::string_view name) const override { return sum(name) % 3 == 2; }
  bool exempted(std::string_view name) const override { return sum(name) % 2 == 0; }

 private:
  static int sum(std::string_view name) {
    int all = 0;
    for (const char c : name) all += static_cast<unsigned char>(c);
    return all;
  }
  const guard::Scope& scope_;
};

const guard::Scope& shipped_scope() {
  static const auto scope = [] {
    const auto found = yaml_library::Library(TOCSIN_SOURCE_DIR "/workflows").find("uk/supplier-breach");
    tests::must(found && found->definition, "the shipped workflow loads");
    return workflow::scope_of(*found->definition);
  }();
  return scope;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = tests::as_text(data, size);
  const auto parsed = guard::parse(text);
  tests::must(parsed.guard.has_value() == parsed.mistakes.empty(), "a guard is read, or a mistake is told");
  for (const auto& mistake : parsed.mistakes)
    tests::must(mistake.offset <= text.size() && !mistake.message.empty(), "a mistake has a place and a reason");
  if (!parsed.guard) return 0;
  const auto checked = guard::check(*parsed.guard, shipped_scope());
  tests::must(checked.guard.has_value() == checked.mistakes.empty(), "a guard is checked, or a mistake is told");
  if (!checked.guard) return 0;
  const ByLetters situation(shipped_scope());
  const auto truth = guard::evaluate(*checked.guard, situation);
  const auto reasons = guard::explain(*checked.guard, situation);
  tests::must((truth == guard::Truth::yes) == reasons.empty(), "what is not true has a reason, and what is true has none");
  return 0;
}
