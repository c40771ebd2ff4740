#include "documents/formats/doc/doc_parser.h"

#include <string>
#include <utility>

#include "documents/document_builder.h"
#include "documents/formats/doc/doc_writer.h"
#include "documents/formats/doc/fib.h"
#include "documents/formats/figures/document_pictures.h"
#include "documents/formats/figures/picture_format.h"
#include "documents/formats/office97/legacy_text.h"
#include "documents/formats/office97/summary.h"
#include "documents/formats/ole/compound_file.h"

namespace cairn {
namespace {

class Doc final : public PictureFormat {
 public:
  Doc() : PictureFormat("doc") {}
  Status PrepareForJail() const override {
    PrepareCodePagesForJail();
    return OkStatus();
  }

 private:
  StatusOr<ParsedDocument> ParseWith(PictureMode mode, const ParseInput& input,
                                     const Limits& limits) const override;
};

StatusOr<ParsedDocument> Doc::ParseWith(PictureMode mode,
                                        const ParseInput& input,
                                        const Limits& limits) const {
  CAIRN_ASSIGN_OR_RETURN(CompoundFile file, CompoundFile::Open(input.bytes));
  const std::string stream = file.ReadNamed("WordDocument");
  CAIRN_ASSIGN_OR_RETURN(const Fib fib, ReadFib(stream));
  DocumentPictures pictures(mode, limits);
  DocumentBuilder builder(name(), limits);
  ReadSummary(file, builder);
  if (fib.word6) {
    WriteOldDoc(stream, fib, builder);
  } else {
    const std::string table = file.ReadNamed(fib.table_stream);
    const std::string data = file.ReadNamed("Data");
    WriteDoc({.main = stream, .table = table, .data = data}, fib,
             limits.nesting_max, pictures, builder);
  }
  WarnOfDamage(file, builder);
  return pictures.Finish(std::move(builder));
}

}  // namespace

const FormatParser& DocParser() {
  static const Doc* const parser = new Doc();
  return *parser;
}

}  // namespace cairn
