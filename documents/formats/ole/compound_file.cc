#include "documents/formats/ole/compound_file.h"

#include <algorithm>
#include <utility>

#include "documents/formats/ole/little_endian.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kHeaderBytes = 512;
constexpr std::size_t kEntryBytes = 128;
constexpr std::size_t kHeaderDifat = 109;  // FAT sectors named in the header.
constexpr std::uint32_t kSectorMax = 0xfffffffa;  // Above: no sector.
constexpr std::uint32_t kNone = 0xffffffff;
constexpr std::size_t kFreeBytes = 1 << 20;  // May be read from any file.

constexpr std::uint8_t kStorage = 1;
constexpr std::uint8_t kStream = 2;

Status Damaged(std::string_view what) {
  return InvalidArgumentError(
      "the Office file is damaged: " + std::string(what) +
          "; open it in the program that wrote it and save it again, or ingest "
          "an undamaged copy",
      "DAMAGED_OLE_FILE");
}

}  // namespace

std::size_t CompoundFile::SectorCount() const {
  // The last one may be cut off.
  return (bytes_.size() - 1) / sector_bytes_;
}

std::string_view CompoundFile::Sector(std::uint32_t sector) const {
  if (sector >= SectorCount()) return {};
  return Slice(bytes_, (std::size_t{sector} + 1) * sector_bytes_,
               sector_bytes_);
}

std::uint32_t CompoundFile::NextOf(std::uint32_t sector) const {
  return sector < fat_.size() ? fat_[sector] : kNone;
}

StatusOr<CompoundFile> CompoundFile::Open(std::string_view bytes) {
  CompoundFile file(bytes);
  CAIRN_RETURN_IF_ERROR(file.ReadHeader());
  file.ReadFat();
  CAIRN_RETURN_IF_ERROR(file.ReadDirectory());
  return file;
}

Status CompoundFile::ReadHeader() {
  if (!bytes_.starts_with(kCompoundFileMagic)) {
    return Damaged("it does not begin with the signs of a compound file");
  }
  if (bytes_.size() <= kHeaderBytes) {
    return Damaged("it ends within its header, after " +
                   std::to_string(bytes_.size()) + " bytes");
  }
  const unsigned sector_shift = U16At(bytes_, 30);
  const unsigned mini_shift = U16At(bytes_, 32);
  if (sector_shift < 7 || sector_shift > 16 || mini_shift < 3 ||
      mini_shift >= sector_shift) {
    return Damaged("its header gives impossible sizes of sectors");
  }
  sector_bytes_ = std::size_t{1} << sector_shift;
  mini_bytes_ = std::size_t{1} << mini_shift;
  mini_cutoff_ = U32At(bytes_, 56);
  return OkStatus();
}

void CompoundFile::AddFatSector(std::uint32_t sector) {
  const std::string_view table = Sector(sector);
  for (std::size_t at = 0; at < sector_bytes_; at += 4) {
    fat_.push_back(at + 4 <= table.size() ? U32At(table, at) : kNone);
  }
}

// The header names the first sectors of the table; a chain of sectors of its
// own names the others. More than the file has sectors are never needed.
void CompoundFile::ReadFat() {
  const std::size_t sectors = SectorCount();
  for (std::size_t i = 0; i < kHeaderDifat && fat_.size() < sectors; ++i) {
    const std::uint32_t sector = U32At(bytes_, 76 + 4 * i);
    if (sector < kSectorMax) AddFatSector(sector);
  }
  const std::size_t names = sector_bytes_ / 4 - 1;
  std::uint32_t more = U32At(bytes_, 68);
  for (std::size_t step = 0; step < sectors && more < kSectorMax; ++step) {
    const std::string_view difat = Sector(more);
    if (difat.empty()) break;
    for (std::size_t i = 0; i < names && fat_.size() < sectors; ++i) {
      const std::uint32_t sector = U32At(difat, 4 * i);
      if (sector < kSectorMax) AddFatSector(sector);
    }
    more = difat.size() < sector_bytes_ ? kNone : U32At(difat, 4 * names);
  }
}

// A sector that the end of the file cuts is the last of its chain: each step
// gives a whole sector, so that steps are bounded as bytes are.
std::string CompoundFile::ReadChain(std::uint32_t first,
                                    std::uint64_t size) const {
  std::string out;
  out.reserve(
      static_cast<std::size_t>(std::min<std::uint64_t>(size, bytes_.size())));
  std::size_t steps = SectorCount();
  for (std::uint32_t at = first; at < kSectorMax && out.size() < size;
       at = NextOf(at)) {
    const std::string_view sector = Sector(at);
    if (sector.empty() || steps-- == 0) break;
    out += sector.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(
                                size - out.size(), sector.size())));
    if (sector.size() < sector_bytes_) break;
  }
  return out;
}

std::string CompoundFile::ReadMiniChain(std::uint32_t first,
                                        std::uint64_t size) const {
  std::string out;
  std::size_t steps = mini_stream_.size() / mini_bytes_ + 1;
  for (std::uint32_t at = first; at < kSectorMax && out.size() < size;
       at = at < mini_fat_.size() ? mini_fat_[at] : kNone) {
    const std::string_view sector =
        Slice(mini_stream_, std::size_t{at} * mini_bytes_, mini_bytes_);
    if (sector.empty() || steps-- == 0) break;
    out += sector.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(
                                size - out.size(), sector.size())));
    if (sector.size() < mini_bytes_) break;
  }
  return out;
}

void CompoundFile::ReadMiniStream() {
  mini_read_ = true;
  mini_stream_ = ReadChain(mini_first_, mini_size_);
  const std::string table = ReadChain(U32At(bytes_, 60), bytes_.size());
  mini_fat_.reserve(table.size() / 4);
  for (std::size_t at = 0; at + 4 <= table.size(); at += 4) {
    mini_fat_.push_back(U32At(table, at));
  }
}

// The entries of a storage form a binary tree, whose balance nobody keeps: it
// is walked with a stack of its own, each entry once.
Status CompoundFile::ReadDirectory() {
  const std::string directory = ReadChain(U32At(bytes_, 48), bytes_.size());
  const std::size_t count = directory.size() / kEntryBytes;
  if (count == 0) return Damaged("its directory cannot be found");
  const auto entry = [&](std::size_t index) {
    return Slice(directory, index * kEntryBytes, kEntryBytes);
  };
  mini_first_ = U32At(entry(0), 116);
  mini_size_ = U32At(entry(0), 120);
  struct Step {
    std::uint32_t index, parent;
  };
  std::vector<bool> seen(count);
  seen[0] = true;
  entries_.push_back({.name = "Root Entry", .storage = true});
  children_.emplace_back();
  std::vector<Step> work = {{U32At(entry(0), 76), kRoot}};
  while (!work.empty()) {
    const Step step = work.back();
    work.pop_back();
    if (step.index >= count || seen[step.index]) continue;
    seen[step.index] = true;
    const std::string_view raw = entry(step.index);
    // Depth first with the left side on top: the order of the names.
    work.push_back({U32At(raw, 72), step.parent});
    const std::uint8_t type = ByteAt(raw, 66);
    if (type == kStorage || type == kStream) {
      const auto index = static_cast<std::uint32_t>(entries_.size());
      const std::size_t name = std::min<std::size_t>(U16At(raw, 64), 64);
      entries_.push_back({.name = Utf16ToUtf8(raw.substr(0, name & ~1ULL)),
                          .storage = type == kStorage,
                          .parent = step.parent,
                          .size = U64At(raw, 120),
                          .first_sector = U32At(raw, 116)});
      CompoundEntry& made = entries_.back();
      // Old writers leave rubbish in the upper half of the size.
      if (sector_bytes_ == 512) made.size &= 0xffffffff;
      if (const std::size_t end = made.name.find('\0');
          end != std::string::npos) {
        made.name.resize(end);
      }
      children_.emplace_back();
      children_[step.parent].push_back(index);
      if (type == kStorage) work.push_back({U32At(raw, 76), index});
    }
    work.push_back({U32At(raw, 68), step.parent});
  }
  return OkStatus();
}

std::optional<std::uint32_t> CompoundFile::Find(std::string_view name,
                                                std::uint32_t storage) const {
  const std::string wanted = LowerAscii(name);
  for (const std::uint32_t child : children_[storage]) {
    if (LowerAscii(entries_[child].name) == wanted) return child;
  }
  return std::nullopt;
}

std::string CompoundFile::Read(std::uint32_t stream) {
  const CompoundEntry& entry = entries_[stream];
  if (entry.storage || entry.size == 0) return {};
  const std::size_t budget = kFreeBytes + kReadTimesMax * bytes_.size();
  const std::uint64_t size = std::min<std::uint64_t>(
      entry.size, budget - std::min(bytes_read_, budget));
  if (entry.size < mini_cutoff_ && !mini_read_) ReadMiniStream();
  std::string out = entry.size < mini_cutoff_
                        ? ReadMiniChain(entry.first_sector, size)
                        : ReadChain(entry.first_sector, size);
  bytes_read_ += out.size();
  if (out.size() < entry.size) ++damages_;
  return out;
}

std::string CompoundFile::ReadNamed(std::string_view name,
                                    std::uint32_t storage) {
  const std::optional<std::uint32_t> found = Find(name, storage);
  return found.has_value() ? Read(*found) : std::string();
}

}  // namespace cairn
