// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/ports/event_store.h"
#include "engine/ports/vault.h"

namespace tocsin::sql_store {

/// An event store and its vault in one SQLite file, opened together: the door of this room for whoever links the engine.
/// The file is opened with the settings that a history needs, each read back. Moving it leaves what it lent where it was; what it lent
/// lives as long as it does. Both ports may be used from several threads, and the file from several processes, at once.
///
///   auto store = sql_store::Store::open_or_create("cases.db", "vault.key");
///   if (!store) return report(store.error());
///   Engine engine(store->events(), store->vault(), library);
class Store {
 public:
  /// Opens an existing store. `key_file` holds the vault's master key and is first touched when words are: keep a copy of it, apart
  /// from the database. Returns `not_found` when there is no file, `corrupt` when it is no store of ours, `unavailable` when a newer
  /// version made it or it cannot be read, `invalid` on a network file system, where locks cannot be trusted.
  static Result<Store> open(const std::string& path, const std::string& key_file);

  /// The same, making the file (mode 0600) when there is none. `purpose` is live, story or exercise; an existing store keeps its own.
  static Result<Store> open_or_create(const std::string& path, const std::string& key_file,
                                      const std::string& purpose = "live");

  Store(Store&&) noexcept;             ///< takes over; use the other no more
  Store& operator=(Store&&) noexcept;  ///< the same
  ~Store();

  ports::EventStore& events();  ///< for Engine; lives as long as this
  ports::Vault& vault();        ///< for Engine; lives as long as this

 private:
  struct Parts;
  explicit Store(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tocsin::sql_store
