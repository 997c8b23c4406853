// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// How often a value occurs.
struct Bin {
  Word value = 0;
  std::int64_t count = 0;
};

/// A clustering of bins: centres in ascending order, and for each bin the index of its centre.
struct Clusters {
  std::vector<double> centres;
  std::vector<std::size_t> of_bin;
};

/// One-dimensional k-means as in weight sharing (Han, Mao, Dally, "Deep Compression", ICLR 2016, section 3): centres
/// start evenly spaced from the smallest to the largest value; ties go to the lower index; an empty cluster keeps its
/// centre; ends when no assignment changes, at the latest after 1000 rounds. Bins are in ascending order of value,
/// counts above zero. With no more bins than k, each bin is a centre. Sums are exact integers: the same result on every
/// host.
Clusters cluster_bins(Span<const Bin> bins, std::size_t k);

}  // namespace lacuna
