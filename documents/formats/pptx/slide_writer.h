// WriteSlide: a slide, its notes and its comments to blocks.
#pragma once

#include <string>

#include "documents/document_builder.h"
#include "documents/formats/ooxml/opc_package.h"

namespace cairn {

// `part`: the name of the slide's part; `slide`: its root.
void WriteSlide(OpcPackage& package, const std::string& part, XmlNode slide,
                DocumentBuilder& builder);

}  // namespace cairn
