// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hw/base/accumulation_order.hpp"
#include "hw/base/arithmetic.hpp"
#include "hw/base/registry.hpp"
#include "hw/mac/psum_block.hpp"

namespace lacuna {

/// What a MAC is set up with for one layer.
struct MacSetup {
  Arithmetic arithmetic;
  std::vector<Word> codebook;  ///< worth of each weight code, in weight units; empty where weights are stored as values
};

/// One MAC datapath, set up for a layer. All faces compute the same: psum + shifted product, under the arithmetic.
class Mac {
 public:
  virtual ~Mac() = default;
  /// One MAC: the psum after it. `weight` is the stored word (a value or a code).
  virtual Word step(Word activation, Word weight, Word psum) const = 0;
  /// A block of psums, summed up in any order: for additions that wrap, and for those that saturate where none of the
  /// block can leave the accumulator's range.
  virtual void sum(const PsumBlock& block) const = 0;
  /// The same for weights that lie tap by tap.
  virtual void sum(const TapMajorBlock& block) const = 0;
  /// A block of psums, each summed up in the order given.
  virtual void sum_in_order(const PsumBlock& block, const AccumulationOrder& order) const = 0;
  /// What a stored weight is worth, in weight units.
  virtual Word worth(Word weight) const = 0;
  /// Whether a stored weight is worth zero (what gating on weights looks at).
  bool is_zero(Word weight) const { return worth(weight) == 0; }
};

/// A kind of MAC datapath: a plug-in, one file in hw/mac, `Registration<MacDatapath, ...>`.
class MacDatapath {
 public:
  virtual ~MacDatapath() = default;
  /// Registered name of the number format of its stored weights (hw/number).
  virtual std::string weight_format() const = 0;
  /// Registered name of the number format of its activations (hw/number).
  virtual std::string activation_format() const = 0;
  /// Widest stored weight word it takes, bits.
  virtual std::int64_t max_weight_bits() const = 0;
  /// Widest activation word it takes, bits.
  virtual std::int64_t max_activation_bits() const = 0;
  /// Cycles between two issues of the same MAC.
  virtual std::int64_t cycles_per_mac() const = 0;
  /// Events that every performed MAC raises once each, as `unit.action`.
  virtual std::vector<std::string> events() const = 0;
  /// Throws Error (bad_input) when the set-up does not fit: no codebook, an accumulator that is too wide.
  virtual std::unique_ptr<Mac> set_up(const MacSetup& setup) const = 0;
};

}  // namespace lacuna
