// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tocsin::sql_store {

inline constexpr std::size_t kCipherKeyBytes = 32;

/// A key in memory, overwritten when it goes.
class Secret {
 public:
  explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
  Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { other.bytes_.clear(); }
  ~Secret();
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  std::string_view view() const { return bytes_; }

 private:
  std::string bytes_;
};

Secret random_secret(std::size_t bytes);

/// What a key derived from the master key is for; each use has its own, so that none tells anything about another.
enum class Use { wrapping = 1, recognising = 2, checking = 3 };
Secret derived_key(std::string_view master, Use use);

/// XChaCha20-Poly1305: 24 random bytes of nonce, then ciphertext and tag. `bound` says what the bytes belong to; it is not
/// stored and must be the same to decrypt. decrypt(key, encrypt(key, text, bound), bound) == text; nullopt for all else.
std::string encrypt(std::string_view key, std::string_view text, std::string_view bound);
std::optional<std::string> decrypt(std::string_view key, std::string_view sealed, std::string_view bound);

/// The bytes behind lower-case hex; empty for anything else.
std::string from_hex(std::string_view hex);

}  // namespace tocsin::sql_store
