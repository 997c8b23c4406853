// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace lacuna {

/// What the widths of a network shall reach.
enum class QuantizeGoal {
  sqnr_db,        ///< a signal to noise ratio of the last conv or fc layer's ofmap
  accuracy_drop,  ///< a top-1 accuracy on labelled images, below that of the float network by so much at most
  weight_bytes    ///< a size of the weights, stored dense
};

struct QuantizeTarget {
  QuantizeGoal goal = QuantizeGoal::sqnr_db;
  double value = 0.0;  ///< dB; a share of the images; bytes
  std::string text;    ///< as it was given
};

/// Reads "sqnr_db=30", "accuracy_drop=1%" (or 0.01) or "weight_bytes=2e6". Throws Error (bad_input) on another key, a
/// value that is no number, and one that is out of range: above 0 to 120 dB, 0 to 100%, 1 byte and more.
QuantizeTarget parse_quantize_target(const std::string& text);

}  // namespace lacuna
