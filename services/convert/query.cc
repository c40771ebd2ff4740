#include <cairn/v1/query.pb.h>
#include <cairn/v1/query_service.pb.h>

#include "services/convert/convert.h"
#include "services/convert/resource_name.h"

namespace cairn {
namespace {

constexpr std::int32_t kAnswerSentencesMax = 64;
constexpr std::uint32_t kAnswerEvidence = 10;

// On the wire 0 is UNSPECIFIED and means kAuto.
StatusOr<SearchMode> ModeOf(v1::SearchMode mode) {
  if (mode == v1::SEARCH_MODE_UNSPECIFIED) return SearchMode::kAuto;
  if (mode < v1::SEARCH_MODE_AUTO || mode > v1::SEARCH_MODE_TABLE) {
    return InvalidFieldError("mode", "is not known to this server");
  }
  return static_cast<SearchMode>(static_cast<int>(mode) - 1);
}

StatusOr<SearchFilter> FilterOf(const v1::SearchFilter& filter,
                                const Limits& limits) {
  if (static_cast<std::size_t>(filter.documents_size()) > limits.results_max) {
    return InvalidFieldError("filter.documents", "names more than 1000");
  }
  if (filter.metadata().size() > limits.metadata_entries_max) {
    return InvalidFieldError("filter.metadata", "has too many entries");
  }
  SearchFilter out;
  out.documents = {filter.documents().begin(), filter.documents().end()};
  out.metadata = {filter.metadata().begin(), filter.metadata().end()};
  return out;
}

Status CheckQuery(std::string_view text, std::string_view field,
                  const Limits& limits) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return InvalidFieldError(field, "must not be empty");
  }
  if (text.size() > limits.query_bytes_max) {
    return InvalidFieldError(
        field,
        "is longer than " + std::to_string(limits.query_bytes_max) + " bytes");
  }
  return OkStatus();
}

StatusOr<std::uint32_t> LimitOf(std::int32_t limit, std::uint32_t standard,
                                const Limits& limits) {
  if (limit < 0 || static_cast<std::size_t>(limit) > limits.results_max) {
    return InvalidFieldError(
        "limit", "must be 1 to " + std::to_string(limits.results_max));
  }
  return limit == 0 ? standard : static_cast<std::uint32_t>(limit);
}

}  // namespace

StatusOr<SearchRequest> FromProto(const v1::RetrieveRequest& request,
                                  const Limits& limits) {
  CAIRN_RETURN_IF_ERROR(CheckQuery(request.query(), "query", limits));
  SearchRequest out;
  out.query = request.query();
  CAIRN_ASSIGN_OR_RETURN(out.limit, LimitOf(request.limit(), 10, limits));
  CAIRN_ASSIGN_OR_RETURN(out.mode, ModeOf(request.mode()));
  CAIRN_ASSIGN_OR_RETURN(out.filter, FilterOf(request.filter(), limits));
  out.token_budget = request.token_budget();
  out.one_per_document = request.one_per_document();
  out.with_text = !request.omit_text();
  out.widen = request.widen();
  out.keep_repetitions = request.keep_repetitions();
  return out;
}

StatusOr<AnswerRequest> FromProto(const v1::AnswerQuestionRequest& request,
                                  const Limits& limits) {
  CAIRN_RETURN_IF_ERROR(CheckQuery(request.question(), "question", limits));
  if (request.sentences_max() < 0 ||
      request.sentences_max() > kAnswerSentencesMax) {
    return InvalidFieldError("sentences_max", "must be 1 to 64");
  }
  AnswerRequest out;
  out.search.query = request.question();
  CAIRN_ASSIGN_OR_RETURN(out.search.limit,
                         LimitOf(request.limit(), kAnswerEvidence, limits));
  CAIRN_ASSIGN_OR_RETURN(out.search.mode, ModeOf(request.mode()));
  CAIRN_ASSIGN_OR_RETURN(out.search.filter, FilterOf(request.filter(), limits));
  out.search.token_budget = request.token_budget();
  if (request.sentences_max() > 0) {
    out.sentences_max = static_cast<std::uint32_t>(request.sentences_max());
  }
  return out;
}

void ToProto(const Hit& hit, std::string_view collection,
             const HitFields& fields, v1::Hit* out) {
  out->set_document(MakeDocumentName(collection, hit.document));
  out->set_version(hit.version);
  out->set_chunk(hit.chunk.ordinal);
  out->set_title(hit.title);
  if (fields.text) {
    out->set_context(hit.context);
    out->set_text(hit.text);
  }
  ToProto(hit.span, out->mutable_span());
  out->set_page(hit.page);
  out->set_tokens(hit.tokens);
  out->set_table(hit.table);
  out->set_chunks(hit.chunks);
  out->set_score(hit.score);
  if (fields.scores) {
    out->mutable_scores()->insert(hit.scores.begin(), hit.scores.end());
  }
}

void ToProto(const SearchResult& result, std::string_view collection,
             const HitFields& fields, v1::RetrieveResponse* out) {
  for (const Hit& hit : result.hits) {
    ToProto(hit, collection, fields, out->add_hits());
  }
  for (const StageTiming& timing : result.timings) {
    auto* message = out->add_timings();
    message->set_stage(timing.stage);
    message->set_ms(timing.ms);
  }
  for (const std::string& stage : result.dropped_stages) {
    out->add_dropped_stages(stage);
  }
  out->set_read_token(MakeWriteToken(result.sequence));
  out->set_mended_query(result.mended_query);
}

void ToProto(const Citation& citation, std::string_view collection,
             v1::Citation* out) {
  out->set_document(MakeDocumentName(collection, citation.document));
  out->set_version(citation.version);
  out->set_title(citation.title);
  ToProto(citation.span, out->mutable_span());
  out->set_quote(citation.quote);
  out->set_quote_sha256(citation.quote_sha256);
  out->set_page(citation.page);
  for (const Box& box : citation.boxes) ToProto(box, out->add_boxes());
  if (citation.time.has_value()) ToProto(*citation.time, out->mutable_time());
  for (const Cell& cell : citation.cells) {
    v1::Cell* message = out->add_cells();
    ToProto(cell, {}, message);
    // The quote is the only text at hand; a cell outside it stays without.
    if (citation.span.Contains(cell.span)) {
      message->set_text(citation.quote.substr(
          cell.span.begin - citation.span.begin, cell.span.size()));
    }
  }
}

void ToProto(const Usage& usage, v1::Usage* out) {
  out->set_retrieved_chunks(usage.retrieved_chunks);
  out->set_context_tokens(usage.context_tokens);
  out->set_output_bytes(usage.output_bytes);
  out->set_total_ms(usage.total_ms);
  for (const StageTiming& timing : usage.timings) {
    auto* message = out->add_timings();
    message->set_stage(timing.stage);
    message->set_ms(timing.ms);
  }
}

}  // namespace cairn
