// MathText: an Office equation in one readable line.
//
// "(a+b)/2", "x^2", "a_(ij)", "√(x)", "∑_(i=1)^n i", "[1, 0; 0, 1]".
#pragma once

#include <string>

#include "documents/formats/package/xml.h"

namespace cairn {

// `math`: an m:oMath or m:oMathPara element.
std::string MathText(XmlNode math);

}  // namespace cairn
