// SPDX-License-Identifier: Apache-2.0
// The only file that knows the schema library (docs/decisions/0020). It speaks draft 7: of our schema's keywords (type, enum,
// properties, required, additionalProperties, format, minimum) draft 2020-12 changed none, and `$schema` is not looked at.
#include "tests/forms/json_schema.h"

#include <boost/json.hpp>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace tocsin::tests {

std::vector<std::string> schema_mistakes(const std::string& schema, const std::string& document) {
  boost::system::error_code failed;
  const auto rules = boost::json::parse(schema, failed);
  if (failed) return {"the schema is no JSON: " + failed.message()};
  const auto value = boost::json::parse(document, failed);
  if (failed) return {"the document is no JSON: " + failed.message()};
  valijson::Schema read;
  valijson::SchemaParser().populateSchema(valijson::adapters::BoostJsonAdapter(rules), read);
  valijson::ValidationResults results;
  valijson::Validator().validate(read, valijson::adapters::BoostJsonAdapter(value), &results);
  std::vector<std::string> mistakes;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    std::string where;
    for (const auto& step : error.context) where += step;
    mistakes.push_back(where + ": " + error.description);
  }
  return mistakes;
}

}  // namespace tocsin::tests
