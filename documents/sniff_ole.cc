#include "documents/sniff_ole.h"

#include <array>
#include <string>

#include "documents/formats/ole/compound_file.h"

namespace cairn {
namespace {

struct Sign {
  std::string_view stream;  // Of the root storage.
  std::string_view format;
};
constexpr std::array kFormats = {
    Sign{"WordDocument", "doc"},
    Sign{"Workbook", "xls"},
    Sign{"Book", "xls"},
    Sign{"PowerPoint Document", "ppt"},
    Sign{"PP97_DUALSTORAGE", "ppt"},
    Sign{"__properties_version1.0", "msg"},
};

struct Foreign {
  std::string_view stream;
  std::string_view what;
};
constexpr std::array kForeign = {
    Foreign{"VisioDocument", "a Visio drawing"},
    Foreign{"PP40", "a presentation of PowerPoint 4 or 95"},
    Foreign{"PP95", "a presentation of PowerPoint 4 or 95"},
    Foreign{"Quill", "a Publisher document"},
    Foreign{"Props", "a Project plan"},
    Foreign{"MatOST", "a document of Works"},
    Foreign{"Catalog", "a file of small pictures that Windows keeps"},
    Foreign{"HwpSummaryInformation", "a document of Hangul"},
};

}  // namespace

StatusOr<std::string_view> SniffOle(std::string_view bytes) {
  CAIRN_ASSIGN_OR_RETURN(const CompoundFile file, CompoundFile::Open(bytes));
  for (const Sign& sign : kFormats) {
    if (file.Find(sign.stream).has_value()) return sign.format;
  }
  std::string_view what = "a file of another program in Office's container";
  for (const Foreign& foreign : kForeign) {
    if (file.Find(foreign.stream).has_value()) what = foreign.what;
  }
  return InvalidArgumentError(
      "the file is " + std::string(what) +
          ", which Cairn does not read: convert it first; \"cairn formats\" "
          "lists what it reads",
      "UNKNOWN_FORMAT");
}

}  // namespace cairn
