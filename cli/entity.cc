// cairn entity: names, what stands near them and what connects them.
#include <CLI/CLI.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "cli/client.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/shapes.h"
#include "services/convert/resource_name.h"

namespace cairn::cli {
namespace {

constexpr std::size_t kTextShown = 160;
constexpr std::size_t kTextAround = 80;  // Of a name, to each side.

struct EntityOptions {
  std::string collection = "default";
  std::string name;
  std::string neighbors;
  std::vector<std::string> path;  // Two names.
  int limit = 10;
};

using Stub = v1::EntityService::Stub;

StatusOr<v1::LookupEntitiesResponse> Lookup(Client& client,
                                            const std::string& collection,
                                            const std::string& name,
                                            int limit) {
  v1::LookupEntitiesRequest request;
  request.set_parent(MakeCollectionName(collection));
  request.set_query(name);
  request.set_limit(limit);
  CAIRN_ASSIGN_OR_RETURN(
      v1::LookupEntitiesResponse response,
      client.Call(&Stub::LookupEntities, client.entities(), request));
  if (response.matches().empty()) {
    return NotFoundError("no entity is called " + name + " or nearly so",
                         "ENTITY_NOT_FOUND");
  }
  return response;
}

StatusOr<v1::Entity> BestMatch(Client& client, const std::string& collection,
                               const std::string& name) {
  CAIRN_ASSIGN_OR_RETURN(const auto found, Lookup(client, collection, name, 1));
  return found.matches(0).entity();
}

std::string Described(const v1::Entity& entity) {
  std::string line = entity.display_name() + "  (" + NameOfType(entity.type()) +
                     ", " + WithCommas(entity.mentions()) + " mentions in " +
                     WithCommas(entity.documents()) + " documents)";
  return line;
}

void PrintEvidence(const v1::Evidence& evidence,
                   const std::vector<std::string>& names,
                   const std::string& indent) {
  PrintText(indent + "[" + IdOf(evidence.document()) + "] \"" +
            ExcerptAround(evidence.text(), names, kTextAround) + "\"\n");
}

void PrintLookup(const v1::LookupEntitiesResponse& found,
                 const v1::ListMentionsResponse& mentions) {
  for (const v1::EntityMatch& match : found.matches()) {
    PrintText(Described(match.entity()) + "  " +
              ShortName(v1::EntityMatch::Kind_Name(match.kind()), "KIND_") +
              "\n");
    for (const std::string& alias : match.entity().aliases()) {
      PrintText("  also " + alias + "\n");
    }
  }
  PrintText("Mentions of " + found.matches(0).entity().display_name() + ":\n");
  for (const v1::Mention& mention : mentions.mentions()) {
    PrintText("  [" + IdOf(mention.document()) + "] bytes " +
              std::to_string(mention.span().begin()) + "-" +
              std::to_string(mention.span().end()) + "  " +
              ShortName(v1::Mention::Kind_Name(mention.kind()), "KIND_") +
              "  " + Shortened(mention.surface(), kTextShown) + "\n");
  }
}

StatusOr<ExitCode> ShowEntity(const GlobalOptions& global,
                              const EntityOptions& options, Client& client) {
  CAIRN_ASSIGN_OR_RETURN(const auto found, Lookup(client, options.collection,
                                                  options.name, options.limit));
  v1::ListMentionsRequest request;
  request.set_parent(found.matches(0).entity().name());
  request.set_page_size(options.limit);
  CAIRN_ASSIGN_OR_RETURN(
      const v1::ListMentionsResponse mentions,
      client.Call(&Stub::ListMentions, client.entities(), request));
  if (global.format() == Format::kText) {
    PrintLookup(found, mentions);
    return ExitCode::kOk;
  }
  Json matches = Json::array();
  for (const v1::EntityMatch& match : found.matches()) {
    Json shape = ShapeOf(match.entity());
    shape["match"] =
        ShortName(v1::EntityMatch::Kind_Name(match.kind()), "KIND_");
    shape["score"] = match.score();
    matches.push_back(std::move(shape));
  }
  Json places = Json::array();
  for (const v1::Mention& mention : mentions.mentions()) {
    places.push_back(ShapeOf(mention));
  }
  PrintJson({{"matches", std::move(matches)}, {"mentions", std::move(places)}},
            global.format());
  return ExitCode::kOk;
}

Json ShapeOfNeighbor(const v1::Neighbor& neighbor) {
  Json evidence = Json::array();
  for (const v1::Evidence& one : neighbor.evidence()) {
    evidence.push_back(ShapeOf(one));
  }
  Json shape = ShapeOf(neighbor.entity());
  shape["relation"] = neighbor.relation();
  shape["weight"] = neighbor.weight();
  shape["shared_chunks"] = neighbor.shared_chunks();
  shape["evidence"] = std::move(evidence);
  return shape;
}

StatusOr<ExitCode> ShowNeighbors(const GlobalOptions& global,
                                 const EntityOptions& options, Client& client) {
  CAIRN_ASSIGN_OR_RETURN(
      const v1::Entity entity,
      BestMatch(client, options.collection, options.neighbors));
  v1::ListNeighborsRequest request;
  request.set_parent(entity.name());
  request.set_page_size(options.limit);
  CAIRN_ASSIGN_OR_RETURN(
      const v1::ListNeighborsResponse response,
      client.Call(&Stub::ListNeighbors, client.entities(), request));
  if (global.format() != Format::kText) {
    Json neighbors = Json::array();
    for (const v1::Neighbor& neighbor : response.neighbors()) {
      neighbors.push_back(ShapeOfNeighbor(neighbor));
    }
    PrintJson(
        {{"entity", ShapeOf(entity)}, {"neighbors", std::move(neighbors)}},
        global.format());
    return ExitCode::kOk;
  }
  PrintText(Described(entity) + "\n");
  for (const v1::Neighbor& neighbor : response.neighbors()) {
    PrintText("  " + neighbor.relation() + "  " + Described(neighbor.entity()) +
              ", " + WithCommas(neighbor.shared_chunks()) +
              " shared passages\n");
    if (!neighbor.evidence().empty()) {
      PrintEvidence(neighbor.evidence(0),
                    {entity.display_name(), neighbor.entity().display_name()},
                    "      ");
    }
  }
  return ExitCode::kOk;
}

Json ShapeOfPath(const v1::Path& path) {
  Json steps = Json::array();
  for (const v1::PathStep& step : path.steps()) {
    Json shape = ShapeOf(step.entity());
    shape["evidence"] = step.has_evidence() ? ShapeOf(step.evidence()) : Json();
    steps.push_back(std::move(shape));
  }
  return {{"steps", std::move(steps)}};
}

// Names one below the other; between two, what says that they belong together.
void PrintPath(const v1::Path& path) {
  const v1::PathStep* previous = nullptr;
  for (const v1::PathStep& step : path.steps()) {
    const std::string& name = step.entity().display_name();
    if (previous != nullptr && step.has_evidence()) {
      PrintEvidence(step.evidence(), {previous->entity().display_name(), name},
                    "    ");
    }
    PrintText(name + "\n");
    previous = &step;
  }
  PrintText("\n");
}

StatusOr<ExitCode> ShowPaths(const GlobalOptions& global,
                             const EntityOptions& options, Client& client) {
  CAIRN_ASSIGN_OR_RETURN(
      const v1::Entity from,
      BestMatch(client, options.collection, options.path[0]));
  CAIRN_ASSIGN_OR_RETURN(
      const v1::Entity to,
      BestMatch(client, options.collection, options.path[1]));
  v1::FindPathsRequest request;
  request.set_parent(MakeCollectionName(options.collection));
  request.set_from(from.name());
  request.set_to(to.name());
  CAIRN_ASSIGN_OR_RETURN(
      const v1::FindPathsResponse response,
      client.Call(&Stub::FindPaths, client.entities(), request));
  if (global.format() != Format::kText) {
    Json paths = Json::array();
    for (const v1::Path& path : response.paths()) {
      paths.push_back(ShapeOfPath(path));
    }
    PrintJson({{"from", ShapeOf(from)},
               {"to", ShapeOf(to)},
               {"paths", std::move(paths)}},
              global.format());
    return ExitCode::kOk;
  }
  for (const v1::Path& path : response.paths()) PrintPath(path);
  if (response.paths().empty()) {
    PrintNote("nothing connects " + from.display_name() + " and " +
              to.display_name() + " within four steps");
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> RunEntity(const GlobalOptions& global,
                             const EntityOptions& options) {
  const int kinds = (options.name.empty() ? 0 : 1) +
                    (options.neighbors.empty() ? 0 : 1) +
                    (options.path.empty() ? 0 : 1);
  if (kinds != 1) {
    return InvalidArgumentError("give NAME, --neighbors NAME or --path A B",
                                "BAD_ARGUMENT");
  }
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  if (!options.name.empty()) return ShowEntity(global, options, *client);
  if (!options.path.empty()) return ShowPaths(global, options, *client);
  return ShowNeighbors(global, options, *client);
}

}  // namespace

void AddEntity(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<EntityOptions>();
  CLI::App* command = AddCommand(
      app, "entity", "Look up names, their neighbours and what connects them",
      "  cairn entity \"Marie Curie\"               where she is mentioned\n"
      "  cairn entity --neighbors \"Marie Curie\"   who and what stands near\n"
      "  cairn entity --path \"Marie Curie\" \"Solvay Conference\"");
  command->add_option("NAME", options->name, "A name, also misspelt");
  AddCollectionOption(*command, options->collection);
  command->add_option("--neighbors", options->neighbors,
                      "Show what shares passages with this name");
  command->add_option("--path", options->path, "Show what connects two names")
      ->expected(2);
  command->add_option("-k,--limit", options->limit, "Results at most")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->callback([options, &invocation] {
    invocation.run = [options, &invocation] {
      return RunEntity(invocation.global, *options);
    };
  });
}

}  // namespace cairn::cli
