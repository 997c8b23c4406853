// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/mac/float_sums.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// What datapaths share whose activations are binary16 numbers: psum' = round(psum + round(product)), psums of binary16
/// or binary32 as the arithmetic says. Weights are binary16 numbers too, or codes of numbers that binary16 holds
/// exactly. Sums depend on their order: they are made in the machine's alone.
class FloatMac final : public Mac {
 public:
  /// What stored weights are: binary16 words, or codes of integers with a binary point; with no codebook, -1, 0 and 1.
  enum class Weights { float16, coded };
  /// Throws Error (bad_input), naming the datapath `mac`, where psums are integers or a weight is no binary16 number.
  FloatMac(const MacSetup& setup, Weights weights, const std::string& mac);
  Word step(Word activation, Word weight, Word psum) const override;
  /// Throw Error (run_failed): there is no sum in any order.
  void sum(const PsumBlock& block) const override;
  void sum(const TapMajorBlock& block) const override;
  void sum_in_order(const PsumBlock& block, const AccumulationOrder& order) const override;
  void sum_in_order(const TapMajorBlock& block, const AccumulationOrder& order) const override;
  bool orders_tap_major() const override { return true; }
  /// A binary16 word, or the integer that a word stands for.
  Word worth(Word weight) const override;

 private:
  float number(Word weight) const;

  PsumForm form_;
  Weights weights_;
  std::vector<Word> codebook_;
  float unit_;  ///< of what codes stand for
  FloatWeights numbers_;
};

/// The units "float_multiplier", of binary16 operands, and "float_adder", of the accumulator's width.
UnitAttributes float_multiplier_unit(const MacUnit& of);
UnitAttributes float_adder_unit(const MacUnit& of);

}  // namespace lacuna
