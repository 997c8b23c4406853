// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/registry.hpp"

namespace lacuna {

/// What a MAC is set up with for one layer.
struct MacSetup {
  Arithmetic arithmetic;
  std::vector<Word> codebook;  ///< worth of each weight code, in weight units; empty where weights are stored as values
};

/// One MAC datapath, set up for a layer. Both faces compute the same: psum + shifted product, under the arithmetic.
class Mac {
 public:
  virtual ~Mac() = default;
  /// One MAC: the psum after it. `weight` is the stored word (a value or a code).
  virtual Word step(Word activation, Word weight, Word psum) const = 0;
  /// psum[x] = step(activation[x * stride], weight, psum[x]) for x in 0..count-1.
  virtual void row(const Word* activation, std::ptrdiff_t stride, Word weight, Word* psum, std::size_t count) const = 0;
  /// Whether a stored weight is worth zero (what gating on weights looks at).
  virtual bool is_zero(Word weight) const = 0;
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
