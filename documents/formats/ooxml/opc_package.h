// OpcPackage: parts and relationships of an Office Open XML file.
//
// Place: under DOCX, PPTX and XLSX. Relationship types are known by their last
// word, which transitional and strict files share.
// Threads: none; one parse owns it. Errors: as ZipPackage and LoadXml.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "documents/document_builder.h"
#include "documents/formats/package/xml.h"
#include "documents/formats/package/zip_package.h"

namespace cairn {

struct Relationship {
  std::string type;    // "styles", "slide", ...
  std::string target;  // A part's name; a URI when external.
  bool external = false;
};

// By id, of one part.
using Relationships = std::map<std::string, Relationship, std::less<>>;

// The target of the first relationship of that type; empty: none.
std::string TargetOfType(const Relationships& relationships,
                         std::string_view type);

class OpcPackage {
 public:
  static StatusOr<OpcPackage> Open(std::string_view bytes,
                                   const Limits& limits);

  // The part that the package's officeDocument relationship names, else
  // `usual` when it exists; DAMAGED_PACKAGE when there is neither.
  StatusOr<std::string> MainPart(std::string_view usual);

  bool Has(std::string_view part) const { return zip_.Has(part); }
  StatusOr<std::unique_ptr<XmlDocument>> Load(std::string_view part);
  // Null when the part is absent or unreadable; the latter is told by Warn.
  std::unique_ptr<XmlDocument> LoadIfAny(std::string_view part);
  // Empty when the part has none. "" stands for the package.
  Relationships RelationshipsOf(std::string_view part);

  // Title, language and the like of the core properties.
  void ReadProperties(DocumentBuilder& builder);
  // The damages met so far, and the embedded objects that the relationships
  // asked for so far name, become warnings of the document.
  void Warn(DocumentBuilder& builder);

 private:
  OpcPackage(ZipPackage zip, const Limits& limits)
      : zip_(std::move(zip)), limits_(limits) {}

  ZipPackage zip_;
  Limits limits_;
  std::vector<std::string> damages_;
  std::set<std::string> objects_;  // Their parts.
};

// mc:AlternateContent: the first choice, else the fall-back, since both say the
// same.
XmlNode PreferredContent(XmlNode alternate);

}  // namespace cairn
