// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/base/accumulation_order.hpp"
#include "hw/base/float16.hpp"
#include "hw/mac/psum_block.hpp"

namespace lacuna {

/// What a MAC's weights are. A product is round(activation x factor) x weight, rounded again; where weights are signs
/// that needs no rounding.
struct FloatWeights {
  std::vector<float> numbers = {};  ///< 256 of them, by the low 8 bits of a word; none where words are binary16
  bool signs = false;               ///< all numbers are 0, 1 and -1
  float factor = 1.0F;
};

/// Weights that are codes of numbers. Where all that are not zero have one magnitude, that is the factor of their
/// signs.
FloatWeights coded_float_weights(std::vector<float> numbers);

/// Psums of a float form, each summed up in the order given: psum' = round(psum + round(activation x weight)), where
/// binary32 holds every product of two binary16 numbers as it is. Activations are binary16 words.
void sum_float_products_in_order(PsumForm form, const PsumBlock& block, const FloatWeights& weights,
                                 const AccumulationOrder& order);
/// The same of weights that lie tap by tap. A tap whose activation is zero is left out: it changes no sum.
void sum_float_products_in_order(PsumForm form, const TapMajorBlock& block, const FloatWeights& weights,
                                 const AccumulationOrder& order);

}  // namespace lacuna
