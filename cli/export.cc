// cairn export: a collection as files that other tools read.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cli/choices.h"
#include "cli/client.h"
#include "cli/command.h"
#include "cli/export_tables.h"
#include "cli/output.h"
#include "cli/shapes.h"
#include "services/convert/resource_name.h"

namespace cairn::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kPage = 1000;

struct ExportOptions {
  std::string collection = "default";
  std::string folder;
  ExportFormat format = ExportFormat::kJsonl;
};

struct TextUnit {
  std::string id;  // "DOCUMENT#CHUNK".
  std::uint32_t document = 0;
  v1::ChunkEntities chunk;
};

// Everything but the texts, numbered in the order of the export.
struct Graph {
  std::vector<v1::Document> documents;
  std::vector<TextUnit> units;
  std::vector<v1::Entity> entities;
  std::unordered_map<std::string, std::uint32_t> entity_numbers;
  std::vector<std::vector<std::uint32_t>> entities_of;  // By unit.
  std::vector<std::vector<std::uint32_t>> units_of;     // By entity.
  Relationships relationships;
};

class Export {
 public:
  Export(const ExportOptions& options, Client& client)
      : options_(options),
        client_(client),
        parent_(MakeCollectionName(options.collection)) {}

  // The counts of what was written; the files lie in `folder`.
  StatusOr<Json> Run(const std::string& folder) {
    CAIRN_RETURN_IF_ERROR(ReadDocuments());
    CAIRN_RETURN_IF_ERROR(ReadEntities());
    for (std::size_t i = 0; i < graph_.documents.size(); ++i) {
      CAIRN_RETURN_IF_ERROR(ReadUnits(static_cast<std::uint32_t>(i)));
    }
    Tie();
    if (options_.format == ExportFormat::kGraphml) {
      CAIRN_RETURN_IF_ERROR(WriteGraphml(folder + "/graph.graphml"));
    } else {
      CAIRN_RETURN_IF_ERROR(WriteTexts(folder));
      CAIRN_RETURN_IF_ERROR(WriteEntities(folder));
      CAIRN_RETURN_IF_ERROR(WriteRelationships(folder));
    }
    return Json{{"documents", graph_.documents.size()},
                {"text_units", graph_.units.size()},
                {"entities", graph_.entities.size()},
                {"relationships", graph_.relationships.ties().size()}};
  }

 private:
  Status ReadDocuments();
  Status ReadEntities();
  Status ReadUnits(std::uint32_t number);
  void Tie();
  StatusOr<std::string> TextOf(const v1::Document& document) const;
  Json UnitIds(const std::vector<std::uint32_t>& units) const;
  Status WriteTexts(const std::string& folder);
  Status WriteEntities(const std::string& folder);
  Status WriteRelationships(const std::string& folder);
  Status WriteGraphml(const std::string& path) const;

  const ExportOptions& options_;
  Client& client_;
  const std::string parent_;
  Graph graph_;
};

Status Export::ReadDocuments() {
  v1::ListDocumentsRequest request;
  request.set_parent(parent_);
  request.set_page_size(kPage);
  do {
    CAIRN_ASSIGN_OR_RETURN(
        v1::ListDocumentsResponse page,
        client_.Call(&v1::DocumentService::Stub::ListDocuments,
                     client_.documents(), request));
    for (v1::Document& document : *page.mutable_documents()) {
      graph_.documents.push_back(std::move(document));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return OkStatus();
}

Status Export::ReadEntities() {
  v1::ListEntitiesRequest request;
  request.set_parent(parent_);
  request.set_page_size(kPage);
  do {
    CAIRN_ASSIGN_OR_RETURN(v1::ListEntitiesResponse page,
                           client_.Call(&v1::EntityService::Stub::ListEntities,
                                        client_.entities(), request));
    for (v1::Entity& entity : *page.mutable_entities()) {
      graph_.entity_numbers.emplace(entity.name(), graph_.entities.size());
      graph_.entities.push_back(std::move(entity));
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return OkStatus();
}

Status Export::ReadUnits(std::uint32_t number) {
  v1::ListChunksRequest request;
  const std::string& document = graph_.documents[number].name();
  request.set_parent(document);
  request.set_page_size(kPage);
  do {
    CAIRN_ASSIGN_OR_RETURN(v1::ListChunksResponse page,
                           client_.Call(&v1::EntityService::Stub::ListChunks,
                                        client_.entities(), request));
    for (v1::ChunkEntities& chunk : *page.mutable_chunks()) {
      graph_.units.push_back(
          {.id = IdOf(document) + "#" + std::to_string(chunk.chunk()),
           .document = number,
           .chunk = std::move(chunk)});
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return OkStatus();
}

void Export::Tie() {
  graph_.entities_of.resize(graph_.units.size());
  graph_.units_of.resize(graph_.entities.size());
  for (std::uint32_t unit = 0; unit < graph_.units.size(); ++unit) {
    std::vector<std::uint32_t>& entities = graph_.entities_of[unit];
    for (const std::string& name : graph_.units[unit].chunk.entities()) {
      // One that came behind the list of entities is left out.
      const auto found = graph_.entity_numbers.find(name);
      if (found == graph_.entity_numbers.end()) continue;
      entities.push_back(found->second);
      graph_.units_of[found->second].push_back(unit);
    }
    graph_.relationships.AddChunk(unit, entities);
  }
}

StatusOr<std::string> Export::TextOf(const v1::Document& document) const {
  v1::DownloadDocumentTextRequest request;
  request.set_name(document.name());
  grpc::ClientContext context;
  client_.Prepare(context);
  const auto reader =
      client_.documents().DownloadDocumentText(&context, request);
  std::string text;
  v1::DownloadDocumentTextResponse part;
  while (reader->Read(&part)) text += part.data();
  CAIRN_RETURN_IF_ERROR(StatusOf(reader->Finish()));
  return text;
}

Json Export::UnitIds(const std::vector<std::uint32_t>& units) const {
  Json ids = Json::array();
  for (const std::uint32_t unit : units) ids.push_back(graph_.units[unit].id);
  return ids;
}

// documents and text_units; each text is read once.
Status Export::WriteTexts(const std::string& folder) {
  TableFile documents(folder + "/documents", options_.format);
  TableFile units(folder + "/text_units", options_.format);
  std::uint32_t unit = 0;
  for (std::uint32_t i = 0; i < graph_.documents.size(); ++i) {
    const v1::Document& document = graph_.documents[i];
    CAIRN_ASSIGN_OR_RETURN(const std::string text, TextOf(document));
    Json unit_ids = Json::array();
    for (; unit < graph_.units.size() && graph_.units[unit].document == i;
         ++unit) {
      const TextUnit& one = graph_.units[unit];
      unit_ids.push_back(one.id);
      Json entities = Json::array();
      for (const std::uint32_t entity : graph_.entities_of[unit]) {
        entities.push_back(IdOf(graph_.entities[entity].name()));
      }
      const v1::Span& span = one.chunk.span();
      if (span.end() > text.size()) continue;  // Replaced meanwhile.
      units.Add({{"id", one.id},
                 {"human_readable_id", unit},
                 {"text", text.substr(span.begin(), span.end() - span.begin())},
                 {"n_tokens", one.chunk.tokens()},
                 {"document_ids", Json::array({IdOf(document.name())})},
                 {"entity_ids", std::move(entities)},
                 {"begin", span.begin()},
                 {"end", span.end()}});
    }
    Json metadata = Json::object();
    for (const auto& [key, value] : document.metadata()) metadata[key] = value;
    documents.Add(
        {{"id", IdOf(document.name())},
         {"human_readable_id", i},
         {"title", document.title()},
         {"text", text},
         {"text_unit_ids", std::move(unit_ids)},
         {"creation_date", TimeText(document.create_time().seconds())},
         {"metadata", std::move(metadata)}});
  }
  CAIRN_RETURN_IF_ERROR(documents.Close());
  return units.Close();
}

Status Export::WriteEntities(const std::string& folder) {
  TableFile table(folder + "/entities", options_.format);
  const auto degrees = graph_.relationships.Degrees(graph_.entities.size());
  for (std::uint32_t i = 0; i < graph_.entities.size(); ++i) {
    const v1::Entity& entity = graph_.entities[i];
    Json aliases = Json::array();
    for (const std::string& alias : entity.aliases()) aliases.push_back(alias);
    table.Add({{"id", IdOf(entity.name())},
               {"human_readable_id", i},
               {"title", entity.display_name()},
               {"type", NameOfType(entity.type())},
               {"aliases", std::move(aliases)},
               {"text_unit_ids", UnitIds(graph_.units_of[i])},
               {"frequency", entity.chunks()},
               {"degree", degrees[i]}});
  }
  return table.Close();
}

Status Export::WriteRelationships(const std::string& folder) {
  TableFile table(folder + "/relationships", options_.format);
  const auto degrees = graph_.relationships.Degrees(graph_.entities.size());
  for (const auto& [pair, tie] : graph_.relationships.ties()) {
    const v1::Entity& source = graph_.entities[pair.first];
    const v1::Entity& target = graph_.entities[pair.second];
    table.Add({{"id", IdOf(source.name()) + "-" + IdOf(target.name())},
               {"human_readable_id", table.rows()},
               {"source", source.display_name()},
               {"target", target.display_name()},
               {"source_id", IdOf(source.name())},
               {"target_id", IdOf(target.name())},
               {"description", "mentioned together"},
               {"weight", tie.weight},
               {"combined_degree", degrees[pair.first] + degrees[pair.second]},
               {"text_unit_ids", UnitIds(tie.chunks)}});
  }
  return table.Close();
}

Status Export::WriteGraphml(const std::string& path) const {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  const auto key = [&file](const char* id, const char* of, const char* type) {
    file << "<key id=\"" << id << "\" for=\"" << of << "\" attr.name=\"" << id
         << "\" attr.type=\"" << type << "\"/>\n";
  };
  key("title", "node", "string");
  key("type", "node", "string");
  key("frequency", "node", "long");
  key("weight", "edge", "double");
  key("chunks", "edge", "long");
  file << "<graph edgedefault=\"undirected\">\n";
  for (const v1::Entity& entity : graph_.entities) {
    file << "<node id=\"" << IdOf(entity.name()) << "\"><data key=\"title\">"
         << XmlEscaped(Cleaned(entity.display_name()))
         << "</data><data key=\"type\">" << NameOfType(entity.type())
         << "</data><data key=\"frequency\">" << entity.chunks()
         << "</data></node>\n";
  }
  for (const auto& [pair, tie] : graph_.relationships.ties()) {
    file << "<edge source=\"" << IdOf(graph_.entities[pair.first].name())
         << "\" target=\"" << IdOf(graph_.entities[pair.second].name())
         << "\"><data key=\"weight\">" << tie.weight
         << "</data><data key=\"chunks\">" << tie.chunks.size()
         << "</data></edge>\n";
  }
  file << "</graph>\n</graphml>\n";
  file.close();
  if (file.good()) return OkStatus();
  return ResourceExhaustedError("could not write " + path +
                                    "; free space, or "
                                    "choose another folder",
                                "DISK_FULL");
}

// Files appear in `folder` all together, or not at all.
StatusOr<ExitCode> RunExport(const GlobalOptions& global,
                             const ExportOptions& options) {
  std::error_code error;
  if (fs::exists(fs::symlink_status(options.folder, error))) {
    return AlreadyExistsError(
        options.folder + " exists already; name a folder that does not",
        "FOLDER_EXISTS");
  }
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  const std::string partial =
      fs::path(options.folder).lexically_normal().string() + ".partial";
  fs::remove_all(partial, error);
  fs::create_directories(partial, error);
  if (error) {
    return PermissionDeniedError("cannot make the folder " + partial + ": " +
                                     error.message() +
                                     "; choose another folder",
                                 "FOLDER_READ_ONLY");
  }
  StatusOr<Json> counts = Export(options, *client).Run(partial);
  if (counts.ok()) fs::rename(partial, options.folder, error);
  if (!counts.ok() || error) {
    std::error_code ignored;
    fs::remove_all(partial, ignored);
    CAIRN_RETURN_IF_ERROR(counts.status());
    return InternalError("could not make " + options.folder + ": " +
                         error.message());
  }
  if (global.format() != Format::kText) {
    PrintJson(*counts, global.format());
    return ExitCode::kOk;
  }
  for (const auto& [what, count] : counts->items()) {
    PrintText(what + ": " + WithCommas(count.get<std::uint64_t>()) + "\n");
  }
  return ExitCode::kOk;
}

}  // namespace

void AddExport(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* command = AddCommand(
      app, "export", "Write a collection and its graph for other tools",
      "  cairn export exported\n"
      "  cairn export -c papers --format csv exported\n"
      "  cairn export --format graphml exported      # Gephi, NetworkX, yEd\n"
      "jsonl and csv: the tables documents, text_units, entities and\n"
      "relationships with the columns that GraphRAG gives them;\n"
      "documents.jsonl can be ingested again. Relationships are pairs of\n"
      "entities that share a chunk. The graph is held in memory meanwhile.");
  AddCollectionOption(*command, options->collection);
  const std::map<std::string, ExportFormat> formats = {
      {"jsonl", ExportFormat::kJsonl},
      {"csv", ExportFormat::kCsv},
      {"graphml", ExportFormat::kGraphml}};
  AddChoices(
      command->add_option("--format", options->format, "How files are written"),
      formats)
      ->default_str("jsonl");
  command
      ->add_option("folder", options->folder,
                   "Folder to make; must not exist yet")
      ->required();
  command->callback([options, &invocation] {
    invocation.run = [options, &invocation] {
      return RunExport(invocation.global, *options);
    };
  });
}

}  // namespace cairn::cli
