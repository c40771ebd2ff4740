// Configuration: everything that can be set about an engine and a server.
//
// Place: the command line fills these structs; nothing below services/server
// reads a flag or an environment variable.
// Errors: Check answers INVALID_ARGUMENT (BAD_CONFIGURATION) with the remedy.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"

namespace cairn {

// What orders the best hits anew, if anything does.
struct RerankerConfig {
  // Folder of a cross-encoder (models/onnx/README.md) or address of a server
  // (models/remote/README.md), to which questions and passages are then sent;
  // empty: none.
  std::string place;
  // The rest is for an address.
  std::string model;     // As the server calls it; empty: it has just one.
  std::string key_file;  // Else the environment's CAIRN_RERANKER_KEY, if any.
  bool texts_form = false;  // The form of Text Embeddings Inference.
  bool logits = false;      // Scores of the server are no probabilities.
};

// What hears the words of recordings, if anything does.
struct TranscriberConfig {
  // Address of an endpoint (models/remote/README.md), to which recordings are
  // then sent; empty: none.
  std::string url = {};
  std::string model = {};  // As the server calls it; empty: "whisper-1".
  // Else the environment's CAIRN_TRANSCRIBER_KEY, if any.
  std::string key_file = {};
};

// What tells what pictures show, if anything does.
struct DescriberConfig {
  // Address of an endpoint (models/remote/README.md), to which pictures with
  // little text are then sent; empty: none.
  std::string url = {};
  std::string model = {};  // As the server calls it.
  // Else the environment's CAIRN_DESCRIBER_KEY, if any.
  std::string key_file = {};
};

struct EngineConfig {
  std::string data_folder = "./cairn-data";
  bool create = true;  // Make the data folder when it is absent.
  // Folder of the embedding model; empty: see FindModelFolder.
  std::string model_folder;
  RerankerConfig reranker;
  TranscriberConfig transcriber;
  DescriberConfig describer;
  // The program that runs the jailed parser; empty: this very program.
  std::string parser_program;
  bool require_key = false;  // Callers need an API key.
  std::size_t cores = 0;     // Threads for embedding; 0: those of the machine.
  std::size_t queued_max = 256;  // Requests that wait, for each side.
  Limits limits;
  // Retrieval away from its defaults, by the names of RetrievalOptions; for
  // evaluation.
  std::map<std::string, double> retrieval;
};

// Which side of the server answers. Both need the data folder to themselves.
enum class ServerRole { kAll, kIngestion, kQuery };

struct ServerConfig {
  std::string address = "127.0.0.1:7411";  // Port 0: any free one.
  ServerRole role = ServerRole::kAll;
  // Serve other machines without keys: everybody who reaches the port reads
  // and writes everything.
  bool allow_anonymous = false;
  // PEM files; both or none. Without them the connection is not encrypted.
  std::string tls_certificate;
  std::string tls_private_key;

  std::size_t receive_bytes_max = std::size_t{16} << 20;  // One message.
  std::size_t metadata_bytes_max = std::size_t{16} << 10;
  std::size_t streams_max = 256;                        // Of one connection.
  std::size_t memory_bytes_max = std::size_t{1} << 30;  // gRPC's buffers.
  std::chrono::minutes idle_max{30};  // A silent connection is closed.
  std::chrono::minutes age_max{240};  // So that balancers can rebalance.
  std::chrono::minutes age_grace{10};
  std::chrono::seconds stop_grace{20};  // Requests may finish this long.
};

// `given`, else the environment's CAIRN_MODELS, else the model that
// ./run setup fetches: <program folder>/../deps/models/bge-small-en-v1.5-int8.
// A folder that only holds that model's folder means the model.
std::string FindModelFolder(const std::string& given);

// True for 127.0.0.0/8, ::1, localhost and unix sockets.
bool IsLoopback(std::string_view address);

Status Check(const ServerConfig& server, bool require_key);

}  // namespace cairn
