// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/roofline.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/printed.hpp"
#include "analysis/report/bar_names.hpp"
#include "analysis/report/chart.hpp"
#include "analysis/report/html.hpp"
#include "analysis/report/palette.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

constexpr double kBitsPerByte = 8.0;
constexpr double kCloseRatio = 1.5;  // of figures whose labels would overlap
constexpr std::size_t kLongestLabel = 40;
constexpr std::size_t kMostLabels = 16;

Json roofs_of(const Roofline& roofline) {
  double low = roofline.ridge();
  double high = roofline.ridge();
  for (const RooflinePoint& point : roofline.points) {
    low = std::min(low, point.macs_per_byte);
    high = std::max(high, point.macs_per_byte);
  }
  Json values = Json::array();
  for (const double intensity : {low / 2.0, roofline.ridge(), high * 2.0}) {
    values.push_back({{"intensity", intensity}, {"performance", roofline.roof(intensity)}});
  }
  return values;
}

bool lie_close(double a, double b) { return std::max(a, b) < kCloseRatio * std::min(a, b); }

/// The names of layers, those that would be written over one another in one text; none where they are too many.
Json labels_of(const Roofline& roofline) {
  Json labels = Json::array();
  if (roofline.points.size() > kMostLabels) return labels;
  for (const RooflinePoint& point : roofline.points) {
    const auto near = std::find_if(labels.begin(), labels.end(), [&](const Json& label) {
      return lie_close(label["intensity"], point.macs_per_byte) &&
             lie_close(label["performance"], point.macs_per_cycle);
    });
    if (near == labels.end()) {
      labels.push_back(
          {{"layer", point.layer}, {"intensity", point.macs_per_byte}, {"performance", point.macs_per_cycle}});
    } else {
      (*near)["layer"] = (*near)["layer"].get<std::string>() + ", " + point.layer;
    }
  }
  for (Json& label : labels) {
    const std::string text = label["layer"];
    if (text.size() > kLongestLabel) label["layer"] = text.substr(0, text.rfind(',', kLongestLabel)) + ", ...";
  }
  return labels;
}

Json spec_of(const Roofline& roofline) {
  Json spec = Json::parse(R"json({
    "width": "container", "height": 320,
    "encoding": {
      "x": {"field": "intensity", "type": "quantitative", "scale": {"type": "log", "nice": false},
            "title": "operational intensity, MACs per DRAM byte (log scale)", "axis": {"format": "~g"}},
      "y": {"field": "performance", "type": "quantitative", "scale": {"type": "log"},
            "title": "MACs per core cycle (log scale)", "axis": {"format": "~g"}}},
    "layer": [
      {"mark": {"type": "line", "color": "currentColor", "strokeWidth": 1.5, "opacity": 0.8}},
      {"mark": {"type": "point", "filled": true, "size": 90, "opacity": 0.9},
       "encoding": {
         "color": {"field": "kind", "type": "nominal", "title": "layer"},
         "tooltip": [{"field": "layer"}, {"field": "kind"},
                     {"field": "intensity", "title": "MACs per DRAM byte", "format": ".4~g"},
                     {"field": "performance", "title": "MACs per cycle", "format": ".4~g"},
                     {"field": "of_roof", "title": "of the roof", "format": ".1%"}]}},
      {"mark": {"type": "text", "dy": 15, "color": "currentColor"}, "encoding": {"text": {"field": "layer"}}}]})json");
  Json values = Json::array();
  for (const RooflinePoint& point : roofline.points) {
    values.push_back({{"layer", point.layer},
                      {"kind", point.kind},
                      {"intensity", point.macs_per_byte},
                      {"performance", point.macs_per_cycle},
                      {"of_roof", point.macs_per_cycle / roofline.roof(point.macs_per_byte)}});
  }
  spec["layer"][0]["data"]["values"] = roofs_of(roofline);
  spec["layer"][1]["data"]["values"] = values;
  spec["layer"][2]["data"]["values"] = labels_of(roofline);
  spec["layer"][1]["encoding"]["color"]["scale"]["range"] = {kVermilion, kBlue, kGreen, kOrange};
  return spec;
}

class RooflineChart : public ResultChart {
 public:
  int place() const override { return 50; }
  ChartContent draw(const ResultDocument& result) const override {
    const Roofline roofline = roofline_of(result);
    if (roofline.points.empty()) return {"Roofline", "No layer ran on the array and moved words of DRAM."};
    return {"Roofline",
            "Algebraic MACs per core cycle (total cycles) against MACs per DRAM byte (compressed, as stored). Roofs: " +
                readable(roofline.peak_macs_per_cycle) + " PEs at one MAC per cycle, and a DRAM link of " +
                printed("%.4g", roofline.link_bytes_per_cycle) + " bytes per core cycle.",
            spec_of(roofline).dump(),
            {},
            fit_half_width(roofline.points.size())};
  }
};

const Registration<ResultChart, RooflineChart> registered{"roofline"};

}  // namespace

double Roofline::roof(double macs_per_byte) const {
  return std::min(peak_macs_per_cycle, macs_per_byte * link_bytes_per_cycle);
}

Roofline roofline_of(const ResultDocument& result) {
  const JsonPlace chip = result.place().at("config").at("chip");
  const JsonPlace link = chip.at("dram_link");
  Roofline roofline;
  roofline.peak_macs_per_cycle = result.pes_of_array();
  roofline.link_bytes_per_cycle =
      link.at("bits").number() / kBitsPerByte * link.at("clock_khz").number() / chip.at("core_clock_khz").number();
  for (const Figures& layer : result.layers) {
    const double bytes = layer.number("dram_read_bytes") + layer.number("dram_write_bytes");
    const double macs = layer.number("macs_total");
    const double cycles = layer.number("total_cycles");
    if (bytes <= 0.0 || macs <= 0.0 || cycles <= 0.0) continue;
    roofline.points.push_back({layer.text("name"), layer.text("kind"), macs / bytes, macs / cycles});
  }
  return roofline;
}

}  // namespace lacuna
