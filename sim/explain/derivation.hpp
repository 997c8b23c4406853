// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// How one figure follows from others by arithmetic.
struct Derivation {
  std::string field;
  std::string formula;
  /// JSON Pointers: "/config/..." from the top of the result, others from the layer or the totals that the figure is
  /// in. A PE array stands for the number of its PEs.
  std::vector<std::string> operands;
  double (*value)(const std::vector<double>& operands);
};

/// Of a field of a layer or (where `totals`) of totals; nullptr where it is counted, or summed up over layers.
const Derivation* derivation_of(const std::string& field, bool totals);

/// All of them.
const std::vector<Derivation>& derivations(bool totals);

}  // namespace lacuna
