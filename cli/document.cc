// cairn document: list, get, delete.
#include <google/protobuf/util/time_util.h>
#include <google/rpc/status.pb.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "cli/client.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/shapes.h"
#include "services/convert/resource_name.h"
#include "services/convert/status.h"

namespace cairn::cli {
namespace {

constexpr int kPage = 1000;
constexpr std::size_t kTitleShown = 60;

using Stub = v1::DocumentService::Stub;

struct DocumentOptions {
  std::string collection = "default";
  std::string id;
  std::vector<std::string> ids;
  bool text = false;
};

void PrintRow(const v1::Document& document) {
  PrintText(IdOf(document.name()) + "\t" +
            Shortened(document.title(), kTitleShown) + "\t" +
            document.format() + "\t" + std::to_string(document.chunks()) +
            " chunks\t" + std::to_string(document.tokens()) + " tokens\t" +
            TimeText(document.update_time().seconds()) + "\n");
}

StatusOr<ExitCode> List(const GlobalOptions& global,
                        const DocumentOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  v1::ListDocumentsRequest request;
  request.set_parent(MakeCollectionName(options.collection));
  request.set_page_size(kPage);
  Json documents = Json::array();
  do {
    CAIRN_ASSIGN_OR_RETURN(
        const v1::ListDocumentsResponse page,
        client->Call(&Stub::ListDocuments, client->documents(), request));
    for (const v1::Document& document : page.documents()) {
      if (global.format() == Format::kText) {
        PrintRow(document);
      } else if (global.format() == Format::kJsonl) {
        PrintJson(ShapeOf(document), Format::kJsonl);
      } else {
        documents.push_back(ShapeOf(document));
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  if (global.format() == Format::kJson) {
    PrintJson({{"documents", std::move(documents)}}, Format::kJson);
  }
  return ExitCode::kOk;
}

// The canonical text, byte for byte.
StatusOr<ExitCode> PrintDocumentText(const std::string& name, Client& client) {
  v1::DownloadDocumentTextRequest request;
  request.set_name(name);
  grpc::ClientContext context;
  client.Prepare(context);
  const auto reader =
      client.documents().DownloadDocumentText(&context, request);
  v1::DownloadDocumentTextResponse part;
  while (reader->Read(&part)) PrintBytes(part.data());
  CAIRN_RETURN_IF_ERROR(StatusOf(reader->Finish()));
  return ExitCode::kOk;
}

void PrintDocument(const v1::Document& document) {
  const Json shape = ShapeOf(document);
  for (const auto& [key, value] : shape.items()) {
    PrintText(key + ": " +
              (value.is_string() ? value.get<std::string>() : value.dump()) +
              "\n");
  }
}

StatusOr<ExitCode> Get(const GlobalOptions& global,
                       const DocumentOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  const std::string name = MakeDocumentName(options.collection, options.id);
  if (options.text) return PrintDocumentText(name, *client);
  v1::GetDocumentRequest request;
  request.set_name(name);
  const bool people = global.format() == Format::kText;
  request.set_view(people ? v1::DOCUMENT_VIEW_BASIC : v1::DOCUMENT_VIEW_FULL);
  CAIRN_ASSIGN_OR_RETURN(
      const v1::Document document,
      client->Call(&Stub::GetDocument, client->documents(), request));
  if (people) {
    PrintDocument(document);
  } else {
    PrintJson(FullShapeOf(document), global.format());
  }
  return ExitCode::kOk;
}

struct Deletions {
  std::vector<std::string> deleted;
  std::vector<std::pair<std::string, Status>> failures;
};

StatusOr<Deletions> DeleteAll(const DocumentOptions& options, Client& client) {
  Deletions out;
  for (std::size_t at = 0; at < options.ids.size(); at += kPage) {
    const std::size_t end = std::min(options.ids.size(), at + kPage);
    v1::BatchDeleteDocumentsRequest request;
    request.set_parent(MakeCollectionName(options.collection));
    for (std::size_t i = at; i < end; ++i) {
      request.add_names(MakeDocumentName(options.collection, options.ids[i]));
    }
    CAIRN_ASSIGN_OR_RETURN(
        const v1::BatchDeleteDocumentsResponse response,
        client.Call(&Stub::BatchDeleteDocuments, client.documents(), request));
    for (int i = 0; i < response.statuses_size(); ++i) {
      const std::string& id = options.ids[at + static_cast<std::size_t>(i)];
      const Status status = FromProto(response.statuses(i));
      if (status.ok()) {
        out.deleted.push_back(id);
      } else {
        out.failures.emplace_back(id, status);
      }
    }
  }
  return out;
}

StatusOr<ExitCode> Delete(const GlobalOptions& global,
                          const DocumentOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  CAIRN_ASSIGN_OR_RETURN(const Deletions result, DeleteAll(options, *client));
  if (global.format() == Format::kText) {
    for (const std::string& id : result.deleted) {
      PrintText("deleted " + id + "\n");
    }
    for (const auto& [id, status] : result.failures) PrintError(status);
  } else {
    Json failures = Json::array();
    for (const auto& [id, status] : result.failures) {
      failures.push_back({{"document", id},
                          {"reason", ReasonOf(status)},
                          {"message", MessageOf(status)}});
    }
    PrintJson({{"deleted", result.deleted}, {"failures", std::move(failures)}},
              global.format());
  }
  if (result.failures.empty()) return ExitCode::kOk;
  return options.ids.size() == 1 ? ExitCodeOf(result.failures[0].second)
                                 : ExitCode::kSomeFailed;
}

using Action = StatusOr<ExitCode> (*)(const GlobalOptions&,
                                      const DocumentOptions&);

void Bind(CLI::App* command, const std::shared_ptr<DocumentOptions>& options,
          Invocation& invocation, Action action) {
  AddCollectionOption(*command, options->collection);
  command->callback([options, &invocation, action] {
    invocation.run = [options, &invocation, action] {
      return action(invocation.global, *options);
    };
  });
}

}  // namespace

void AddDocument(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<DocumentOptions>();
  CLI::App* group = AddCommand(app, "document", "List, show, delete documents",
                               "  cairn document list\n"
                               "  cairn document get report.pdf --text\n"
                               "  cairn document delete old.pdf older.pdf");
  group->require_subcommand(1);

  CLI::App* list =
      AddCommand(*group, "list", "One line for each document",
                 "  cairn document list -c papers\n"
                 "  cairn document list --jsonl | jq -r .document");
  Bind(list, options, invocation, List);

  CLI::App* get = AddCommand(
      *group, "get", "The record of one document",
      "  cairn document get report.pdf           the record\n"
      "  cairn document get report.pdf --text    the text, byte for byte\n"
      "  cairn document get report.pdf --json    with blocks and tables");
  get->add_option("ID", options->id, "Document id")->required();
  get->add_flag("--text", options->text, "Write the canonical text");
  Bind(get, options, invocation, Get);

  CLI::App* remove = AddCommand(
      *group, "delete", "Delete documents and all that came from them",
      "  cairn document delete report.pdf\n"
      "  cairn document delete -c papers a.pdf b.pdf");
  remove->add_option("ID", options->ids, "Document ids")->required();
  Bind(remove, options, invocation, Delete);
}

}  // namespace cairn::cli
