// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "analysis/report/bar_names.hpp"
#include "analysis/report/chart.hpp"
#include "analysis/report/palette.hpp"
#include "analysis/report/result_document.hpp"
#include "analysis/report/traffic.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

Json spec_of(const ResultDocument& result) {
  Json spec = Json::parse(R"json({
    "width": "container", "height": 320,
    "mark": {"type": "bar"},
    "encoding": {
      "x": {"field": "layer", "type": "nominal", "title": null},
      "xOffset": {"field": "level"},
      "y": {"field": "bytes", "type": "quantitative", "scale": {"type": "log"},
            "axis": {"format": "~s", "title": "bytes (log scale)"}},
      "y2": {"datum": 1},
      "color": {"field": "level", "type": "nominal", "title": "level"},
      "tooltip": [{"field": "layer"}, {"field": "level"}, {"field": "bytes", "format": ",.0f"},
                  {"field": "per_mac", "title": "bytes per MAC", "format": ".4~g"}, {"field": "events"}]}})json");
  Json& encoding = spec["encoding"];
  const std::vector<std::string> layers = result.layer_names();
  encoding["x"]["scale"]["domain"] = layers;
  encoding["x"]["axis"] = bar_names_axis(layers.size());
  for (const auto& [level, colour] : {std::pair{kPeStorage, kOrange}, std::pair{kNoc, kGreen},
                                      std::pair{kGlobalBuffer, kSky}, std::pair{kDram, kBlue}}) {
    encoding["color"]["scale"]["domain"].push_back(level);
    encoding["color"]["scale"]["range"].push_back(colour);
  }
  encoding["xOffset"]["scale"]["domain"] = encoding["color"]["scale"]["domain"];
  spec["data"]["values"] = Json::array();
  for (const Figures& layer : result.layers) {
    for (const auto& [level, traffic] : traffic_by_level(layer, accumulator_bits(result))) {
      if (traffic.bytes <= 0.0) continue;  // has no place on a log scale
      spec["data"]["values"].push_back({{"layer", layer.text("name")},
                                        {"level", level},
                                        {"bytes", traffic.bytes},
                                        {"per_mac", traffic.bytes / layer.number("macs_total")},
                                        {"events", traffic.events}});
    }
  }
  return spec;
}

class TrafficByLevel : public ResultChart {
 public:
  int place() const override { return 60; }
  ChartContent draw(const ResultDocument& result) const override {
    return {
        "Traffic by level of the memory hierarchy",
        "Bytes read and written for the whole batch. DRAM: as stored (compressed). Global buffer, NoC and storage in "
        "the PEs: words counted, times their widths (filter words: weights; ifmap words: activations; psums: the "
        "accumulator); a multicast word counts once. The tooltip names the events.",
        spec_of(result).dump()};
  }
};

const Registration<ResultChart, TrafficByLevel> registered{"traffic_by_level"};

}  // namespace
}  // namespace lacuna
