// SPDX-License-Identifier: Apache-2.0
#include "engine/base/digest.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

namespace tocsin {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

/// Fetching the algorithm once and reusing the context doubles the rate for event-sized inputs.
class Hasher {
 public:
  Hasher() : algorithm_(EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free), context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    if (algorithm_ == nullptr || context_ == nullptr) std::abort();  // a machine without SHA-256 cannot keep a history
  }

  Digest operator()(std::string_view first, std::string_view second = {}) {
    Digest digest;
    const bool ok = EVP_DigestInit_ex2(context_.get(), algorithm_.get(), nullptr) == 1 &&
                    EVP_DigestUpdate(context_.get(), first.data(), first.size()) == 1 &&
                    EVP_DigestUpdate(context_.get(), second.data(), second.size()) == 1 &&
                    EVP_DigestFinal_ex(context_.get(), digest.bytes.data(), nullptr) == 1;
    if (!ok) std::abort();  // out of memory: better no history than a wrong one
    return digest;
  }

 private:
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm_;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

Hasher& hasher() {
  thread_local Hasher one;
  return one;
}

std::string_view view(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

constexpr std::uint8_t kNoDigit = 0xf0;  ///< in bits that no digit has

/// The value of every byte as a lower-case hex digit.
constexpr std::array<std::uint8_t, 256> hex_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoDigit);
  for (std::size_t i = 0; i < 16; ++i) values[static_cast<unsigned char>(kHexDigits[i])] = static_cast<std::uint8_t>(i);
  return values;
}
constexpr auto kHexValues = hex_values();

void put_hex(char* to, std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *to++ = kHexDigits[byte >> 4];
    *to++ = kHexDigits[byte & 15];
  }
}

}  // namespace

Digest sha256(std::string_view bytes) { return hasher()(bytes); }

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  constexpr std::size_t kBlock = 64;
  std::string padded = key.size() > kBlock ? std::string(view(sha256(key))) : std::string(key);
  padded.resize(kBlock, '\0');
  std::string inner = padded, outer = padded;
  for (std::size_t i = 0; i < kBlock; ++i) {
    inner[i] = static_cast<char>(inner[i] ^ 0x36);
    outer[i] = static_cast<char>(outer[i] ^ 0x5c);
  }
  return hasher()(outer, view(hasher()(inner, bytes)));
}

std::string to_hex(std::string_view bytes) {
  std::string hex(bytes.size() * 2, '0');
  put_hex(hex.data(), bytes);
  return hex;
}

std::string to_hex(const Digest& digest) { return to_hex(view(digest)); }

void append_hex(std::string& out, const Digest& digest) {
  char hex[2 * sizeof digest.bytes];
  put_hex(hex, view(digest));
  out.append(hex, sizeof hex);
}

std::optional<Digest> digest_from_hex(std::string_view hex) {
  Digest digest;
  if (hex.size() != digest.bytes.size() * 2) return std::nullopt;
  unsigned all = 0;  // one byte that is no digit leaves its mark here
  const auto* from = reinterpret_cast<const unsigned char*>(hex.data());
  for (auto& byte : digest.bytes) {
    const unsigned high = kHexValues[*from++], low = kHexValues[*from++];
    all |= high | low;
    byte = static_cast<std::uint8_t>(high << 4 | low);
  }
  return all < kNoDigit ? std::optional(digest) : std::nullopt;
}

}  // namespace tocsin
