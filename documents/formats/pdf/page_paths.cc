#include "documents/formats/pdf/page_paths.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "documents/formats/pdf/rulings.h"

namespace cairn::pdf {
namespace {

constexpr int kFormDepthMax = 8;
constexpr std::size_t kSegmentsMax = 100'000;
constexpr std::size_t kRulingsMax = 20'000;
constexpr float kThin = 3;      // Points; thicker is an area, not a line.
constexpr float kStraight = 1;  // Points off the axis that a line may end.
constexpr float kStrokeMax = 6;

struct Point {
  float x = 0, y = 0;
};

Point Apply(const PdfiumMatrix& m, Point p) {
  return {m.a * p.x + m.c * p.y + m.e, m.b * p.x + m.d * p.y + m.f};
}

// First `inner`, then `outer`.
PdfiumMatrix Compose(const PdfiumMatrix& inner, const PdfiumMatrix& outer) {
  return {inner.a * outer.a + inner.b * outer.c,
          inner.a * outer.b + inner.b * outer.d,
          inner.c * outer.a + inner.d * outer.c,
          inner.c * outer.b + inner.d * outer.d,
          inner.e * outer.a + inner.f * outer.c + outer.e,
          inner.e * outer.b + inner.f * outer.d + outer.f};
}

class PathReader {
 public:
  PathReader(const Pdfium& pdfium, const PageSpace& space, Turn turn)
      : pdfium_(pdfium), space_(space), turn_(turn) {
    bounds_ = turn.ToReading({0, 0, space.width(), space.height()});
  }

  void ReadPage(PdfiumPage* page) {
    const int count = pdfium_.Page_CountObjects(page);
    for (int i = 0; i < count && !Full(); ++i) {
      Read(pdfium_.Page_GetObject(page, i), {1, 0, 0, 1, 0, 0}, 0);
    }
  }
  std::vector<Ruling> Take() && { return std::move(rulings_); }

 private:
  bool Full() const {
    return segments_ > kSegmentsMax || rulings_.size() > kRulingsMax;
  }
  void Read(PdfiumObject* object, const PdfiumMatrix& outer, int depth);
  void ReadPath(PdfiumObject* path, const PdfiumMatrix& matrix);
  void ReadImage(const PdfiumMatrix& matrix);
  void TakeOutline(const std::vector<Point>& points, bool straight, bool fill,
                   bool stroke);
  void AddLine(Point a, Point b, bool area = false);
  void AddArea(const std::vector<Point>& points);
  bool IsVisibleFill(PdfiumObject* path) const;
  Point Place(const PdfiumMatrix& matrix, Point point) const;

  const Pdfium& pdfium_;
  const PageSpace& space_;
  const Turn turn_;
  Rect bounds_;
  std::size_t segments_ = 0;
  std::vector<Ruling> rulings_;
};

Point PathReader::Place(const PdfiumMatrix& matrix, Point point) const {
  const Point user = Apply(matrix, point);
  const auto [x, y] = space_.Point(user.x, user.y);
  const Rect reading = turn_.ToReading({x, y, x, y});
  return {reading.left, reading.top};
}

void PathReader::Read(PdfiumObject* object, const PdfiumMatrix& outer,
                      int depth) {
  ++segments_;
  if (object == nullptr || Full()) return;
  const int type = pdfium_.PageObj_GetType(object);
  if (type != kPdfiumPath && type != kPdfiumImage && type != kPdfiumForm) {
    return;
  }
  PdfiumMatrix own{1, 0, 0, 1, 0, 0};
  pdfium_.PageObj_GetMatrix(object, &own);
  const PdfiumMatrix matrix = Compose(own, outer);
  if (type == kPdfiumPath) {
    ReadPath(object, matrix);
  } else if (type == kPdfiumImage) {
    ReadImage(matrix);
  } else if (depth < kFormDepthMax) {
    const int count = pdfium_.FormObj_CountObjects(object);
    for (int i = 0; i < count && !Full(); ++i) {
      Read(pdfium_.FormObj_GetObject(object, static_cast<unsigned long>(i)),
           matrix, depth + 1);
    }
  }
}

// White areas cover or part things, but nobody sees their edges.
bool PathReader::IsVisibleFill(PdfiumObject* path) const {
  constexpr unsigned int kNearlyWhite = 250;
  unsigned int red = 0;
  unsigned int green = 0;
  unsigned int blue = 0;
  unsigned int alpha = 255;
  if (pdfium_.PageObj_GetFillColor(path, &red, &green, &blue, &alpha) == 0) {
    return true;
  }
  return alpha > 0 &&
         (red < kNearlyWhite || green < kNearlyWhite || blue < kNearlyWhite);
}

void PathReader::ReadPath(PdfiumObject* path, const PdfiumMatrix& matrix) {
  int fill_mode = 0;
  int stroke_mode = 0;
  if (pdfium_.Path_GetDrawMode(path, &fill_mode, &stroke_mode) == 0) return;
  const bool stroke = stroke_mode != 0;
  const bool fill = fill_mode != 0 && IsVisibleFill(path);
  if (!stroke && !fill) return;
  if (stroke) {
    float width = 0;
    pdfium_.PageObj_GetStrokeWidth(path, &width);
    if (width *
            std::sqrt(std::fabs(matrix.a * matrix.d - matrix.b * matrix.c)) >
        kStrokeMax) {
      return;
    }
  }
  const int count = pdfium_.Path_CountSegments(path);
  std::vector<Point> outline;
  bool straight = true;
  for (int i = 0; i < count && !Full(); ++i) {
    ++segments_;
    PdfiumSegment* const segment = pdfium_.Path_GetPathSegment(path, i);
    const int type = pdfium_.PathSegment_GetType(segment);
    Point point;
    pdfium_.PathSegment_GetPoint(segment, &point.x, &point.y);
    point = Place(matrix, point);
    if (type == kPdfiumMoveTo) {
      TakeOutline(outline, straight, fill, stroke);
      outline.clear();
      straight = true;
    } else if (type != kPdfiumLineTo) {
      straight = false;
    }
    outline.push_back(point);
    if (pdfium_.PathSegment_GetClose(segment) != 0) {
      outline.push_back(outline.front());
    }
  }
  TakeOutline(outline, straight, fill, stroke);
}

// Some writers draw a line as an image one pixel high.
void PathReader::ReadImage(const PdfiumMatrix& matrix) {
  const std::vector<Point> corners = {
      Place(matrix, {0, 0}), Place(matrix, {1, 0}), Place(matrix, {1, 1}),
      Place(matrix, {0, 1})};
  const float width = std::fabs(corners[2].x - corners[0].x);
  const float height = std::fabs(corners[2].y - corners[0].y);
  if (std::min(width, height) <= kThin) AddArea(corners);
}

void PathReader::TakeOutline(const std::vector<Point>& points, bool straight,
                             bool fill, bool stroke) {
  if (points.size() < 2 || !straight) return;
  if (fill && points.size() >= 4 && points.size() <= 6) AddArea(points);
  if (!stroke) return;
  for (std::size_t i = 1; i < points.size(); ++i) {
    AddLine(points[i - 1], points[i]);
  }
}

void PathReader::AddLine(Point a, Point b, bool area) {
  const Rect box{std::max(std::min(a.x, b.x), bounds_.left),
                 std::max(std::min(a.y, b.y), bounds_.top),
                 std::min(std::max(a.x, b.x), bounds_.right),
                 std::min(std::max(a.y, b.y), bounds_.bottom)};
  if (!(box.width() >= 0 && box.height() >= 0)) return;
  if (box.height() <= kStraight && box.width() > 2 * box.height()) {
    rulings_.push_back(
        {true, (box.top + box.bottom) / 2, box.left, box.right, area});
  } else if (box.width() <= kStraight && box.height() > 2 * box.width()) {
    rulings_.push_back(
        {false, (box.left + box.right) / 2, box.top, box.bottom, area});
  }
}

// A rectangle: a line when thin, else its edges.
void PathReader::AddArea(const std::vector<Point>& points) {
  Rect box{points[0].x, points[0].y, points[0].x, points[0].y};
  for (const Point& p : points) box.Include({p.x, p.y, p.x, p.y});
  for (const Point& p : points) {
    const bool at_corner =
        std::min(p.x - box.left, box.right - p.x) <= kStraight &&
        std::min(p.y - box.top, box.bottom - p.y) <= kStraight;
    if (!at_corner) return;
  }
  const Point middle{(box.left + box.right) / 2, (box.top + box.bottom) / 2};
  if (box.height() <= kThin && box.height() < box.width()) {
    AddLine({box.left, middle.y}, {box.right, middle.y});
  } else if (box.width() <= kThin) {
    AddLine({middle.x, box.top}, {middle.x, box.bottom});
  } else {
    AddLine({box.left, box.top}, {box.right, box.top}, true);
    AddLine({box.left, box.bottom}, {box.right, box.bottom}, true);
    AddLine({box.left, box.top}, {box.left, box.bottom}, true);
    AddLine({box.right, box.top}, {box.right, box.bottom}, true);
  }
}

// The largest picture of `count` objects and of the forms among them.
class PictureFinder {
 public:
  PictureFinder(const Pdfium& pdfium, const PageSpace& space)
      : pdfium_(pdfium), space_(space) {}

  void Look(PdfiumObject* object, const PdfiumMatrix& outer, int depth) {
    if (object == nullptr || ++seen_ > kSegmentsMax) return;
    const int type = pdfium_.PageObj_GetType(object);
    if (type != kPdfiumImage && type != kPdfiumForm) return;
    PdfiumMatrix own{1, 0, 0, 1, 0, 0};
    pdfium_.PageObj_GetMatrix(object, &own);
    const PdfiumMatrix matrix = Compose(own, outer);
    if (type == kPdfiumImage) {
      const float area = std::fabs(matrix.a * matrix.d - matrix.b * matrix.c);
      share_ = std::max(share_, area / (space_.width() * space_.height()));
    } else if (depth < kFormDepthMax) {
      const int count = pdfium_.FormObj_CountObjects(object);
      for (int i = 0; i < count && seen_ <= kSegmentsMax; ++i) {
        Look(pdfium_.FormObj_GetObject(object, static_cast<unsigned long>(i)),
             matrix, depth + 1);
      }
    }
  }
  float share() const { return share_; }

 private:
  const Pdfium& pdfium_;
  const PageSpace& space_;
  std::size_t seen_ = 0;
  float share_ = 0;
};

}  // namespace

Drawn ReadDrawn(const Pdfium& pdfium, PdfiumPage* page,
                const PageSpace& space) {
  Drawn drawn;
  const int count = pdfium.Page_CountObjects(page);
  drawn.objects = static_cast<std::size_t>(std::max(count, 0));
  if (!(space.width() > 0 && space.height() > 0)) return drawn;
  PictureFinder finder(pdfium, space);
  for (int i = 0; i < count; ++i) {
    finder.Look(pdfium.Page_GetObject(page, i), {1, 0, 0, 1, 0, 0}, 0);
  }
  drawn.picture_share = finder.share();
  return drawn;
}

std::vector<Ruling> ReadRulings(const Pdfium& pdfium, PdfiumPage* page,
                                const PageSpace& space, Turn turn) {
  if (turn.cosine != 0 && turn.sine != 0) return {};
  PathReader reader(pdfium, space, turn);
  reader.ReadPage(page);
  return MergeRulings(std::move(reader).Take());
}

}  // namespace cairn::pdf
