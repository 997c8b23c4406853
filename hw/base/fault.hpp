// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/base/arithmetic.hpp"

namespace lacuna {

/// One place of the machine where a test can damage what passes: the n-th event (from 1) is hit, all others pass.
class FaultSite {
 public:
  void arm(std::int64_t nth, int bit = 0) {
    countdown_ = nth;
    mask_ = Word{1} << bit;
  }
  /// The word, with one bit flipped if this is the armed event.
  Word pass(Word word) { return hit() ? word ^ mask_ : word; }
  bool armed() const { return countdown_ != 0; }
  /// Whether this is the armed event.
  bool hit() { return countdown_ != 0 && --countdown_ == 0; }

 private:
  std::int64_t countdown_ = 0;
  Word mask_ = 0;
};

/// The damage that a run is told to suffer: none, but in the tests that show that it does not go unseen.
struct Faults {
  FaultSite dram_word;           ///< a word of the link as it arrives from DRAM
  FaultSite global_buffer_read;  ///< an ifmap word read from the global buffer
  FaultSite filter_path;         ///< a word on the filter bus
  FaultSite psum_link;           ///< a word on a PE-to-PE psum link
  FaultSite output_fifo;         ///< a word taken from an output FIFO
  FaultSite ifmap_credit;        ///< a credit for an ifmap word that is withheld
};

}  // namespace lacuna
