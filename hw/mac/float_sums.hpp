// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "hw/base/accumulation_order.hpp"
#include "hw/base/float16.hpp"
#include "hw/base/span.hpp"
#include "hw/mac/psum_block.hpp"

namespace lacuna {

/// The operands of a block of psums as numbers of binary32; what is computed is that of PsumBlock.
struct FloatOperands {
  const float* activations = nullptr;  ///< from tap offset 0 on; as many behind the last one may be read too
  std::size_t words = 0;               ///< activations that count
  const float* weights = nullptr;      ///< filter by filter, tap by tap
};

/// The numbers of binary16 words (hw/base/float16.hpp).
void float16_values(Span<const StoredWord> words, float* values);

/// What stored weights that lie tap by tap are: binary16 words, or words whose low 8 bits say which number.
struct FloatWeights {
  const float* numbers = nullptr;  ///< 256 of them, or none where words are binary16
};

/// Psums of a float form, each summed up in the order given: psum' = round(psum + round(activation x weight)), where
/// binary32 holds every product of two binary16 numbers as it is.
void sum_float_products_in_order(PsumForm form, const PsumBlock& block, const FloatOperands& operands,
                                 const AccumulationOrder& order);
/// The same of weights that lie tap by tap, activations as binary16 words. A tap whose activation is zero is left out:
/// it changes no sum.
void sum_float_products_in_order(PsumForm form, const TapMajorBlock& block, const FloatWeights& weights,
                                 const AccumulationOrder& order);

}  // namespace lacuna
