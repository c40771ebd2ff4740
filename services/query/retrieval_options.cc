#include "services/query/retrieval_options.h"

#include <utility>

namespace cairn {
namespace {

using Field = double RetrievalOptions::*;

constexpr std::pair<std::string_view, Field> kFields[] = {
    {"proposals", &RetrievalOptions::proposals},
    {"background", &RetrievalOptions::background},
    {"base_quantile", &RetrievalOptions::base_quantile},
    {"hop_quantile", &RetrievalOptions::hop_quantile},
    {"dense", &RetrievalOptions::dense},
    {"sentence", &RetrievalOptions::sentence},
    {"lexical", &RetrievalOptions::lexical},
    {"link", &RetrievalOptions::link},
    {"rare_chunks", &RetrievalOptions::rare_chunks},
    {"rare_strength", &RetrievalOptions::rare_strength},
    {"mend", &RetrievalOptions::mend},
    {"gate", &RetrievalOptions::gate},
    {"beam", &RetrievalOptions::beam},
    {"trust_power", &RetrievalOptions::trust_power},
    {"trust_min", &RetrievalOptions::trust_min},
    {"second_queries", &RetrievalOptions::second_queries},
    {"hop_proposals", &RetrievalOptions::hop_proposals},
    {"hop_link", &RetrievalOptions::hop_link},
    {"hop_link_fit", &RetrievalOptions::hop_link_fit},
    {"hop_name", &RetrievalOptions::hop_name},
    {"hop_near", &RetrievalOptions::hop_near},
    {"hop_dense", &RetrievalOptions::hop_dense},
    {"hop_sentence", &RetrievalOptions::hop_sentence},
    {"hop_lexical", &RetrievalOptions::hop_lexical},
    {"similar", &RetrievalOptions::similar},
    {"name_chunks_max", &RetrievalOptions::name_chunks_max},
    {"names_per_sentence", &RetrievalOptions::names_per_sentence},
    {"walk", &RetrievalOptions::walk},
    {"fitted", &RetrievalOptions::fitted},
    {"rerank_top", &RetrievalOptions::rerank_top},
    {"table", &RetrievalOptions::table},
};

}  // namespace

std::vector<std::string> RetrievalOptionNames() {
  std::vector<std::string> names;
  for (const auto& [name, field] : kFields) names.emplace_back(name);
  return names;
}

Status SetRetrievalOption(RetrievalOptions& options, std::string_view name,
                          double value) {
  std::string known;
  for (const auto& [field_name, field] : kFields) {
    if (field_name == name) {
      options.*field = value;
      return OkStatus();
    }
    known += (known.empty() ? "" : ", ") + std::string(field_name);
  }
  return InvalidArgumentError("there is no retrieval option " +
                                  std::string(name) + "; there are " + known,
                              "BAD_RETRIEVAL_OPTION");
}

}  // namespace cairn
