// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/json_file.hpp"

namespace lacuna {

/// What a paper says that a network loses in one way of storing its words. Shown beside our figures, held against
/// nothing.
struct PublishedLoss {
  std::string method;                   ///< as the paper calls it
  std::vector<std::string> precisions;  ///< ours for it: names of configs/precision
  std::string weight_bits;              ///< as printed, with its marks: "1*", "5 conv, 4 fc"
  std::string activation_bits;          ///< the same
  double top5_loss_percent = 0.0;       ///< percentage points below the network in float; negative: above it
};

/// The losses of one network in the formats of a table of a paper.
struct PublishedLosses {
  std::string citation;  ///< of the paper
  std::string title;
  std::string source;
  bool verified = false;
  std::string confirmed_by;
  std::string network;  ///< a name of workloads/networks
  std::vector<PublishedLoss> rows;

  /// The row of one of our precisions; null where there is none.
  const PublishedLoss* of(const std::string& precision) const;
};

/// Reads the "losses" of a paper. Refuses, with file and place, unknown keys and a precision that has two places.
PublishedLosses published_losses(const JsonPlace& place, const std::string& citation);

/// As a table in Markdown, below its title.
std::string losses_markdown(const PublishedLosses& losses);

}  // namespace lacuna
