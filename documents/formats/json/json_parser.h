// JsonParser: JSON to what a reader can search and cite.
//
// Members that are objects or arrays stand under a heading with their key (its
// path below level 6), scalars as lines "key: value", arrays of scalars as
// lists, arrays of flat objects of like keys, and of rows, as tables. Text that
// is not valid JSON is kept as it stands, with a warning.
// Title: the root's "title" or "name".
// Purity, threads and errors: as documents/parser.h; also TOO_MANY_VALUES.
#pragma once

#include "documents/document_builder.h"
#include "documents/formats/json/json_tree.h"
#include "documents/parser.h"

namespace cairn {

const FormatParser& JsonParser();

// What JsonParser shows of a tree; for other formats that give key paths.
void WriteJson(const JsonNode& root, DocumentBuilder& builder);

}  // namespace cairn
