#include "documents/formats/msg/msg_parser.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "documents/document_builder.h"
#include "documents/embed.h"
#include "documents/formats/email/message_writer.h"
#include "documents/formats/email/mime_decode.h"
#include "documents/formats/email/mime_message.h"
#include "documents/formats/msg/compressed_rtf.h"
#include "documents/formats/msg/properties.h"
#include "documents/formats/msg/rtf_html.h"
#include "documents/formats/office97/summary.h"
#include "documents/formats/ole/compound_file.h"
#include "documents/formats/rtf/rtf_parser.h"
#include "documents/formats/rtf/rtf_text.h"

namespace cairn {
namespace {

using Owner = MsgProperties::Owner;

// Numbers of properties [MS-OXPROPS].
constexpr std::uint16_t kSubject = 0x0037;
constexpr std::uint16_t kSubmitTime = 0x0039;
constexpr std::uint16_t kInternetHeaders = 0x007d;
constexpr std::uint16_t kRecipientType = 0x0c15;
constexpr std::uint16_t kDisplayCc = 0x0e03;
constexpr std::uint16_t kDisplayTo = 0x0e04;
constexpr std::uint16_t kDeliveryTime = 0x0e06;
constexpr std::uint16_t kBody = 0x1000;
constexpr std::uint16_t kCompressedRtf = 0x1009;
constexpr std::uint16_t kHtml = 0x1013;
constexpr std::uint16_t kDisplayName = 0x3001;
constexpr std::uint16_t kContent = 0x3701;
constexpr std::uint16_t kShortFileName = 0x3704;
constexpr std::uint16_t kFileName = 0x3707;
constexpr std::uint16_t kMediaType = 0x370e;
constexpr std::uint16_t kContentId = 0x3712;
constexpr std::uint16_t kHiddenAttachment = 0x7ffe;

constexpr std::uint64_t kTo = 1;
constexpr std::uint64_t kCc = 2;

// Where the name and the address of a person stand.
struct Person {
  std::uint16_t name, type, address, smtp_address;
};
constexpr Person kSender = {0x0c1a, 0x0c1e, 0x0c1f, 0x5d01};
constexpr Person kRepresented = {0x0042, 0x0064, 0x0065, 0x5d02};
constexpr Person kRecipient = {kDisplayName, 0x3002, 0x3003, 0x39fe};

// "Ada <ada@x.org>". Addresses inside a company's own system say nothing.
std::string PersonIn(const MsgProperties& properties, const Person& person) {
  std::string name = CollapseWhiteSpace(properties.Text(person.name));
  std::string address =
      CollapseWhiteSpace(properties.Text(person.smtp_address));
  if (address.empty() && properties.Text(person.type) == "SMTP") {
    address = CollapseWhiteSpace(properties.Text(person.address));
  }
  if (address.empty() || address == name) return name;
  return name.empty() ? address : name + " <" + address + ">";
}

// As e-mails write it, in UTC: "Mon, 2 Mar 2026 09:00:00 +0000".
std::string TimeText(std::uint64_t file_time) {
  if (DayOfFileTime(file_time).empty()) return {};
  constexpr std::uint64_t kTicksASecond = 10'000'000;
  constexpr std::int64_t kSecondsTo1970 = 11'644'473'600;  // From 1601.
  using std::chrono::seconds;
  const std::chrono::sys_time<seconds> time{seconds(
      static_cast<std::int64_t>(file_time / kTicksASecond) - kSecondsTo1970)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed",
                                "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  char text[64];
  std::snprintf(text, sizeof(text), "%s, %u %s %d %02d:%02d:%02d +0000",
                kDays[std::chrono::weekday(day).c_encoding()],
                static_cast<unsigned>(date.day()),
                kMonths[static_cast<unsigned>(date.month()) - 1],
                static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

class MsgReader {
 public:
  MsgReader(CompoundFile& file, const Limits& limits, MessageWriter& writer,
            DocumentBuilder& builder)
      : file_(file), limits_(limits), writer_(writer), builder_(builder) {}

  void AddMessage(std::uint32_t storage, Owner owner, std::uint8_t level) {
    const MsgProperties message(file_, storage, owner);
    const Recipients recipients = RecipientsOf(message, storage);
    const std::array head = {MessageHeadLine{"From", SenderOf(message)},
                             MessageHeadLine{"To", recipients.to},
                             MessageHeadLine{"Cc", recipients.cc},
                             MessageHeadLine{"Date", DateOf(message)}};
    if (!writer_.BeginMessage(CollapseWhiteSpace(message.Text(kSubject)), head,
                              level)) {
      return;
    }
    const std::uint8_t below = DeeperLevel(level);
    AddBody(message, below);
    for (const std::uint32_t child : file_.ChildrenOf(storage)) {
      if (writer_.failed()) break;
      if (IsStorage(child, "__attach_version1.0_")) {
        AddAttachment(child, message.code_page(), below);
      }
    }
    writer_.EndMessage();
  }

  std::size_t objects() const { return objects_; }

 private:
  struct Recipients {
    std::string to, cc;
  };

  bool IsStorage(std::uint32_t index, std::string_view prefix) const {
    const CompoundEntry& entry = file_.entries()[index];
    return entry.storage && entry.name.starts_with(prefix);
  }

  static std::string SenderOf(const MsgProperties& message) {
    std::string sender = PersonIn(message, kRepresented);
    return sender.empty() ? PersonIn(message, kSender) : sender;
  }

  Recipients RecipientsOf(const MsgProperties& message, std::uint32_t storage) {
    Recipients out;
    for (const std::uint32_t child : file_.ChildrenOf(storage)) {
      if (!IsStorage(child, "__recip_version1.0_")) continue;
      const MsgProperties recipient(file_, child, Owner::kRecipient,
                                    message.code_page());
      const std::uint64_t type =
          recipient.Number(kRecipientType).value_or(kTo) & 0xff;
      if (type != kTo && type != kCc) continue;
      std::string& list = type == kTo ? out.to : out.cc;
      const std::string person = PersonIn(recipient, kRecipient);
      if (!list.empty() && !person.empty()) list += ", ";
      list += person;
    }
    if (out.to.empty()) out.to = CollapseWhiteSpace(message.Text(kDisplayTo));
    if (out.cc.empty()) out.cc = CollapseWhiteSpace(message.Text(kDisplayCc));
    return out;
  }

  // As its sender's program wrote it, where that was kept.
  static std::string DateOf(const MsgProperties& message) {
    const std::string headers = message.Text(kInternetHeaders);
    const MimeMessage mime = ReadMimeMessage(headers);
    std::string date = DecodeHeader(mime.root.Header("date"));
    for (const std::uint16_t id : {kSubmitTime, kDeliveryTime}) {
      if (date.empty()) date = TimeText(message.Number(id).value_or(0));
    }
    return date;
  }

  void AddBody(const MsgProperties& message, std::uint8_t level) {
    if (AddPage(message, level)) return;
    const std::string rtf = DecompressRtf(message.Bytes(kCompressedRtf),
                                          limits_.document_bytes_max);
    if (const std::optional<std::string> page =
            HtmlInRtf(rtf, limits_.nesting_max)) {
      if (writer_.AddHtml(*page, "utf-8", level)) return;
    }
    const std::string text = message.Text(kBody);
    const bool plain = IsRtfOfPlainText(rtf) && !TrimWhiteSpace(text).empty();
    if (!rtf.empty() && !plain) {
      const auto document = writer_.ParsePart(RtfParser(), {.bytes = rtf});
      if (document.ok()) {
        EmbedDocument(*document, {}, static_cast<std::uint8_t>(level - 1),
                      builder_);
        return;
      }
    }
    writer_.AddText(text);
  }

  bool AddPage(const MsgProperties& message, std::uint8_t level) {
    if (message.HasUnicode(kHtml)) {
      return writer_.AddHtml(message.Text(kHtml), "utf-8", level);
    }
    const std::string page = message.Bytes(kHtml);
    if (page.empty()) return false;
    const auto code_page = static_cast<int>(
        message.Number(kInternetCodePage).value_or(0) & 0xffff);
    return writer_.AddHtml(page, CharsetOfCodePage(code_page), level);
  }

  void AddAttachment(std::uint32_t storage, int code_page, std::uint8_t level) {
    const MsgProperties attachment(file_, storage, Owner::kAttachment,
                                   code_page);
    if (const auto inner = attachment.Storage(kContent)) {
      // Else the storage is that of an object of another program.
      if (file_.Find("__properties_version1.0", *inner).has_value()) {
        return AddMessage(*inner, Owner::kAttachedMessage, level);
      }
      ++objects_;
      return;
    }
    std::string name = attachment.Text(kFileName);
    if (name.empty()) name = attachment.Text(kShortFileName);
    if (name.empty()) name = attachment.Text(kDisplayName);
    const std::string type = attachment.Text(kMediaType);
    const bool hidden =
        (attachment.Number(kHiddenAttachment).value_or(0) & 0xff) != 0;
    const std::string bytes = attachment.Bytes(kContent);
    writer_.AddAttachment(
        {.bytes = bytes,
         .file_name = name,
         .media_type = type,
         .within_text = hidden || !attachment.Text(kContentId).empty()},
        level);
  }

  CompoundFile& file_;
  const Limits& limits_;
  MessageWriter& writer_;
  DocumentBuilder& builder_;
  std::size_t objects_ = 0;
};

class Msg final : public MessageFormat {
 public:
  Msg() : MessageFormat("msg") {}

 private:
  StatusOr<ParsedDocument> ParseWith(PictureMode mode, const ParseInput& input,
                                     const Limits& limits) const override;
};

StatusOr<ParsedDocument> Msg::ParseWith(PictureMode mode,
                                        const ParseInput& input,
                                        const Limits& limits) const {
  CAIRN_RETURN_IF_ERROR(CheckMessageDepth(input.depth));
  CAIRN_ASSIGN_OR_RETURN(CompoundFile file, CompoundFile::Open(input.bytes));
  DocumentBuilder builder(name(), limits);
  MessageWriter writer(mode, limits, input.depth, builder);
  MsgReader reader(file, limits, writer, builder);
  reader.AddMessage(CompoundFile::kRoot, Owner::kMessage, 1);
  builder.AddWarning(reader.objects(),
                     "embedded objects of other programs were left out: give "
                     "them as documents of their own");
  WarnOfDamage(file, builder);
  return writer.Finish(std::move(builder));
}

}  // namespace

const FormatParser& MsgParser() {
  static const Msg* const parser = new Msg();
  return *parser;
}

}  // namespace cairn
