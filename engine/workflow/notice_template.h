// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::workflow {

/// Where a field of an authority's form is filled from. Facts, filings and deadlines only: what a severity method found is no
/// source, so that it can stand in no draft.
struct FieldSource {
  /// What it reads.
  enum class Kind {
    fact,          ///< facts.NAME
    begin,         ///< begin(facts.NAME): of a time or period
    end,           ///< end(facts.NAME)
    exactness,     ///< exactness(facts.NAME): of a count: exact or approximate
    state,         ///< state(CLOCK): of the obligation on that clock, in its words
    filed,         ///< filed(CLOCK): when its standing filing was made
    reference,     ///< reference(CLOCK): the authority's reference of that filing
    reason,        ///< reason(CLOCK): the reasons for a delay that came with it
    exemption,     ///< exemption(CLOCK): the one by which it was ruled out
    ref,           ///< case.ref
    notification,  ///< notice.kind: new or follow_up
    completeness,  ///< notice.completeness: complete, or incomplete while a required field is missing
    lateness,      ///< notice.lateness: in_time or late
  };
  Kind kind = Kind::fact;  ///< where from
  std::string name;        ///< the fact or the clock; empty where there is none

  /// Whether it gives one of a few words, so that only a map of words makes sense of it in a form.
  bool gives_a_word() const;
  bool gives_a_time() const;  ///< whether it gives an instant
  std::string text() const;   ///< as it is written
};

/// Reads "facts.NAME" and the other forms; none where it is no source.
std::optional<FieldSource> parse_source(std::string_view text);
/// The forms there are, for a hint.
std::string source_forms();

/// One field of the form.
struct TemplateField {
  /// What the form wants.
  enum class Kind {
    text,
    number,
    flag,
    date,
    time,
    hour,     ///< the time of day, in the workflow's zone; in a form for people only
    choices,  ///< several of the form's words; in a form for people only
  };
  std::string id;                 ///< its name in the form
  std::string title;              ///< for people
  Kind kind = Kind::text;         ///< what the form wants there
  bool required = false;          ///< the form wants it always
  std::vector<FieldSource> from;  ///< the first that is known fills it
  std::string value;              ///< a constant in their place
  std::vector<std::pair<std::string, std::string>>
      words;  ///< ours, the form's; where it takes one of several words of a set, the first here counts
  std::optional<FieldSource> when;           ///< asked only while this has one of `is`
  std::vector<std::string> is;               ///< words that `when` may have
  std::string otherwise;                     ///< what stands there when it is known not to be asked; empty: nothing
  std::string section = {};                  ///< the part of the form it stands in
  std::vector<std::string> options = {};     ///< all words that the form offers
  std::string unknown = {};                  ///< its word for what is not yet known; empty: it has none
  std::string other = {};                    ///< its word for what its other words do not say
  std::vector<std::string> meets = {};       ///< contents of the law that it carries, "contact_name"
  bool optional = false;                     ///< stays empty while it is not known
  bool contact = false;                      ///< the contact's own: what identifies that person is asked here
  std::vector<std::string> provenance = {};  ///< names of provenances of the form
  std::string note = {};                     ///< for whoever fills it
};

/// A part of the form, with a heading.
struct FormSection {
  std::string name;                 ///< its name in the form
  std::string title;                ///< the heading
  std::string note;                 ///< what stands under it; may be empty
  std::optional<FieldSource> when;  ///< asked only while this has one of `is`
  std::vector<std::string> is;      ///< words that `when` may have
};

/// Where the words of a field come from, and how far to trust that: a page of the authority, a copy, memory.
struct Provenance {
  std::string name;        ///< as fields name it
  std::string title;       ///< for people
  std::string confidence;  ///< A, B, C or M, as of clocks (docs/formats/law.md)
};

/// How a form is filled: plain data, from templates/NAME.yaml (docs/formats/template.md).
struct NoticeTemplate {
  /// How it is filled.
  enum class Kind {
    document,  ///< handed over as JSON
    form,      ///< filled in by a person, field by field
    call,      ///< read out on the telephone
  };
  std::string name;                          ///< "edpb-33"
  std::string title;                         ///< for people
  std::string about;                         ///< what it is for
  std::string source;                        ///< where the form was read
  std::vector<std::string> clocks;           ///< of the obligations it is for; the first is the duty that is late or not
  std::vector<TemplateField> fields;         ///< in the order of the form
  Kind kind = Kind::document;                ///< how it is filled
  std::vector<FormSection> sections = {};    ///< in the order of the form
  std::vector<Provenance> provenances = {};  ///< of the words of its fields
  /// Clocks of another law and those of this form in whose place they stand: the same form is filled for both.
  std::vector<std::pair<std::string, std::string>> same_for = {};
  std::string digest = {};  ///< SHA-256 in hex of the file's text: says afterwards which form was filled

  /// Whether it is filled for a duty on this clock.
  bool is_for(std::string_view clock) const;
  /// The clock that one named in the form means in a draft for a duty on `drafted`: itself, or that which stands in its place there.
  std::string clock_for(std::string_view named, std::string_view drafted) const;
};

}  // namespace tocsin::workflow
