// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// What a paper prints about one layer.
struct PublishedLayer {
  std::string layer;
  double active_pes = 0.0;
  double processing_ms = 0.0;
  double total_ms = 0.0;
  double global_buffer_mb = 0.0;
  double dram_mb = 0.0;
  double ifmap_zeros_percent = 0.0;
  double power_mw = 0.0;
};

/// The traffic that follows from a mapping by arithmetic; the cells that the paper is compared in.
struct ExactTraffic {
  std::string layer;
  std::string mapping;
  double global_buffer_mb = 0.0;
};

/// How far a verified figure may be off.
struct Tolerance {
  double latency_each_percent = 0.0;
  double latency_mean_percent = 0.0;
  double latency_total_percent = 0.0;
  double latency_sum_percent = 0.0;
  std::vector<std::string> latency_sum_of;  ///< layers whose sum has a tolerance of its own
  double global_buffer_mb = 0.0;
};

/// analysis/published/PAPER.json: figures of a paper and how they were measured.
struct PublishedTable {
  std::string paper;
  std::string citation;
  std::string chip;
  std::string network;
  double batch = 0.0;
  std::string mapping;  ///< of the rows that totals are over
  std::string note;
  bool verified = false;        ///< the paper's figures were seen in a public transcription: they may gate
  bool exact_verified = false;  ///< so may the derived ones
  std::vector<PublishedLayer> layers;
  std::vector<ExactTraffic> exact;
  Tolerance tolerance;

  /// The paper's row of a layer, or nullptr.
  const PublishedLayer* find(const std::string& layer) const;
};

/// Throws Error (bad_input) with file and place.
PublishedTable load_published(const std::string& file);

}  // namespace lacuna
