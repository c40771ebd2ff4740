// WriteSlide: a slide, its notes and its comments to blocks.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "documents/document_builder.h"
#include "documents/formats/figures/figure_pictures.h"
#include "documents/formats/ooxml/opc_package.h"

namespace cairn {

// Names of those who wrote comments, by id.
using CommentAuthors = std::map<std::string, std::string, std::less<>>;

// `part`: the name of the slide's part; `slide`: its root.
void WriteSlide(OpcPackage& package, const std::string& part, XmlNode slide,
                const CommentAuthors& authors, FigurePictures& pictures,
                DocumentBuilder& builder);

}  // namespace cairn
