// QueryService: retrieval, batches of it, and the stream of an answer.
#include <cairn/v1/query_service.grpc.pb.h>

#include <atomic>
#include <memory>
#include <utility>

#include "services/convert/convert.h"
#include "services/convert/resource_name.h"
#include "services/convert/status.h"
#include "services/query/rpc/handlers.h"
#include "services/query/rpc/services.h"
#include "services/rpc/event_stream.h"

namespace cairn {
namespace {

constexpr int kBatchMax = 100;

using AnswerStream = EventStream<v1::AnswerQuestionResponse>;

// One task an item, so that a batch uses all threads and none waits for
// another; the last one to end finishes the call.
class BatchCall final : public grpc::ServerUnaryReactor {
 public:
  BatchCall(QueryRpc& rpc, grpc::CallbackServerContext* context,
            const v1::BatchRetrieveRequest* request,
            v1::BatchRetrieveResponse* reply)
      : rpc_(rpc),
        context_(context),
        request_(*request),
        reply_(*reply),
        left_(request->requests_size()) {
    const Status status = Guard([&] { return Check(); });
    if (!status.ok() || request->requests_size() == 0) {
      Finish(ToGrpc(status));
      return;
    }
    for (int i = 0; i < request_.requests_size(); ++i) reply_.add_results();
    // The last task may delete this object.
    const int size = request_.requests_size();
    for (int i = 0; i < size; ++i) {
      const Status submitted =
          SubmitTo(*rpc_.runtime.executor, [this, i] { Run(i); });
      if (!submitted.ok()) End(i, submitted);
    }
  }

 private:
  Status Check() const {
    if (request_.requests_size() > kBatchMax) {
      return InvalidFieldError("requests", "has more than 100 entries");
    }
    CAIRN_RETURN_IF_ERROR(
        ParseCollectionName(request_.parent(), "parent").status());
    return MakeCall(rpc_.runtime, *context_).status();
  }

  void Run(int i) {
    const Status status = Guard([&]() -> Status {
      CAIRN_ASSIGN_OR_RETURN(Call call, MakeCall(rpc_.runtime, *context_));
      call.cancelled = [this] { return cancelled_.load(); };
      CAIRN_RETURN_IF_ERROR(CheckWanted(call));
      v1::RetrieveRequest request = request_.requests(i);
      if (!request.parent().empty() && request.parent() != request_.parent()) {
        return InvalidFieldError("requests.parent",
                                 "is not the parent of the batch");
      }
      request.set_parent(request_.parent());
      return RetrieveRpc(rpc_, call, request,
                         reply_.mutable_results(i)->mutable_response());
    });
    End(i, status);
  }

  void End(int i, const Status& status) {
    if (!status.ok())
      ToProto(status, reply_.mutable_results(i)->mutable_error());
    if (--left_ == 0) Finish(grpc::Status::OK);
  }

  void OnCancel() override { cancelled_ = true; }
  void OnDone() override { delete this; }

  QueryRpc& rpc_;
  grpc::CallbackServerContext* const context_;
  const v1::BatchRetrieveRequest& request_;
  v1::BatchRetrieveResponse& reply_;
  std::atomic<int> left_;
  std::atomic<bool> cancelled_ = false;
};

void PushPlan(const SearchResult& result, const std::string& collection,
              AnswerStream& stream) {
  v1::AnswerQuestionResponse message;
  auto* plan = message.mutable_plan();
  for (const Hit& hit : result.hits) {
    ToProto(hit, collection, {.text = false, .scores = false},
            plan->add_hits());
  }
  for (const std::string& stage : result.dropped_stages) {
    plan->add_dropped_stages(stage);
  }
  plan->set_mended_query(result.mended_query);
  stream.Push(std::move(message));
}

v1::Verdict VerdictOf(Verdict verdict) {
  return static_cast<v1::Verdict>(static_cast<int>(verdict) + 1);
}

void PushSentence(const AnswerSentence& sentence, std::uint32_t number,
                  const std::string& collection, AnswerStream& stream) {
  v1::AnswerQuestionResponse text;
  text.mutable_text()->set_sentence(number);
  text.mutable_text()->set_text(sentence.text);
  stream.Push(std::move(text));
  for (const Citation& citation : sentence.citations) {
    v1::AnswerQuestionResponse message;
    ToProto(citation, collection, message.mutable_citation());
    stream.Push(std::move(message));
  }
  v1::AnswerQuestionResponse verdict;
  verdict.mutable_verdict()->set_sentence(number);
  verdict.mutable_verdict()->set_verdict(VerdictOf(sentence.verdict));
  verdict.mutable_verdict()->set_confidence(sentence.confidence);
  stream.Push(std::move(verdict));
}

void PushEnd(const Answer& answer, AnswerStream& stream) {
  v1::AnswerQuestionResponse usage;
  ToProto(answer.usage, usage.mutable_usage());
  stream.Push(std::move(usage));
  v1::AnswerQuestionResponse message;
  auto* summary = message.mutable_summary();
  summary->set_answer(answer.text);
  summary->set_short_answer(answer.short_answer);
  summary->set_abstained(answer.abstained);
  summary->set_abstain_reason(answer.abstain_reason);
  summary->set_confidence(answer.confidence);
  summary->set_read_token(MakeWriteToken(answer.sequence));
  stream.Push(std::move(message));
}

Status StreamAnswer(QueryRpc& rpc, const Call& call,
                    const v1::AnswerQuestionRequest& request,
                    AnswerStream& stream) {
  CAIRN_ASSIGN_OR_RETURN(const std::string collection,
                         ParseCollectionName(request.parent(), "parent"));
  CAIRN_ASSIGN_OR_RETURN(AnswerRequest wanted,
                         FromProto(request, rpc.runtime.limits));
  CAIRN_ASSIGN_OR_RETURN(const Sequence at_least,
                         ParseWriteToken(request.write_token(), "write_token"));
  wanted.search.deadline = call.deadline;
  std::uint32_t sentences = 0;
  const AnswerEvents events{.on_evidence =
                                [&](const SearchResult& result) {
                                  PushPlan(result, collection, stream);
                                },
                            .on_sentence =
                                [&](const AnswerSentence& sentence) {
                                  PushSentence(sentence, sentences++,
                                               collection, stream);
                                },
                            .cancelled = call.cancelled};
  CAIRN_ASSIGN_OR_RETURN(const Answer answer,
                         rpc.core->AnswerQuestion(call.tenant, collection,
                                                  wanted, at_least, events));
  PushEnd(answer, stream);
  return OkStatus();
}

class QueryService final : public v1::QueryService::CallbackService {
 public:
  explicit QueryService(QueryRpc* rpc) : rpc_(*rpc) {}

 private:
  grpc::ServerUnaryReactor* Retrieve(grpc::CallbackServerContext* context,
                                     const v1::RetrieveRequest* request,
                                     v1::RetrieveResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return RetrieveRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* BatchRetrieve(
      grpc::CallbackServerContext* context,
      const v1::BatchRetrieveRequest* request,
      v1::BatchRetrieveResponse* reply) override {
    return new BatchCall(rpc_, context, request, reply);
  }
  grpc::ServerUnaryReactor* RunTablePlan(
      grpc::CallbackServerContext* context,
      const v1::RunTablePlanRequest* request,
      v1::RunTablePlanResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return RunTablePlanRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerWriteReactor<v1::AnswerQuestionResponse>* AnswerQuestion(
      grpc::CallbackServerContext* context,
      const v1::AnswerQuestionRequest* request) override {
    auto* stream = new AnswerStream;
    const Status submitted =
        SubmitTo(*rpc_.runtime.executor, [this, stream, context, request] {
          stream->End(Guard([&]() -> Status {
            CAIRN_ASSIGN_OR_RETURN(Call call, MakeCall(rpc_.runtime, *context));
            call.cancelled = [stream] { return stream->cancelled(); };
            CAIRN_RETURN_IF_ERROR(CheckWanted(call));
            return StreamAnswer(rpc_, call, *request, *stream);
          }));
        });
    if (!submitted.ok()) stream->End(submitted);
    return stream;
  }

  QueryRpc& rpc_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeQueryService(QueryRpc* rpc) {
  return std::make_unique<QueryService>(rpc);
}

Status RetrieveRpc(QueryRpc& rpc, const Call& call,
                   const v1::RetrieveRequest& request,
                   v1::RetrieveResponse* reply) {
  const Stopwatch watch;
  CAIRN_ASSIGN_OR_RETURN(const std::string collection,
                         ParseCollectionName(request.parent(), "parent"));
  CAIRN_ASSIGN_OR_RETURN(SearchRequest wanted,
                         FromProto(request, rpc.runtime.limits));
  CAIRN_ASSIGN_OR_RETURN(const Sequence at_least,
                         ParseWriteToken(request.write_token(), "write_token"));
  wanted.deadline = call.deadline;
  CAIRN_ASSIGN_OR_RETURN(
      const SearchResult result,
      rpc.core->Search(call.tenant, collection, wanted, at_least));
  ToProto(result, collection,
          {.text = !request.omit_text(), .scores = request.explain()}, reply);
  reply->set_total_ms(watch.ElapsedMs());
  return OkStatus();
}

}  // namespace cairn
