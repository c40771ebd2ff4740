// OdfPackage: the parts of an OpenDocument file, a ZIP or one flat XML file.
//
// Threads: none; one parse owns it. Errors: as ZipPackage and LoadXml;
// ENCRYPTED_PACKAGE when the manifest says so.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "documents/document_builder.h"
#include "documents/formats/package/xml.h"
#include "documents/formats/package/zip_package.h"

namespace cairn {

class OdfPackage {
 public:
  static StatusOr<OdfPackage> Open(std::string_view bytes,
                                   const Limits& limits);

  // Of office:body, the child that says what the document is.
  XmlNode body() const;
  // What holds office:styles and office:automatic-styles.
  std::vector<XmlNode> style_roots() const;
  // The content of an embedded object ("./Object 1"); null: none or unreadable.
  std::unique_ptr<XmlDocument> LoadObject(std::string_view reference);

  void ReadProperties(DocumentBuilder& builder);
  // The damages met so far become warnings of the document.
  void Warn(DocumentBuilder& builder);

 private:
  explicit OdfPackage(const Limits& limits) : limits_(limits) {}
  StatusOr<std::unique_ptr<XmlDocument>> Load(std::string_view part);
  std::unique_ptr<XmlDocument> LoadIfAny(std::string_view part);
  Status CheckEncryption();

  Limits limits_;
  std::optional<ZipPackage> zip_;  // None: a flat file.
  std::unique_ptr<XmlDocument> content_, styles_, meta_;
  std::vector<std::string> damages_;
};

}  // namespace cairn
