// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/report/chart.hpp"
#include "analysis/report/pe_blocks.hpp"
#include "analysis/report/result_document.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

constexpr int kMostCells = 30000;  // of all layers, some 4 MB of the page
constexpr double kWidest = 640.0;
constexpr double kLargestCell = 36.0;

Json spec_of(const PeTable& pes, int block) {
  Json spec = Json::parse(R"json({
    "transform": [{"filter": "datum.layer === layer"}, {"calculate": "datum[figure]", "as": "value"}],
    "mark": {"type": "rect"},
    "encoding": {
      "x": {"field": "column", "type": "ordinal", "axis": {"labelAngle": 0, "labelOverlap": true}},
      "y": {"field": "row", "type": "ordinal", "axis": {"labelOverlap": true}},
      "color": {"field": "value", "type": "quantitative", "title": null, "scale": {"scheme": "viridis", "zero": true},
                "legend": {"format": ",.4~r", "gradientLength": 180}},
      "tooltip": [{"field": "layer"}, {"field": "row"}, {"field": "column"},
                  {"field": "issued", "title": "MACs issued", "format": ",.6~r"},
                  {"field": "performed", "title": "performed", "format": ",.6~r"},
                  {"field": "gated", "title": "gated", "format": ",.6~r"},
                  {"field": "stalled", "title": "stalled, cycles", "format": ",.6~r"},
                  {"field": "idle", "title": "idle, cycles", "format": ",.6~r"},
                  {"field": "busy", "title": "busy share", "format": ".1%"}]}})json");
  Json layers = Json::array();
  for (const PeLayer& layer : pes.layers) layers.push_back(layer.name);
  Json figures = {"issued", "performed", "gated", "busy", "stalled", "idle"};
  Json labels = {"MACs issued (performed + gated)",
                 "MACs performed",
                 "MACs gated",
                 "busy share",
                 "stalled, cycles",
                 "idle, cycles"};
  spec["params"] = {{{"name", "layer"},
                     {"value", layers[0]},
                     {"bind", {{"input", "select"}, {"options", layers}, {"name", "Layer "}}}},
                    {{"name", "figure"},
                     {"value", "issued"},
                     {"bind", {{"input", "select"}, {"options", figures}, {"labels", labels}, {"name", "Figure "}}}}};
  const int columns = (pes.columns + block - 1) / block;
  const int rows = (pes.rows + block - 1) / block;
  const double cell = std::min(kLargestCell, kWidest / std::max(columns, rows));
  spec["width"] = cell * columns;
  spec["height"] = cell * rows;
  const std::string of_block = block == 1 ? "" : ", first of a block of " + std::to_string(block);
  spec["encoding"]["x"]["title"] = "PE column" + of_block;
  spec["encoding"]["y"]["title"] = "PE row" + of_block;
  spec["data"]["values"] = Json::array();
  for (const PeLayer& layer : pes.layers) {
    for (const PeRow& pe : pe_blocks(layer, block)) {
      const double issued = pe.performed + pe.gated;
      const double cycles = issued + pe.stalled + pe.idle;
      spec["data"]["values"].push_back({{"layer", layer.name},
                                        {"row", pe.row},
                                        {"column", pe.column},
                                        {"issued", issued},
                                        {"performed", pe.performed},
                                        {"gated", pe.gated},
                                        {"stalled", pe.stalled},
                                        {"idle", pe.idle},
                                        {"busy", cycles > 0.0 ? issued / cycles : 0.0}});
    }
  }
  return spec;
}

class PeHeatMap : public ResultChart {
 public:
  int place() const override { return 70; }
  ChartContent draw(const ResultDocument& result) const override {
    const std::string title = "The PE array, layer by layer";
    if (!result.pes || result.pes->layers.empty()) {
      return {title, "Not drawn: there is no pes.csv beside " + result.file + "."};
    }
    const int block = pe_block_size(*result.pes, kMostCells);
    const std::string blocks = block == 1 ? ""
                                          : " A cell is the mean of a block of " + std::to_string(block) + " x " +
                                                std::to_string(block) + " PEs.";
    return {title,
            "What every PE did from the start of the layer to the end of its last pass, from pes.csv; MACs include "
            "filler, busy is MACs issued per cycle." +
                blocks,
            spec_of(*result.pes, block).dump()};
  }
};

const Registration<ResultChart, PeHeatMap> registered{"pe_heat_map"};

}  // namespace
}  // namespace lacuna
