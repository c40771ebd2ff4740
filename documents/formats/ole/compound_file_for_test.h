// MakeCompoundFile: compound files made in tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cairn {

inline void PutU16(std::string& out, unsigned value) {
  out.push_back(static_cast<char>(value & 0xff));
  out.push_back(static_cast<char>(value >> 8 & 0xff));
}
inline void PutU32(std::string& out, std::uint32_t value) {
  PutU16(out, value & 0xffff);
  PutU16(out, value >> 16);
}
inline void SetU32(std::string& out, std::size_t at, std::uint32_t value) {
  std::string bytes;
  PutU32(bytes, value);
  out.replace(at, 4, bytes);
}
// ASCII as UTF-16LE.
inline std::string Utf16(std::string_view text) {
  std::string out;
  for (const char sign : text) PutU16(out, static_cast<unsigned char>(sign));
  return out;
}

// Paths ("Storage/Stream") and contents; storages are made as they are named.
using TestStreams = std::vector<std::pair<std::string, std::string>>;

class CompoundFileMaker {
 public:
  std::string Make(const TestStreams& streams) {
    entries_.push_back({.name = "Root Entry", .type = 5});
    for (const auto& [path, bytes] : streams) AddStream(path, bytes);
    // The mini stream and its table, then the directory, then the FAT.
    entries_[0].start = mini_.empty() ? kEnd : Store(mini_);
    entries_[0].size = mini_.size();
    std::string mini_fat;
    for (const std::uint32_t next : mini_fat_) PutU32(mini_fat, next);
    const std::uint32_t mini_fat_at = mini_fat.empty() ? kEnd : Store(mini_fat);
    const std::uint32_t directory = Store(Directory());
    std::size_t tables = 1;
    while ((fat_.size() + tables) * 4 > tables * 512) ++tables;
    std::string header("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
    header.resize(24);
    for (const unsigned value :
         {0x3eU, 3U, 0xfffeU, 9U, 6U, 0U, 0U, 0U, 0U, 0U}) {
      PutU16(header, value);
    }
    for (const std::uint32_t value :
         {static_cast<std::uint32_t>(tables), directory, 0U, 4096U, mini_fat_at,
          1U, kEnd, 0U}) {
      PutU32(header, value);
    }
    for (std::size_t i = 0; i < 109; ++i) {
      PutU32(header, i < tables ? static_cast<std::uint32_t>(fat_.size() + i)
                                : 0xffffffffU);
    }
    std::string table;
    for (const std::uint32_t next : fat_) PutU32(table, next);
    for (std::size_t i = 0; i < tables; ++i) PutU32(table, 0xfffffffdU);
    while (table.size() < tables * 512) PutU32(table, 0xffffffffU);
    return header + sectors_ + table;
  }

 private:
  static constexpr std::uint32_t kEnd = 0xfffffffe;
  struct Entry {
    std::string name;
    int type = 2;
    std::uint32_t right = 0xffffffff, child = 0xffffffff, start = kEnd;
    std::size_t size = 0;
  };

  std::uint32_t Store(std::string bytes) {
    const auto first = static_cast<std::uint32_t>(fat_.size());
    bytes.resize((bytes.size() + 511) / 512 * 512);
    sectors_ += bytes;
    for (std::size_t i = 1; i < bytes.size() / 512; ++i) {
      fat_.push_back(static_cast<std::uint32_t>(fat_.size() + 1));
    }
    fat_.push_back(kEnd);
    return first;
  }

  std::uint32_t StoreMini(std::string bytes) {
    const auto first = static_cast<std::uint32_t>(mini_fat_.size());
    bytes.resize((bytes.size() + 63) / 64 * 64);
    mini_ += bytes;
    for (std::size_t i = 1; i < bytes.size() / 64; ++i) {
      mini_fat_.push_back(static_cast<std::uint32_t>(mini_fat_.size() + 1));
    }
    mini_fat_.push_back(kEnd);
    return first;
  }

  void AddStream(std::string_view path, const std::string& bytes) {
    std::size_t parent = 0;
    std::size_t slash = path.find('/');
    std::string so_far;
    while (slash != std::string_view::npos) {
      so_far += std::string(path.substr(0, slash)) + "/";
      const auto [at, is_new] = storages_.try_emplace(so_far, entries_.size());
      if (is_new) {
        Hang(parent, {.name = std::string(path.substr(0, slash)), .type = 1});
      }
      parent = at->second;
      path.remove_prefix(slash + 1);
      slash = path.find('/');
    }
    Entry entry{.name = std::string(path), .size = bytes.size()};
    if (!bytes.empty()) {
      entry.start = bytes.size() < 4096 ? StoreMini(bytes) : Store(bytes);
    }
    Hang(parent, std::move(entry));
  }

  void Hang(std::size_t parent, Entry entry) {
    const auto index = static_cast<std::uint32_t>(entries_.size());
    if (entries_[parent].child == 0xffffffff) {
      entries_[parent].child = index;
    } else {
      entries_[last_of_[parent]].right = index;
    }
    last_of_[parent] = index;
    entries_.push_back(std::move(entry));
  }

  std::string Directory() const {
    std::string out;
    for (const Entry& entry : entries_) {
      std::string raw = Utf16(entry.name);
      raw.resize(64);
      PutU16(raw, static_cast<unsigned>(entry.name.size() * 2 + 2));
      raw.push_back(static_cast<char>(entry.type));
      raw.push_back(1);
      PutU32(raw, 0xffffffff);
      PutU32(raw, entry.right);
      PutU32(raw, entry.child);
      raw.resize(116);
      PutU32(raw, entry.start);
      PutU32(raw, static_cast<std::uint32_t>(entry.size));
      PutU32(raw, 0);
      out += raw;
    }
    return out;
  }

  std::vector<Entry> entries_;
  std::map<std::string, std::size_t> storages_;
  std::map<std::size_t, std::size_t> last_of_;
  std::vector<std::uint32_t> fat_, mini_fat_;
  std::string sectors_, mini_;
};

inline std::string MakeCompoundFile(const TestStreams& streams) {
  return CompoundFileMaker().Make(streams);
}

}  // namespace cairn
