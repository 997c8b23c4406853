// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace lacuna {

/// A tensor whose words have a width of their own.
struct QuantizedTensor {
  std::string layer;           ///< "input": the network's input
  bool weights = false;        ///< those of the layer, or what it writes
  std::int64_t words = 0;      ///< of one image
  std::int64_t narrowest = 2;  ///< bits of a word
  std::int64_t widest = 16;    ///< that the machine takes
};

/// Bits of a word, by tensor.
using Widths = std::vector<std::int64_t>;

/// What a search asks and tells.
struct WidthSearch {
  std::vector<QuantizedTensor> tensors;
  std::function<double(const Widths&)> sqnr_db;                         ///< finite; what cannot run has very little
  std::function<void(double share, const std::string& text)> progress;  ///< how far it is; may be empty

  Widths widest() const;
  /// All words of one kind of tensor, stored dense.
  std::int64_t weight_bits(const Widths& widths) const;
};

/// Narrow widths whose SQNR is `target_db` or more:
/// 1. the narrowest width that does as that of all tensors (each at most its widest);
/// 2. from there tensor after tensor, those of most words first, the narrowest width that still does. Both halve the
///    interval between a width that does and one that does not, as if the SQNR rose with the width;
/// 3. in the same order one bit less anywhere, again and again until no tensor can do with one bit less.
/// What it returns was asked for and reaches the target, whatever the SQNR does in between, and one bit less in any one
/// tensor misses it. The widest widths must reach it.
Widths narrowest_widths(const WidthSearch& search, double target_db);

/// Widths of the weights with a high SQNR, of `most_bits` together or less; activations have their widest. From the
/// widest, a bit at a time is taken from the tensor that loses least SQNR per bit saved (of equal ones the one that
/// saves most, then the first); then what is left of `most_bits` is given back, a bit at a time to the tensor that
/// gains most. The narrowest widths must fit.
Widths widths_within(const WidthSearch& search, std::int64_t most_bits);

}  // namespace lacuna
