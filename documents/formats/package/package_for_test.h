// MakePackage: ZIP packages for tests, packed by libzip.
#pragma once

#include <zip.h>

#include <string>
#include <utility>
#include <vector>

namespace cairn {

// Names and contents, in the order of the package; of equal names the last
// content counts.
using TestParts = std::vector<std::pair<std::string, std::string>>;

// Empty when libzip fails, which the parsers refuse. `stored`: no part is
// squeezed, which is faster.
inline std::string MakePackage(const TestParts& parts, bool stored = false) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* const archive =
      zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (archive == nullptr) return {};
  bool added = true;
  for (const auto& [name, content] : parts) {
    zip_source_t* const source =
        zip_source_buffer(archive, content.data(), content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source,
                                           ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
    if (index < 0) {
      zip_source_free(source);
      added = false;
      break;
    }
    if (stored || name == "mimetype") {
      zip_set_file_compression(archive, static_cast<zip_uint64_t>(index),
                               ZIP_CM_STORE, 0);
    }
  }
  if (!added || zip_close(archive) != 0) {
    zip_discard(archive);
    zip_source_free(target);
    return {};
  }
  std::string bytes;
  if (zip_source_open(target) == 0) {
    zip_source_seek(target, 0, SEEK_END);
    bytes.resize(static_cast<std::size_t>(zip_source_tell(target)));
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
  }
  zip_source_free(target);
  zip_error_fini(&error);
  return bytes;
}

// A document of one part beside its styles and the like.
inline std::string MakeDocx(const std::string& body, TestParts more = {}) {
  more.insert(more.begin(),
              {"word/document.xml", "<w:document xmlns:w='w'><w:body>" + body +
                                        "</w:body></w:document>"});
  return MakePackage(more);
}

// A workbook of one sheet called Data. `sheet_data`: rows.
inline std::string MakeXlsx(const std::string& sheet_data,
                            TestParts more = {}) {
  more.insert(
      more.begin(),
      {{"xl/workbook.xml",
        "<workbook xmlns:r='r'><sheets><sheet name='Data' sheetId='1' "
        "r:id='rId1'/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='rId1' Type='x/worksheet' "
        "Target='worksheets/sheet1.xml'/><Relationship Id='rId2' "
        "Type='x/styles' Target='styles.xml'/><Relationship Id='rId3' "
        "Type='x/sharedStrings' Target='sharedStrings.xml'/></Relationships>"},
       {"xl/worksheets/sheet1.xml",
        "<worksheet>" + sheet_data + "</worksheet>"}});
  return MakePackage(more);
}

// A presentation of one slide. `shapes`: what stands in its tree.
inline std::string MakePptx(const std::string& shapes, TestParts more = {}) {
  more.insert(more.begin(),
              {{"ppt/presentation.xml",
                "<p:presentation xmlns:r='r'><p:sldIdLst><p:sldId id='256' "
                "r:id='rId1'/></p:sldIdLst></p:presentation>"},
               {"ppt/_rels/presentation.xml.rels",
                "<Relationships><Relationship Id='rId1' Type='x/slide' "
                "Target='slides/slide1.xml'/></Relationships>"},
               {"ppt/slides/slide1.xml", "<p:sld><p:cSld><p:spTree>" + shapes +
                                             "</p:spTree></p:cSld></p:sld>"}});
  return MakePackage(more);
}

// `kind`: "text", "spreadsheet", "presentation".
inline std::string MakeOdf(const std::string& kind, const std::string& body,
                           TestParts more = {}) {
  more.insert(
      more.begin(),
      {{"mimetype", "application/vnd.oasis.opendocument." + kind},
       {"content.xml", "<office:document-content><office:body><office:" + kind +
                           ">" + body + "</office:" + kind +
                           "></office:body></office:document-content>"}});
  return MakePackage(more);
}

// A book of one chapter. `body`: inside its body element.
inline std::string MakeEpub(const std::string& body, TestParts more = {}) {
  more.insert(
      more.begin(),
      {{"mimetype", "application/epub+zip"},
       {"META-INF/container.xml",
        "<container><rootfiles><rootfile "
        "full-path='o/book.opf'/></rootfiles></container>"},
       {"o/book.opf",
        "<package><metadata><dc:title>A Book</dc:title><dc:language>de-AT"
        "</dc:language></metadata><manifest><item id='n' href='nav.xhtml' "
        "media-type='application/xhtml+xml' properties='nav'/><item id='a' "
        "href='a.xhtml' media-type='application/xhtml+xml'/></manifest>"
        "<spine><itemref idref='n'/><itemref idref='a'/></spine></package>"},
       {"o/nav.xhtml", "<html><body><nav><a>Contents</a></nav></body></html>"},
       {"o/a.xhtml",
        "<html><head><title/></head><body>" + body + "</body></html>"}});
  return MakePackage(more);
}

}  // namespace cairn
