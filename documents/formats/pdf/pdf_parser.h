// PdfParser: PDF files to canonical text and blocks with pages and boxes.
//
// How: PDFium gives characters with their places; from there on the work is
// ours. Characters become words and pieces of lines (page_words.h), pieces
// are put into reading order with columns told from tables (reading_order.h),
// running headers, footers and page numbers are dropped (page_furniture.h),
// tables are taken out as cells (table_finder.h), footnotes move behind the
// text of their page (footnotes.h), lines become paragraphs, headings, list
// items and captions of figures (line_blocks.h), and these the canonical text
// (document_text.h).
// Tables: found by the lines of the drawing and by white space; one that runs
// on over pages is one table. What stands in rows but is no table for sure
// comes out row by row in a paragraph whose lines are kept.
// Pages that are pictures (scans): read by ScannedPdfParser, which is asked for
// when there are some, since loading the models and reading takes seconds.
// Threads: safe; one parse at a time, PDFium has global state.
// Errors: EMPTY_DOCUMENT, DAMAGED_PDF, ENCRYPTED_PDF, NO_TEXT_LAYER (scans),
// TOO_MANY_PAGES, TEXT_TOO_LARGE, TOO_MANY_BLOCKS, TOO_MANY_CELLS,
// DOCUMENT_TOO_LARGE, all
// INVALID_ARGUMENT; FAILED_PRECONDITION (NO_PDFIUM) without the library.
#pragma once

#include "documents/parser.h"

namespace cairn {

// Format "pdf"; needs the jail.
const FormatParser& PdfParser();

// "scanned_pdf": the picture_reader of "pdf"; gives documents of format "pdf".
// FAILED_PRECONDITION (NO_OCR) without Tesseract.
const FormatParser& ScannedPdfParser();

}  // namespace cairn
