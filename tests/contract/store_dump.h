// A store's whole state as text, to compare two stores byte for byte.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/coding.h"
#include "storage/store.h"

namespace cairn {

// Every key and value of the families that build(A+B) - B = build(A) speaks
// of: all but job and change records.
inline std::map<std::string, std::string> DumpStore(const StoreReader& reader) {
  std::map<std::string, std::string> dump;
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    const auto family = static_cast<Family>(i);
    if (family == Family::kJobs || family == Family::kChanges) continue;
    const Status scanned = reader.Scan(
        family, {}, {}, [&](std::string_view key, std::string_view value) {
          dump[std::string(NameOf(family)) + "/" + std::string(key)] =
              std::string(value);
          return true;
        });
    EXPECT_TRUE(scanned.ok()) << scanned;
  }
  return dump;
}

// Names of the keys that differ, in hexadecimal, at most ten.
inline std::string DifferenceOf(const std::map<std::string, std::string>& a,
                                const std::map<std::string, std::string>& b) {
  std::string text;
  std::size_t count = 0;
  const auto note = [&](const std::string& key, const char* what) {
    if (++count > 10) return;
    const std::size_t slash = key.find('/');
    text += key.substr(0, slash + 1) + ToHex(key.substr(slash + 1)) + " " +
            what + "\n";
  };
  for (const auto& [key, value] : a) {
    const auto other = b.find(key);
    if (other == b.end()) {
      note(key, "only in the first");
    } else if (other->second != value) {
      note(key, "differs");
    }
  }
  for (const auto& [key, value] : b) {
    if (!a.contains(key)) note(key, "only in the second");
  }
  return text;
}

}  // namespace cairn
