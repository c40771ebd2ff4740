#include "documents/sniff_recording.h"

namespace cairn {
namespace {

using namespace std::string_view_literals;

unsigned Byte(std::string_view head, std::size_t at) {
  return static_cast<unsigned char>(head[at]);
}

// The header of a frame of layer III; a byte order mark is none.
bool IsMp3Frame(std::string_view head) {
  if (head.size() < 4 || Byte(head, 0) != 0xff) return false;
  const unsigned second = Byte(head, 1);
  const unsigned third = Byte(head, 2);
  const bool layer3 = (second & 0xe6) == 0xe2;
  const bool version = (second & 0x18) != 0x08;
  const unsigned rate = third >> 4;
  return layer3 && version && rate != 0 && rate != 15 && (third & 0x0c) != 0x0c;
}

std::string_view SniffIsoMedia(std::string_view brand) {
  if (brand.starts_with("M4A") || brand.starts_with("M4B")) return "m4a";
  if (brand == "qt  ") return "mov";
  // Pictures come in the same container.
  for (const std::string_view picture :
       {"heic"sv, "heix"sv, "mif1"sv, "msf1"sv, "avif"sv, "crx "sv}) {
    if (brand == picture) return {};
  }
  return "mp4";
}

}  // namespace

std::string_view SniffRecording(std::string_view head) {
  if (head.size() < 12) return {};
  if (head.starts_with("RIFF")) {
    if (head.substr(8, 4) == "WAVE") return "wav";
    return head.substr(8, 4) == "AVI " ? "avi"sv : ""sv;
  }
  if (head.starts_with("fLaC")) return "flac";
  if (head.starts_with("OggS\0"sv)) return "ogg";
  if (head.substr(4, 4) == "ftyp") return SniffIsoMedia(head.substr(8, 4));
  if (head.starts_with("\x1a\x45\xdf\xa3")) {
    return head.substr(0, 64).find("webm") != std::string_view::npos ? "webm"sv
                                                                     : "mkv"sv;
  }
  // Three letters begin many a text; versions of tags are small numbers.
  if (head.starts_with("ID3") && Byte(head, 3) < 8 && Byte(head, 4) < 0x20) {
    return "mp3";
  }
  return IsMp3Frame(head) ? "mp3"sv : ""sv;
}

bool IsFilm(std::string_view kind) {
  return kind == "m4a" || kind == "mp4" || kind == "mov" || kind == "mkv" ||
         kind == "webm";
}

}  // namespace cairn
