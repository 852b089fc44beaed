// SPDX-License-Identifier: Apache-2.0
// The published conformance cases of CEL that lie inside our subset: comparison, logic, `in`, and the literals these need.
// What lies outside, and why, is listed in docs/formats/guard.md under the same words.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/base/json.h"
#include "engine/guard/syntax.h"

using namespace tocsin;
using namespace tocsin::guard;

namespace {

struct Bindings : Situation {
  std::map<std::string, Value, std::less<>> values;
  Value value(std::string_view name) const override {
    const auto found = values.find(name);
    return found == values.end() ? Value{} : found->second;
  }
  bool has(std::string_view name) const override { return values.contains(name); }
  Truth settled(std::string_view) const override { return Truth::unknown; }
  bool filed(std::string_view) const override { return false; }
  bool incomplete(std::string_view) const override { return false; }
  bool late(std::string_view) const override { return false; }
  bool final(std::string_view) const override { return false; }
  bool exempted(std::string_view) const override { return false; }
};

bool holds_any(const std::string& text, std::initializer_list<const char*> parts) {
  for (const auto* part : parts)
    if (text.find(part) != std::string::npos) return true;
  return false;
}

/// Why a case is outside; empty when it is inside.
std::string outside(const Json& c) {
  const auto& expr = c["expr"].text();
  const auto kind = c["value"].members().empty() ? "" : c["value"].members().front().first;
  if (holds_any(expr, {" ? "})) return "conditionals";
  if (holds_any(expr, {"dyn("})) return "dyn";
  if (holds_any(expr, {"size(", "f_unknown"})) return "functions";
  if (holds_any(expr, {" + ", " / ", "1/0"})) return "arithmetic";
  if (kind == "uint" || kind == "double" || kind == "null" || kind == "map" || kind == "bytes_hex" ||
      holds_any(expr, {"4u", "20u"}))
    return "other types";
  if (holds_any(expr, {"r\"", "r'"})) return "raw strings";
  if (holds_any(expr, {"]["}) ||
      (holds_any(expr, {"["}) && expr.ends_with("]") && !holds_any(expr, {" in "}) && expr.find('[') != expr.rfind('[')))
    return "indexing";
  if (c.has("error")) return "errors at run time";
  return "";
}

Value bound_value(const Json& value) {
  if (value.has("int")) return static_cast<std::int64_t>(std::stoll(value["int"].text()));
  if (value.has("bool")) return value["bool"].boolean();
  return {};
}

bool same(const Evaluated& found, const Json& wanted) {
  if (wanted.members().empty()) return found.kind == Evaluated::Kind::boolean && found.boolean;
  const auto& [kind, value] = wanted.members().front();
  if (kind == "bool") return found.kind == Evaluated::Kind::boolean && found.boolean == value.boolean();
  if (kind == "int") return found.kind == Evaluated::Kind::integer && found.integer == std::stoll(value.text());
  if (kind == "string") return found.kind == Evaluated::Kind::text && found.text == value.text();
  if (kind != "list" || found.kind != Evaluated::Kind::list || found.list.size() != value.items().size()) return false;
  for (std::size_t i = 0; i < found.list.size(); ++i)
    if (!same(found.list[i], value.items()[i])) return false;
  return true;
}

}  // namespace

TEST_CASE("every case of CEL inside the subset gives CEL's value, and what is outside is listed") {
  const auto* folder = std::getenv("TOCSIN_VECTORS");
  if (folder == nullptr) {
    WARN("TOCSIN_VECTORS names no folder: the conformance cases were not run");
    return;
  }
  std::ifstream page_file(TOCSIN_SOURCE_DIR "/docs/formats/guard.md");
  std::stringstream page;
  page << page_file.rdbuf();
  std::map<std::string, int> outside_by_reason;
  int inside = 0, all = 0;
  for (const auto* name : {"basic", "lists", "logic"}) {
    std::ifstream in(std::string(folder) + "/cel/" + name + ".jsonl");
    REQUIRE(in);
    for (std::string line; std::getline(in, line);) {
      const auto c = *parse_json(line);
      ++all;
      const auto reason = outside(c);
      if (!reason.empty()) {
        ++outside_by_reason[reason];
        continue;
      }
      ++inside;
      INFO(line);
      const auto parsed = parse(c["expr"].text());
      for (const auto& mistake : parsed.mistakes) UNSCOPED_INFO(mistake.message);
      REQUIRE(parsed.guard);
      Bindings bindings;
      for (const auto& [key, value] : c["bindings"].members()) bindings.values[key] = bound_value(value);
      CHECK(same(evaluate_value(*parsed.guard, bindings), c["value"]));
    }
  }
  for (const auto& [reason, count] : outside_by_reason) {
    INFO(reason << ": " << count);
    CHECK(page.str().find("| " + reason + " | " + std::to_string(count) + " |") != std::string::npos);
  }
  CHECK(page.str().find(std::to_string(inside) + " of " + std::to_string(all)) != std::string::npos);
}
