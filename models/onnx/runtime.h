// What every network on ONNX Runtime needs: the runtime itself, its options and
// its errors. Only the .cc files of models/onnx include this.
//
// Threads: safe.
// Errors: FAILED_PRECONDITION, reason RUNTIME_TOO_OLD, when the installed
// runtime does not know our version of its interface.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

// We fetch the interface ourselves: the header would do it before main, and
// with a runtime that is too old every call would go through a null pointer.
#define ORT_API_MANUAL_INIT
#include <onnxruntime_cxx_api.h>

namespace cairn {

// Before anything else of the runtime is used.
Status InitRuntime();

// INTERNAL with the runtime's words.
Status RuntimeError(std::string_view what, const std::exception& error);

// Of every network: one thread a run; cores are used by running in parallel.
Ort::SessionOptions MakeSessionOptions();

// The names of the network's inputs, in its order; FAILED_PRECONDITION for one
// that is none of BERT's or when `output` is missing. `file` is for messages.
StatusOr<std::vector<std::string>> CheckNetwork(const Ort::Session& session,
                                                const std::string& file,
                                                const std::string& output);

}  // namespace cairn
