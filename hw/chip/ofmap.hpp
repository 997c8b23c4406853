// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/chip/dram_image.hpp"

namespace lacuna {

/// The ofmap that a layer left in DRAM: N x M x E x F words, decoded from the streams that were written from
/// `first_word` on, in the order of the schedule's drains.
std::vector<StoredWord> decode_ofmap(const LayerJob& job, const StreamFormat& format,
                                     const std::vector<std::uint64_t>& dram, std::int64_t first_word,
                                     const std::vector<StreamRange>& ranges);

/// The same of a layer whose ofmap words stayed where they are.
std::vector<StoredWord> known_ofmap(const LayerJob& job);

}  // namespace lacuna
