// A durable job as the operation that clients see.
#pragma once

#include "storage/records.h"

namespace google::longrunning {
class Operation;
}

namespace cairn {

void FillOperation(const JobRecord& job, google::longrunning::Operation* out);

}  // namespace cairn
