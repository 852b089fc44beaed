// SPDX-License-Identifier: Apache-2.0
#include "engine/base/in_quotes.h"

#include <catch2/catch.hpp>

using tocsin::in_quotes;

TEST_CASE("what was typed stands in quotes, whatever it is") {
  CHECK(in_quotes("aware_at") == "'aware_at'");
  CHECK(in_quotes("") == "''");
  CHECK(in_quotes("it's\x1b[31m\n") == "'it?s?[31m?'");
  CHECK(in_quotes("caf\xc3\xa9") == "'caf\xc3\xa9'");
  CHECK(in_quotes("caf\xe9") == "'caf?'");
}

TEST_CASE("a long text is cut between letters") {
  CHECK(in_quotes(std::string(60, 'x')) == "'" + std::string(60, 'x') + "'");
  CHECK(in_quotes(std::string(61, 'x')) == "'" + std::string(60, 'x') + "...'");
  CHECK(in_quotes(std::string(59, 'x') + "\xc3\xa9") == "'" + std::string(59, 'x') + "...'");
  CHECK(in_quotes(std::string(100, '\xa9')) == "'" + std::string(60, '?') + "...'");  // no letter begins anywhere
}
