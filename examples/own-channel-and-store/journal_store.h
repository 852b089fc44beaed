// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tocsin/adapters/memory_store/event_store.h>

#include <memory>
#include <mutex>
#include <string>

/// An event store of one's own: a journal file that each append adds one line to, and the store in memory as its index.
/// Several threads and processes may share the file: who writes holds a lock on it, and everybody first reads what others added.
///
/// It keeps events, cards, requests and definitions. People's words it does not keep: those need a vault that encrypts them and can
/// forget, and a journal can do neither. Here they last as long as the process.
class JournalStore : public tocsin::ports::EventStore {
 public:
  /// `unavailable` when the file can be neither opened nor made, `corrupt` when a line of it is not ours.
  static tocsin::Result<std::unique_ptr<JournalStore>> open(const std::string& path);
  ~JournalStore() override;

  std::string purpose() const override { return "live"; }
  tocsin::Result<std::int64_t> append(const tocsin::ports::Append& append) override;
  tocsin::Result<std::vector<tocsin::ledger::Record>> read(std::string_view stream) const override;
  tocsin::Result<std::vector<tocsin::ledger::Record>> read_all(std::int64_t after, std::size_t limit) const override;
  tocsin::Result<std::optional<tocsin::ports::Remembered>> find_request(std::string_view id) const override;
  tocsin::Result<std::vector<std::string>> alarmed(tocsin::Instant now, std::size_t limit) const override;
  tocsin::Result<std::vector<tocsin::ports::Card>> cards(std::string_view after, std::size_t limit) const override;
  tocsin::Result<std::vector<std::string>> find_streams(std::string_view prefix, std::size_t limit) const override;
  tocsin::Result<std::vector<tocsin::ports::OpenItem>> items(std::string_view group, std::optional<tocsin::Instant> from,
                                                             std::optional<tocsin::Instant> until,
                                                             const std::optional<tocsin::ports::ItemPosition>& after,
                                                             std::size_t limit) const override;
  tocsin::Result<std::optional<tocsin::Instant>> last_recorded() const override;
  tocsin::Result<std::optional<tocsin::ports::DefinitionFiles>> find_definition(std::string_view digest) const override;
  tocsin::Result<std::vector<Finding>> inspect() const override;

  /// What a vault in memory takes its words from.
  tocsin::memory_store::EventStore& index() { return index_; }

 private:
  explicit JournalStore(int file) : file_(file) {}
  class Turn;
  tocsin::Result<void> catch_up() const;
  template <class Ask>
  auto ask(Ask what) const -> decltype(what());

  const int file_;
  mutable std::mutex mutex_;  ///< of the threads of this process; the lock on the file is between processes
  mutable tocsin::memory_store::EventStore index_;
  mutable off_t read_to_ = 0;  ///< bytes of the journal that the index has
  bool is_behind_ = false;     ///< a line could not be written: the index says more than the file
};
