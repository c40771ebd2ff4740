// SniffPackage: what kind of document a ZIP archive or an OLE file is, by the
// names in its directory; nothing is unpacked.
//
// Place: under SniffFormat, in the service's own process: bounded and without
// any library. A directory that lies costs a wrong guess, no more.
#pragma once

#include <string_view>

namespace cairn {

// "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub"; empty: another archive,
// or one without a directory. "xlsb" and "visio" are known but not read.
std::string_view SniffZip(std::string_view bytes);

// Surely a document, whatever its name: a folder called "word" is not enough.
bool IsPackage(std::string_view bytes);

// An Office file that is encrypted stands inside an OLE file.
bool IsEncryptedOffice(std::string_view ole);

// "odt", "ods", "odp" for the flat XML form of OpenDocument; empty: none.
std::string_view SniffFlatOdf(std::string_view head);

}  // namespace cairn
