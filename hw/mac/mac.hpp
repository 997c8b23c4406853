// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hw/base/accumulation_order.hpp"
#include "hw/base/arithmetic.hpp"
#include "hw/base/registry.hpp"
#include "hw/base/span.hpp"
#include "hw/base/unit_attributes.hpp"
#include "hw/mac/activation_worths.hpp"
#include "hw/mac/mac_rate.hpp"
#include "hw/mac/psum_block.hpp"

namespace lacuna {

/// What a MAC is set up with for one layer.
struct MacSetup {
  Arithmetic arithmetic;
  std::vector<Word> codebook;  ///< worth of each weight code, in weight units; empty where weights are stored as values
  MacWidths widths = {};       ///< of the operands as they reach the MAC
  ActivationWorths activation_worths = {};
  std::int64_t weight_fraction_bits = 0;  ///< binary point of a weight, where products are float
};

/// One MAC datapath, set up for a layer. All faces compute the same: psum + shifted product, under the arithmetic.
class Mac {
 public:
  virtual ~Mac() = default;
  /// One MAC: the psum after it, of words as stored (values or codes).
  virtual Word step(Word activation, Word weight, Word psum) const = 0;
  /// A block of psums, of activations by their worth and weights as stored, summed up in any order: for additions that
  /// wrap, and for those that saturate where none of the block can leave the accumulator's range.
  virtual void sum(const PsumBlock& block) const = 0;
  /// The same for weights that lie tap by tap.
  virtual void sum(const TapMajorBlock& block) const = 0;
  /// A block of psums, each summed up in the order given.
  virtual void sum_in_order(const PsumBlock& block, const AccumulationOrder& order) const = 0;
  /// The same for weights that lie tap by tap, where `orders_tap_major`. Throws Error (run_failed) elsewhere.
  virtual void sum_in_order(const TapMajorBlock& block, const AccumulationOrder& order) const;
  virtual bool orders_tap_major() const { return false; }
  /// What a stored weight is worth, in weight units.
  virtual Word worth(Word weight) const = 0;
  /// Whether a stored weight is worth zero (what gating on weights looks at).
  bool is_zero(Word weight) const { return worth(weight) == 0; }
};

/// What the logic of a datapath is made for in a chip.
struct MacUnit {
  std::int64_t weight_bits = 16;  ///< stored weight
  std::int64_t value_bits = 16;   ///< what a stored weight is worth, where it is a code
  std::int64_t activation_bits = 16;
  std::int64_t accumulator_bits = 16;
  std::int64_t table_codes = 16;  ///< widest codes that tables have words for, bits
  std::int64_t instances = 1;     ///< PEs
  MacSums sums = MacSums::shared;

  MacWidths widths() const { return {weight_bits, activation_bits, sums}; }
  bool sums_apart() const { return sums == MacSums::separate; }
};

/// A kind of MAC datapath: a plug-in, one file in hw/mac, `Registration<MacDatapath, ...>`.
class MacDatapath {
 public:
  virtual ~MacDatapath() = default;
  /// Registered names of the number formats of stored weights that it takes (hw/number).
  virtual std::vector<std::string> weight_formats() const = 0;
  /// Registered names of the number formats of activations that it takes (hw/number).
  virtual std::vector<std::string> activation_formats() const = 0;
  /// Widest stored weight word it takes, bits.
  virtual std::int64_t max_weight_bits() const = 0;
  /// Widest activation word it takes, bits.
  virtual std::int64_t max_activation_bits() const = 0;
  /// Its rate at some widths.
  virtual MacRate rate(const MacWidths& /*widths*/) const { return {}; }
  /// What every performed MAC raises: the same names at all widths, for one kind of sums.
  virtual std::vector<MacEvent> events(const MacWidths& widths) const = 0;
  /// The logic that its events belong to.
  virtual std::vector<UnitAttributes> units(const MacUnit& of) const = 0;
  /// Whether its psums are float: of binary16 or binary32, as accumulators have 16 or 32 bits.
  virtual bool floating() const { return false; }
  /// How a psum of `accumulator_bits` is held. Throws Error (bad_input) where its form has no such width.
  PsumForm psum_form(std::int64_t accumulator_bits) const;
  /// Whether it looks stored weights up in a table of its own.
  bool looks_up() const;
  /// Whether sums take weights that are signs as bits, PsumBlock::signs.
  virtual bool takes_signs() const { return false; }
  /// Whether one of the formats of its weights, or of its activations, has that name.
  bool takes_weights(const std::string& format) const;
  bool takes_activations(const std::string& format) const;
  /// Throws Error (bad_input) when the set-up does not fit: no codebook, an accumulator that is too wide.
  virtual std::unique_ptr<Mac> set_up(const MacSetup& setup) const = 0;
};

}  // namespace lacuna
