// PdfFile: an open PDF, read through PDFium.
//
// Life cycle: Open, then pages in any order; the bytes must outlive it. Holds
// PdfiumMutex while it lives.
// Errors: INVALID_ARGUMENT with EMPTY_DOCUMENT, DAMAGED_PDF, ENCRYPTED_PDF.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "documents/formats/pdf/page_text.h"
#include "documents/formats/pdf/pdfium.h"
#include "documents/ocr/picture.h"

namespace cairn::pdf {

struct Bookmark {
  std::string title;
  std::uint32_t depth = 1;  // From 1.
  std::uint32_t page = 0;   // From 1; 0: unknown.
};

class PdfFile {
 public:
  static StatusOr<PdfFile> Open(std::string_view bytes);
  ~PdfFile();
  PdfFile(PdfFile&& other) noexcept;
  PdfFile(const PdfFile&) = delete;
  PdfFile& operator=(const PdfFile&) = delete;
  PdfFile& operator=(PdfFile&&) = delete;

  std::uint32_t pages() const { return pages_; }
  // `page` from 1. DAMAGED_PDF when this page cannot be read; others may.
  StatusOr<PageText> ReadPage(std::uint32_t page) const;
  // The page as it is seen. Fewer dots an inch when it would be larger than 25
  // million pixels. DAMAGED_PDF; RESOURCE_EXHAUSTED (PARSER_OUT_OF_MEMORY).
  StatusOr<ocr::Picture> RenderPage(std::uint32_t page,
                                    float dots_per_inch) const;
  // What the metadata calls the document; may be nonsense.
  std::string MetadataTitle() const;
  // What the file calls page `page` (from 1), "xii"; empty: nothing.
  std::string PageLabel(std::uint32_t page) const;
  // Depth first, at most `count_max`.
  std::vector<Bookmark> Bookmarks(std::size_t count_max) const;

 private:
  PdfFile(const Pdfium& pdfium, std::unique_lock<std::mutex> lock)
      : pdfium_(pdfium), lock_(std::move(lock)) {}
  void AddBookmarks(PdfiumBookmark* parent, std::uint32_t depth,
                    std::size_t count_max, std::vector<Bookmark>& out) const;

  const Pdfium& pdfium_;
  std::unique_lock<std::mutex> lock_;
  PdfiumDocument* document_ = nullptr;
  std::uint32_t pages_ = 0;
};

}  // namespace cairn::pdf
