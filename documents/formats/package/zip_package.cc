#include "documents/formats/package/zip_package.h"

#include <zip.h>

#include <algorithm>
#include <utility>

#include "base/coding.h"
#include "documents/archive/zip_bytes.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kPartsMax = 20'000;
constexpr std::size_t kNameBytesMax = 1024;
// The XML of a sheet with as many cells as Limits allows has some 60 MB.
constexpr std::size_t kPartBytesMax = std::size_t{128} << 20;
constexpr std::size_t kAllBytesMax = std::size_t{512} << 20;
// Repetitive sheets reach 40 to 1; deflate ends at 1032 to 1.
constexpr std::size_t kRatioMax = 200;
constexpr std::size_t kRatioFreeBytes = std::size_t{16} << 20;

Status Damaged(const std::string& what) {
  return InvalidArgumentError(
      "the package (a ZIP of parts) is damaged: " + what +
          "; was the file copied or downloaded to its end? Open it in the "
          "program that made it and save it again",
      "DAMAGED_PACKAGE");
}

Status TooLarge(std::string_view name, const std::string& what) {
  return InvalidArgumentError("the part " + std::string(name) +
                                  " of the package expands to more than " +
                                  what + "; such files are not read",
                              "PACKAGE_TOO_LARGE");
}

std::string Key(std::string_view name) {
  std::string key;
  for (const char sign : name) {
    if (key.empty() && (sign == '/' || sign == '\\')) continue;
    key.push_back(sign == '\\' ? '/' : AsciiLower(sign));
  }
  return key;
}

std::string UndoPercents(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = HexValue(text[i + 1]);
      const int low = HexValue(text[i + 2]);
      if (high >= 0 && low >= 0 && high * 16 + low != 0) {
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return out;
}

}  // namespace

void ZipPackage::Close::operator()(struct zip* archive) const {
  zip_discard(archive);
}

StatusOr<ZipPackage> ZipPackage::Open(std::string_view bytes,
                                      const Limits& limits) {
  if (bytes.size() > limits.document_bytes_max) {
    return InvalidArgumentError(
        "the file has " + std::to_string(bytes.size()) +
            " bytes, above the limit document_bytes_max of " +
            std::to_string(limits.document_bytes_max),
        "DOCUMENT_TOO_LARGE");
  }
  std::string why;
  ZipOwner archive = OpenZipBytes(bytes, why);
  if (archive == nullptr) return Damaged(why);
  ZipPackage package{std::unique_ptr<struct zip, Close>(archive.release())};
  const zip_int64_t count = zip_get_num_entries(package.archive_.get(), 0);
  if (count < 0 || static_cast<std::size_t>(count) > kPartsMax) {
    return InvalidArgumentError("the package has " + std::to_string(count) +
                                    " parts; at most " +
                                    std::to_string(kPartsMax) + " are read",
                                "TOO_MANY_PARTS");
  }
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    const char* const name =
        zip_get_name(package.archive_.get(), i, ZIP_FL_ENC_GUESS);
    if (name == nullptr) continue;
    const std::string_view view(name);
    if (view.empty() || view.size() > kNameBytesMax) continue;
    if (package.index_.emplace(Key(view), i).second) {
      package.names_.emplace_back(view);
    } else {
      ++package.duplicates_;
    }
  }
  return package;
}

bool ZipPackage::Has(std::string_view name) const {
  return index_.contains(Key(name));
}

StatusOr<struct zip_stat> ZipPackage::Find(std::string_view name) const {
  const auto found = index_.find(Key(name));
  if (found == index_.end()) {
    return InvalidArgumentError(
        "the package has no part " + std::string(name) +
            ": the file is incomplete; save it again in the program that made "
            "it",
        "PART_MISSING");
  }
  zip_stat_t stat;
  if (zip_stat_index(archive_.get(), found->second, 0, &stat) != 0) {
    return Damaged(zip_strerror(archive_.get()));
  }
  if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
      stat.encryption_method != ZIP_EM_NONE) {
    return InvalidArgumentError(
        "the file is protected with a password; save a copy without one",
        "ENCRYPTED_PACKAGE");
  }
  if ((stat.valid & ZIP_STAT_SIZE) == 0 ||
      (stat.valid & ZIP_STAT_COMP_SIZE) == 0) {
    return Damaged("a part has no size");
  }
  return stat;
}

StatusOr<PartHead> ZipPackage::ReadHead(std::string_view name,
                                        std::size_t bytes_max) {
  CAIRN_ASSIGN_OR_RETURN(const zip_stat_t stat, Find(name));
  CAIRN_ASSIGN_OR_RETURN(std::string bytes, ReadEntry(stat, bytes_max));
  return PartHead{std::move(bytes), stat.size, stat.crc};
}

StatusOr<std::string> ZipPackage::Read(std::string_view name) {
  CAIRN_ASSIGN_OR_RETURN(const zip_stat_t stat, Find(name));
  if (stat.size > kPartBytesMax) {
    return TooLarge(name, std::to_string(kPartBytesMax) + " bytes");
  }
  if (stat.size > kRatioFreeBytes && stat.size / kRatioMax > stat.comp_size) {
    return TooLarge(name, std::to_string(kRatioMax) + " times its packed size");
  }
  if (read_ + stat.size > kAllBytesMax) {
    return TooLarge(
        name, std::to_string(kAllBytesMax) + " bytes with the parts before it");
  }
  CAIRN_ASSIGN_OR_RETURN(std::string bytes, ReadEntry(stat, stat.size));
  read_ += bytes.size();
  return bytes;
}

StatusOr<std::string> ZipPackage::ReadEntry(const struct zip_stat& stat,
                                            std::size_t bytes_max) {
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
      zip_fopen_index(archive_.get(), stat.index, 0), &zip_fclose);
  if (file == nullptr) return Damaged(zip_strerror(archive_.get()));
  const bool cut = bytes_max < stat.size;
  const auto damaged = [&](const std::string& how) {
    return Damaged("its part " + std::string(stat.name) + how);
  };
  std::string out;
  // The stated size may be a lie in both directions: grow as bytes come.
  out.reserve(std::min(
      {static_cast<std::size_t>(stat.size), bytes_max, std::size_t{1} << 20}));
  char buffer[1 << 16];
  while (!cut || out.size() < bytes_max) {
    const zip_int64_t got = zip_fread(
        file.get(), buffer,
        cut ? std::min(sizeof buffer, bytes_max - out.size()) : sizeof buffer);
    if (got == 0) break;
    if (got < 0) return damaged(" cannot be unpacked");
    if (out.size() + static_cast<std::size_t>(got) > stat.size) {
      return damaged(" is larger than stated");
    }
    out.append(buffer, static_cast<std::size_t>(got));
  }
  return out;
}

std::string ResolvePartName(std::string_view base_part,
                            std::string_view target) {
  std::string path;
  const bool absolute = target.starts_with('/') || target.starts_with('\\');
  const std::size_t slash = base_part.rfind('/');
  if (!absolute && slash != std::string_view::npos) {
    path = base_part.substr(0, slash + 1);
  }
  path += UndoPercents(target.substr(0, target.find('#')));
  std::replace(path.begin(), path.end(), '\\', '/');
  std::vector<std::string_view> steps;
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const std::string_view step = rest.substr(0, end);
    if (step == "..") {
      if (!steps.empty()) steps.pop_back();
    } else if (!step.empty() && step != ".") {
      steps.push_back(step);
    }
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  std::string out;
  for (const std::string_view step : steps) {
    if (!out.empty()) out.push_back('/');
    out += step;
  }
  return out;
}

}  // namespace cairn
