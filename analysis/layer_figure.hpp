// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/json_file.hpp"

namespace lacuna {

/// A figure of a layer as papers print it: a quotient, so that it can be stated for several layers together.
struct LayerFigure {
  const char* name;
  double (*numerator)(const JsonPlace& layer);
  double (*denominator)(const JsonPlace& layer);  ///< null: 1, however many layers
  /// The numerator is the same in every layer (images of a batch) and is not summed over layers.
  bool shared_numerator = false;
  /// It is what a baseline (another experiment) takes over what this one takes.
  bool against_baseline = false;
  /// It says nothing of several layers together.
  bool of_one_layer = false;
};

/// All figures that a published table may have a column of.
const std::vector<LayerFigure>& layer_figures();

/// The figure of that name. Throws Error (bad_input) at `place` with all names.
const LayerFigure& layer_figure(const std::string& name, const JsonPlace& place);

/// The figure of some layers of a result together; NaN where it says nothing of them.
double figure_of(const LayerFigure& figure, const std::vector<JsonPlace>& layers);

}  // namespace lacuna
