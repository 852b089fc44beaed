// SPDX-License-Identifier: Apache-2.0
#include "cli/exports/workflow_drawing.h"

#include <algorithm>
#include <map>
#include <set>

#include "cli/exports/dot.h"
#include "cli/screen/text_width.h"
#include "engine/workflow/explain.h"

namespace tocsin::cli {
namespace {

using case_file::CaseFile;
using workflow::Anchor;
using workflow::Definition;
using workflow::Region;
using workflow::State;
using workflow::Transition;
using Attributes = std::vector<std::pair<std::string, std::string>>;

constexpr int kLabelColumns = 34;
constexpr const char* kHere = "\"#1f4e79\"";
constexpr const char* kOpen = "\"#1b6e3c\"";
constexpr const char* kBarred = "\"#9a4a00\"";
constexpr const char* kFaint = "\"#6b6b6b\"";

/// A case in the picture; none: the workflow alone.
struct Placed {
  const CaseFile* file = nullptr;
  std::map<std::string, workflow::NextStep, std::less<>> steps;  ///< by transition
};

void add(std::vector<std::string>& lines, const std::string& text) {
  for (auto& line : wrapped(text, kLabelColumns)) lines.push_back(std::move(line));
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

/// Never later than what is meant.
std::string to_the_minute(Instant at) { return format_instant(at).substr(0, 16) + "Z"; }

class Picture {
 public:
  Picture(const Definition& definition, Placed placed) : definition_(definition), placed_(std::move(placed)) {}

  std::string dot() {
    auto title = definition_.name + " version " + std::to_string(definition_.version) + ": " + definition_.title;
    if (placed_.file != nullptr) title = "case " + placed_.file->ref + " in " + title;
    out_ =
        "digraph " + dot_text(definition_.name) +
        " {\n  rankdir=LR; ranksep=0.9; nodesep=0.35; compound=true; bgcolor=white; charset=\"UTF-8\"; fontname=\"Helvetica\";\n"
        "  labelloc=t; fontsize=18; label=" +
        dot_label({title, legend()}) +
        ";\n  node [shape=box, style=rounded, fontname=\"Helvetica\", fontsize=12];\n"
        "  edge [fontname=\"Helvetica\", fontsize=10];\n";
    draw_obligations();  // laid out from the bottom up
    for (auto i = definition_.regions.size(); i-- > 0;) draw_region(definition_.regions[i], "r" + std::to_string(i));
    return out_ + "}\n";
  }

 private:
  std::string legend() const {
    return placed_.file == nullptr
               ? "double border: a final state; dashed arrow: needs an approval; double arrow head: anybody listed may take it"
               : "dark, HERE: where the case is; bold green arrow, NOW: may be taken; dashed brown arrow, LACKS: something is missing";
  }

  void node(const std::string& id, const Attributes& attributes) {
    out_ += "    " + id + " " + dot_attributes(attributes) + ";\n";
  }
  void edge(const std::string& from, const std::string& to, const Attributes& attributes) {
    out_ += "    " + from + " -> " + to + " " + dot_attributes(attributes) + ";\n";
  }
  void begin_cluster(const std::string& id, const std::string& label) {
    out_ += "  subgraph cluster_" + id + " {\n    label=" + dot_text(label) +
            "; labeljust=l; fontsize=14; style=rounded; color=\"#777777\";\n";
  }
  void end_cluster() { out_ += "  }\n"; }

  void draw_region(const Region& region, const std::string& id) {
    begin_cluster(id, "region " + region.name);
    std::map<std::string, std::string, std::less<>> ids;
    for (const auto& state : region.states) {
      const auto name = ids.emplace(state.name, id + "_" + std::to_string(ids.size())).first->second;
      draw_state(state, name, is_here(region, state));
      if (!state.initial) continue;
      node(id + "_start", {{"shape", "point"}, {"width", "0.14"}, {"label", "\"\""}});
      edge(id + "_start", name, {{"weight", "4"}});
    }
    for (const auto& transition : region.transitions) draw_transition(transition, region, ids);
    end_cluster();
  }

  bool is_here(const Region& region, const State& state) const {
    if (placed_.file == nullptr) return false;
    const auto at = placed_.file->states.find(region.name);
    return at != placed_.file->states.end() && at->second == state.name;
  }

  void draw_state(const State& state, const std::string& id, bool here) {
    std::vector<std::string> lines;
    if (here) lines.emplace_back("HERE");
    lines.push_back(state.name);
    if (!state.title.empty()) add(lines, state.title);
    Attributes attributes{{"label", dot_label(lines)}};
    if (state.final) attributes.emplace_back("peripheries", "2");
    if (here)
      attributes.insert(
          attributes.end(),
          {{"style", "\"rounded,filled,bold\""}, {"fillcolor", kHere}, {"fontcolor", "white"}, {"color", kHere}});
    node(id, attributes);
  }

  /// What the arrow says on its longest way; the others from other states say only its name.
  std::vector<std::string> words_of(const Transition& transition) const {
    std::vector<std::string> lines;
    if (!transition.by.empty()) add(lines, "by " + joined(transition.by, " or "));
    if (transition.guard) add(lines, "if " + transition.guard->text());
    if (const auto& approval = transition.approval)
      add(lines, approval->by + " proposes" + (approval->advice.empty() ? "" : ", " + approval->advice + " advises") +
                     (approval->second.empty() ? "" : ", " + approval->second + " approves"));
    return lines;
  }

  void draw_transition(const Transition& transition, const Region& region,
                       const std::map<std::string, std::string, std::less<>>& ids) {
    bool is_first = true;
    for (const auto& from : transition.from) {
      std::vector<std::string> lines{transition.name};
      if (is_first)
        for (auto& line : words_of(transition)) lines.push_back(std::move(line));
      Attributes attributes;
      if (transition.approval) attributes.emplace_back("style", "dashed");
      if (transition.by.empty() && !transition.approval) attributes.emplace_back("arrowhead", "normalnormal");
      if (placed_.file != nullptr) attributes = marked(transition, region, from, lines);
      attributes.emplace_back("label", dot_label(lines));
      edge(ids.at(from), ids.at(transition.to), attributes);
      is_first = false;
    }
  }

  /// The arrow as it is for the case: open, barred, or not the next step.
  Attributes marked(const Transition& transition, const Region& region, const std::string& from,
                    std::vector<std::string>& lines) const {
    const auto step = placed_.steps.find(transition.name);
    const auto at = placed_.file->states.find(region.name);
    if (step == placed_.steps.end() || at == placed_.file->states.end() || at->second != from) {
      lines.resize(1);
      return {{"color", kFaint}, {"fontcolor", kFaint}};
    }
    if (step->second.allowed) {
      lines.front() = "NOW: " + lines.front();
      return {{"color", kOpen}, {"fontcolor", kOpen}, {"style", "bold"}, {"penwidth", "2.5"}};
    }
    lines = {transition.name};
    std::vector<std::string> missing;
    for (const auto& one : step->second.missing) missing.push_back(one.subject);
    add(lines, "LACKS: " + joined(missing, ", "));
    return {{"color", kBarred}, {"fontcolor", kBarred}, {"style", "dashed"}, {"penwidth", "1.5"}};
  }

  void draw_obligations() {
    if (definition_.obligations.empty()) return;
    begin_cluster("owed", "what is owed");
    std::map<std::string, std::string, std::less<>> ids;
    for (const auto& obligation : definition_.obligations)
      draw_obligation(obligation, ids.emplace(obligation.name, "o_" + std::to_string(ids.size())).first->second);
    for (const auto& obligation : definition_.obligations) draw_anchors(obligation, ids);
    end_cluster();
  }

  void draw_obligation(const workflow::Obligation& obligation, const std::string& id) {
    std::vector<std::string> lines{obligation.name};
    const auto* clock = definition_.clock(obligation.clock);
    if (clock != nullptr) {
      add(lines, clock->title);
      if (!clock->versions.empty()) {
        add(lines, in_words(clock->versions.back().rule));
        add(lines, clock->versions.back().basis);
      }
    }
    add(lines, (obligation.owed_by.empty() ? "to " : "by " + obligation.owed_by + " to ") + obligation.to);
    Attributes attributes{{"shape", "note"}, {"style", "\"\""}};
    if (clock != nullptr && !obligation.blocks(*clock)) attributes.back().second = "dotted";
    if (placed_.file != nullptr) mark_standing(obligation, lines, attributes);
    attributes.emplace_back("label", dot_label(lines));
    node(id, attributes);
  }

  void mark_standing(const workflow::Obligation& obligation, std::vector<std::string>& lines, Attributes& attributes) const {
    bool is_owed = false, is_overdue = false, is_raised = false;
    for (const auto& standing : workflow::standings_of(definition_, *placed_.file, obligation)) {
      if (standing.file == nullptr) continue;
      is_raised = true;
      is_overdue = is_overdue || standing.state == "overdue";
      is_owed = is_owed || standing.state == "due";
      const bool is_open = standing.state == "due" || standing.state == "overdue";
      add(lines, standing.name + ": " + standing.state +
                     (standing.file->due && is_open ? " " + to_the_minute(*standing.file->due) : ""));
    }
    if (!is_raised) {
      lines.emplace_back("not raised");
      attributes.emplace_back("fontcolor", kFaint);
      attributes.emplace_back("color", kFaint);
    } else if (is_overdue) {
      attributes.back().second = "\"filled,bold\"";
      attributes.emplace_back("fillcolor", "\"#f9d5d0\"");
      attributes.emplace_back("penwidth", "3");
    } else if (is_owed) {
      attributes.back().second = "\"filled,bold\"";
      attributes.emplace_back("fillcolor", "\"#fff1c9\"");
    } else {
      attributes.back().second = "filled";
      attributes.emplace_back("fillcolor", "\"#d8edd8\"");
    }
  }

  /// From another obligation an arrow, from a fact a small round node that all of its obligations share.
  void draw_anchors(const workflow::Obligation& obligation, const std::map<std::string, std::string, std::less<>>& ids) {
    for (const auto& anchor : obligation.anchor) {
      const auto other = ids.find(anchor.name);
      const auto& to = ids.at(obligation.name);
      if (anchor.kind == Anchor::Kind::filed && other != ids.end())
        edge(other->second, to, {{"label", dot_text("when filed")}});
      else if (anchor.kind == Anchor::Kind::exempted && other != ids.end())
        edge(other->second, to, {{"label", dot_text("exempted by " + anchor.exemption)}, {"style", "dashed"}});
      else edge(start_of(anchor), to, {{"style", &anchor == &obligation.anchor.front() ? "solid" : "dotted"}});
    }
  }

  std::string start_of(const Anchor& anchor) {
    const auto [found, is_new] = starts_.emplace(anchor.text(), "a_" + std::to_string(starts_.size()));
    if (is_new) node(found->second, {{"shape", "ellipse"}, {"fontsize", "11"}, {"label", dot_text(anchor.text())}});
    return found->second;
  }

  const Definition& definition_;
  const Placed placed_;
  std::map<std::string, std::string> starts_;  ///< anchors that are no obligation, by their text
  std::string out_;
};

}  // namespace

std::string draw(const Definition& definition) { return Picture(definition, {}).dot(); }

std::string draw(const Definition& definition, const CaseFile& file, const case_file::People& people) {
  Placed placed{&file, {}};
  for (auto& step : workflow::next_steps(definition, file, people, "")) placed.steps.emplace(step.transition, step);
  return Picture(definition, std::move(placed)).dot();
}

}  // namespace tocsin::cli
