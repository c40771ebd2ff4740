// ReadSummary: what an old Office file says of itself.
//
// The stream SummaryInformation [MS-OLEPS]: title, author, subject, keywords
// and days, under the same keys as the new formats give them. Damage costs the
// values it is in. Limits: kSummaryValuesMax values, each of
// kSummaryValueBytesMax. Threads: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "documents/document_builder.h"
#include "documents/formats/ole/compound_file.h"

namespace cairn {

inline constexpr std::size_t kSummaryValuesMax = 1000;
inline constexpr std::size_t kSummaryValueBytesMax = 4096;

void ReadSummary(CompoundFile& file, DocumentBuilder& builder);

// Damage met while streams were read becomes a warning of the document.
void WarnOfDamage(const CompoundFile& file, DocumentBuilder& builder);

// "2024-03-05" of a count of 100 ns since 1601; empty for none and for years
// that no file is from.
std::string DayOfFileTime(std::uint64_t file_time);

}  // namespace cairn
