// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/layer_shape.hpp"
#include "hw/base/span.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// One place of a filter: channel within the group, row, column.
struct Tap {
  std::int64_t c = 0;
  std::int64_t r = 0;
  std::int64_t s = 0;
};

/// The order in which a machine adds the products of one ofmap word, the same for all words of a layer: each segment
/// accumulates its taps from 0, and is then added to the running psum, which starts at 0. Every tap stands in it once.
struct AccumulationOrder {
  std::vector<std::vector<Tap>> segments;
};

/// The psums of one image, M E F, of a conv or fc layer, exactly as MACs under `arithmetic` sum them up. `mac` is set
/// up with that arithmetic. `ifmap`: C G x H x W stored words, without padding; `weights`: M C R S stored words.
/// `order` is needed where additions saturate; wrapping sums do not depend on it, and it may be null.
std::vector<Word> compute_psums(const LayerShape& shape, const Mac& mac, const Arithmetic& arithmetic,
                                Span<const Word> ifmap, Span<const Word> weights, const AccumulationOrder* order);

/// The ofmap words of one image from its psums; `biases`: one per ofmap channel, in psum units.
std::vector<Word> compute_ofmap(const PostArithmetic& post, Span<const Word> psums, Span<const Word> biases);

}  // namespace lacuna
