#include "documents/formats/pdf/pdf_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "documents/formats/pdf/page_paths.h"

namespace cairn::pdf {
namespace {

constexpr std::uint32_t kBookmarkDepthMax = 16;
constexpr float kPi = 3.14159265F;

Status Damaged(std::string_view what) {
  return InvalidArgumentError(
      "the PDF is damaged: " + std::string(what) +
          "; open it in a viewer and save or print it to a new PDF",
      "DAMAGED_PDF");
}

Status OpenError(unsigned long error) {
  if (error == kPdfiumPassword || error == kPdfiumSecurity) {
    return InvalidArgumentError(
        "the PDF is encrypted and needs a password; remove the protection "
        "first, for instance with qpdf --password=WORD --decrypt IN OUT",
        "ENCRYPTED_PDF");
  }
  return Damaged("its structure cannot be read");
}

// UTF-16LE, as PDFium gives it, to UTF-8 without control characters.
std::string FromUtf16(const std::vector<unsigned char>& bytes) {
  std::string out;
  char32_t high = 0;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    char32_t unit = bytes[i] | static_cast<char32_t>(bytes[i + 1]) << 8;
    if (unit == 0) break;
    if (unit >= 0xd800 && unit < 0xdc00) {
      high = unit;
      continue;
    }
    if (unit >= 0xdc00 && unit < 0xe000) {
      if (high == 0) continue;
      unit = 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00);
    }
    high = 0;
    if (unit < 0x20 || unit == 0x7f) unit = ' ';
    AppendSign(out, unit);
  }
  return out;
}

// Two calls: one for the size, one for the bytes.
template <typename Get>
std::string Utf16Of(const Get& get) {
  constexpr unsigned long kBytesMax = 1 << 16;
  const unsigned long size = get(nullptr, 0);
  if (size < 2 || size > kBytesMax) return {};
  std::vector<unsigned char> bytes(size);
  get(bytes.data(), size);
  return FromUtf16(bytes);
}

bool Contains(const std::string& name, const char* part) {
  return name.find(part) != std::string::npos;
}

Font FontOf(const std::string& name, int flags, int weight) {
  constexpr int kFixedPitch = 1 << 0;
  constexpr int kItalic = 1 << 6;
  constexpr int kForceBold = 1 << 18;
  Font font;
  for (const char* part : {"Bold", "bold", "BOLD", "Black", "Heavy", "Demi",
                           "-Medi", "CMBX", "SFBX", "-Bd", "_Bd"}) {
    font.bold = font.bold || Contains(name, part);
  }
  font.bold = font.bold || (flags & kForceBold) != 0 || weight >= 800;
  font.italic = (flags & kItalic) != 0 || Contains(name, "Italic") ||
                Contains(name, "Oblique");
  font.monospaced = (flags & kFixedPitch) != 0;
  for (const char* part :
       {"Mono", "Courier", "Consolas", "Menlo", "CMTT", "SFTT", "Typewriter"}) {
    font.monospaced = font.monospaced || Contains(name, part);
  }
  return font;
}

// Whole degrees, and exact right angles for what is nearly one.
Turn TurnOf(float x, float y, int& degrees) {
  degrees = static_cast<int>(std::lround(std::atan2(y, x) * 180 / kPi));
  degrees = (degrees + 360) % 360;
  const int quarter = (degrees + 3) / 90 * 90;
  if (std::abs(degrees - quarter) <= 3) degrees = quarter % 360;
  switch (degrees) {
    case 0:
      return {1, 0};
    case 90:
      return {0, 1};
    case 180:
      return {-1, 0};
    case 270:
      return {0, -1};
    default: {
      const float angle = static_cast<float>(degrees) * kPi / 180;
      return {std::cos(angle), std::sin(angle)};
    }
  }
}

// Bullets of symbol fonts come from the private use area; the rest of it, and
// what is no character at all, cannot be read. 0: drop.
char32_t Cleaned(char32_t sign) {
  if (sign == 0x02 || sign == 0xfffe || sign == 0xad) return '-';
  if (sign == 0xf0b7 || sign == 0xf0a7 || sign == 0xf0d8 || sign == 0xf076) {
    return 0x2022;
  }
  if (sign < 0x20 || (sign >= 0x7f && sign < 0xa0)) return 0;
  if (sign >= 0xd800 && sign < 0xf900) return 0;
  if (sign >= 0xfdd0 && sign < 0xfdf0) return 0;
  if ((sign & 0xffff) >= 0xfffe || sign > 0x10ffff) return 0;
  if (sign == 0xfffd || sign == 0xfeff) return 0;
  if (sign >= 0x200b && sign <= 0x200f) return 0;
  return sign;
}

bool IsSpace(char32_t sign) {
  return sign == ' ' || sign == '\t' || sign == '\r' || sign == '\n' ||
         sign == 0xa0 || (sign >= 0x2000 && sign <= 0x200a) || sign == 0x3000 ||
         sign == 0x202f;
}

// Reads the glyphs of one page. What belongs to a text object (font, size,
// direction) is asked once an object.
class PageReader {
 public:
  PageReader(const Pdfium& pdfium, PdfiumTextPage* text, const PageSpace& space)
      : pdfium_(pdfium), text_(text), space_(space) {}

  void ReadInto(PageText& page);

 private:
  struct Style {
    Font font;
    float size = 0;
    Turn turn;
    int degrees = 0;
  };

  char32_t SignAt(int index, int count, int& used) const;
  void TakeStyle(int index);
  Glyph GlyphAt(int index, char32_t sign) const;

  const Pdfium& pdfium_;
  PdfiumTextPage* const text_;
  const PageSpace space_;
  PdfiumObject* object_ = nullptr;
  Style style_;
};

char32_t PageReader::SignAt(int index, int count, int& used) const {
  const char32_t sign = pdfium_.Text_GetUnicode(text_, index);
  used = 1;
  if (sign < 0xd800 || sign >= 0xdc00 || index + 1 >= count) return sign;
  const char32_t low = pdfium_.Text_GetUnicode(text_, index + 1);
  if (low < 0xdc00 || low >= 0xe000) return sign;
  used = 2;
  return 0x10000 + ((sign - 0xd800) << 10) + (low - 0xdc00);
}

void PageReader::TakeStyle(int index) {
  PdfiumObject* const object = pdfium_.Text_GetTextObject(text_, index);
  if (object != nullptr && object == object_) return;
  object_ = object;
  std::array<char, 256> name{};
  int flags = 0;
  const unsigned long size = pdfium_.Text_GetFontInfo(text_, index, name.data(),
                                                      name.size() - 1, &flags);
  if (size > name.size() - 1) name.fill('\0');
  style_.font =
      FontOf(name.data(), flags, pdfium_.Text_GetFontWeight(text_, index));
  PdfiumMatrix matrix{1, 0, 0, 1, 0, 0};
  pdfium_.Text_GetMatrix(text_, index, &matrix);
  style_.size = static_cast<float>(pdfium_.Text_GetFontSize(text_, index)) *
                std::hypot(matrix.c, matrix.d);
  const auto [x, y] = space_.Direction(matrix.a, matrix.b);
  style_.turn = TurnOf(x, y, style_.degrees);
}

Glyph PageReader::GlyphAt(int index, char32_t sign) const {
  double x = 0;
  double y = 0;
  PdfiumRect loose;
  pdfium_.Text_GetCharOrigin(text_, index, &x, &y);
  pdfium_.Text_GetLooseCharBox(text_, index, &loose);
  const auto corner = [&](float a, float b) {
    const auto [u, v] = space_.Point(a, b);
    return style_.turn.ToReading({u, v, u, v});
  };
  Rect box = corner(loose.left, loose.top);
  box.Include(corner(loose.right, loose.bottom));
  const Rect origin = corner(static_cast<float>(x), static_cast<float>(y));
  Glyph glyph;
  glyph.sign = sign;
  glyph.font = style_.font;
  glyph.size = style_.size;
  // Fonts drawn by procedures have sizes that mean nothing.
  if (!(glyph.size >= 1 && glyph.size < 4 * (box.height() + 1))) {
    glyph.size = std::clamp(box.height(), 1.0F, 1000.0F);
  }
  if (style_.degrees % 90 != 0) {
    box.left = origin.left;
    box.right = origin.left + 0.5F * glyph.size;
  }
  glyph.baseline = origin.top;
  glyph.box = {box.left, glyph.baseline - 0.8F * glyph.size, box.right,
               glyph.baseline + 0.2F * glyph.size};
  return glyph;
}

bool IsFinite(const Rect& rect) {
  constexpr float kFar = 1e6F;
  return std::fabs(rect.left) < kFar && std::fabs(rect.right) < kFar &&
         std::fabs(rect.top) < kFar && std::fabs(rect.bottom) < kFar;
}

void PageReader::ReadInto(PageText& page) {
  const int count = pdfium_.Text_CountChars(text_);
  std::map<int, TextRun> runs;
  bool space = true;
  for (int index = 0, used = 1; index < count; index += used) {
    const char32_t raw = SignAt(index, count, used);
    if (IsSpace(raw)) {
      space = true;
      continue;
    }
    const char32_t sign = Cleaned(raw);
    if (sign == 0) {
      if (raw == 0 || raw >= 0xd800) ++page.unreadable;
      continue;
    }
    TakeStyle(index);
    Glyph glyph = GlyphAt(index, sign);
    if (!IsFinite(glyph.box)) continue;
    glyph.space_before = space;
    space = false;
    TextRun& run = runs[style_.degrees];
    run.turn = style_.turn;
    run.glyphs.push_back(glyph);
  }
  for (auto& [degrees, run] : runs) page.runs.push_back(std::move(run));
  std::stable_sort(page.runs.begin(), page.runs.end(),
                   [](const TextRun& a, const TextRun& b) {
                     return a.glyphs.size() > b.glyphs.size();
                   });
}

}  // namespace

StatusOr<PdfFile> PdfFile::Open(std::string_view bytes) {
  if (bytes.empty()) {
    return InvalidArgumentError("the document is empty", "EMPTY_DOCUMENT");
  }
  CAIRN_ASSIGN_OR_RETURN(const Pdfium* pdfium, LoadPdfium());
  PdfFile file(*pdfium, std::unique_lock<std::mutex>(PdfiumMutex()));
  file.document_ =
      pdfium->LoadMemDocument64(bytes.data(), bytes.size(), nullptr);
  if (file.document_ == nullptr) return OpenError(pdfium->GetLastError());
  const int pages = pdfium->GetPageCount(file.document_);
  if (pages <= 0) return Damaged("it has no pages");
  file.pages_ = static_cast<std::uint32_t>(pages);
  return file;
}

PdfFile::PdfFile(PdfFile&& other) noexcept
    : pdfium_(other.pdfium_),
      lock_(std::move(other.lock_)),
      document_(std::exchange(other.document_, nullptr)),
      pages_(other.pages_) {}

PdfFile::~PdfFile() {
  if (document_ != nullptr) pdfium_.CloseDocument(document_);
}

StatusOr<PageText> PdfFile::ReadPage(std::uint32_t page) const {
  const std::unique_ptr<PdfiumPage, void (*)(PdfiumPage*)> opened(
      pdfium_.LoadPage(document_, static_cast<int>(page) - 1),
      pdfium_.ClosePage);
  if (opened == nullptr) {
    return Damaged("page " + std::to_string(page) + " cannot be read");
  }
  const std::unique_ptr<PdfiumTextPage, void (*)(PdfiumTextPage*)> text(
      pdfium_.Text_LoadPage(opened.get()), pdfium_.Text_ClosePage);
  if (text == nullptr) {
    return Damaged("the text of page " + std::to_string(page) +
                   " cannot be read");
  }
  PageSpace space;
  pdfium_.GetPageBoundingBox(opened.get(), &space.bounds);
  space.rotation = pdfium_.Page_GetRotation(opened.get()) & 3;
  PageText result;
  result.width = space.width();
  result.height = space.height();
  PageReader(pdfium_, text.get(), space).ReadInto(result);
  const Drawn drawn = ReadDrawn(pdfium_, opened.get(), space);
  result.blank = drawn.objects == 0;
  result.picture_share = drawn.picture_share;
  if (!result.runs.empty()) {
    result.rulings =
        ReadRulings(pdfium_, opened.get(), space, result.runs.front().turn);
  }
  return result;
}

StatusOr<ocr::Picture> PdfFile::RenderPage(std::uint32_t page,
                                           float dots_per_inch) const {
  constexpr double kPixelsMax = 25e6;
  constexpr int kFormatGrey = 1;
  constexpr int kWithAnnotations = 1;
  const std::unique_ptr<PdfiumPage, void (*)(PdfiumPage*)> opened(
      pdfium_.LoadPage(document_, static_cast<int>(page) - 1),
      pdfium_.ClosePage);
  if (opened == nullptr) {
    return Damaged("page " + std::to_string(page) + " cannot be read");
  }
  const float width = pdfium_.GetPageWidthF(opened.get());
  const float height = pdfium_.GetPageHeightF(opened.get());
  if (!(width >= 1 && height >= 1 && width < 1e6F && height < 1e6F)) {
    return Damaged("page " + std::to_string(page) + " has no size");
  }
  const double most = 72 * std::sqrt(kPixelsMax / (double{width} * height));
  ocr::Picture picture;
  picture.dots_per_inch = std::min(dots_per_inch, static_cast<float>(most));
  const float scale = picture.dots_per_inch / 72;
  const auto pixels = [&](float points) {
    return static_cast<std::uint32_t>(std::max(1.0F, points * scale));
  };
  picture.width = pixels(width);
  picture.height = pixels(height);
  picture.grey.resize(std::size_t{picture.width} * picture.height);
  const int across = static_cast<int>(picture.width);
  const int down = static_cast<int>(picture.height);
  PdfiumBitmap* const bitmap = pdfium_.Bitmap_CreateEx(
      across, down, kFormatGrey, picture.grey.data(), across);
  if (bitmap == nullptr) {
    return ResourceExhaustedError("no memory for the picture of a page",
                                  "PARSER_OUT_OF_MEMORY");
  }
  pdfium_.Bitmap_FillRect(bitmap, 0, 0, across, down, 0xffffffffUL);
  pdfium_.RenderPageBitmap(bitmap, opened.get(), 0, 0, across, down, 0,
                           kWithAnnotations);
  pdfium_.Bitmap_Destroy(bitmap);
  return picture;
}

std::string PdfFile::MetadataTitle() const {
  return Utf16Of([&](void* buffer, unsigned long size) {
    return pdfium_.GetMetaText(document_, "Title", buffer, size);
  });
}

std::string PdfFile::PageLabel(std::uint32_t page) const {
  return Utf16Of([&](void* buffer, unsigned long size) {
    return pdfium_.GetPageLabel(document_, static_cast<int>(page) - 1, buffer,
                                size);
  });
}

std::vector<Bookmark> PdfFile::Bookmarks(std::size_t count_max) const {
  std::vector<Bookmark> out;
  AddBookmarks(nullptr, 1, count_max, out);
  return out;
}

void PdfFile::AddBookmarks(PdfiumBookmark* parent, std::uint32_t depth,
                           std::size_t count_max,
                           std::vector<Bookmark>& out) const {
  if (depth > kBookmarkDepthMax) return;
  // A hostile outline may lead in a circle: the count ends it.
  for (PdfiumBookmark* mark = pdfium_.Bookmark_GetFirstChild(document_, parent);
       mark != nullptr && out.size() < count_max;
       mark = pdfium_.Bookmark_GetNextSibling(document_, mark)) {
    Bookmark bookmark;
    bookmark.depth = depth;
    bookmark.title = Utf16Of([&](void* buffer, unsigned long size) {
      return pdfium_.Bookmark_GetTitle(mark, buffer, size);
    });
    PdfiumDest* const place = pdfium_.Bookmark_GetDest(document_, mark);
    const int page =
        place == nullptr ? -1 : pdfium_.Dest_GetDestPageIndex(document_, place);
    bookmark.page = page < 0 ? 0 : static_cast<std::uint32_t>(page) + 1;
    out.push_back(std::move(bookmark));
    AddBookmarks(mark, depth + 1, count_max, out);
  }
}

}  // namespace cairn::pdf
