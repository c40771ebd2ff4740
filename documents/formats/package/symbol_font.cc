#include "documents/formats/package/symbol_font.h"

#include "text/utf8.h"

namespace cairn {

void AppendSymbol(std::string_view font, std::uint32_t code, std::string& out) {
  if (font.starts_with("Wingdings")) {
    switch (code & 0xff) {
      case 0xfc:
        out += "✓";
        return;
      case 0xfb:
        out += "✗";
        return;
      case 0xfe:
      case 0x52:
        out += "☑";
        return;
      case 0xfd:
      case 0x54:
      case 0x78:
        out += "☒";
        return;
      case 0xa8:
      case 0x6f:
      case 0xa3:
        out += "☐";
        return;
      case 0xe0:
      case 0xe8:
        out += "→";
        return;
      default:
        out += ' ';
        return;
    }
  }
  if (code >= 0x20 && code < 0x7f)
    return out.push_back(static_cast<char>(code));
  const bool usual = code >= 0xa0 && code < 0xd800;
  const bool late = code >= 0xf900 && code < 0xfffe;
  if (usual || late) AppendUtf8(out, code);
}

}  // namespace cairn
