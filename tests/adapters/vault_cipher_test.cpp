// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "adapters/sql_store/cipher.h"

namespace tocsin::tests {

using namespace sql_store;

TEST_CASE("ciphertext opens with its key and in its place, and nowhere else") {
  const auto key = random_secret(kCipherKeyBytes), other = random_secret(kCipherKeyBytes);
  const auto sealed = encrypt(key.view(), "words", "row\nA-1");
  CHECK(decrypt(key.view(), sealed, "row\nA-1") == "words");
  CHECK_FALSE(decrypt(key.view(), sealed, "row\nA-2").has_value());
  CHECK_FALSE(decrypt(other.view(), sealed, "row\nA-1").has_value());
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    auto changed = sealed;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(decrypt(key.view(), changed, "row\nA-1").has_value());
    CHECK_FALSE(decrypt(key.view(), sealed.substr(0, i), "row\nA-1").has_value());
  }
  CHECK(encrypt(key.view(), "words", "row\nA-1") != sealed);
}

TEST_CASE("each use has a key of its own, and the same one every time") {
  const std::string master(kCipherKeyBytes, 'm');
  CHECK(derived_key(master, Use::wrapping).view() == derived_key(master, Use::wrapping).view());
  CHECK(derived_key(master, Use::wrapping).view() != derived_key(master, Use::recognising).view());
  CHECK(derived_key(master, Use::wrapping).view() != derived_key(master, Use::checking).view());
  CHECK(derived_key(master, Use::recognising).view() != derived_key(master, Use::checking).view());
}

TEST_CASE("hex that is no hex has no bytes") {
  CHECK(from_hex("00ff") == std::string("\0\xff", 2));
  CHECK(from_hex("0").empty());
  CHECK(from_hex("zz").empty());
  CHECK(from_hex("00f").empty());
}

}  // namespace tocsin::tests
