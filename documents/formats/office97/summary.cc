#include "documents/formats/office97/summary.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/ole/little_endian.h"
#include "documents/formats/package/title.h"

namespace cairn {
namespace {

constexpr std::uint64_t kTicksADay = 864'000'000'000;
constexpr int kDaysTo1970 = 134'774;  // From 1601.
constexpr int kDaysMax = 3'000'000;   // In the year 9814.

// Types of values.
constexpr std::uint32_t kCodePageString = 0x1e;
constexpr std::uint32_t kWideString = 0x1f;
constexpr std::uint32_t kFileTime = 0x40;

class PropertySet {
 public:
  explicit PropertySet(std::string_view stream)
      : section_(Slice(stream, U32At(stream, 44))) {
    const std::size_t page = Find(1);
    if (page != 0) code_page_ = U16At(section_, page + 4);
  }

  std::string Text(std::uint32_t id) const {
    const std::size_t at = Find(id);
    if (at == 0) return {};
    const std::uint32_t type = U32At(section_, at);
    const std::size_t length = U32At(section_, at + 4);
    std::string text;
    if (type == kWideString) {
      text = Utf16ToUtf8(Slice(
          section_, at + 8, std::min(length, kSummaryValueBytesMax / 2) * 2));
    } else if (type == kCodePageString) {
      text = CodePageToUtf8(
          Slice(section_, at + 8, std::min(length, kSummaryValueBytesMax)),
          code_page_);
    }
    return CollapseWhiteSpace(WithoutControls(text.substr(0, text.find('\0'))));
  }

  std::string Day(std::uint32_t id) const {
    const std::size_t at = Find(id);
    if (at == 0 || U32At(section_, at) != kFileTime) return {};
    return DayOfFileTime(U64At(section_, at + 4));
  }

 private:
  // Where the value stands; 0: there is none.
  std::size_t Find(std::uint32_t id) const {
    const std::size_t count =
        std::min<std::size_t>(U32At(section_, 4), kSummaryValuesMax);
    for (std::size_t i = 0; i < count; ++i) {
      if (U32At(section_, 8 + 8 * i) == id) {
        return U32At(section_, 12 + 8 * i);
      }
    }
    return 0;
  }

  std::string_view section_;
  int code_page_ = kWesternCodePage;
};

}  // namespace

std::string DayOfFileTime(std::uint64_t file_time) {
  const auto days = static_cast<std::int64_t>(file_time / kTicksADay);
  if (days < kDaysTo1970 || days > kDaysMax) return {};
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{days - kDaysTo1970}}};
  const int year = static_cast<int>(date.year());
  char text[16];
  std::snprintf(text, sizeof(text), "%04d-%02u-%02u", year,
                static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

void ReadSummary(CompoundFile& file, DocumentBuilder& builder) {
  const std::string stream = file.ReadNamed("\x05SummaryInformation");
  if (stream.size() < 48) return;
  const PropertySet summary(stream);
  const std::string title = summary.Text(2);
  if (IsSensibleTitle(title)) builder.SetTitle(title);
  builder.SetProperty("author", summary.Text(4));
  builder.SetProperty("created", summary.Day(12));
  builder.SetProperty("modified", summary.Day(13));
  builder.SetProperty("keywords", summary.Text(5));
  builder.SetProperty("subject", summary.Text(3));
}

void WarnOfDamage(const CompoundFile& file, DocumentBuilder& builder) {
  if (file.damages() == 0) return;
  builder.AddWarning(std::to_string(file.damages()) +
                     " parts of the file are cut off or damaged; they were "
                     "read as far as they go");
}

}  // namespace cairn
