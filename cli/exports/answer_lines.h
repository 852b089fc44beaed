// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/exports/form_answers.h"

namespace tocsin::cli {

/// A line, or several of at most 80 letters, that a reader knows by the # in front to be none of the form's. Empty text gives none.
std::string remark(std::string_view text);

/// People's words on lines of their own, each with its line break: theirs stay, control characters are in view, and none of its lines begins with #.
std::string pasteable(std::string_view words);

/// Lines of an answer in a Markdown fence that nothing in them ends.
std::string fenced(const std::vector<std::string>& lines);
/// One line of Markdown text that means itself.
std::string in_markdown(std::string_view text);

/// "claimed: The supplier, Sat 26 Aug 2023 20:10 BST, 19:10Z, entered by ann (people_affected)".
std::string said_line(const Said& said, const workflow::Definition& definition);
/// The same with what was said, where it is no words.
std::string besides_line(const Said& said, const workflow::Definition& definition);

/// "one of: yes, no" and "said by: dpo or siro", below a command.
std::vector<std::string> hints_of(const FormAnswer& answer);

/// "  [p,m:M]": the provenances of a field and the least of their confidences.
std::string marks_of(const workflow::TemplateField& field, const workflow::NoticeTemplate& form);
std::string confidence_of(const workflow::TemplateField& field, const workflow::NoticeTemplate& form);

}  // namespace tocsin::cli
