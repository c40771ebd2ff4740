// StoredGraphView: the GraphView of one stored state.
//
// Place: GraphFollower makes it; nobody else needs to know its form.
#pragma once

#include <memory>

#include "base/status.h"
#include "domain/ids.h"
#include "graph/graph_view.h"
#include "storage/store.h"

namespace cairn {

StatusOr<std::shared_ptr<const GraphView>> LoadGraphView(
    const StoreReader& reader, const CollectionKey& collection);
std::shared_ptr<const GraphView> EmptyGraphView();

}  // namespace cairn
