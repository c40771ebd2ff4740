#include "documents/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kSampleBytes = 64 << 10;
// A text may hold a stray control character in so many bytes.
constexpr std::size_t kBytesPerControl = 64;
// Above this share of undecodable bytes a file is no text: one in ten.
constexpr std::size_t kBytesPerDamage = 10;

// Length of the well-formed character at `p` (Unicode table 3-7); 0: none.
std::size_t WellFormed(const unsigned char* p, const unsigned char* end) {
  const auto tail = [end](const unsigned char* at, unsigned low,
                          unsigned high) {
    return at < end && *at >= low && *at <= high;
  };
  const unsigned lead = *p;
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return tail(p + 1, 0x80, 0xbf) ? 2 : 0;
  if (lead < 0xf0) {
    const unsigned low = lead == 0xe0 ? 0xa0 : 0x80;
    const unsigned high = lead == 0xed ? 0x9f : 0xbf;
    return tail(p + 1, low, high) && tail(p + 2, 0x80, 0xbf) ? 3 : 0;
  }
  if (lead < 0xf5) {
    const unsigned low = lead == 0xf0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xf4 ? 0x8f : 0xbf;
    return tail(p + 1, low, high) && tail(p + 2, 0x80, 0xbf) &&
                   tail(p + 3, 0x80, 0xbf)
               ? 4
               : 0;
  }
  return 0;
}

bool EightAscii(const unsigned char* p) {
  std::uint64_t word = 0;
  std::memcpy(&word, p, sizeof(word));
  return (word & 0x8080808080808080ULL) == 0;
}

bool IsRemovedControl(unsigned char sign) {
  return (sign < 0x20 && sign != '\t' && sign != '\n' && sign != '\f' &&
          sign != '\r' && sign != '\v') ||
         sign == 0x7f;
}

struct Cleaned {
  std::string text;
  std::size_t replaced = 0;  // Bytes that were no UTF-8.
  std::size_t controls = 0;  // Removed control characters.
  // Of them those above ASCII, which text files do hold: wrong characters of
  // symbol fonts.
  std::size_t high_controls = 0;
};

// True for bytes that can be copied as they are.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain{};
  for (int i = 0x20; i < 0x7f; ++i) plain[static_cast<std::size_t>(i)] = true;
  plain['\t'] = plain['\n'] = plain['\f'] = true;
  return plain;
}();

Cleaned Clean(std::string_view bytes) {
  Cleaned out;
  out.text.reserve(bytes.size());
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* const end = p + bytes.size();
  const auto append = [&out](const unsigned char* from, std::size_t size) {
    out.text.append(reinterpret_cast<const char*>(from), size);
  };
  while (p < end) {
    const unsigned char* run = p;
    while (run < end && kPlain[*run]) ++run;
    append(p, static_cast<std::size_t>(run - p));
    p = run;
    if (p == end) break;
    if (*p == '\r') {
      out.text.push_back('\n');
      p += p + 1 < end && p[1] == '\n' ? 2 : 1;
    } else if (*p == '\v') {
      out.text.push_back('\n');
      ++p;
    } else if (*p < 0x80) {
      ++out.controls;
      ++p;
    } else if (const std::size_t size = WellFormed(p, end); size == 0) {
      out.text += "\xef\xbf\xbd";
      ++out.replaced;
      ++p;
    } else {
      const bool c1 = *p == 0xc2 && p[1] < 0xa0;
      if (c1) {
        ++out.controls;
        ++out.high_controls;
      } else {
        append(p, size);
      }
      p += size;
    }
  }
  return out;
}

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

Converter OpenConverter(std::string_view name) {
  if (name.empty() || name.size() > 60) return nullptr;
  UErrorCode code = U_ZERO_ERROR;
  Converter converter(ucnv_open(std::string(name).c_str(), &code));
  return U_FAILURE(code) ? nullptr : std::move(converter);
}

// As browsers do: Latin-1 and ASCII labels mean windows-1252.
std::string Label(std::string_view name) {
  const std::string lower = LowerAscii(name);
  for (const char* alias : {"iso-8859-1", "iso8859-1", "latin1", "latin-1",
                            "us-ascii", "ascii", "cp1252"}) {
    if (lower == alias) return "windows-1252";
  }
  if (lower == "gb2312" || lower == "gbk") return "gb18030";
  if (lower == "shift_jis" || lower == "sjis" || lower == "x-sjis") {
    return "windows-31j";
  }
  return std::string(name);
}

// `bytes` in UTF-8; nothing when the charset is unknown to ICU.
std::optional<std::string> Convert(std::string_view bytes,
                                   std::string_view name) {
  const Converter from = OpenConverter(name);
  const Converter to = OpenConverter("UTF-8");
  if (from == nullptr || to == nullptr) return std::nullopt;
  std::string out;
  out.resize(bytes.size() + bytes.size() / 2 + 64);
  std::array<UChar, 4096> pivot;
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  const char* source = bytes.data();
  std::size_t written = 0;
  bool reset = true;
  for (;;) {
    UErrorCode code = U_ZERO_ERROR;
    char* target = out.data() + written;
    ucnv_convertEx(to.get(), from.get(), &target, out.data() + out.size(),
                   &source, bytes.data() + bytes.size(), pivot.data(),
                   &pivot_source, &pivot_target, pivot.data() + pivot.size(),
                   reset, true, &code);
    reset = false;
    written = static_cast<std::size_t>(target - out.data());
    if (code != U_BUFFER_OVERFLOW_ERROR) {
      if (U_FAILURE(code)) return std::nullopt;
      break;
    }
    out.resize(out.size() * 2);
  }
  out.resize(written);
  return out;
}

std::string Detect(std::string_view bytes) {
  UErrorCode code = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, decltype(&ucsdet_close)> detector(
      ucsdet_open(&code), &ucsdet_close);
  if (U_FAILURE(code)) return {};
  const std::string_view sample = bytes.substr(0, kSampleBytes);
  ucsdet_setText(detector.get(), sample.data(),
                 static_cast<std::int32_t>(sample.size()), &code);
  const UCharsetMatch* match = ucsdet_detect(detector.get(), &code);
  if (U_FAILURE(code) || match == nullptr) return {};
  const std::int32_t confidence = ucsdet_getConfidence(match, &code);
  const char* name = ucsdet_getName(match, &code);
  if (U_FAILURE(code) || name == nullptr || confidence < 10) return {};
  return name;
}

struct Mark {
  std::string_view charset;
  std::size_t size = 0;
};

Mark FindMark(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xef\xbb\xbf"sv)) return {"UTF-8", 3};
  if (bytes.starts_with("\xff\xfe\0\0"sv)) return {"UTF-32LE", 4};
  if (bytes.starts_with("\0\0\xfe\xff"sv)) return {"UTF-32BE", 4};
  if (bytes.starts_with("\xff\xfe"sv)) return {"UTF-16LE", 2};
  if (bytes.starts_with("\xfe\xff"sv)) return {"UTF-16BE", 2};
  return {};
}

// Western text in unmarked UTF-16 has a zero in nearly every second byte.
std::string_view UnmarkedUtf16(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, 4096);
  if (sample.size() < 4) return {};
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample[i] == '\0') ++zeros[i % 2];
  }
  const std::size_t half = sample.size() / 2;
  if (zeros[1] * 10 >= half * 6 && zeros[0] * 20 <= half) return "UTF-16LE";
  if (zeros[0] * 10 >= half * 6 && zeros[1] * 20 <= half) return "UTF-16BE";
  return {};
}

bool IsWide(std::string_view charset) {
  return charset.starts_with("UTF-16") || charset.starts_with("UTF-32");
}

struct Choice {
  std::string charset;
  std::string utf8;  // Converted; empty and `as_is`: bytes are UTF-8.
  bool as_is = false;
  std::string warning;
};

// The share of U+FFFD in a conversion tells whether the guess was right.
std::size_t CountReplacements(std::string_view utf8) {
  std::size_t count = 0;
  for (std::size_t at = utf8.find("\xef\xbf\xbd"); at != std::string_view::npos;
       at = utf8.find("\xef\xbf\xbd", at + 3)) {
    ++count;
  }
  return count;
}

std::size_t CountInvalid(std::string_view bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* const end = p + bytes.size();
  std::size_t invalid = 0;
  while (p < end) {
    const std::size_t size = WellFormed(p, end);
    invalid += size == 0 ? 1 : 0;
    p += std::max<std::size_t>(size, 1);
  }
  return invalid;
}

// Characters above ASCII that are well formed: evidence for UTF-8 with damage.
std::size_t CountMultibyte(std::string_view bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* const end = p + bytes.size();
  std::size_t count = 0;
  while (p < end) {
    const std::size_t size = WellFormed(p, end);
    count += size > 1 ? 1 : 0;
    p += std::max<std::size_t>(size, 1);
  }
  return count;
}

bool TryCharset(std::string_view bytes, std::string_view name, Choice& out) {
  if (name.empty()) return false;
  const std::string label = Label(name);
  if (LowerAscii(label) == "utf-8" || LowerAscii(label) == "utf8") return false;
  std::optional<std::string> converted = Convert(bytes, label);
  if (!converted ||
      CountReplacements(*converted) * kBytesPerDamage > bytes.size()) {
    return false;
  }
  out.charset = label;
  out.utf8 = *std::move(converted);
  return true;
}

Choice Choose(std::string_view bytes, std::string_view declared) {
  Choice choice;
  if (IsValidUtf8(bytes)) {
    choice.charset = "UTF-8";
    choice.as_is = true;
    return choice;
  }
  const std::size_t invalid = CountInvalid(bytes);
  const bool damaged_utf8 = CountMultibyte(bytes) > 4 * invalid;
  if (!damaged_utf8) {
    if (TryCharset(bytes, declared, choice)) return choice;
    if (TryCharset(bytes, Detect(bytes), choice)) {
      choice.warning = "the character set was guessed: " + choice.charset;
      return choice;
    }
  }
  choice.charset = "UTF-8";
  choice.as_is = true;
  return choice;
}

bool OnlyWhiteSpace(std::string_view text) {
  return text.find_first_not_of(" \t\n\f\r\v") == std::string_view::npos;
}

Status TooLarge(std::size_t size, std::size_t limit, const char* name,
                const char* reason) {
  return InvalidArgumentError("the document has " + std::to_string(size) +
                                  " bytes, above the limit " + name + " of " +
                                  std::to_string(limit) +
                                  ": split it, or raise the limit",
                              reason);
}

Status NotText(std::string_view what) {
  return InvalidArgumentError(
      "the bytes are not text (" + std::string(what) +
          "): give a text, Markdown, HTML, CSV or PDF file",
      "NOT_TEXT");
}

StatusOr<DecodedText> Finish(Choice choice, std::string_view bytes,
                             const Limits& limits) {
  const std::string_view raw = choice.as_is ? bytes : choice.utf8;
  Cleaned cleaned = Clean(raw);
  const std::size_t lost =
      cleaned.replaced + (choice.as_is ? 0 : CountReplacements(raw));
  if (lost * kBytesPerDamage > raw.size()) {
    return NotText(std::to_string(lost) + " bytes are in no character set");
  }
  const std::size_t low = cleaned.controls - cleaned.high_controls;
  if (low * kBytesPerControl > raw.size() + kBytesPerControl) {
    return NotText(std::to_string(cleaned.controls) + " control characters");
  }
  if (OnlyWhiteSpace(cleaned.text)) {
    return InvalidArgumentError(
        "the document has no text: nothing in it can be searched",
        "EMPTY_DOCUMENT");
  }
  const std::size_t text_max =
      std::min<std::size_t>(limits.text_bytes_max, UINT32_MAX - 1);
  if (cleaned.text.size() > text_max) {
    return TooLarge(cleaned.text.size(), text_max, "text_bytes_max",
                    "TEXT_TOO_LARGE");
  }
  DecodedText out;
  out.text = std::move(cleaned.text);
  out.charset = std::move(choice.charset);
  if (!choice.warning.empty()) out.warnings.push_back(choice.warning);
  if (lost > 0) {
    out.warnings.push_back(std::to_string(lost) + " invalid bytes in " +
                           out.charset + " were replaced with U+FFFD");
  }
  if (cleaned.controls > 0) {
    out.warnings.push_back(std::to_string(cleaned.controls) +
                           " control characters were removed");
  }
  return out;
}

}  // namespace

std::optional<std::string> ConvertFrom(std::string_view bytes,
                                       std::string_view charset) {
  return Convert(bytes, charset);
}

std::string CleanText(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint sign = DecodeAt(bytes, at);
    at += sign.size;
    const bool control = sign.value < 0x20 || sign.value == 0x7f;
    if (!control || sign.value == '\n') {
      AppendUtf8(out, sign.value);
    } else if (sign.value != '\0') {
      out.push_back(' ');
    }
  }
  return out;
}

bool IsValidUtf8(std::string_view bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* const end = p + bytes.size();
  while (p < end) {
    if (end - p >= 8 && EightAscii(p)) {
      p += 8;
      continue;
    }
    const std::size_t size = WellFormed(p, end);
    if (size == 0) return false;
    p += size;
  }
  return true;
}

bool LooksBinary(std::string_view head) {
  if (FindMark(head).size > 0 || !UnmarkedUtf16(head).empty()) return false;
  std::size_t controls = 0;
  for (const char sign : head) {
    // Escape sequences of terminals and of ISO-2022 are text.
    controls +=
        IsRemovedControl(static_cast<unsigned char>(sign)) && sign != '\x1b'
            ? 1
            : 0;
  }
  return controls * kBytesPerControl > head.size() + kBytesPerControl;
}

std::string_view CharsetOfMediaType(std::string_view media_type) {
  const std::string lower = LowerAscii(media_type);
  const std::size_t at = lower.find("charset=");
  if (at == std::string::npos) return {};
  std::string_view name = media_type.substr(at + 8);
  name = name.substr(0, name.find_first_of("; \t,"));
  while (!name.empty() && (name.front() == '"' || name.front() == '\'')) {
    name.remove_prefix(1);
  }
  return name.substr(0, name.find_first_of("\"'"));
}

std::string_view CharsetOfHtml(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  const std::string lower = LowerAscii(head);
  const auto value_after = [&](std::size_t at) {
    while (at < head.size() && (head[at] == ' ' || head[at] == '=' ||
                                head[at] == '"' || head[at] == '\'')) {
      ++at;
    }
    const std::size_t end = head.find_first_of("\"' ;/>?\t\n\r", at);
    return end == std::string_view::npos ? std::string_view()
                                         : head.substr(at, end - at);
  };
  if (lower.starts_with("<?xml")) {
    const std::size_t close = lower.find("?>");
    const std::size_t at = lower.find("encoding");
    if (at != std::string::npos && at < close) return value_after(at + 8);
  }
  for (std::size_t meta = lower.find("<meta"); meta != std::string::npos;
       meta = lower.find("<meta", meta + 5)) {
    const std::size_t close = lower.find('>', meta);
    const std::size_t at = lower.find("charset", meta);
    if (at != std::string::npos && at < close) return value_after(at + 7);
  }
  return {};
}

StatusOr<DecodedText> DecodeText(std::string_view bytes,
                                 std::string_view declared,
                                 const Limits& limits) {
  if (bytes.size() > limits.document_bytes_max) {
    return TooLarge(bytes.size(), limits.document_bytes_max,
                    "document_bytes_max", "DOCUMENT_TOO_LARGE");
  }
  if (bytes.empty()) {
    return InvalidArgumentError(
        "the document is empty: was it written to the end?", "EMPTY_DOCUMENT");
  }
  const Mark mark = FindMark(bytes);
  const std::string_view body = bytes.substr(mark.size);
  const std::string_view wide =
      mark.size > 0 ? mark.charset : UnmarkedUtf16(body);
  if (IsWide(wide)) {
    Choice choice;
    std::optional<std::string> converted = Convert(body, wide);
    if (!converted) return NotText("damaged " + std::string(wide));
    choice.charset = std::string(wide);
    choice.utf8 = *std::move(converted);
    return Finish(std::move(choice), body, limits);
  }
  if (LooksBinary(body.substr(0, kSampleBytes))) {
    return NotText("control characters");
  }
  return Finish(Choose(body, declared), body, limits);
}

}  // namespace cairn
