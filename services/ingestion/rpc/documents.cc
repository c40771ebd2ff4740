// Reads and deletions of documents.
#include <cairn/v1/document_service.pb.h>
#include <google/rpc/status.pb.h>

#include <algorithm>

#include "base/coding.h"
#include "services/convert/convert.h"
#include "services/convert/resource_name.h"
#include "services/convert/status.h"
#include "services/ingestion/rpc/handlers.h"

namespace cairn {
namespace {

constexpr std::size_t kPageStandard = 100;
constexpr int kBatchMax = 1000;
constexpr char kDefaultCollection[] = "default";

}  // namespace

Status EnsureDefaultCollection(IngestionRpc& rpc, TenantId tenant,
                               const std::string& collection) {
  if (collection != kDefaultCollection) return OkStatus();
  const auto found = FindCollection(*rpc.store->Pin(), tenant, collection);
  if (found.status().code() != StatusCode::kNotFound) return found.status();
  const Status made =
      rpc.core->CreateCollection(tenant, {.name = collection}).status();
  // Another upload may have been faster.
  return made.code() == StatusCode::kAlreadyExists ? OkStatus() : made;
}

Status GetDocumentRpc(IngestionRpc& rpc, const Call& call,
                      const v1::GetDocumentRequest& request,
                      v1::Document* reply) {
  CAIRN_ASSIGN_OR_RETURN(const DocumentName name,
                         ParseDocumentName(request.name(), "name"));
  const auto state = rpc.store->Pin();
  CAIRN_ASSIGN_OR_RETURN(const CollectionRecord collection,
                         FindCollection(*state, call.tenant, name.collection));
  CAIRN_ASSIGN_OR_RETURN(const Document document,
                         LoadDocument(*state, collection.key, name.document));
  ToProto(document, name.collection, reply);
  const DocumentKey key = DocumentKeyOf(name.document);
  if (request.view() == v1::DOCUMENT_VIEW_TEXT) {
    CAIRN_ASSIGN_OR_RETURN(*reply->mutable_text(),
                           LoadText(*state, collection.key, key));
  } else if (request.view() == v1::DOCUMENT_VIEW_FULL) {
    CAIRN_ASSIGN_OR_RETURN(ParsedDocument parsed,
                           LoadParsed(*state, collection.key, key));
    AddStructure(parsed, reply);
    reply->set_text(std::move(parsed.text));
  } else if (request.view() > v1::DOCUMENT_VIEW_FULL) {
    return InvalidFieldError("view", "is not known to this server");
  }
  return OkStatus();
}

Status ListDocumentsRpc(IngestionRpc& rpc, const Call& call,
                        const v1::ListDocumentsRequest& request,
                        v1::ListDocumentsResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(const std::string name,
                         ParseCollectionName(request.parent(), "parent"));
  CAIRN_ASSIGN_OR_RETURN(
      const std::size_t size,
      ParsePageSize(request.page_size(), kPageStandard,
                    rpc.runtime.limits.results_max, "page_size"));
  std::optional<DocumentKey> after;
  if (!request.page_token().empty()) {
    CAIRN_ASSIGN_OR_RETURN(const std::uint64_t key,
                           ParseHex64(request.page_token(), "page_token"));
    after = DocumentKey(key);
  }
  const auto state = rpc.store->Pin();
  CAIRN_ASSIGN_OR_RETURN(const CollectionRecord collection,
                         FindCollection(*state, call.tenant, name));
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<Document> documents,
      ListDocuments(*state, collection.key, after, size + 1));
  for (std::size_t i = 0; i < std::min(size, documents.size()); ++i) {
    ToProto(documents[i], name, reply->add_documents());
  }
  if (documents.size() > size) {
    reply->set_next_page_token(
        ToHex64(DocumentKeyOf(documents[size - 1].id).value()));
  }
  return OkStatus();
}

Status DeleteDocumentRpc(IngestionRpc& rpc, const Call& call,
                         const v1::DeleteDocumentRequest& request,
                         v1::DeleteDocumentResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(const DocumentName name,
                         ParseDocumentName(request.name(), "name"));
  CAIRN_ASSIGN_OR_RETURN(const Sequence sequence,
                         rpc.core->Delete(call.tenant, name.collection,
                                          name.document, request.etag()));
  reply->set_write_token(MakeWriteToken(sequence));
  return OkStatus();
}

Status BatchDeleteDocumentsRpc(IngestionRpc& rpc, const Call& call,
                               const v1::BatchDeleteDocumentsRequest& request,
                               v1::BatchDeleteDocumentsResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(const std::string parent,
                         ParseCollectionName(request.parent(), "parent"));
  if (request.names_size() > kBatchMax) {
    return InvalidFieldError("names", "has more than 1000 entries");
  }
  CAIRN_RETURN_IF_ERROR(
      FindCollection(*rpc.store->Pin(), call.tenant, parent).status());
  Sequence last;
  for (const std::string& name : request.names()) {
    Status status = CheckWanted(call);
    if (status.ok()) {
      const auto parsed = ParseDocumentName(name, "names");
      status = parsed.status();
      if (parsed.ok() && parsed->collection != parent) {
        status = InvalidFieldError("names", name + " is not of " + parent);
      } else if (parsed.ok()) {
        const auto deleted =
            rpc.core->Delete(call.tenant, parent, parsed->document, "");
        status = deleted.status();
        if (deleted.ok()) last = *deleted;
      }
    }
    ToProto(status, reply->add_statuses());
  }
  reply->set_write_token(MakeWriteToken(last));
  return OkStatus();
}

StatusOr<std::string> DownloadTextRpc(
    IngestionRpc& rpc, const Call& call,
    const v1::DownloadDocumentTextRequest& request) {
  CAIRN_ASSIGN_OR_RETURN(const DocumentName name,
                         ParseDocumentName(request.name(), "name"));
  const auto state = rpc.store->Pin();
  CAIRN_ASSIGN_OR_RETURN(const CollectionRecord collection,
                         FindCollection(*state, call.tenant, name.collection));
  // The record first: it knows the name for the error.
  CAIRN_RETURN_IF_ERROR(
      LoadDocument(*state, collection.key, name.document).status());
  return LoadText(*state, collection.key, DocumentKeyOf(name.document));
}

void FillUploadReply(const IngestResult& result, const std::string& collection,
                     v1::UploadDocumentResponse* reply) {
  switch (result.outcome) {
    case IngestOutcome::kCreated:
      reply->set_outcome(v1::UploadDocumentResponse::OUTCOME_CREATED);
      break;
    case IngestOutcome::kUpdated:
      reply->set_outcome(v1::UploadDocumentResponse::OUTCOME_UPDATED);
      break;
    case IngestOutcome::kUnchanged:
      reply->set_outcome(v1::UploadDocumentResponse::OUTCOME_UNCHANGED);
      break;
  }
  ToProto(result.document, collection, reply->mutable_document());
  reply->set_write_token(MakeWriteToken(result.sequence));
  reply->set_tokens_embedded(result.tokens_embedded);
  reply->set_ms(result.ms);
  for (const std::string& warning : result.warnings) {
    reply->add_warnings(warning);
  }
}

}  // namespace cairn
