// WriteOdfSlides: the slides of an OpenDocument presentation to blocks.
#pragma once

#include "documents/formats/odf/odf_writer.h"

namespace cairn {

// `presentation`: office:presentation.
void WriteOdfSlides(XmlNode presentation, const OdfStyles& styles,
                    OdfWriter& writer, DocumentBuilder& builder);

}  // namespace cairn
