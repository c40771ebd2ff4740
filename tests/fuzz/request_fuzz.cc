// Requests of the API as any bytes: first the message, then what the handlers
// make of it, and resource names as any text.
#include <cairn/v1/document_service.pb.h>
#include <cairn/v1/query_service.pb.h>

#include "services/convert/convert.h"
#include "services/convert/resource_name.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace cairn;

template <typename Message>
void Convert(std::string_view bytes) {
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return;
  }
  const auto value = FromProto(message, Limits());
  fuzz::Require(
      value.ok() || value.status().code() == StatusCode::kInvalidArgument,
      "a bad request is the caller's fault");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes = fuzz::TextOf(data, size);
  Convert<v1::RetrieveRequest>(bytes);
  Convert<v1::AnswerQuestionRequest>(bytes);
  Convert<v1::UploadMetadata>(bytes);
  (void)ParseEntityName(bytes, "name");
  (void)ParseWriteToken(bytes, "token");
  (void)ParseOperationName(bytes, "name");
  const auto name = ParseDocumentName(bytes, "name");
  if (name.ok()) {
    fuzz::Require(MakeDocumentName(name->collection, name->document) == bytes,
                  "a name that is taken apart can be put together");
  }
  return 0;
}
