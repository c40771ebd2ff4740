// RunFile: a RetrievalRun as JSON, for `eval compare` and for scripts.
//
// Format "cairn-retrieval-run", version 1: described in docs/evaluation.md.
// Sums ("measures", "latency_ms", "types") are written for readers; reading
// makes them anew from the questions.
// Errors of ReadRun: NOT_FOUND, INVALID_ARGUMENT (BAD_RUN_FILE).
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/status.h"
#include "eval/retrieval.h"

namespace cairn::eval {

nlohmann::ordered_json RunToJson(const RetrievalRun& run);
StatusOr<RetrievalRun> RunFromJson(const nlohmann::ordered_json& json);

// The file is old or new, never half.
Status WriteRun(const std::string& path, const RetrievalRun& run);
StatusOr<RetrievalRun> ReadRun(const std::string& path);

// {"recall@1": 0.5, ...}.
nlohmann::ordered_json MeasuresToJson(const MeasureValues& values);

}  // namespace cairn::eval
