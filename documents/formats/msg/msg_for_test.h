// MsgMaker: messages of Outlook made in tests.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/ole/compound_file_for_test.h"

namespace cairn {

// The values of one storage and the storages inside.
class MsgMaker {
 public:
  void AddText(unsigned id, const std::string& ascii) {
    Add(id, 0x001f, Utf16(ascii));
  }
  void AddNarrow(unsigned id, const std::string& bytes) {
    Add(id, 0x001e, bytes);
  }
  void AddBytes(unsigned id, const std::string& bytes) {
    Add(id, 0x0102, bytes);
  }
  void AddNumber(unsigned id, std::uint64_t value) {
    PutU16(fixed_, 3);
    PutU16(fixed_, id);
    PutU32(fixed_, 6);
    PutU32(fixed_, static_cast<std::uint32_t>(value));
    PutU32(fixed_, static_cast<std::uint32_t>(value >> 32));
  }
  // `type`: 1 for To, 2 for Cc.
  void AddRecipient(const std::string& name, const std::string& address,
                    unsigned type) {
    MsgMaker recipient;
    recipient.AddText(0x3001, name);
    recipient.AddText(0x39fe, address);
    recipient.AddNumber(0x0c15, type);
    Put("__recip_version1.0_#" + Number(recipients_++), recipient, 8);
  }
  void AddAttachment(const MsgMaker& attachment) {
    Put("__attach_version1.0_#" + Number(attachments_++), attachment, 8);
  }
  void AddFile(const std::string& name, const std::string& bytes) {
    MsgMaker file;
    file.AddText(0x3707, name);
    file.AddBytes(0x3701, bytes);
    AddAttachment(file);
  }
  void AddMessage(const MsgMaker& message) {
    MsgMaker attachment;
    attachment.Put("__substg1.0_3701000D", message, 24);
    AddAttachment(attachment);
  }

  std::string Make() const { return MakeCompoundFile(Streams(32)); }

 private:
  static std::string Number(unsigned index) {
    char text[16];
    std::snprintf(text, sizeof(text), "%08X", index);
    return text;
  }
  void Add(unsigned id, unsigned type, const std::string& bytes) {
    char name[32];
    std::snprintf(name, sizeof(name), "__substg1.0_%04X%04X", id, type);
    streams_.emplace_back(name, bytes);
  }
  TestStreams Streams(std::size_t head_bytes) const {
    TestStreams out = streams_;
    out.emplace_back("__properties_version1.0",
                     std::string(head_bytes, '\0') + fixed_);
    return out;
  }
  void Put(const std::string& storage, const MsgMaker& content,
           std::size_t head_bytes) {
    for (const auto& [name, bytes] : content.Streams(head_bytes)) {
      streams_.emplace_back(storage + "/" + name, bytes);
    }
  }

  TestStreams streams_;
  std::string fixed_;
  unsigned recipients_ = 0, attachments_ = 0;
};

// RTF as Outlook stores it, not compressed.
inline std::string StoredRtf(const std::string& rtf) {
  std::string out;
  PutU32(out, static_cast<std::uint32_t>(rtf.size() + 12));
  PutU32(out, static_cast<std::uint32_t>(rtf.size()));
  PutU32(out, 0x414c454d);
  PutU32(out, 0);
  return out + rtf;
}

}  // namespace cairn
