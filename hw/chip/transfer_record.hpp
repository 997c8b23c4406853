// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lacuna {

/// Edges of one transfer on the DRAM link: it holds the link from `start` up to, not including, `end`.
struct TransferRecord {
  std::int64_t released = 0;  ///< first edge at which nothing but the transfers before it held it back
  std::int64_t start = 0;
  std::int64_t end = 0;    ///< edge from which its words may be used
  std::int64_t words = 0;  ///< of the link

  bool operator==(const TransferRecord& o) const {
    return released == o.released && start == o.start && end == o.end && words == o.words;
  }
};

}  // namespace lacuna
