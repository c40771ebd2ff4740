#include "models/extractive/examine.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <span>
#include <string>
#include <thread>
#include <utility>

namespace cairn::extractive {
namespace {

constexpr std::size_t kThreads = 2;
// Of a task: they share a pass of the encoder, and the deadline is looked at
// between tasks.
constexpr std::size_t kUnitsTogether = 4;
// Reading a passage costs as much as encoding four sentences of it. A question
// that asks for an explanation profits from vectors more than from spans.
struct Budget {
  std::size_t passages = 0;
  std::size_t units = 0;
};
constexpr Budget kWithoutReader = {.passages = 0, .units = 30};
constexpr Budget kForSpans = {.passages = 8, .units = 8};
constexpr Budget kForExplanations = {.passages = 4, .units = 24};

double Dot(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t at = 0; at < std::min(a.size(), b.size()); ++at) {
    sum += static_cast<double>(a[at]) * b[at];
  }
  return sum;
}

// Indexes of the units, those with the best words and readings first: there a
// vector can change which one is best.
std::vector<std::size_t> MostPromising(const std::vector<Unit>& units) {
  constexpr double kShare = 0.1;  // Of a point of log odds.
  const auto promise = [&units](std::size_t at) {
    const double odds = units[at].odds.value_or(kOddsMin);
    return units[at].lexical + kShare * std::clamp(odds, kOddsMin, kOddsMax);
  };
  std::vector<std::size_t> order(units.size());
  for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
  std::stable_sort(order.begin(), order.end(),
                   [&promise](std::size_t a, std::size_t b) {
                     return promise(a) > promise(b);
                   });
  return order;
}

using Task = std::function<Status()>;

// Runs the tasks in order on two threads; none begins after the deadline.
Status RunAll(const std::vector<Task>& tasks, const Deadline& deadline) {
  std::vector<Status> failures(kThreads, OkStatus());
  std::atomic<std::size_t> next = 0;
  const auto work = [&](std::size_t thread) {
    for (std::size_t at = next++; at < tasks.size(); at = next++) {
      if (deadline.expired()) return;
      failures[thread] = tasks[at]();
      if (!failures[thread].ok()) return;
    }
  };
  std::thread helper(work, 1);
  work(0);
  helper.join();
  for (const Status& failure : failures) CAIRN_RETURN_IF_ERROR(failure);
  return OkStatus();
}

// The section says what "it" is better than the document's title does.
const std::string& HeadingOf(const EvidencePassage& passage) {
  return passage.context.empty() ? passage.title : passage.context;
}

// Reads the units of one passage that are running text.
Status ReadPassage(const GenerationRequest& request, const AnswerReader& reader,
                   std::size_t index, std::vector<Unit>& units) {
  const EvidencePassage& passage = request.evidence[index];
  std::vector<Unit*> of_passage;
  std::vector<ByteSpan> spans;
  for (Unit& unit : units) {
    if (unit.passage != index || unit.kind == UnitKind::kRow) continue;
    of_passage.push_back(&unit);
    spans.push_back({unit.span.begin - passage.span.begin,
                     unit.span.end - passage.span.begin});
  }
  if (spans.empty()) return OkStatus();
  CAIRN_ASSIGN_OR_RETURN(
      const Reading reading,
      reader.Read(request.question, HeadingOf(passage), passage.text, spans));
  for (std::size_t at = 0; at < spans.size(); ++at) {
    const ReadSpan& read = reading.units[at];
    if (read.span.empty()) continue;
    of_passage[at]->odds = read.score;
    of_passage[at]->answer = {read.span.begin - spans[at].begin,
                              read.span.end - spans[at].begin};
  }
  return OkStatus();
}

// Cosines of the question and the units at `some`.
Status Compare(const Embedder& embedder, const std::vector<float>& question,
               std::span<const std::size_t> some, std::vector<Unit>& units) {
  std::vector<std::string> texts;
  for (const std::size_t at : some) texts.push_back(units[at].read);
  CAIRN_ASSIGN_OR_RETURN(const std::vector<std::vector<float>> vectors,
                         embedder.EmbedMany(texts, EmbedKind::kPassage, 1));
  for (std::size_t i = 0; i < some.size(); ++i) {
    units[some[i]].cosine = Dot(question, vectors[i]);
  }
  return OkStatus();
}

Budget BudgetOf(const Question& question, const Models& models) {
  if (models.reader == nullptr) return kWithoutReader;
  return question.explains() ? kForExplanations : kForSpans;
}

}  // namespace

Status Examine(const GenerationRequest& request, const Question& question,
               const Models& models, std::vector<Unit>& units) {
  if (request.deadline.expired()) return OkStatus();
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<float> vector,
      models.embedder.Embed(request.question, EmbedKind::kQuery));
  const Budget budget = BudgetOf(question, models);
  std::vector<Task> tasks;
  for (std::size_t at = 0;
       at < std::min(budget.passages, request.evidence.size()); ++at) {
    tasks.emplace_back([&request, &models, &units, at] {
      return ReadPassage(request, *models.reader, at, units);
    });
  }
  CAIRN_RETURN_IF_ERROR(RunAll(tasks, request.deadline));
  tasks.clear();
  std::vector<std::size_t> order = MostPromising(units);
  order.resize(std::min(order.size(), budget.units));
  for (std::size_t at = 0; at < order.size(); at += kUnitsTogether) {
    const std::size_t count = std::min(kUnitsTogether, order.size() - at);
    tasks.emplace_back(
        [&models, &vector, &units, some = std::span(order).subspan(at, count)] {
          return Compare(models.embedder, vector, some, units);
        });
  }
  return RunAll(tasks, request.deadline);
}

}  // namespace cairn::extractive
