// SPDX-License-Identifier: Apache-2.0
#include "analysis/layer_figure.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace lacuna {
namespace {

constexpr double kMega = 1e6;
constexpr double kGiga = 1e9;
constexpr double kWordBits = 16.0;

double at(const JsonPlace& layer, const char* key) { return layer.at(key).number(); }

double counts(const JsonPlace& layer, const std::vector<const char*>& events) {
  const JsonPlace all = layer.at("counts");
  double sum = 0.0;
  for (const char* event : events) sum += all.has(event) ? all.at(event).number() : 0.0;
  return sum;
}

double dram_bytes(const JsonPlace& layer) { return at(layer, "dram_read_bytes") + at(layer, "dram_write_bytes"); }

double buffer_bytes(const JsonPlace& layer) {
  return at(layer, "global_buffer_read_bytes") + at(layer, "global_buffer_write_bytes");
}

/// Three reads and a write of a MAC, as ISCA 2016 counts register-file accesses; those of fillers (channels past the
/// end of a tile), which the PEs make as well, are left out by their share.
double spad_accesses(const JsonPlace& layer) {
  const double all = counts(layer, {"filter_spad.read", "ifmap_spad.read", "psum_spad.read", "psum_spad.write"});
  return all * at(layer, "macs_performed") / counts(layer, {"mac.op"});
}

}  // namespace

const std::vector<LayerFigure>& layer_figures() {
  static const std::vector<LayerFigure> figures = {
      // PEs that the mapping covers
      {"active_pes", [](const JsonPlace& l) { return at(l, "active_pes"); }, nullptr, false, false, true},
      // Time without waiting for the DRAM link, ms
      {"processing_ms", [](const JsonPlace& l) { return at(l, "processing_ms"); }, nullptr},
      // Time that what all PEs issue, fillers included, would take if they shared it evenly, ms
      {"balanced_ms",
       [](const JsonPlace& l) {
         const double issued = counts(l, {"mac.op", "mac.gated"});
         return issued / at(l, "active_pes") / at(l, "processing_cycles") * at(l, "processing_ms");
       },
       nullptr},
      // Time, ms
      {"total_ms", [](const JsonPlace& l) { return at(l, "total_ms"); }, nullptr},
      // Time without waiting for the DRAM link of the baseline over that of this experiment
      {"speedup", [](const JsonPlace& l) { return at(l, "processing_ms"); }, nullptr, false, true},
      // Images of the batch over the time
      {"images_per_second", [](const JsonPlace& l) { return 1000.0 * at(l, "batch"); },
       [](const JsonPlace& l) { return at(l, "total_ms"); }, true},
      // Ifmap and psum traffic between array and global buffer, decimal MB
      {"global_buffer_mb", [](const JsonPlace& l) { return buffer_bytes(l) / kMega; }, nullptr},
      // DRAM traffic, decimal MB
      {"dram_mb", [](const JsonPlace& l) { return dram_bytes(l) / kMega; }, nullptr},
      // DRAM traffic in 16-bit words, 1e9
      {"dram_gwords", [](const JsonPlace& l) { return 8.0 * dram_bytes(l) / kWordBits / kGiga; }, nullptr},
      // 16-bit DRAM words over MACs
      {"dram_words_per_mac", [](const JsonPlace& l) { return 8.0 * dram_bytes(l) / kWordBits; },
       [](const JsonPlace& l) { return at(l, "macs_total"); }},
      // DRAM traffic of the baseline over that of this experiment
      {"dram_reduction", [](const JsonPlace& l) { return dram_bytes(l); }, nullptr, false, true},
      // Zero share of the padded ifmap
      {"ifmap_zeros_percent", [](const JsonPlace& l) { return 100.0 * at(l, "ifmap_zero_fraction"); }, nullptr, false,
       false, true},
      // Energy of the chip over the time
      {"power_mw", [](const JsonPlace& l) { return at(l, "energy_chip_pj") / kMega; },
       [](const JsonPlace& l) { return at(l, "total_ms"); }},
      // MACs, 1e9
      {"gmacs", [](const JsonPlace& l) { return at(l, "macs_total") / kGiga; }, nullptr},
      // MACs performed, fillers apart, 1e9
      {"gmacs_performed", [](const JsonPlace& l) { return at(l, "macs_performed") / kGiga; }, nullptr},
      // Spad reads and writes of MACs, fillers apart, 1e9
      {"spad_gaccesses", [](const JsonPlace& l) { return spad_accesses(l) / kGiga; }, nullptr},
      // Words written into filter and ifmap spads, 1e9
      {"spad_gfills",
       [](const JsonPlace& l) {
         return counts(l, {"filter_spad.write", "ifmap_spad.write"}) / kGiga;
       },
       nullptr},
  };
  return figures;
}

const LayerFigure& layer_figure(const std::string& name, const JsonPlace& place) {
  std::string list;
  for (const LayerFigure& figure : layer_figures()) {
    if (name == figure.name) return figure;
    list += (list.empty() ? "" : ", ") + std::string(figure.name);
  }
  place.fail("unknown figure, found '" + name + "'; allowed " + list);
}

double figure_of(const LayerFigure& figure, const std::vector<JsonPlace>& layers) {
  if (figure.of_one_layer && layers.size() != 1) return std::nan("");
  double numerator = 0.0;
  double denominator = 0.0;
  for (const JsonPlace& layer : layers) {
    numerator = figure.shared_numerator ? figure.numerator(layer) : numerator + figure.numerator(layer);
    if (figure.denominator != nullptr) denominator += figure.denominator(layer);
  }
  return figure.denominator == nullptr ? numerator : numerator / denominator;
}

}  // namespace lacuna
