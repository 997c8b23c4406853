// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "sim/result/run_result.hpp"

namespace lacuna {

/// How a point ended.
enum class PointStatus { ok, refused, failed, crashed };

/// "ok", "refused" (it cannot be built: bad input, an illegal mapping), "failed" (the run found a fault), "crashed".
std::string to_string(PointStatus status);

/// A point as a database holds it.
struct PointRecord {
  std::string key;
  PointStatus status = PointStatus::ok;
  std::string error;    ///< the message; "" where it went well
  std::string command;  ///< command line that repeats it
  /// Digest of everything that determines the result but the program; "" where the experiment cannot be composed.
  std::string identity;
  double elapsed_ms = 0.0;
  const RunResult* result = nullptr;  ///< where it went well
};

/// The points of one database, as one process sees them. Every call is a transaction of its own.
class PointStore {
 public:
  /// Opens a database that is there and of this version. Waits for other processes up to a minute.
  explicit PointStore(const std::string& file);
  ~PointStore();
  PointStore(const PointStore&) = delete;
  PointStore& operator=(const PointStore&) = delete;

  /// Whether the point is there, as it would come out again: this program, this identity, this error, and not crashed.
  bool holds(const PointRecord& point) const;
  /// Whether a result stands under the key, of whatever experiment.
  bool has_result(const std::string& key) const;
  /// Puts a point in place of whatever stands under its key. Throws Error (run_failed) where the disk is full.
  void put(const PointRecord& point);

 private:
  struct Statements;
  std::unique_ptr<Statements> sql_;
};

}  // namespace lacuna
