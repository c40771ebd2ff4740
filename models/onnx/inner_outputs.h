// Inner outputs: the tensors between the layers of a network, made visible
// without touching its file.
//
// Place: OnnxEmbedder adds them after the file's SHA-256 was verified.
// How: a network is one protobuf message, and the bytes of two messages of a
// kind, joined, are the two merged: appending ModelProto{graph{output{name}}}
// adds an output to the graph.
// Pure; threads: safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

// The tensor that holds the states after `layer` (from 1), as the usual
// exporter of BERT networks names it.
std::string LayerTensor(std::size_t layer);

// Those of `layers` whose tensor `network` holds.
std::vector<std::size_t> LayersIn(std::string_view network,
                                  const std::vector<std::size_t>& layers);

// Bytes to append to a network so that `tensor` becomes an output.
std::string OutputPatch(std::string_view tensor);

}  // namespace cairn
