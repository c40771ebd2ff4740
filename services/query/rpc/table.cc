// RunTablePlan: a plan or a question over the tables of a document.
#include <cairn/v1/query_service.pb.h>

#include <utility>

#include "services/convert/convert.h"
#include "services/convert/resource_name.h"
#include "services/query/rpc/handlers.h"

namespace cairn {
namespace {

void ToProto(const PlanValue& value, v1::TableValue* out) {
  out->set_text(value.text);
  out->set_computed(value.computed);
  if (value.value.kind != CellKind::kText) {
    cairn::ToProto(value.value, out->mutable_value());
  }
}

}  // namespace

Status RunTablePlanRpc(QueryRpc& rpc, const Call& call,
                       const v1::RunTablePlanRequest& request,
                       v1::RunTablePlanResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(const DocumentName name,
                         ParseDocumentName(request.document(), "document"));
  CAIRN_ASSIGN_OR_RETURN(const Sequence at_least,
                         ParseWriteToken(request.write_token(), "write_token"));
  const TableQuery query{
      .document = name.document,
      .tables = {request.tables().begin(), request.tables().end()},
      .plan = request.plan(),
      .question = request.question(),
      .deadline = call.deadline};
  CAIRN_ASSIGN_OR_RETURN(
      const TableComputation computed,
      rpc.core->RunPlan(call.tenant, name.collection, query, at_least));
  reply->set_plan(computed.plan);
  for (const PlanValue& value : computed.result.values) {
    ToProto(value, reply->add_values());
  }
  for (const PlanValue& count : computed.result.counts) {
    ToProto(count, reply->add_counts());
  }
  for (const Citation& citation : computed.citations) {
    cairn::ToProto(citation, name.collection, reply->add_citations());
  }
  reply->set_cell_count(
      static_cast<std::uint32_t>(computed.result.cells.size()));
  for (const std::string& note : computed.notes) reply->add_notes(note);
  for (const std::uint32_t table : computed.tables) reply->add_tables(table);
  if (computed.probability) reply->set_probability(*computed.probability);
  reply->set_read_token(MakeWriteToken(computed.sequence));
  return OkStatus();
}

}  // namespace cairn
