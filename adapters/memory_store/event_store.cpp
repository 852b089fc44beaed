// SPDX-License-Identifier: Apache-2.0
#include "adapters/memory_store/event_store.h"

#include <algorithm>

namespace tocsin::memory_store {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

Error conflict(std::string message, std::string_view by) {
  return Error{Errc::conflict, std::move(message), std::string(by), {}, ""};
}

}  // namespace

Result<void> EventStore::check(const ports::Append& append) const {
  const auto known = streams_.find(append.stream);
  const auto version = known == streams_.end() ? 0 : static_cast<std::int64_t>(known->second.size());
  if (version != append.expected_version)
    return conflict(append.stream + " has moved on since it was read: read it again", ports::kStale);
  const auto taken = version == 0 && !append.records.empty() ? names_.find(lower(append.stream)) : names_.end();
  if (taken != names_.end())
    return conflict("a case " + taken->second + " exists already: choose another reference", "case");
  if (append.request && requests_.contains(append.request->id))
    return conflict("this request id was used before: give each command its own", "request");
  return {};
}

Result<std::int64_t> EventStore::append(const ports::Append& append) {
  const std::lock_guard lock(mutex_);
  if (auto ok = check(append); !ok) return std::move(ok).error();
  if (!append.records.empty()) {
    auto& places = streams_[append.stream];
    if (places.empty()) names_.emplace(lower(append.stream), append.stream);
    for (const auto& record : append.records) {
      places.push_back(log_.size());
      log_.push_back(record);
      log_.back().seq = static_cast<std::int64_t>(log_.size());
      last_recorded_ = std::max(last_recorded_.value_or(record.recorded_at), record.recorded_at);
    }
  }
  if (append.card) put_card(*append.card);
  if (append.request) requests_.emplace(append.request->id, *append.request);
  if (append.definition) definitions_.emplace(append.definition->digest, *append.definition);
  if (take_rows_ && !append.vault.empty()) take_rows_(append.vault);
  return static_cast<std::int64_t>(log_.size());
}

void EventStore::put_card(const ports::Card& card) {
  const auto place = [](const ports::OpenItem& item) {
    return ItemKey{item.group, item.key, item.stream, item.name, item.kind};
  };
  auto& held = cards_[card.stream];
  for (const auto& item : held.items) items_.erase(place(item));
  held = card;
  for (const auto& item : held.items) items_.insert_or_assign(place(item), item);
}

Result<std::vector<ledger::Record>> EventStore::read(std::string_view stream) const {
  const std::lock_guard lock(mutex_);
  std::vector<ledger::Record> records;
  const auto found = streams_.find(std::string(stream));
  if (found == streams_.end()) return records;
  records.reserve(found->second.size());
  for (const auto place : found->second) records.push_back(log_[place]);
  return records;
}

Result<std::vector<ledger::Record>> EventStore::read_all(std::int64_t after, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  const auto from = std::min(log_.size(), static_cast<std::size_t>(std::max<std::int64_t>(0, after)));
  const auto first = log_.begin() + static_cast<std::ptrdiff_t>(from);
  return std::vector<ledger::Record>(first, first + static_cast<std::ptrdiff_t>(std::min(limit, log_.size() - from)));
}

Result<std::optional<ports::Remembered>> EventStore::find_request(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = requests_.find(id);
  return found == requests_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<std::string>> EventStore::alarmed(Instant now, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<Instant, std::string>> due;
  for (const auto& [stream, card] : cards_)
    if (card.alarm && *card.alarm <= now) due.emplace_back(*card.alarm, stream);
  std::sort(due.begin(), due.end());
  if (due.size() > limit) due.resize(limit);
  std::vector<std::string> streams;
  for (auto& [alarm, stream] : due) streams.push_back(std::move(stream));
  return streams;
}

Result<std::vector<ports::Card>> EventStore::cards(std::string_view after, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  std::vector<const ports::Card*> all;
  for (const auto& [stream, card] : cards_) all.push_back(&card);
  const auto order = [](const ports::Card* a, const ports::Card* b) {
    return std::tie(a->opened_at, a->stream) < std::tie(b->opened_at, b->stream);
  };
  std::sort(all.begin(), all.end(), order);
  auto next = all.begin();
  if (!after.empty()) {
    const auto last = cards_.find(after);
    next = last == cards_.end() ? all.end() : std::upper_bound(all.begin(), all.end(), &last->second, order);
  }
  std::vector<ports::Card> page;
  for (; next != all.end() && page.size() < limit; ++next) {
    page.push_back(**next);
    page.back().items.clear();
  }
  return page;
}

Result<std::vector<std::string>> EventStore::find_streams(std::string_view prefix, std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> found;
  const auto wanted = lower(prefix);
  for (auto name = names_.lower_bound(wanted); name != names_.end() && name->first.starts_with(wanted); ++name) {
    if (found.size() == limit) break;
    if (name->second != ledger::kSiteStream) found.push_back(name->second);
  }
  return found;
}

Result<std::vector<ports::OpenItem>> EventStore::items(std::string_view group, std::optional<Instant> from,
                                                       std::optional<Instant> until,
                                                       const std::optional<ports::ItemPosition>& after,
                                                       std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  const Instant first = from.value_or(Instant{INT64_MIN});
  auto item = items_.lower_bound(ItemKey{group, first, "", "", ""});
  if (after && after->key >= first)
    // Behind every kind that this name may have.
    item = items_.upper_bound(ItemKey{group, after->key, after->stream, after->name, "ÿ"});
  std::vector<ports::OpenItem> page;
  for (; item != items_.end() && page.size() < limit && std::get<0>(item->first) == group; ++item) {
    if (until && std::get<1>(item->first) >= *until) break;
    page.push_back(item->second);
    page.back().title_digest = cards_.at(item->second.stream).title_digest;
  }
  return page;
}

Result<std::optional<Instant>> EventStore::last_recorded() const {
  const std::lock_guard lock(mutex_);
  return last_recorded_;
}

Result<std::optional<ports::DefinitionFiles>> EventStore::find_definition(std::string_view digest) const {
  const std::lock_guard lock(mutex_);
  const auto found = definitions_.find(digest);
  return found == definitions_.end() ? std::nullopt : std::optional(found->second);
}

/// Nobody but this process can reach what lies here.
Result<std::vector<ports::EventStore::Finding>> EventStore::inspect() const { return std::vector<Finding>{}; }

}  // namespace tocsin::memory_store
