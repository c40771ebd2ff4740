#include "documents/formats/ooxml/built_in_format.h"

namespace cairn {

std::string_view BuiltInFormat(int id) {
  switch (id) {
    case 1:
      return "0";
    case 2:
      return "0.00";
    // Which currency 5 to 8, 42 and 44 mean the file does not say.
    case 3:
    case 5:
    case 6:
    case 37:
    case 38:
      return "#,##0";
    case 4:
    case 7:
    case 8:
    case 39:
    case 40:
      return "#,##0.00";
    case 9:
      return "0%";
    case 10:
      return "0.00%";
    case 11:
    case 48:
      return "0.00E+00";
    case 12:
      return "# ?/?";
    case 13:
      return "# ?\?/?\?";
    case 14:
    case 15:
      return "yyyy-mm-dd";
    case 16:
      return "d-mmm";
    case 17:
      return "mmm-yy";
    case 18:
      return "h:mm AM/PM";
    case 19:
      return "h:mm:ss AM/PM";
    case 20:
      return "h:mm";
    case 21:
      return "h:mm:ss";
    case 22:
      return "yyyy-mm-dd h:mm";
    case 41:
    case 42:
      return "#,##0";
    case 43:
    case 44:
      return "#,##0.00";
    case 45:
      return "mm:ss";
    case 46:
      return "[h]:mm:ss";
    case 47:
      return "mm:ss.0";
    default:
      break;
  }
  // Dates and times of East Asian editions.
  if ((id < 27 || id > 36) && (id < 50 || id > 58)) return "General";
  if (id == 32 || id == 34 || id == 55) return "h:mm";
  return id == 33 || id == 35 || id == 56 ? "h:mm:ss" : "yyyy-mm-dd";
}

}  // namespace cairn
