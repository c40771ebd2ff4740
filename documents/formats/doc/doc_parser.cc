#include "documents/formats/doc/doc_parser.h"

#include <string>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/doc/doc_writer.h"
#include "documents/formats/doc/fib.h"
#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/office97/summary.h"
#include "documents/formats/ole/compound_file.h"

namespace cairn {
namespace {

class Doc final : public FormatParser {
 public:
  std::string_view name() const override { return "doc"; }
  bool needs_jail() const override { return true; }
  Status PrepareForJail() const override {
    PrepareCodePagesForJail();
    return OkStatus();
  }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override;
};

StatusOr<ParsedDocument> Doc::Parse(const ParseInput& input,
                                    const Limits& limits) const {
  CAIRN_ASSIGN_OR_RETURN(CompoundFile file, CompoundFile::Open(input.bytes));
  const std::string stream = file.ReadNamed("WordDocument");
  CAIRN_ASSIGN_OR_RETURN(const Fib fib, ReadFib(stream));
  DocumentBuilder builder(name(), limits);
  ReadSummary(file, builder);
  if (fib.word6) {
    WriteOldDoc(stream, fib, builder);
  } else {
    const std::string table = file.ReadNamed(fib.table_stream);
    const std::string data = file.ReadNamed("Data");
    WriteDoc({.main = stream, .table = table, .data = data}, fib, builder);
  }
  WarnOfDamage(file, builder);
  return std::move(builder).Finish();
}

}  // namespace

const FormatParser& DocParser() {
  static const Doc* const parser = new Doc();
  return *parser;
}

}  // namespace cairn
