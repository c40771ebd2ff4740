// Chart: the numbers behind a chart, as the table they came from.
//
// The values are those that the file keeps beside the drawing; a chart without
// them has no table. Rows are the categories, columns the series.
#pragma once

#include "documents/formats/package/table_draft.h"
#include "documents/formats/package/xml.h"

namespace cairn {

// `chart_space`: the root of a chart's part. The caption is the chart's title.
TableDraft ReadChart(XmlNode chart_space);

// Every paragraph of a SmartArt drawing's data part, a line each.
std::vector<std::string> ReadDiagram(XmlNode data_model);

// The paragraphs of a DrawingML text body (a:p), a line each, breaks as spaces.
std::string DrawingText(XmlNode body);

// One of them.
std::string DrawingParagraph(XmlNode paragraph);

// Places and sizes of drawings are in English metric units.
inline constexpr double kEmusPerPoint = 12'700;

}  // namespace cairn
