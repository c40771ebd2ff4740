#include "tests/cases/render.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

namespace cairn {
namespace {

using Lines = std::vector<std::string>;

// On one line.
std::string Folded(const std::string& text) {
  std::string line;
  for (const char sign : text) {
    const bool space = sign == ' ' || sign == '\n' || sign == '\t';
    if (space && (line.empty() || line.back() == ' ')) continue;
    line += space ? ' ' : sign;
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string At(const std::string& text, const Json& span) {
  const std::size_t begin = span["begin"];
  const std::size_t end = span["end"];
  if (begin <= end && end <= text.size())
    return text.substr(begin, end - begin);
  ADD_FAILURE() << "the span " << span << " is outside of the text";
  return {};
}

Lines RenderError(const RunResult& result) {
  // "cairn: MESSAGE [REASON]", perhaps behind other notes.
  Lines lines = {"exit " + std::to_string(result.exit_code)};
  std::istringstream in(result.err);
  for (std::string line; std::getline(in, line);) {
    const std::size_t open = line.rfind(" [");
    if (!line.starts_with("cairn: ") || open == std::string::npos) continue;
    const std::string reason = line.substr(open + 2, line.size() - open - 3);
    lines.push_back("error " + reason + ": " + line.substr(7, open - 7));
  }
  return lines;
}

Lines RenderIngest(const Json& summary) {
  Lines lines;
  for (const char* outcome : {"created", "updated", "unchanged"}) {
    if (summary[outcome] != 0) {
      lines.push_back(outcome + (" " + summary[outcome].dump()));
    }
  }
  for (const Json& failure : summary["failures"]) {
    const std::filesystem::path path = std::string(failure["path"]);
    lines.push_back("failed " + path.filename().string() + ": " +
                    std::string(failure["reason"]));
  }
  return lines;
}

Lines RenderSearch(const Json& found, const TextOf& text_of) {
  Lines lines;
  for (const Json& hit : found["hits"]) {
    EXPECT_EQ(hit["text"], At(text_of(hit["document"]), hit["span"]));
    lines.push_back("hit " + std::string(hit["document"]) + ": " +
                    Folded(hit["text"]));
  }
  return lines;
}

Lines RenderAnswer(const Json& answer, const TextOf& text_of) {
  if (answer["abstained"]) return {"abstained"};
  Lines lines = {"answer " + Folded(answer["answer"]),
                 "short " + Folded(answer["short_answer"])};
  for (const Json& sentence : answer["sentences"]) {
    for (const Json& citation : sentence["citations"]) {
      const std::string text = text_of(citation["document"]);
      EXPECT_EQ(citation["quote"], At(text, citation["span"])) << citation;
      lines.push_back("cites " + std::string(citation["document"]) + ": " +
                      Folded(citation["quote"]));
    }
  }
  return lines;
}

Lines RenderEntity(const Json& found) {
  Lines lines;
  for (const Json& match : found.value("matches", Json::array())) {
    lines.push_back("entity " + std::string(match["name"]));
    lines.push_back("type " + std::string(match["type"]));
    for (const Json& alias : match["aliases"]) {
      lines.push_back("alias " + std::string(alias));
    }
  }
  for (const Json& mention : found.value("mentions", Json::array())) {
    lines.push_back("mention " + std::string(mention["document"]) + ": " +
                    Folded(mention["surface"]));
  }
  for (const Json& neighbor : found.value("neighbors", Json::array())) {
    lines.push_back("neighbor " + std::string(neighbor["name"]));
  }
  for (const Json& path : found.value("paths", Json::array())) {
    std::string line = "path ";
    for (const Json& step : path["steps"]) {
      if (line.size() > 5) line += " > ";
      line += step["name"];
    }
    lines.push_back(line);
  }
  return lines;
}

Lines RenderDocument(const Json& document, const TextOf& text_of) {
  const std::string text = text_of(document["document"]);
  Lines lines = {"title " + std::string(document["title"])};
  for (const Json& block : document["blocks"]) {
    lines.push_back("block " + std::string(block["type"]) + ": " +
                    Folded(At(text, block["span"])));
  }
  for (const Json& table : document["tables"]) {
    for (const Json& cell : table["cells"]) {
      EXPECT_EQ(cell["text"], At(text, cell["span"])) << cell;
      lines.push_back("cell " + cell["row"].dump() + "," + cell["col"].dump() +
                      ": " + Folded(cell["text"]));
    }
  }
  return lines;
}

// Of `document list`, `document delete` and `verify`.
Lines RenderRest(const Json& result) {
  Lines lines;
  if (result.contains("documents") && result["documents"].is_array()) {
    for (const Json& document : result["documents"]) {
      lines.push_back("document " + std::string(document["document"]) + ": " +
                      std::string(document["title"]));
    }
  } else if (result.contains("documents")) {
    lines.push_back("documents " + result["documents"].dump());
  }
  for (const Json& id : result.value("deleted", Json::array())) {
    lines.push_back("deleted " + std::string(id));
  }
  for (const Json& problem : result.value("problems", Json::array())) {
    lines.push_back("problem " + std::string(problem));
  }
  return lines;
}

Lines SplitLines(const std::string& text) {
  Lines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

Lines Render(const Arguments& command, const RunResult& result,
             const TextOf& text_of) {
  const std::string& verb = command.front();
  const bool partly = verb == "ingest" && result.exit_code == 1;
  if (result.exit_code != 0 && !partly) return RenderError(result);
  if (command.back() == "--text") return SplitLines(result.out);
  const Json json = result.json();
  if (verb == "ingest") return RenderIngest(json);
  if (verb == "search") return RenderSearch(json, text_of);
  if (verb == "ask") return RenderAnswer(json, text_of);
  if (verb == "entity") return RenderEntity(json);
  if (json.contains("blocks")) return RenderDocument(json, text_of);
  return RenderRest(json);
}

}  // namespace cairn
