// cairn doctor: does this machine have what Cairn needs, and does it work?
#include "services/server/doctor.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/client.h"
#include "cli/command.h"
#include "cli/output.h"
#include "services/convert/resource_name.h"

namespace cairn::cli {
namespace {

using Level = Finding::Level;

constexpr char kCollection[] = "default";

// A folder that goes away with the object.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::error_code error;
    std::string name =
        (std::filesystem::temp_directory_path(error) / "cairn-doctor-XXXXXX")
            .string();
    if (!error && mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  // Empty when there is none to be had.
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A page that says `text`. PDF, because its parser runs in the jail.
std::string PdfOf(const std::string& text) {
  const std::string content = "BT /F1 12 Tf 72 720 Td (" + text + ") Tj ET";
  const std::string objects[] = {
      "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
      "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
      "/Resources<</Font<</F1 5 0 R>>>>>>",
      "<</Length " + std::to_string(content.size()) + ">>stream\n" + content +
          "\nendstream",
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
  std::string pdf = "%PDF-1.4\n";
  std::vector<std::size_t> offsets;
  for (const std::string& object : objects) {
    offsets.push_back(pdf.size());
    pdf += std::to_string(offsets.size()) + " 0 obj" + object + "endobj\n";
  }
  const std::size_t table = pdf.size();
  pdf += "xref\n0 6\n0000000000 65535 f \n";
  for (const std::size_t offset : offsets) {
    std::string digits = std::to_string(offset);
    digits.insert(0, 10 - digits.size(), '0');
    pdf += digits + " 00000 n \n";
  }
  return pdf + "trailer<</Size 6/Root 1 0 R>>\nstartxref\n" +
         std::to_string(table) + "\n%%EOF\n";
}

Status Upload(Client& client, const std::string& id, const std::string& bytes) {
  grpc::ClientContext context;
  client.Prepare(context);
  v1::UploadDocumentResponse reply;
  const auto writer = client.documents().UploadDocument(&context, &reply);
  v1::UploadDocumentRequest request;
  request.mutable_metadata()->set_parent(MakeCollectionName(kCollection));
  request.mutable_metadata()->set_document_id(id);
  writer->Write(request);
  request.set_data(bytes);
  writer->Write(request);
  writer->WritesDone();
  return FromGrpc(writer->Finish());
}

Status ExpectFound(Client& client, const std::string& question,
                   const std::string& id) {
  v1::RetrieveRequest request;
  request.set_parent(MakeCollectionName(kCollection));
  request.set_query(question);
  request.set_limit(1);
  CAIRN_ASSIGN_OR_RETURN(const v1::RetrieveResponse response,
                         client.Call(&v1::QueryService::Stub::Retrieve,
                                     client.queries(), request));
  if (response.hits_size() == 1 &&
      response.hits(0).document() == MakeDocumentName(kCollection, id)) {
    return OkStatus();
  }
  return InternalError("\"" + question + "\" did not find " + id);
}

// Takes in a text and a PDF, and asks for both.
Status TrialRun(GlobalOptions global, const std::string& folder) {
  global.data_folder = folder;
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kCreate));
  CAIRN_RETURN_IF_ERROR(
      Upload(*client, "lighthouse.txt",
             "The lighthouse on the cape was built of granite in 1874."));
  CAIRN_RETURN_IF_ERROR(
      Upload(*client, "bread.pdf",
             PdfOf("Sourdough bread rises slowly in a cool kitchen.")));
  CAIRN_RETURN_IF_ERROR(
      ExpectFound(*client, "When was the lighthouse built?", "lighthouse.txt"));
  return ExpectFound(*client, "How does sourdough rise?", "bread.pdf");
}

Finding ExamineTrialRun(const GlobalOptions& global) {
  Finding finding{.check = "trial run"};
  const ScratchFolder scratch;
  Status status = scratch.path().empty()
                      ? FailedPreconditionError("no temporary folder")
                      : TrialRun(global, scratch.path());
  if (status.ok()) {
    finding.text = "a text and a PDF taken in, embedded and found";
    return finding;
  }
  finding.level = Level::kFailed;
  finding.text = MessageOf(status);
  finding.remedy =
      "mend what is said above first; TMPDIR names another temporary folder";
  return finding;
}

const char* WordOf(Level level) {
  switch (level) {
    case Level::kOk:
      return "ok";
    case Level::kWarning:
      return "warn";
    case Level::kFailed:
      return "fail";
  }
  return "fail";
}

void PrintFinding(const Finding& finding) {
  constexpr std::size_t kWordWidth = 6;
  constexpr std::size_t kCheckWidth = 13;
  std::string word = WordOf(finding.level);
  word.resize(kWordWidth, ' ');
  std::string check = finding.check;
  check.resize(kCheckWidth, ' ');
  PrintText(word + check + finding.text + "\n");
  if (!finding.remedy.empty()) {
    PrintText(std::string(kWordWidth + kCheckWidth, ' ') + "-> " +
              finding.remedy + "\n");
  }
}

StatusOr<ExitCode> RunDoctor(const GlobalOptions& global) {
  if (!global.server.empty()) {
    return InvalidArgumentError(
        "doctor looks at this machine; --server HOST:PORT status asks a server",
        "BAD_ARGUMENT");
  }
  EngineConfig config;
  config.data_folder = global.data_folder;
  config.model_folder = global.model_folder;
  std::vector<Finding> findings = ExamineMachine(config);
  findings.push_back(ExamineTrialRun(global));
  bool failed = false;
  Json list = Json::array();
  for (const Finding& finding : findings) {
    failed = failed || finding.level == Level::kFailed;
    if (global.format() == Format::kText) PrintFinding(finding);
    list.push_back({{"check", finding.check},
                    {"level", WordOf(finding.level)},
                    {"text", finding.text},
                    {"remedy", finding.remedy}});
  }
  if (global.format() != Format::kText) {
    PrintJson({{"findings", std::move(list)}}, global.format());
  }
  return failed ? ExitCode::kSomeFailed : ExitCode::kOk;
}

}  // namespace

void AddDoctor(CLI::App& app, Invocation& invocation) {
  CLI::App* command = AddCommand(
      app, "doctor", "Check this machine, the model and the data folder",
      "  cairn doctor\n"
      "  cairn --data /srv/cairn doctor --json\n"
      "Each line is ok, warn or fail, with the remedy. Exit 1 if any failed.");
  command->callback([&invocation] {
    invocation.run = [&invocation] { return RunDoctor(invocation.global); };
  });
}

}  // namespace cairn::cli
