// MemoryStore: families as sorted maps, for the tests and the bench of graph/.
//
// Place: tests only. It keeps the rules of storage/store.h that matter here: a
// builder reads the state before it, a failed builder leaves nothing behind,
// and a key written twice in one commit is an error.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/status.h"
#include "storage/store.h"

namespace cairn {

class MemorySnapshot final : public StoreSnapshot {
 public:
  using Rows = std::map<std::string, std::string, std::less<>>;

  StatusOr<std::optional<std::string>> Get(
      Family family, std::string_view key) const override {
    const Rows& rows = families_[static_cast<std::size_t>(family)];
    const auto found = rows.find(key);
    if (found == rows.end()) return std::optional<std::string>();
    return std::optional<std::string>(found->second);
  }
  StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Family family, std::span<const std::string> keys) const override {
    std::vector<std::optional<std::string>> values;
    for (const std::string& key : keys) {
      values.push_back(Get(family, key).value());
    }
    return values;
  }
  Status Scan(Family family, std::string_view prefix, std::string_view from,
              const std::function<bool(std::string_view, std::string_view)>&
                  visit) const override {
    const Rows& rows = families_[static_cast<std::size_t>(family)];
    for (auto row = rows.lower_bound(std::max(prefix, from));
         row != rows.end() && row->first.compare(0, prefix.size(), prefix) == 0;
         ++row) {
      if (!visit(row->first, row->second)) break;
    }
    return OkStatus();
  }
  Sequence sequence() const override { return sequence_; }

  // Every row of every family.
  std::vector<std::tuple<int, std::string, std::string>> Dump() const {
    std::vector<std::tuple<int, std::string, std::string>> all;
    for (std::size_t i = 0; i < families_.size(); ++i) {
      for (const auto& [key, value] : families_[i]) {
        all.emplace_back(static_cast<int>(i), key, value);
      }
    }
    return all;
  }

 private:
  friend class MemoryStore;
  std::array<Rows, kFamilyCount> families_;
  Sequence sequence_;
};

class MemoryStore {
 public:
  using Builder = std::function<Status(Transaction&)>;

  // `lose` drops the commit after the builder went well, as a failed sync does.
  Status Commit(const Builder& builder, bool lose = false) {
    Writes writes(state_);
    CAIRN_RETURN_IF_ERROR(builder(writes));
    if (!writes.problem.empty()) return InternalError(writes.problem);
    if (lose) return UnavailableError("the commit was lost");
    for (const auto& [family, key, value] : writes.rows) {
      auto& rows = state_.families_[static_cast<std::size_t>(family)];
      if (value) {
        rows[key] = *value;
      } else {
        rows.erase(key);
      }
    }
    state_.sequence_ = Sequence(state_.sequence_.value() + 1);
    return OkStatus();
  }
  const MemorySnapshot& state() const { return state_; }
  // A foreign hand, for tests of damage.
  void Overwrite(Family family, const std::string& key, std::string value) {
    state_.families_[static_cast<std::size_t>(family)][key] = std::move(value);
  }

 private:
  struct Writes final : Transaction {
    explicit Writes(const MemorySnapshot& state) : base(state) {}
    const StoreReader& before() const override { return base; }
    Sequence sequence() const override {
      return Sequence(base.sequence().value() + 1);
    }
    void Put(Family family, std::string_view key,
             std::string_view value) override {
      Note(family, key, std::string(value));
    }
    void Delete(Family family, std::string_view key) override {
      Note(family, key, std::nullopt);
    }
    void DeletePrefix(Family family, std::string_view prefix) override {
      (void)base.Scan(family, prefix, {},
                      [&](std::string_view key, std::string_view) {
                        Note(family, key, std::nullopt);
                        return true;
                      });
    }
    void MergePostings(Family family, std::string_view key,
                       std::span<const Posting> changes) override {
      std::map<ChunkId, std::uint32_t> counts;
      if (const auto packed = base.Get(family, key).value()) {
        const auto postings = DecodePostings(*packed);
        for (const Posting& p : *postings) {
          counts[p.chunk] = p.count;
        }
      }
      for (const Posting& change : changes) {
        if (change.count == 0) {
          counts.erase(change.chunk);
        } else {
          counts[change.chunk] = change.count;
        }
      }
      std::vector<Posting> list;
      for (const auto& [chunk, count] : counts) list.push_back({chunk, count});
      if (list.empty()) problem = "an empty posting list was left";
      Note(family, key, EncodePostings(list));
    }
    void Note(Family family, std::string_view key,
              std::optional<std::string> value) {
      if (!touched.emplace(family, std::string(key)).second) {
        problem = "a key was written twice in one commit";
      }
      rows.emplace_back(family, std::string(key), std::move(value));
    }

    const MemorySnapshot& base;
    std::set<std::pair<Family, std::string>> touched;
    std::vector<std::tuple<Family, std::string, std::optional<std::string>>>
        rows;
    std::string problem;
  };

  MemorySnapshot state_;
};

}  // namespace cairn
