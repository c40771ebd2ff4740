#include "documents/sniff.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "documents/charset.h"
#include "documents/looks.h"
#include "documents/sniff_ole.h"
#include "documents/sniff_package.h"
#include "documents/sniff_recording.h"
#include "text/utf8.h"

namespace cairn {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kHeadBytes = 8 << 10;

struct Magic {
  std::string_view bytes;
  std::string_view what;
};

// What people send by mistake; each gets an error that says what it is.
constexpr std::array kForeign = {
    Magic{"Rar!\x1a\x07"sv, "a RAR archive"},
    Magic{"RIFF"sv, "a RIFF file"},
    Magic{"\x7f"
          "ELF"sv,
          "a program"},
    Magic{"SQLite format 3\0"sv, "an SQLite database"},
    Magic{"%!PS"sv, "a PostScript file"},
};

constexpr std::array kImages = {"\x89PNG\r\n\x1a\n"sv,
                                "\xff\xd8\xff"sv,
                                "GIF87a"sv,
                                "GIF89a"sv,
                                "II*\0"sv,
                                "MM\0*"sv};

// Any bytes that are a picture of a kind that is read.
bool IsImage(std::string_view head, bool binary) {
  for (const std::string_view magic : kImages) {
    // Three letters begin many a text; the rest of a real one is binary.
    if (head.starts_with(magic) && (binary || magic.size() > 4)) return true;
  }
  if (!binary) return false;
  if (head.starts_with("RIFF") && head.substr(0, 12).ends_with("WEBP")) {
    return true;
  }
  // Two letters begin many a text; the header of a bitmap says its own size.
  return head.starts_with("BM") && head.size() > 26 &&
         head.substr(6, 4) == "\0\0\0\0"sv;
}

std::string Essence(std::string_view media_type) {
  std::string_view name = media_type.substr(0, media_type.find(';'));
  while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
  while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
  return LowerAscii(name);
}

constexpr std::array kArchives = {
    Magic{"PK\x03\x04"sv, "a ZIP archive"},
    Magic{"PK\x05\x06"sv, "an empty ZIP archive"},
    Magic{"\x1f\x8b"sv, "a gzip file"},
    Magic{"BZh"sv, "a bzip2 file"},
    Magic{"\xfd"
          "7zXZ\0"sv,
          "an xz file"},
    Magic{"7z\xbc\xaf\x27\x1c"sv, "a 7z archive"},
    Magic{"\x28\xb5\x2f\xfd"sv, "a zstd file"},
};
constexpr std::size_t kTarSignAt = 257;

struct Ending {
  std::string_view ending;  // Of a file name, after the last dot.
  std::string_view format;
};

constexpr std::array kEndings = {
    Ending{"txt", "text"},          Ending{"text", "text"},
    Ending{"log", "text"},          Ending{"md", "markdown"},
    Ending{"markdown", "markdown"}, Ending{"mdown", "markdown"},
    Ending{"mkd", "markdown"},      Ending{"mdx", "markdown"},
    Ending{"html", "html"},         Ending{"htm", "html"},
    Ending{"xhtml", "html"},        Ending{"csv", "csv"},
    Ending{"tsv", "csv"},           Ending{"tab", "csv"},
    Ending{"psv", "csv"},           Ending{"pdf", "pdf"},
    Ending{"eml", "email"},         Ending{"mbox", "email"},
    Ending{"rtf", "rtf"},           Ending{"vtt", "subtitles"},
    Ending{"srt", "subtitles"},     Ending{"xml", "xml"},
    Ending{"nxml", "xml"},          Ending{"jats", "xml"},
    Ending{"tex", "latex"},         Ending{"latex", "latex"},
    Ending{"adoc", "asciidoc"},     Ending{"asciidoc", "asciidoc"},
    Ending{"ipynb", "notebook"},    Ending{"json", "json"},
    Ending{"geojson", "json"},
};

// Of packages, pictures and recordings, known by their bytes; a file with such
// a name that is none is read by its looks.
constexpr std::array kPackageEndings = {
    Ending{"docx", "docx"},      Ending{"docm", "docx"},
    Ending{"dotx", "docx"},      Ending{"xlsx", "xlsx"},
    Ending{"xlsm", "xlsx"},      Ending{"xltx", "xlsx"},
    Ending{"pptx", "pptx"},      Ending{"pptm", "pptx"},
    Ending{"ppsx", "pptx"},      Ending{"odt", "odt"},
    Ending{"ott", "odt"},        Ending{"ods", "ods"},
    Ending{"ots", "ods"},        Ending{"odp", "odp"},
    Ending{"otp", "odp"},        Ending{"epub", "epub"},
    Ending{"doc", "doc"},        Ending{"dot", "doc"},
    Ending{"xls", "xls"},        Ending{"xlt", "xls"},
    Ending{"ppt", "ppt"},        Ending{"pps", "ppt"},
    Ending{"pot", "ppt"},        Ending{"msg", "msg"},
    Ending{"oft", "msg"},        Ending{"png", "image"},
    Ending{"jpg", "image"},      Ending{"jpeg", "image"},
    Ending{"tif", "image"},      Ending{"tiff", "image"},
    Ending{"webp", "image"},     Ending{"gif", "image"},
    Ending{"bmp", "image"},      Ending{"wav", "recording"},
    Ending{"mp3", "recording"},  Ending{"flac", "recording"},
    Ending{"ogg", "recording"},  Ending{"oga", "recording"},
    Ending{"opus", "recording"}, Ending{"m4a", "film"},
    Ending{"mp4", "film"},       Ending{"m4v", "film"},
    Ending{"mov", "film"},       Ending{"mkv", "film"},
    Ending{"webm", "film"},      Ending{"avi", "recording"},
};

struct MediaType {
  std::string_view type;
  std::string_view format;
};

constexpr std::array kMediaTypes = {
    MediaType{"message/rfc822", "email"},
    MediaType{"application/mbox", "email"},
    MediaType{"application/rtf", "rtf"},
    MediaType{"text/rtf", "rtf"},
    MediaType{"text/vtt", "subtitles"},
    MediaType{"application/x-subrip", "subtitles"},
    MediaType{"application/xml", "xml"},
    MediaType{"text/xml", "xml"},
    MediaType{"application/jats+xml", "xml"},
    MediaType{"application/yaml", "code"},
    MediaType{"application/toml", "code"},
    MediaType{"text/javascript", "code"},
    MediaType{"application/javascript", "code"},
    MediaType{"text/x-python", "code"},
    MediaType{"text/x-c++", "code"},
    MediaType{"application/x-tex", "latex"},
    MediaType{"text/x-tex", "latex"},
    MediaType{"application/x-latex", "latex"},
    MediaType{"application/x-ipynb+json", "notebook"},
    MediaType{"application/json", "json"},
    MediaType{"application/ld+json", "json"},
};

// Source code and structured text.
constexpr std::array<std::string_view, 52> kCodeEndings = {
    "c",    "cc",    "cpp",  "cxx",  "h",     "hh",    "hpp", "hxx",   "java",
    "py",   "pyi",   "js",   "mjs",  "ts",    "tsx",   "jsx", "go",    "rs",
    "rb",   "php",   "cs",   "kt",   "swift", "scala", "lua", "pl",    "pm",
    "r",    "jl",    "sh",   "bash", "zsh",   "ps1",   "sql", "proto", "css",
    "scss", "cmake", "yaml", "yml",  "toml",  "ini",   "hs",  "ml",    "ex",
    "erl",  "clj",   "dart", "m",    "f90",   "tf",    "vue"};

std::string_view ByMediaType(std::string_view type) {
  for (const MediaType& known : kMediaTypes) {
    if (type == known.type) return known.format;
  }
  if (type == "text/html" || type == "application/xhtml+xml") return "html";
  if (type == "text/markdown" || type == "text/x-markdown") return "markdown";
  if (type == "text/csv" || type == "application/csv" ||
      type == "text/tab-separated-values") {
    return "csv";
  }
  if (type == "application/pdf") return "pdf";
  if (type.starts_with("text/")) return "text";
  return {};
}

// Packages whose directory does not tell, cut off perhaps: by their name.
std::string_view PackageByFileName(std::string_view file_name) {
  const std::string name = LowerAscii(file_name);
  const std::string_view end =
      std::string_view(name).substr(std::min(name.rfind('.') + 1, name.size()));
  for (const Ending& known : kPackageEndings) {
    if (end == known.ending) return known.format;
  }
  return {};
}

std::string_view ByFileName(std::string_view file_name) {
  const std::string name = LowerAscii(file_name);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return {};
  const std::string_view end = std::string_view(name).substr(dot + 1);
  for (const Ending& known : kEndings) {
    if (end == known.ending) return known.format;
  }
  for (const std::string_view known : kCodeEndings) {
    if (end == known) return "code";
  }
  return {};
}

// `xml`: articles and others that are XML have a body and a head too.
bool LooksHtml(std::string_view head, bool xml) {
  const std::string lower = LowerAscii(head.substr(0, 1024));
  const std::size_t first = lower.find_first_not_of(" \t\r\n\f");
  if (first == std::string::npos || lower[first] != '<') return false;
  for (const std::string_view tag : {"<!doctype html", "<html"}) {
    if (lower.find(tag) != std::string::npos) return true;
  }
  if (xml) return false;
  return lower.find("<head>") != std::string::npos ||
         lower.find("<body") != std::string::npos;
}

Status UnknownFormat(std::string_view what) {
  return InvalidArgumentError(
      "the file is " + std::string(what) +
          ", which Cairn does not read: convert it first; \"cairn formats\" "
          "lists what it reads",
      "UNKNOWN_FORMAT");
}

// What archive the head is of; empty: none.
std::string_view ArchiveIn(std::string_view head, bool binary) {
  for (const Magic& magic : kArchives) {
    if (head.starts_with(magic.bytes) && (binary || magic.bytes.size() > 4)) {
      return magic.what;
    }
  }
  const std::string_view tar = head.substr(std::min(head.size(), kTarSignAt));
  return binary && tar.starts_with("ustar") ? "a tar archive" : "";
}

Status HoldsFiles(std::string_view what) {
  return InvalidArgumentError(
      "the file is " + std::string(what) +
          ", which holds files and is no document itself: give it to \"cairn "
          "ingest\" under its usual ending (.zip, .tar, .tar.gz, .7z ...), "
          "which takes it in as a folder, or upload the files inside",
      "ARCHIVE_NOT_UNPACKED");
}

std::string_view WithoutMark(std::string_view bytes) {
  return bytes.starts_with("\xef\xbb\xbf"sv) ? bytes.substr(3) : bytes;
}

// Office files and books, which are packages; empty: none.
StatusOr<std::string_view> SniffPackage(const ParseInput& input) {
  if (input.bytes.starts_with("PK\x03\x04"sv)) {
    const std::string_view kind = SniffZip(input.bytes);
    if (kind == "xlsb") {
      return UnknownFormat("a binary workbook (.xlsb); save it as .xlsx");
    }
    if (kind == "visio") return UnknownFormat("a Visio drawing");
    return kind.empty() ? PackageByFileName(input.file_name) : kind;
  }
  if (!input.bytes.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv)) {
    return ""sv;
  }
  if (IsEncryptedOffice(input.bytes)) {
    return InvalidArgumentError(
        "the Office file is protected with a password; save a copy without one",
        "ENCRYPTED_PACKAGE");
  }
  return SniffOle(input.bytes);
}

}  // namespace

StatusOr<std::string_view> SniffFormat(const ParseInput& input) {
  if (input.bytes.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos) {
    return InvalidArgumentError(
        "the document is empty: was it written to the end?", "EMPTY_DOCUMENT");
  }
  const std::string_view head = WithoutMark(input.bytes).substr(0, kHeadBytes);
  const std::string type = Essence(input.media_type);
  const std::string_view by_name = ByFileName(input.file_name);
  const bool binary = LooksBinary(head);
  // Readers of PDF accept rubbish before the header; only when something else
  // says PDF too is that taken for one.
  const std::size_t pdf = head.substr(0, 1024).find("%PDF-");
  if (pdf == 0 || (pdf != std::string_view::npos &&
                   (binary || type == "application/pdf" || by_name == "pdf"))) {
    return "pdf"sv;
  }
  CAIRN_ASSIGN_OR_RETURN(const std::string_view package, SniffPackage(input));
  if (!package.empty()) return package;
  if (const std::string_view flat = SniffFlatOdf(head); !flat.empty()) {
    return flat;
  }
  if (head.starts_with("{\\rtf")) return "rtf"sv;
  if (IsImage(head, binary)) return "image"sv;
  if (const std::string_view kind = SniffRecording(head); IsFilm(kind)) {
    // No text begins so; a short film may look like text behind its head.
    if (binary || head.front() == '\0' || head.front() == '\x1a') {
      return "film"sv;
    }
  } else if (binary && !kind.empty()) {
    return "recording"sv;
  }
  if (const std::string_view archive = ArchiveIn(head, binary);
      !archive.empty()) {
    return HoldsFiles(archive);
  }
  for (const Magic& magic : kForeign) {
    // Three letters begin many a text; the rest of a real one is binary.
    if (head.starts_with(magic.bytes) && (binary || magic.bytes.size() > 4)) {
      return UnknownFormat(magic.what);
    }
  }
  if (const std::string_view name = ByMediaType(type); !name.empty()) {
    return name;
  }
  // Pages are named .xml too.
  if (by_name == "xml" && LooksHtml(head, true)) return "html"sv;
  if (!by_name.empty()) return by_name;
  if (head.starts_with("WEBVTT")) return "subtitles"sv;
  if (LooksHtml(head, head.starts_with("<?xml"))) return "html"sv;
  if (head.find("\\documentclass") != std::string_view::npos &&
      head.find("\\begin{") != std::string_view::npos) {
    return "latex"sv;
  }
  if (head.starts_with("<?xml")) return "xml"sv;
  if (!binary && LooksLikeEmail(head)) return "email"sv;
  if (!binary && LooksLikeJson(head)) return "json"sv;
  if (binary) {
    return InvalidArgumentError(
        "the bytes are neither text nor a known format: \"cairn formats\" "
        "lists "
        "what Cairn reads",
        "NOT_TEXT");
  }
  return "text"sv;
}

std::vector<std::string_view> EndingsOf(std::string_view format) {
  std::vector<std::string_view> endings;
  for (const Ending& known : kEndings) {
    if (known.format == format) endings.push_back(known.ending);
  }
  for (const Ending& known : kPackageEndings) {
    if (known.format == format) endings.push_back(known.ending);
  }
  if (format == "code") {
    endings.insert(endings.end(), kCodeEndings.begin(), kCodeEndings.end());
  }
  return endings;
}

}  // namespace cairn
