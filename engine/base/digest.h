// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

/// A SHA-256 value: 32 bytes, printed as 64 lower-case hex digits.
struct Digest {
  std::array<std::uint8_t, 32> bytes{};             ///< in the order in which they are printed
  auto operator<=>(const Digest&) const = default;  ///< by bytes, from the first
};

/// SHA-256 of the bytes (FIPS 180-4). Thread-safe.
Digest sha256(std::string_view bytes);

/// HMAC-SHA-256 of the bytes under the key (RFC 2104). Thread-safe.
Digest hmac_sha256(std::string_view key, std::string_view bytes);

/// 64 lower-case hex digits. to_hex and digest_from_hex are inverses.
std::string to_hex(const Digest& digest);
void append_hex(std::string& out, const Digest& digest);  ///< the same, behind what is there

/// Lower-case hex of any bytes.
std::string to_hex(std::string_view bytes);

/// Reads exactly 64 lower-case hex digits; nullopt for anything else.
std::optional<Digest> digest_from_hex(std::string_view hex);

}  // namespace tocsin
