#include "documents/ocr/networks.h"

#include <array>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "base/function_binder.h"
#include "base/hash.h"
#include "base/utf8.h"

// The runtime may not be there: we fetch its interface ourselves.
#define ORT_API_MANUAL_INIT
#include <onnxruntime_cxx_api.h>

namespace cairn::ocr {
namespace {

constexpr const char* kLibrary = "libonnxruntime.so.1";
constexpr const char* kFolder = "pp-ocrv6-small";
constexpr std::size_t kModelBytesMax = std::size_t{64} << 20;

// What is loaded and nothing else; cmake/downloads.lock has the same.
struct ModelFile {
  const char* name;
  std::string_view sha256;
};
constexpr ModelFile kFinder = {
    "det.onnx",
    "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f"};
constexpr ModelFile kReader = {
    "rec.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"};

Status NoPpOcr(const std::string& why) {
  return FailedPreconditionError(
      "PP-OCR, which reads pictures and scans, cannot start: " + why +
          "; run ./run setup, or set CAIRN_MODELS to the folder that holds " +
          kFolder,
      "NO_PP_OCR");
}

Status Failed(const char* what, const std::exception& error) {
  return InternalError(std::string("ONNX Runtime: ") + what + ": " +
                       error.what());
}

// Its functions, from the library that the process has already or that the
// loader finds. Left to itself it starts a thread that reports its use to its
// maker, which the jail kills.
Status OpenRuntime() {
  ::setenv("ORT_DISABLE_TELEMETRY", "1", 1);
  std::string why;
  void* library = OpenLibrary(kLibrary, why);
  if (library == nullptr) return NoPpOcr(why);
  FunctionBinder binder(library);
  const OrtApiBase* (*base)() = nullptr;
  binder.Bind("OrtGetApiBase", base);
  if (base == nullptr) {
    return NoPpOcr("the library lacks " + binder.missing());
  }
  const OrtApi* api = base()->GetApi(ORT_API_VERSION);
  if (api == nullptr) {
    return NoPpOcr(std::string("ONNX Runtime ") + base()->GetVersionString() +
                   " does not have version " + std::to_string(ORT_API_VERSION) +
                   " of its interface");
  }
  Ort::InitApi(api);
  return OkStatus();
}

StatusOr<std::string> FindFolder() {
  const std::string program = ProgramFolder();
  std::vector<std::string> folders = {program + "/../deps/models",
                                      program + "/../../deps/models"};
  // The folder may hold other models only.
  if (const char* named = std::getenv("CAIRN_MODELS");
      named != nullptr && *named != '\0') {
    folders.insert(folders.begin(), named);
  }
  for (const std::string& folder : folders) {
    std::error_code ignored;
    const std::string inside = folder + "/" + kFolder;
    if (std::filesystem::is_directory(inside, ignored)) return inside;
  }
  return NoPpOcr("there is no folder " + folders.front() + "/" + kFolder);
}

// One sign a line; a class of several signs stands for none.
std::vector<char32_t> SignsOf(std::string_view lines) {
  std::vector<char32_t> out;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::u32string sign = DecodeUtf8(lines.substr(0, end));
    out.push_back(sign.size() == 1 ? sign[0] : kReplacement);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  out.push_back(' ');  // The last class.
  return out;
}

class OnnxNetworks final : public Networks {
 public:
  // Throws what the runtime throws.
  OnnxNetworks(const std::string& finder, const std::string& reader)
      : options_(MakeOptions()),
        finder_(env_, finder.data(), finder.size(), options_),
        reader_(env_, reader.data(), reader.size(), options_) {
    Ort::AllocatorWithDefaultOptions allocator;
    const auto characters =
        reader_.GetModelMetadata().LookupCustomMetadataMapAllocated("character",
                                                                    allocator);
    if (characters != nullptr) signs_ = SignsOf(characters.get());
  }

  StatusOr<ProbabilityMap> FindText(const Picture& picture) const override;
  StatusOr<std::vector<ColumnChoice>> ReadStrip(
      const Picture& strip) const override;
  std::span<const char32_t> signs() const override { return signs_; }

 private:
  static Ort::SessionOptions MakeOptions();
  static std::vector<Ort::Value> Run(Ort::Session& session,
                                     const Picture& picture);

  Ort::Env env_{ORT_LOGGING_LEVEL_FATAL, "cairn-ocr"};
  Ort::SessionOptions options_;
  // The runtime's Run is not const.
  mutable Ort::Session finder_;
  mutable Ort::Session reader_;
  std::vector<char32_t> signs_;
};

// No threads, and no memory kept beyond a run: pictures differ in size.
Ort::SessionOptions OnnxNetworks::MakeOptions() {
  Ort::SessionOptions options;
  options.SetIntraOpNumThreads(1);
  options.SetInterOpNumThreads(1);
  options.SetExecutionMode(ORT_SEQUENTIAL);
  options.SetGraphOptimizationLevel(ORT_ENABLE_ALL);
  options.DisableMemPattern();
  options.DisableCpuMemArena();
  return options;
}

// Both networks take three channels from -1 to 1; grey pictures have the same
// three times.
std::vector<Ort::Value> OnnxNetworks::Run(Ort::Session& session,
                                          const Picture& picture) {
  const std::size_t pixels = picture.grey.size();
  std::vector<float> values(3 * pixels);
  for (std::size_t i = 0; i < pixels; ++i) {
    const float value = static_cast<float>(picture.grey[i]) / 127.5F - 1;
    values[i] = values[i + pixels] = values[i + 2 * pixels] = value;
  }
  const std::array<std::int64_t, 4> shape = {1, 3, picture.height,
                                             picture.width};
  const Ort::Value input = Ort::Value::CreateTensor<float>(
      Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault),
      values.data(), values.size(), shape.data(), shape.size());
  Ort::AllocatorWithDefaultOptions allocator;
  const auto in = session.GetInputNameAllocated(0, allocator);
  const auto out = session.GetOutputNameAllocated(0, allocator);
  const char* const in_name = in.get();
  const char* const out_name = out.get();
  return session.Run(Ort::RunOptions(), &in_name, &input, 1, &out_name, 1);
}

StatusOr<ProbabilityMap> OnnxNetworks::FindText(const Picture& picture) const {
  try {
    const std::vector<Ort::Value> found = Run(finder_, picture);
    ProbabilityMap map{picture.width, picture.height, {}};
    const std::size_t count =
        found[0].GetTensorTypeAndShapeInfo().GetElementCount();
    if (count != picture.grey.size()) {
      return InternalError("the network that finds text answers with " +
                           std::to_string(count) + " pixels");
    }
    const float* values = found[0].GetTensorData<float>();
    map.values.assign(values, values + count);
    return map;
  } catch (const std::exception& error) {
    return Failed("finding text", error);
  }
}

StatusOr<std::vector<ColumnChoice>> OnnxNetworks::ReadStrip(
    const Picture& strip) const {
  try {
    const std::vector<Ort::Value> read = Run(reader_, strip);
    const auto info = read[0].GetTensorTypeAndShapeInfo();
    const std::vector<std::int64_t> shape = info.GetShape();
    if (shape.size() != 3 || shape[2] <= 0) {
      return InternalError("the network that reads has no classes");
    }
    return BestOfColumns(
        {read[0].GetTensorData<float>(), info.GetElementCount()},
        static_cast<std::size_t>(shape[2]));
  } catch (const std::exception& error) {
    return Failed("reading a line", error);
  }
}

StatusOr<std::string> ReadModel(const std::string& folder,
                                const ModelFile& file) {
  const std::string path = folder + "/" + file.name;
  StatusOr<std::string> bytes = ReadFile(path, kModelBytesMax);
  if (!bytes.ok()) return NoPpOcr(MessageOf(bytes.status()));
  if (Sha256Hex(*bytes) != file.sha256) {
    return NoPpOcr("the SHA-256 of " + path + " is not " +
                   std::string(file.sha256));
  }
  return bytes;
}

StatusOr<const Networks*> Load() {
  CAIRN_ASSIGN_OR_RETURN(const std::string folder, FindFolder());
  CAIRN_ASSIGN_OR_RETURN(const std::string finder, ReadModel(folder, kFinder));
  CAIRN_ASSIGN_OR_RETURN(const std::string reader, ReadModel(folder, kReader));
  CAIRN_RETURN_IF_ERROR(OpenRuntime());
  try {
    auto networks = std::make_unique<OnnxNetworks>(finder, reader);
    if (networks->signs().empty()) {
      return NoPpOcr(folder + "/rec.onnx does not name its signs");
    }
    // Kept for ever: the process ends instead.
    return networks.release();
  } catch (const std::exception& error) {
    return NoPpOcr(error.what());
  }
}

}  // namespace

StatusOr<const Networks*> LoadNetworks() {
  static const auto* const loaded = new StatusOr<const Networks*>(Load());
  return *loaded;
}

}  // namespace cairn::ocr
