#include "documents/formats/email/mime_message.h"

#include <algorithm>
#include <map>

#include "documents/document_builder.h"
#include "documents/formats/email/mime_decode.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kHeadersMax = 1'000;

// The first line with its line break, taken from `bytes`.
std::string_view TakeLine(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  const std::string_view line =
      bytes.substr(0, end == std::string_view::npos ? end : end + 1);
  bytes.remove_prefix(line.size());
  return line;
}

std::string_view WithoutBreak(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Takes the head of a part from `bytes`; the body is left.
std::vector<MimeHeader> TakeHeaders(std::string_view& bytes) {
  std::vector<MimeHeader> headers;
  const char* value_begin = nullptr;
  while (!bytes.empty()) {
    const std::string_view before = bytes;
    const std::string_view line = WithoutBreak(TakeLine(bytes));
    if (line.empty()) break;
    if ((line[0] == ' ' || line[0] == '\t') && value_begin != nullptr) {
      headers.back().value = {
          value_begin,
          static_cast<std::size_t>(line.data() + line.size() - value_begin)};
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 ||
        line.find(' ') < colon) {
      if (headers.empty() && line.starts_with("From ")) continue;
      bytes = before;  // A body without the empty line before it.
      break;
    }
    if (headers.size() >= kHeadersMax) continue;
    value_begin = line.data() + colon + 1;
    headers.push_back({line.substr(0, colon), line.substr(colon + 1)});
  }
  return headers;
}

struct Parameters {
  std::string value;  // What stands before the first ';', lower case.
  std::map<std::string, std::string> named;
};

// A parameter's value, quoted or not, taken from `text`.
std::string TakeParameterValue(std::string_view& text) {
  std::string out;
  if (!text.starts_with('"')) {
    const std::string_view value = text.substr(0, text.find(';'));
    text.remove_prefix(value.size());
    return std::string(TrimWhiteSpace(value));
  }
  std::size_t i = 1;
  for (; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    if (text[i] != '\r' && text[i] != '\n') out.push_back(text[i]);
  }
  text.remove_prefix(std::min(i + 1, text.size()));
  return out;
}

Parameters ReadParameters(std::string_view header) {
  constexpr std::size_t kParametersMax = 100;
  Parameters out;
  const std::size_t first = header.find(';');
  out.value = LowerAscii(TrimWhiteSpace(header.substr(0, first)));
  if (first == std::string_view::npos) return out;
  header.remove_prefix(first);
  while (!header.empty() && out.named.size() < kParametersMax) {
    header.remove_prefix(1);
    const std::size_t equals = header.find_first_of("=;");
    if (equals == std::string_view::npos) break;
    const std::string name =
        LowerAscii(TrimWhiteSpace(header.substr(0, equals)));
    header.remove_prefix(equals);
    if (header[0] == ';') continue;
    header.remove_prefix(1);
    while (!header.empty() && (header[0] == ' ' || header[0] == '\t')) {
      header.remove_prefix(1);
    }
    out.named.emplace(name, TakeParameterValue(header));
    header.remove_prefix(std::min(header.find(';'), header.size()));
  }
  return out;
}

// "charset'language'value" of RFC 2231.
std::string DecodeExtended(std::string_view value) {
  const std::size_t first = value.find('\'');
  const std::size_t second =
      first == std::string_view::npos ? first : value.find('\'', first + 1);
  if (second == std::string_view::npos)
    return DecodeHeader(DecodePercent(value));
  return DecodeCharset(DecodePercent(value.substr(second + 1)),
                       value.substr(0, first));
}

// A parameter in one piece, or in numbered and encoded pieces (RFC 2231).
std::string FileNameOf(const Parameters& parameters, const std::string& name) {
  const auto& named = parameters.named;
  if (const auto it = named.find(name + "*"); it != named.end()) {
    return DecodeExtended(it->second);
  }
  if (const auto it = named.find(name); it != named.end()) {
    return DecodeHeader(it->second);
  }
  std::string joined;
  bool extended = false;
  for (int piece = 0; piece < 100; ++piece) {
    const std::string key = name + "*" + std::to_string(piece);
    if (const auto it = named.find(key); it != named.end()) {
      joined += it->second;
    } else if (const auto star = named.find(key + "*"); star != named.end()) {
      joined += star->second;
      extended = true;
    } else {
      break;
    }
  }
  return extended ? DecodeExtended(joined) : DecodeHeader(joined);
}

// What stands between the lines "--boundary"; text before the first and after
// the last is for programs that know no parts.
std::vector<std::string_view> SplitParts(std::string_view body,
                                         const std::string& boundary) {
  std::vector<std::string_view> parts;
  const std::string mark = "--" + boundary;
  const char* begin = nullptr;
  const auto close = [&](const char* end) {
    if (begin != nullptr && parts.size() <= kMimePartsMax) {
      parts.push_back(
          WithoutBreak({begin, static_cast<std::size_t>(end - begin)}));
    }
  };
  while (!body.empty()) {
    const std::string_view line = TakeLine(body);
    if (!line.starts_with(mark)) continue;
    const std::string_view rest = TrimWhiteSpace(line.substr(mark.size()));
    if (!rest.empty() && rest != "--") continue;
    close(line.data());
    begin = body.data();
    if (rest == "--") return parts;
  }
  close(body.data());
  return parts;
}

// "From sender weekday month day hh:mm:ss year": a sentence that begins with
// "From" has no time of day.
bool IsMailboxLine(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  const auto digit = [line](std::size_t at) {
    return line[at] >= '0' && line[at] <= '9';
  };
  for (std::size_t i = 5; i + 2 < line.size(); ++i) {
    if (line[i] != ':') continue;
    if (digit(i - 1) && digit(i + 1) && digit(i + 2)) return true;
  }
  return false;
}

class MimeReader {
 public:
  MimePart Read(std::string_view bytes, std::size_t depth) {
    ++parts_;
    MimePart part;
    part.headers = TakeHeaders(bytes);
    part.body = bytes;
    const Parameters type = ReadParameters(part.Header("content-type"));
    if (!type.value.empty()) part.type = DecodeHeader(type.value);
    ReadNames(type, part);
    if (!part.type.starts_with("multipart/")) return part;
    const auto boundary = type.named.find("boundary");
    if (boundary == type.named.end() || boundary->second.empty()) {
      part.type = "text/plain";
      return part;
    }
    for (const std::string_view bytes_of_part :
         SplitParts(bytes, boundary->second)) {
      if (depth + 1 >= kMimeNestingMax || parts_ >= kMimePartsMax) {
        ++unread_;
        continue;
      }
      part.parts.push_back(Read(bytes_of_part, depth + 1));
    }
    return part;
  }

  std::size_t unread() const { return unread_; }

 private:
  static void ReadNames(const Parameters& type, MimePart& part) {
    const auto value = [&type](const char* name) {
      const auto it = type.named.find(name);
      return it == type.named.end() ? std::string() : it->second;
    };
    part.charset = value("charset");
    part.flowed = LowerAscii(value("format")) == "flowed";
    part.delsp = LowerAscii(value("delsp")) == "yes";
    const Parameters encoding =
        ReadParameters(part.Header("content-transfer-encoding"));
    part.transfer_encoding = encoding.value;
    const Parameters disposition =
        ReadParameters(part.Header("content-disposition"));
    part.attachment = disposition.value == "attachment";
    part.file_name = FileNameOf(disposition, "filename");
    if (part.file_name.empty()) part.file_name = FileNameOf(type, "name");
  }

  std::size_t parts_ = 0;
  std::size_t unread_ = 0;
};

}  // namespace

std::string_view MimePart::Header(std::string_view name) const {
  for (const MimeHeader& header : headers) {
    if (header.name.size() == name.size() && LowerAscii(header.name) == name) {
      return header.value;
    }
  }
  return {};
}

MimeMessage ReadMimeMessage(std::string_view bytes) {
  MimeReader reader;
  MimeMessage message;
  message.root = reader.Read(bytes, 0);
  message.unread_parts = reader.unread();
  return message;
}

std::string BytesOfPart(const MimePart& part) {
  if (part.transfer_encoding == "base64") return DecodeBase64(part.body);
  if (part.transfer_encoding == "quoted-printable") {
    return DecodeQuotedPrintable(part.body);
  }
  return std::string(part.body);
}

std::vector<std::string_view> SplitMailbox(std::string_view bytes,
                                           std::size_t messages_max) {
  std::vector<std::string_view> messages;
  if (!bytes.starts_with("From ")) return {bytes};
  const char* begin = bytes.data();
  bool after_empty = false;
  while (!bytes.empty()) {
    const std::string_view line = TakeLine(bytes);
    if (after_empty && IsMailboxLine(line) &&
        messages.size() + 1 < messages_max) {
      messages.emplace_back(begin,
                            static_cast<std::size_t>(line.data() - begin));
      begin = line.data();
    }
    after_empty = WithoutBreak(line).empty();
  }
  messages.emplace_back(begin, static_cast<std::size_t>(bytes.data() - begin));
  return messages;
}

std::string WithoutMailboxQuotes(std::string_view message) {
  std::string out;
  out.reserve(message.size());
  while (!message.empty()) {
    std::string_view line = TakeLine(message);
    const std::size_t marks = line.find_first_not_of('>');
    const bool quoted = marks != std::string_view::npos && marks > 0 &&
                        line.substr(marks).starts_with("From ");
    if (quoted) line.remove_prefix(1);
    out += line;
  }
  return out;
}

}  // namespace cairn
