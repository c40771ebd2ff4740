// DataSet: a corpus with questions whose wanted documents are known.
//
// Place: `cairn eval` opens one; nothing else knows these formats.
// Formats, told apart by the files in the folder:
//   JSON Lines  corpus.jsonl  {"id", "title", "text"}
//               queries.jsonl {"id", "question", "gold": [ids], "type"}
//   BEIR        corpus.jsonl  {"_id", "title", "text"}
//               queries.jsonl {"_id", "text"}
//               qrels/*.tsv   query-id, corpus-id, score, under a header line
//   CSV         corpus.csv    id,title,text
//               queries.csv   id,question,gold[,type]; gold ids are separated
//                             by ';' or blanks
// Ids are strings or whole numbers; title and type may be absent; other fields
// are ignored. Questions without gold are counted, not kept.
// Memory: the questions are held, the corpus is read as a stream (CSV: whole).
// Threads: safe after Open.
// Errors: NOT_FOUND when files are missing; INVALID_ARGUMENT (BAD_DATA_SET)
// with file and line (CSV: row) for the first thing that does not fit. Nothing
// is skipped over: figures of half a corpus would mislead.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/status.h"
#include "eval/measures.h"

namespace cairn::eval {

struct CorpusDocument {
  std::string id;
  std::string title;  // May be empty.
  std::string text;
};

struct Question {
  std::string id;
  std::string text;
  std::string type;        // Empty: the set has no types.
  std::vector<Gold> gold;  // At least one; by document; without ranks.
};

enum class DataSetFormat { kJsonl, kBeir, kCsv };

struct DataSetOptions {
  // BEIR: the judgements are those of qrels/SPLIT.tsv. Empty: test, else those
  // of all files.
  std::string split;
};

class DataSet {
 public:
  using Visit = std::function<Status(CorpusDocument document)>;

  static StatusOr<DataSet> Open(const std::string& folder,
                                const DataSetOptions& options);

  // Last part of the folder's path.
  const std::string& name() const { return name_; }
  // In the order of the file.
  const std::vector<Question>& questions() const { return questions_; }
  // Left out for want of gold.
  std::size_t questions_without_gold() const { return without_gold_; }

  // In the order of the file; stops at the first status that is not OK.
  Status VisitDocuments(const Visit& visit) const;

 private:
  DataSet() = default;
  Status ReadQuestions(const DataSetOptions& options);
  Status Add(Question question, const std::string& where);

  std::string folder_;
  std::string name_;
  DataSetFormat format_ = DataSetFormat::kJsonl;
  std::vector<Question> questions_;
  std::size_t without_gold_ = 0;
};

}  // namespace cairn::eval
