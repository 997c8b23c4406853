// SPDX-License-Identifier: Apache-2.0
#include "hw/number/weight_sharing.hpp"

namespace lacuna {
namespace {

constexpr int kMaxRounds = 1000;

/// The nearest centre of every bin. Both are ascending, so one walk over both does it.
std::vector<std::size_t> assign(Span<const Bin> bins, const std::vector<double>& centres) {
  std::vector<std::size_t> of_bin(bins.size());
  std::size_t nearest = 0;
  for (std::size_t b = 0; b < bins.size(); ++b) {
    const double value = bins[b].value;
    while (nearest + 1 < centres.size() && centres[nearest + 1] - value < value - centres[nearest]) ++nearest;
    of_bin[b] = nearest;
  }
  return of_bin;
}

void move_to_means(Span<const Bin> bins, const std::vector<std::size_t>& of_bin, std::vector<double>& centres) {
  std::vector<std::int64_t> sums(centres.size(), 0);
  std::vector<std::int64_t> counts(centres.size(), 0);
  for (std::size_t b = 0; b < bins.size(); ++b) {
    sums[of_bin[b]] += bins[b].value * bins[b].count;
    counts[of_bin[b]] += bins[b].count;
  }
  for (std::size_t c = 0; c < centres.size(); ++c)
    if (counts[c] > 0) centres[c] = static_cast<double>(sums[c]) / static_cast<double>(counts[c]);
}

}  // namespace

Clusters cluster_bins(Span<const Bin> bins, std::size_t k) {
  Clusters clusters;
  if (bins.size() <= k) {
    for (const Bin& bin : bins) {
      clusters.of_bin.push_back(clusters.centres.size());
      clusters.centres.push_back(bin.value);
    }
    return clusters;
  }
  const double low = bins[0].value;
  const double high = bins[bins.size() - 1].value;
  for (std::size_t c = 0; c < k; ++c)
    clusters.centres.push_back(k == 1 ? low : low + (high - low) * static_cast<double>(c) / static_cast<double>(k - 1));
  for (int round = 0; round < kMaxRounds; ++round) {
    std::vector<std::size_t> of_bin = assign(bins, clusters.centres);
    if (of_bin == clusters.of_bin) break;
    clusters.of_bin = std::move(of_bin);
    move_to_means(bins, clusters.of_bin, clusters.centres);
  }
  return clusters;
}

}  // namespace lacuna
