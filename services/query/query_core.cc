#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/query/collection_view.h"
#include "services/query/evidence.h"
#include "services/query/query_service.h"
#include "services/query/search_run.h"
#include "services/query/stage_budget.h"
#include "services/query/table_answer.h"
#include "services/query/verify.h"

namespace cairn {
namespace {

constexpr std::size_t kViewsMax = 64;
constexpr std::uint32_t kEvidenceMax = 12;  // Passages a generator gets.

bool Cancelled(const AnswerEvents& events) {
  return events.cancelled && events.cancelled();
}

// What a quote of its row was made for.
bool HoldsCell(const std::vector<AnswerSentence>& sentences,
               const CellHint& hint) {
  if (sentences.empty() || sentences[0].citations.empty()) return false;
  const Citation& first = sentences[0].citations[0];
  return first.document == hint.document &&
         first.span.begin <= hint.span.begin && hint.span.end <= first.span.end;
}

bool StandsInAQuote(std::string_view text,
                    const std::vector<AnswerSentence>& sentences) {
  for (const AnswerSentence& sentence : sentences) {
    for (const Citation& citation : sentence.citations) {
      if (citation.quote.find(text) != std::string::npos) return true;
    }
  }
  return false;
}

class QueryCoreImpl final : public QueryCore {
 public:
  explicit QueryCoreImpl(const QueryDependencies& dependencies)
      : dependencies_(dependencies), views_(*dependencies.store, kViewsMax) {}

  StatusOr<SearchResult> Search(TenantId tenant, std::string_view collection,
                                const SearchRequest& request,
                                Sequence at_least) override;
  StatusOr<Answer> AnswerQuestion(TenantId tenant, std::string_view collection,
                                  const AnswerRequest& request,
                                  Sequence at_least,
                                  const AnswerEvents& events) override;
  StatusOr<TableComputation> RunPlan(TenantId tenant,
                                     std::string_view collection,
                                     const TableQuery& query,
                                     Sequence at_least) override;

 private:
  struct Retrieval {
    ReadState state;
    std::vector<Found> found;
    SearchResult result;
  };

  Status Check(const SearchRequest& request) const;
  StatusOr<std::shared_ptr<const StoreSnapshot>> Pin(
      Sequence at_least, const Deadline& deadline) const;
  static Needs Affordable(const SearchRequest& request, StageBudget& budget);
  StatusOr<Retrieval> Retrieve(TenantId tenant, std::string_view collection,
                               const SearchRequest& request, Sequence at_least);
  static StatusOr<std::vector<AnswerSentence>> Verified(
      const Draft& draft, const std::vector<Found>& found, Evidence& evidence);

  StatusOr<Draft> Generate(const SearchRequest& search,
                           std::uint32_t sentences_max,
                           const Retrieval& retrieval, Evidence& evidence,
                           Usage& usage);
  static StatusOr<bool> Compute(const SearchRequest& search,
                                const Retrieval& retrieval, Evidence& evidence,
                                const AnswerEvents& events, Answer& answer,
                                std::optional<CellHint>& hint);

  const QueryDependencies dependencies_;
  ViewCache views_;
  StageCosts costs_;
};

Status QueryCoreImpl::Check(const SearchRequest& request) const {
  const bool blank =
      request.query.find_first_not_of(" \t\r\n") == std::string::npos;
  if (blank) return InvalidFieldError("query", "must not be empty");
  if (request.query.size() > dependencies_.limits.query_bytes_max) {
    return InvalidFieldError(
        "query", "has " + std::to_string(request.query.size()) +
                     " bytes, the limit query_bytes_max is " +
                     std::to_string(dependencies_.limits.query_bytes_max));
  }
  if (request.limit == 0 || request.limit > dependencies_.limits.results_max) {
    return InvalidFieldError(
        "limit",
        "must be 1 to " + std::to_string(dependencies_.limits.results_max));
  }
  if (request.deadline.expired()) {
    return DeadlineExceededError("no time is left for the search");
  }
  return OkStatus();
}

StatusOr<std::shared_ptr<const StoreSnapshot>> QueryCoreImpl::Pin(
    Sequence at_least, const Deadline& deadline) const {
  std::shared_ptr<const StoreSnapshot> pin = dependencies_.store->Pin();
  if (pin->sequence() >= at_least) return pin;
  return dependencies_.store->PinAtLeast(at_least, deadline);
}

// Drops the dearest stages first. The last one is never dropped: a search that
// could not run at all has failed already.
Needs QueryCoreImpl::Affordable(const SearchRequest& request,
                                StageBudget& budget) {
  Needs needs = NeedsOf(request);
  if (needs.graph && request.mode == SearchMode::kAuto) {
    needs.graph = budget.Admit("names");
  }
  if (needs.dense && needs.lexical) needs.dense = budget.Admit("question");
  return needs;
}

StatusOr<QueryCoreImpl::Retrieval> QueryCoreImpl::Retrieve(
    TenantId tenant, std::string_view collection, const SearchRequest& request,
    Sequence at_least) {
  CAIRN_RETURN_IF_ERROR(Check(request));
  CAIRN_ASSIGN_OR_RETURN(const std::shared_ptr<const StoreSnapshot> pin,
                         Pin(at_least, request.deadline));
  CAIRN_ASSIGN_OR_RETURN(const CollectionRecord record,
                         FindCollection(*pin, tenant, collection));
  StageBudget budget(costs_, [&] { return request.deadline.remaining(); });
  const Needs needs = Affordable(request, budget);
  if (needs.dense && record.embedder != dependencies_.embedder->model_id()) {
    return FailedPreconditionError(
        "collection '" + record.name + "' was made with the embedder " +
            record.embedder + ", this server runs " +
            dependencies_.embedder->model_id() +
            "; search it with mode lexical or make it again",
        "EMBEDDER_MISMATCH");
  }
  Retrieval retrieval;
  const Stopwatch catching_up;
  CAIRN_ASSIGN_OR_RETURN(
      retrieval.state,
      views_.Open(record)->Acquire(needs, at_least, request.deadline));
  budget.Note("catch_up", catching_up.ElapsedMs());
  SearchRun run(*dependencies_.embedder, request, retrieval.state,
                dependencies_.retrieval, budget, dependencies_.reranker);
  CAIRN_ASSIGN_OR_RETURN(retrieval.found, run.Run(needs));
  retrieval.result.mended_query = run.mended_query();
  for (const Found& found : retrieval.found) {
    retrieval.result.hits.push_back(found.hit);
    if (!request.with_text) retrieval.result.hits.back().text.clear();
  }
  retrieval.result.timings = budget.timings();
  retrieval.result.dropped_stages = budget.dropped();
  retrieval.result.sequence = retrieval.state.store->sequence();
  return retrieval;
}

StatusOr<SearchResult> QueryCoreImpl::Search(TenantId tenant,
                                             std::string_view collection,
                                             const SearchRequest& request,
                                             Sequence at_least) {
  CAIRN_ASSIGN_OR_RETURN(Retrieval retrieval,
                         Retrieve(tenant, collection, request, at_least));
  return std::move(retrieval.result);
}

StatusOr<TableComputation> QueryCoreImpl::RunPlan(TenantId tenant,
                                                  std::string_view collection,
                                                  const TableQuery& query,
                                                  Sequence at_least) {
  CAIRN_ASSIGN_OR_RETURN(const std::shared_ptr<const StoreSnapshot> pin,
                         Pin(at_least, query.deadline));
  CAIRN_ASSIGN_OR_RETURN(const CollectionRecord record,
                         FindCollection(*pin, tenant, collection));
  CAIRN_ASSIGN_OR_RETURN(TableComputation computed,
                         RunTableQuery(*pin, record.key, query));
  computed.sequence = pin->sequence();
  return computed;
}

// The sentences that hold, with citations made from stored bytes.
StatusOr<std::vector<AnswerSentence>> QueryCoreImpl::Verified(
    const Draft& draft, const std::vector<Found>& found, Evidence& evidence) {
  std::vector<AnswerSentence> sentences;
  for (const DraftSentence& drafted : draft.sentences) {
    AnswerSentence sentence{.text = drafted.text,
                            .confidence = drafted.confidence,
                            .citations = {}};
    std::vector<std::string> quotes;
    bool sound = !drafted.quotes.empty();
    for (const Quote& quote : drafted.quotes) {
      if (quote.passage >= found.size()) {
        sound = false;
        break;
      }
      CAIRN_ASSIGN_OR_RETURN(
          const Evidence::Source* source,
          evidence.SourceOf(found[quote.passage].hit.chunk.document));
      if (!QuoteIsSound(source->parsed.text, quote.span)) {
        sound = false;
        break;
      }
      sentence.citations.push_back(
          MakeCitation(source->record, source->parsed, quote.span));
      quotes.push_back(sentence.citations.back().quote);
    }
    if (!sound) continue;
    sentence.verdict = VerifySentence(sentence.text, quotes);
    if (sentence.verdict == Verdict::kSupported) {
      sentences.push_back(std::move(sentence));
    }
  }
  return sentences;
}

// True: a table answered. Else `hint` may be set.
StatusOr<bool> QueryCoreImpl::Compute(
    const SearchRequest& search, const Retrieval& retrieval, Evidence& evidence,
    const AnswerEvents& events, Answer& answer, std::optional<CellHint>& hint) {
  if (search.mode != SearchMode::kAuto && search.mode != SearchMode::kTable) {
    return false;
  }
  const Stopwatch computing;
  CAIRN_ASSIGN_OR_RETURN(
      TableFinding finding,
      AnswerFromTables(search.query, search.mode, retrieval.state,
                       retrieval.found, evidence));
  answer.usage.timings.push_back({"compute", computing.ElapsedMs()});
  hint = std::move(finding.hint);
  std::optional<TableAnswer>& found = finding.answer;
  if (!found) return false;
  for (const Found& one : retrieval.found) {
    answer.usage.context_tokens += one.hit.tokens;
  }
  answer.text = found->sentence.text;
  answer.short_answer = found->short_answer;
  answer.confidence = found->sentence.confidence;
  answer.usage.output_bytes = answer.text.size();
  if (events.on_sentence) events.on_sentence(found->sentence);
  answer.sentences.push_back(std::move(found->sentence));
  return true;
}

// What the generator writes of what was found.
StatusOr<Draft> QueryCoreImpl::Generate(const SearchRequest& search,
                                        std::uint32_t sentences_max,
                                        const Retrieval& retrieval,
                                        Evidence& evidence, Usage& usage) {
  GenerationRequest generation{.question = search.query,
                               .evidence = {},
                               .sentences_max = sentences_max,
                               .deadline = search.deadline};
  for (const Found& found : retrieval.found) {
    usage.context_tokens += found.hit.tokens;
    CAIRN_ASSIGN_OR_RETURN(EvidencePassage passage,
                           evidence.MakePassage(found));
    generation.evidence.push_back(std::move(passage));
  }
  const Stopwatch generating;
  CAIRN_ASSIGN_OR_RETURN(Draft draft,
                         dependencies_.generator->Generate(generation));
  usage.timings.push_back({"generate", generating.ElapsedMs()});
  return draft;
}

StatusOr<Answer> QueryCoreImpl::AnswerQuestion(TenantId tenant,
                                               std::string_view collection,
                                               const AnswerRequest& request,
                                               Sequence at_least,
                                               const AnswerEvents& events) {
  const Stopwatch total;
  SearchRequest search = request.search;
  search.limit = std::min(search.limit, kEvidenceMax);
  CAIRN_ASSIGN_OR_RETURN(Retrieval retrieval,
                         Retrieve(tenant, collection, search, at_least));
  if (events.on_evidence) events.on_evidence(retrieval.result);
  if (!retrieval.result.mended_query.empty()) {
    search.query = retrieval.result.mended_query;
  }
  if (Cancelled(events)) return CancelledError("the client is gone");

  Answer answer;
  answer.sequence = retrieval.result.sequence;
  answer.usage.timings = retrieval.result.timings;
  answer.usage.retrieved_chunks = retrieval.found.size();
  Evidence evidence(retrieval.state);
  std::optional<CellHint> hint;
  CAIRN_ASSIGN_OR_RETURN(
      const bool computed,
      Compute(search, retrieval, evidence, events, answer, hint));
  answer.usage.total_ms = total.ElapsedMs();
  if (computed) return answer;
  CAIRN_ASSIGN_OR_RETURN(const Draft draft,
                         Generate(search, request.sentences_max, retrieval,
                                  evidence, answer.usage));
  if (Cancelled(events)) return CancelledError("the client is gone");

  answer.confidence = draft.confidence;
  answer.abstained = draft.abstained;
  answer.abstain_reason = draft.abstain_reason;
  if (!draft.abstained) {
    const Stopwatch verifying;
    CAIRN_ASSIGN_OR_RETURN(answer.sentences,
                           Verified(draft, retrieval.found, evidence));
    answer.usage.timings.push_back({"verify", verifying.ElapsedMs()});
    if (answer.sentences.empty()) {
      answer.abstained = true;
      answer.abstain_reason = "no sentence stood up to verification";
    }
  }
  for (const AnswerSentence& sentence : answer.sentences) {
    if (Cancelled(events)) return CancelledError("the client is gone");
    if (events.on_sentence) events.on_sentence(sentence);
    if (!answer.text.empty()) answer.text += ' ';
    answer.text += sentence.text;
  }
  if (hint && HoldsCell(answer.sentences, *hint)) {
    answer.short_answer = hint->text;
  } else if (StandsInAQuote(draft.short_answer, answer.sentences)) {
    answer.short_answer = draft.short_answer;
  }
  answer.usage.output_bytes = answer.text.size();
  answer.usage.total_ms = total.ElapsedMs();
  return answer;
}

}  // namespace

std::unique_ptr<QueryCore> QueryCore::Make(
    const QueryDependencies& dependencies) {
  return std::make_unique<QueryCoreImpl>(dependencies);
}

}  // namespace cairn
