#include "documents/sniff_package.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace cairn {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kNamesMax = 20'000;
constexpr std::size_t kEndRecordBytes = 22;
constexpr std::size_t kCommentBytesMax = 65'535;

std::size_t Little(std::string_view bytes, std::size_t at, int count) {
  std::size_t value = 0;
  for (int i = count; i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(
                             bytes[at + static_cast<std::size_t>(i) - 1]);
  }
  return value;
}

struct Signs {
  bool content_types = false, word = false, excel = false, slides = false;
  bool binary_workbook = false, visio = false;
  bool open_document = false, epub = false;
};

void Note(std::string_view name, Signs& signs) {
  if (name.starts_with('/')) name.remove_prefix(1);
  signs.content_types |= name == "[Content_Types].xml";
  signs.word |= name.starts_with("word/");
  signs.excel |= name.starts_with("xl/");
  signs.slides |= name.starts_with("ppt/");
  signs.visio |= name.starts_with("visio/");
  signs.binary_workbook |= name == "xl/workbook.bin";
  signs.open_document |= name == "META-INF/manifest.xml";
  signs.epub |= name == "META-INF/container.xml";
}

std::string_view KindOf(const Signs& signs) {
  if (signs.epub) return "epub";
  // Some writers forget the content types; the folders are enough.
  if (signs.binary_workbook) return "xlsb";
  if (signs.word) return "docx";
  if (signs.excel) return "xlsx";
  if (signs.slides) return "pptx";
  if (signs.visio) return "visio";
  return {};
}

std::string_view OfOpenDocument(std::string_view media_type) {
  constexpr auto kPrefix = "application/vnd.oasis.opendocument."sv;
  if (media_type.starts_with("application/epub+zip")) return "epub";
  if (!media_type.starts_with(kPrefix)) return {};
  media_type.remove_prefix(kPrefix.size());
  if (media_type.starts_with("text")) return "odt";
  if (media_type.starts_with("spreadsheet")) return "ods";
  if (media_type.starts_with("presentation")) return "odp";
  return {};
}

// OpenDocument and EPUB begin with a part "mimetype" that is not packed.
std::string_view ByFirstPart(std::string_view bytes) {
  if (bytes.size() < 38) return {};
  const std::size_t name = Little(bytes, 26, 2);
  const std::size_t extra = Little(bytes, 28, 2);
  if (name != 8 || bytes.substr(30, 8) != "mimetype") return {};
  if (bytes.size() < 38 + extra) return {};
  return OfOpenDocument(bytes.substr(38 + extra, 100));
}

// What the names in the directory say.
Signs SignsOf(std::string_view bytes) {
  Signs signs;
  if (bytes.size() < kEndRecordBytes) return signs;
  const std::size_t tail =
      std::min(bytes.size(), kEndRecordBytes + kCommentBytesMax);
  const std::size_t end =
      bytes.substr(bytes.size() - tail).rfind("PK\x05\x06"sv);
  if (end == std::string_view::npos) return signs;
  const std::size_t record = bytes.size() - tail + end;
  if (bytes.size() - record < kEndRecordBytes) return signs;
  std::size_t at = Little(bytes, record + 16, 4);
  for (std::size_t i = 0; i < kNamesMax; ++i) {
    if (at >= bytes.size() || bytes.size() - at < 46) break;
    if (bytes.substr(at, 4) != "PK\x01\x02"sv) break;
    const std::size_t name = Little(bytes, at + 28, 2);
    const std::size_t more =
        Little(bytes, at + 30, 2) + Little(bytes, at + 32, 2);
    if (bytes.size() - at - 46 < name) break;
    Note(bytes.substr(at + 46, name), signs);
    at += 46 + name + more;
  }
  return signs;
}

}  // namespace

std::string_view SniffZip(std::string_view bytes) {
  const std::string_view kind = ByFirstPart(bytes);
  return kind.empty() ? KindOf(SignsOf(bytes)) : kind;
}

bool IsPackage(std::string_view bytes) {
  if (!ByFirstPart(bytes).empty()) return true;
  const Signs signs = SignsOf(bytes);
  return signs.epub || (signs.content_types && !KindOf(signs).empty());
}

bool IsEncryptedOffice(std::string_view ole) {
  // The name of a stream in the file's directory, in UTF-16.
  return ole.find("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv) !=
         std::string_view::npos;
}

std::string_view SniffFlatOdf(std::string_view head) {
  constexpr auto kMark = "office:mimetype=\""sv;
  if (head.find("<office:document") == std::string_view::npos) return {};
  const std::size_t mark = head.find(kMark);
  if (mark == std::string_view::npos) return {};
  return OfOpenDocument(head.substr(mark + kMark.size(), 100));
}

}  // namespace cairn
