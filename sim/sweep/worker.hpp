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

  /// `stale`: the point is refused now, and its result of before stands.
  enum class Outcome { kept, ok, refused, failed, stale };
  /// Runs a point and stores how it ended, unless it is stored already. Throws Error (run_failed) where it cannot be
  /// stored.
  Outcome run(const SweepPoint& point);
  /// Why the last stale point is refused now.
  const std::string& stale_error() const { return stale_error_; }

 private:
  const SweepFile& sweep_;
  PointKeys keys_;
  PointStore store_;
  ValuesCache* cache_;
  std::string stale_error_;
  std::shared_ptr<FileMemory> files_ = std::make_shared<FileMemory>();
};

}  // namespace lacuna
