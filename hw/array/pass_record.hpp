// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lacuna {

/// Edges of one pass of an array; -1 until it has happened.
struct PassRecord {
  std::int64_t start_without_link = -1;  ///< first edge at which nothing but the DRAM link held the pass back
  std::int64_t start = -1;               ///< first word of the pass enters the array
  std::int64_t link_wait_awake = 0;      ///< edges from start_without_link to start at which the core clock ran
  std::int64_t filters_sent = -1;        ///< last filter word enters the array
  std::int64_t end = -1;                 ///< last psum leaves the array

  /// Edges at which the array waited for the DRAM link alone.
  std::int64_t link_wait() const { return start - start_without_link; }
  /// Of them, those at which the core clock slept.
  std::int64_t link_wait_asleep() const { return link_wait() - link_wait_awake; }
};

}  // namespace lacuna
