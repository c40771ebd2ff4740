// cairn formats: what this program can read, and what is missing for the rest.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"
#include "documents/ocr/picture_reader.h"
#include "documents/parser.h"
#include "documents/sniff.h"

namespace cairn::cli {
namespace {

// Files that people have and that this program may lack a parser for: how to
// turn them into one it reads.
struct Foreign {
  std::string_view name;
  std::string_view endings;
  std::string_view remedy;
};
constexpr std::array kForeign = {
    Foreign{"rar", "rar", "unpack it and ingest the folder"},
};

std::string Joined(const std::vector<std::string_view>& endings) {
  std::string out;
  for (const std::string_view ending : endings) {
    if (!out.empty()) out.push_back(' ');
    out += ending;
  }
  return out;
}

// Whether its parser could start here; a library may be missing.
Status ReadinessOf(const FormatParser& format) {
  return format.needs_jail() ? format.PrepareForJail() : OkStatus();
}

void AddFormat(std::string_view name, std::string_view endings, bool on,
               std::string_view note, Json& list) {
  list.push_back({{"format", std::string(name)},
                  {"endings", std::string(endings)},
                  {"on", on},
                  {"note", std::string(note)}});
}

// Sound and frames need a server, which only the configuration knows, and
// frames a library.
std::string NoteOfFilms() {
  const FormatParser* const film = FormatByName("film");
  const Status frames = film == nullptr ? OkStatus() : film->PrepareForFrames();
  return "subtitles inside or beside it; without them with --transcriber URL; "
         "frames with --describer URL" +
         (frames.ok() ? "" : ", but here without them: " + MessageOf(frames));
}

Json ListFormats() {
  Json list = Json::array();
  for (const FormatParser* format : AllFormats()) {
    const Status ready = ReadinessOf(*format);
    const FormatParser* const reader = format->picture_reader();
    const Status pictures =
        reader == nullptr ? OkStatus() : ReadinessOf(*reader);
    AddFormat(format->name(), Joined(EndingsOf(format->name())), ready.ok(),
              !ready.ok() ? MessageOf(ready)
              : !pictures.ok()
                  ? "without the text of pictures: " + MessageOf(pictures)
                  : "",
              list);
  }
  const StatusOr<std::string> reader = ocr::DescribeReader();
  // These need a server, which only the configuration knows.
  for (Json& format : list) {
    if (format["format"] == "recording") {
      format["note"] =
          "with --transcriber URL, or with subtitles (.vtt, .srt) beside it";
    } else if (format["format"] == "film") {
      format["note"] = NoteOfFilms();
    } else if (format["format"] == "image" && reader.ok()) {
      format["note"] =
          *reader + "; photographs without text with --describer URL";
    }
  }
  // JSON Lines has a reader of its own: a document a line.
  AddFormat("jsonl", "jsonl", true, "a document for every line", list);
  AddFormat("archive", "zip tar tgz tbz2 txz tzst gz bz2 xz zst 7z", true,
            "a document for every file inside", list);
  for (const Foreign& foreign : kForeign) {
    AddFormat(foreign.name, foreign.endings, false, foreign.remedy, list);
  }
  return list;
}

void PrintFormats(const Json& list) {
  constexpr std::size_t kNameWidth = 11;
  for (const Json& format : list) {
    std::string name = format["format"].get<std::string>();
    name.resize(std::max(name.size() + 1, kNameWidth), ' ');
    std::string line = format["on"].get<bool>() ? "on   " : "off  ";
    line += name + format["endings"].get<std::string>();
    const std::string note = format["note"].get<std::string>();
    if (!note.empty()) line += "\n                -> " + note;
    PrintText(line + "\n");
  }
}

StatusOr<ExitCode> RunFormats(const GlobalOptions& global) {
  const Json list = ListFormats();
  if (global.format() == Format::kText) {
    PrintFormats(list);
  } else {
    PrintJson({{"formats", list}}, global.format());
  }
  return ExitCode::kOk;
}

}  // namespace

void AddFormats(CLI::App& app, Invocation& invocation) {
  CLI::App* command = AddCommand(
      app, "formats", "List the formats that can be read",
      "  cairn formats\n"
      "  cairn formats --json\n"
      "Each line is on or off, with the endings of files and the remedy.");
  command->callback([&invocation] {
    invocation.run = [&invocation] { return RunFormats(invocation.global); };
  });
}

}  // namespace cairn::cli
