#include "documents/archive/sniff_archive.h"

#include <algorithm>
#include <array>

#include "documents/sniff_package.h"

namespace cairn {
namespace {

using namespace std::string_view_literals;

constexpr std::array kZipEndings = {".zip"sv};
constexpr std::array kStreamEndings = {".tar"sv, ".tgz"sv,  ".tbz2"sv, ".tbz"sv,
                                       ".txz"sv, ".tzst"sv, ".gz"sv,   ".bz2"sv,
                                       ".xz"sv,  ".zst"sv,  ".7z"sv};
// Of single files: what is left without it is the name of the file inside.
constexpr std::array kPackings = {".gz"sv, ".bz2"sv, ".xz"sv, ".zst"sv};
constexpr std::array kStreamSigns = {"\x1f\x8b"sv, "BZh"sv, "\xfd\x37zXZ\0"sv,
                                     "\x28\xb5\x2f\xfd"sv,
                                     "7z\xbc\xaf\x27\x1c"sv};
constexpr std::size_t kTarSignAt = 257;

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& sign : out) {
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign + 32);
  }
  return out;
}

template <typename Endings>
bool EndsWithAny(std::string_view name, const Endings& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](auto ending) {
    return name.size() > ending.size() && name.ends_with(ending);
  });
}

// ".tar", ".tar.gz", ".tgz", ".7z", of a name in small letters.
bool IsNamedTar(std::string_view name) {
  for (const std::string_view packing : kPackings) {
    if (name.ends_with(packing)) {
      name.remove_suffix(packing.size());
      return name.ends_with(".tar");
    }
  }
  return true;
}

// The tar of before 1988 has no sign; its header's sum tells.
bool IsOldTar(std::string_view head) {
  if (head.size() < 512) return false;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < 512; ++i) {
    const bool inside = i >= 148 && i < 156;
    sum += inside ? ' ' : static_cast<unsigned char>(head[i]);
  }
  std::size_t stated = 0;
  for (const char sign : head.substr(148, 8)) {
    if (sign >= '0' && sign <= '7') {
      stated = stated * 8 + static_cast<std::size_t>(sign - '0');
    }
  }
  return head[0] != '\0' && stated == sum;
}

bool IsStream(std::string_view head) {
  if (head.size() > kTarSignAt &&
      head.substr(kTarSignAt).starts_with("ustar")) {
    return true;
  }
  return std::any_of(kStreamSigns.begin(), kStreamSigns.end(),
                     [&](auto sign) { return head.starts_with(sign); });
}

}  // namespace

ArchiveKind SniffArchiveHead(std::string_view head,
                             std::string_view file_name) {
  const std::string name = Lower(file_name);
  const bool zip_named = name.empty() || EndsWithAny(name, kZipEndings);
  if (zip_named && (head.starts_with("PK\3\4") || head.starts_with("PK\5\6"))) {
    return ArchiveKind::kZip;
  }
  const bool stream_named = name.empty() || EndsWithAny(name, kStreamEndings);
  if (stream_named && IsStream(head)) {
    return name.empty() || IsNamedTar(name) ? ArchiveKind::kTar
                                            : ArchiveKind::kPacked;
  }
  if (name.ends_with(".tar") && IsOldTar(head)) return ArchiveKind::kTar;
  return ArchiveKind::kNone;
}

ArchiveKind SniffArchive(std::string_view bytes, std::string_view file_name) {
  const ArchiveKind kind =
      SniffArchiveHead(bytes.substr(0, kArchiveHeadBytes), file_name);
  if (kind == ArchiveKind::kZip && IsPackage(bytes)) return ArchiveKind::kNone;
  return kind;
}

bool HasArchiveEnding(std::string_view file_name) {
  const std::string name = Lower(file_name);
  return EndsWithAny(name, kZipEndings) || EndsWithAny(name, kStreamEndings);
}

std::string NameWithoutPacking(std::string_view file_name) {
  const std::string lower = Lower(file_name);
  for (const std::string_view packing : kPackings) {
    if (lower.size() > packing.size() && lower.ends_with(packing)) {
      return std::string(file_name.substr(0, lower.size() - packing.size()));
    }
  }
  return "content";
}

}  // namespace cairn
