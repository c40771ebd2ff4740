// cairn collection: list, create, delete.
#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

#include "cli/client.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/shapes.h"
#include "services/convert/resource_name.h"

namespace cairn::cli {
namespace {

constexpr int kPage = 1000;

using Stub = v1::CollectionService::Stub;

struct CollectionOptions {
  std::string name;
  std::string description;
  bool sentence_vectors = false;
};

void PrintRow(const v1::Collection& collection) {
  const v1::CollectionStats& stats = collection.stats();
  PrintText(IdOf(collection.name()) + "\t" + std::to_string(stats.documents()) +
            " documents\t" + std::to_string(stats.chunks()) + " chunks\t" +
            std::to_string(stats.tokens()) + " tokens\t" +
            Shortened(collection.description(), 80) + "\n");
}

StatusOr<ExitCode> List(const GlobalOptions& global, const CollectionOptions&) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  v1::ListCollectionsRequest request;
  request.set_page_size(kPage);
  Json collections = Json::array();
  do {
    CAIRN_ASSIGN_OR_RETURN(
        const v1::ListCollectionsResponse page,
        client->Call(&Stub::ListCollections, client->collections(), request));
    for (const v1::Collection& collection : page.collections()) {
      if (global.format() == Format::kText) {
        PrintRow(collection);
      } else if (global.format() == Format::kJsonl) {
        PrintJson(ShapeOf(collection), Format::kJsonl);
      } else {
        collections.push_back(ShapeOf(collection));
      }
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  if (global.format() == Format::kJson) {
    PrintJson({{"collections", std::move(collections)}}, Format::kJson);
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> Create(const GlobalOptions& global,
                          const CollectionOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kCreate));
  v1::CreateCollectionRequest request;
  request.set_collection_id(options.name);
  request.mutable_collection()->set_description(options.description);
  request.mutable_collection()->set_sentence_vectors(options.sentence_vectors);
  CAIRN_ASSIGN_OR_RETURN(
      const v1::Collection made,
      client->Call(&Stub::CreateCollection, client->collections(), request));
  if (global.format() == Format::kText) {
    PrintText("created " + IdOf(made.name()) + "\n");
  } else {
    PrintJson(ShapeOf(made), global.format());
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> Delete(const GlobalOptions& global,
                          const CollectionOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  v1::DeleteCollectionRequest request;
  request.set_name(MakeCollectionName(options.name));
  CAIRN_RETURN_IF_ERROR(
      client->Call(&Stub::DeleteCollection, client->collections(), request)
          .status());
  if (global.format() == Format::kText) {
    PrintText("deleted " + options.name + "\n");
  } else {
    PrintJson({{"deleted", {options.name}}}, global.format());
  }
  return ExitCode::kOk;
}

using Action = StatusOr<ExitCode> (*)(const GlobalOptions&,
                                      const CollectionOptions&);

void Bind(CLI::App* command, const std::shared_ptr<CollectionOptions>& options,
          Invocation& invocation, Action action) {
  command->callback([options, &invocation, action] {
    invocation.run = [options, &invocation, action] {
      return action(invocation.global, *options);
    };
  });
}

}  // namespace

void AddCollection(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<CollectionOptions>();
  CLI::App* group =
      AddCommand(app, "collection", "List, create, delete collections",
                 "  cairn collection list\n"
                 "  cairn collection create papers --description Physics\n"
                 "  cairn collection delete papers");
  group->require_subcommand(1);
  Bind(AddCommand(*group, "list", "One line for each collection",
                  "  cairn collection list --json"),
       options, invocation, List);

  CLI::App* create = AddCommand(*group, "create", "Make a collection",
                                "  cairn collection create papers");
  create
      ->add_option("NAME", options->name,
                   "Letters a-z, digits, _ and -; at most 64")
      ->required();
  create->add_option("--description", options->description, "For people");
  create->add_flag("--sentence-vectors", options->sentence_vectors,
                   "A vector for every sentence: half the indexing speed, a "
                   "little more found over several documents");
  Bind(create, options, invocation, Create);

  CLI::App* remove =
      AddCommand(*group, "delete", "Delete a collection and its documents",
                 "  cairn collection delete papers");
  remove->add_option("NAME", options->name, "Its name")->required();
  Bind(remove, options, invocation, Delete);
}

}  // namespace cairn::cli
