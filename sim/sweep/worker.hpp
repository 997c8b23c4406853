// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "sim/config/file_memory.hpp"
#include "sim/sweep/database_schema.hpp"
#include "sim/sweep/point_store.hpp"
#include "sim/values/values_cache.hpp"

namespace lacuna {

/// Runs points one after another, in one process: what is worked out for one (memos, mapped values) serves the next.
class SweepWorker {
 public:
  SweepWorker(const SweepFile& sweep, const std::string& database, ValuesCache* cache);

  enum class Outcome { kept, ok, refused, failed };
  /// Runs a point and stores how it ended, unless it is stored already. Throws Error (run_failed) where it cannot be
  /// stored.
  Outcome run(const SweepPoint& point);

 private:
  const SweepFile& sweep_;
  PointKeys keys_;
  PointStore store_;
  ValuesCache* cache_;
  std::shared_ptr<FileMemory> files_ = std::make_shared<FileMemory>();
};

}  // namespace lacuna
