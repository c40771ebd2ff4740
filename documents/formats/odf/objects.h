// Objects: what the objects inside an OpenDocument file say in text.
#pragma once

#include <string>

#include "documents/formats/package/xml.h"

namespace cairn {

// The table behind a chart, with its title; false: the object is none.
XmlNode ChartTable(XmlNode object_root);
std::string ChartTitle(XmlNode object_root);

// A formula in one line; empty: the object is none.
std::string FormulaText(XmlNode object_root);

}  // namespace cairn
