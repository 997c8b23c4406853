// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/base/layer_shape.hpp"
#include "hw/base/post_arithmetic.hpp"
#include "hw/base/stored_words.hpp"
#include "hw/mac/mac.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {

/// The psums, M E F of each image, of a conv or fc layer, exactly as MACs under `arithmetic` sum them up. `mac` is set
/// up with that arithmetic. `ifmaps`: C G x H x W stored words of each image, without padding; `weights`: M C R S
/// stored words, and the same tap by tap where they are at hand. `order` is needed where additions saturate; wrapping
/// sums do not depend on it, and it may be null. `worths` are those of activation words.
std::vector<std::vector<Word>> compute_psums(const LayerShape& shape, const Mac& mac, const Arithmetic& arithmetic,
                                             const std::vector<StoredWords>& ifmaps, const EncodedTensor& weights,
                                             const AccumulationOrder* order, const ActivationWorths& worths = {});

/// The ofmap words of one image from its psums; `biases`: one per ofmap channel, in psum units.
std::vector<StoredWord> compute_ofmap(const PostArithmetic& post, Span<const Word> psums, Span<const Word> biases);

}  // namespace lacuna
