// SPDX-License-Identifier: Apache-2.0
#include "adapters/sql_store/cipher.h"

#include <sodium.h>

namespace tocsin::sql_store {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kCipherKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kCipherKeyBytes == crypto_kdf_KEYBYTES);
constexpr char kContext[crypto_kdf_CONTEXTBYTES + 1] = "tocsin01";

const unsigned char* bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

Secret::~Secret() { sodium_memzero(bytes_.data(), bytes_.size()); }

Secret random_secret(std::size_t size) {
  std::string out(size, '\0');
  randombytes_buf(out.data(), out.size());
  return Secret(std::move(out));
}

Secret derived_key(std::string_view master, Use use) {
  std::string out(kCipherKeyBytes, '\0');
  crypto_kdf_derive_from_key(bytes(out), out.size(), static_cast<std::uint64_t>(use), kContext, bytes(master));
  return Secret(std::move(out));
}

std::string encrypt(std::string_view key, std::string_view text, std::string_view bound) {
  std::string out(kNonce + text.size() + kTag, '\0');
  randombytes_buf(out.data(), kNonce);
  unsigned long long length = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(out) + kNonce, &length, bytes(text), text.size(), bytes(bound),
                                             bound.size(), nullptr, bytes(out), bytes(key));
  return out;
}

std::optional<std::string> decrypt(std::string_view key, std::string_view sealed, std::string_view bound) {
  if (key.size() != kCipherKeyBytes || sealed.size() < kNonce + kTag) return std::nullopt;
  std::string out(sealed.size() - kNonce - kTag, '\0');
  unsigned long long length = 0;
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(out), &length, nullptr, bytes(sealed) + kNonce,
                                                                sealed.size() - kNonce, bytes(bound), bound.size(),
                                                                bytes(sealed), bytes(key));
  return failed == 0 ? std::optional(std::move(out)) : std::nullopt;
}

std::string from_hex(std::string_view hex) {
  std::string out(hex.size() / 2, '\0');
  std::size_t length = 0;
  const bool is_hex = sodium_hex2bin(bytes(out), out.size(), hex.data(), hex.size(), nullptr, &length, nullptr) == 0;
  return is_hex && 2 * length == hex.size() ? out : std::string();
}

}  // namespace tocsin::sql_store
