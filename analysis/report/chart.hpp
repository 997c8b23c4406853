// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/base/registry.hpp"

namespace lacuna {

struct ResultDocument;
struct SweepDocument;

/// A chart of one document, ready for the page.
struct ChartContent {
  std::string title;
  std::string caption;      ///< what is drawn and in which units, or why nothing is; plain text
  std::string spec = {};    ///< Vega-Lite as JSON text; "" where there is nothing to draw
  std::string svg = {};     ///< the same for paper and for browsers without JavaScript; "" for none
  bool half_width = false;  ///< two such charts stand side by side where there is room
};

/// A kind of chart: one file in analysis/report/charts, registered by the name of the file. Without state.
template <class Document>
class Chart {
 public:
  virtual ~Chart() = default;
  /// Where it stands among the charts of a page: smaller numbers first.
  virtual int place() const = 0;
  virtual ChartContent draw(const Document& document) const = 0;
};

using ResultChart = Chart<ResultDocument>;
using SweepChart = Chart<SweepDocument>;

/// A chart that was drawn, and the name that it is registered by.
struct DrawnChart {
  std::string name;
  ChartContent content;
};

/// All charts of a kind of document, in the order of their places.
template <class Document>
std::vector<DrawnChart> draw_all(const Document& document) {
  const Registry<Chart<Document>>& registry = Registry<Chart<Document>>::instance();
  std::vector<std::string> names = registry.names();
  const auto place = [&](const std::string& name) { return registry.find(name)->place(); };
  std::vector<DrawnChart> drawn;
  while (!names.empty()) {
    std::size_t first = 0;
    for (std::size_t i = 1; i < names.size(); ++i) {
      if (place(names[i]) < place(names[first])) first = i;
    }
    drawn.push_back({names[first], registry.find(names[first])->draw(document)});
    names.erase(names.begin() + static_cast<std::ptrdiff_t>(first));
  }
  return drawn;
}

}  // namespace lacuna
