// WriteDocx: the body of a Word document to blocks and tables.
#pragma once

#include <string>

#include "documents/document_builder.h"
#include "documents/formats/figures/figure_pictures.h"
#include "documents/formats/ooxml/opc_package.h"
#include "documents/formats/package/xml.h"

namespace cairn {

// `root`: of the main part, whose name is `part`.
void WriteDocx(OpcPackage& package, const std::string& part, XmlNode root,
               FigurePictures& pictures, DocumentBuilder& builder);

}  // namespace cairn
