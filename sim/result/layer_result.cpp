// SPDX-License-Identifier: Apache-2.0
#include "sim/result/layer_result.hpp"

#include "sim/energy/account.hpp"

namespace lacuna {
namespace {

constexpr char kHostPrefix[] = "host:";

}  // namespace

void LayerResult::describe(FieldVisitor& v) {
  v.text({"name", "Layer, as in the network"}, name);
  v.text({"kind", "Kind of layer; host:KIND is left to the host and takes no cycles of the chip"}, kind);
  v.integer({"batch", "Images; all figures are for the whole batch", "images"}, batch);
  v.integer({"weight_bits", "Width of a stored weight", "bits"}, weight_bits);
  v.integer({"activation_bits", "Width of an activation", "bits"}, activation_bits);
  v.integer({"processing_cycles", "Cycles without those in which the whole array waits on the DRAM link", "cycles"},
            processing_cycles);
  v.integer({"total_cycles", "Cycles from the first to the last event of the layer", "cycles"}, total_cycles);
  v.real({"processing_ms", "Processing cycles at the core clock", "ms"}, processing_ms);
  v.real({"total_ms", "Total cycles at the core clock", "ms"}, total_ms);
  v.integer({"macs_total", "Algebraic MACs, products with padding included", "MACs"}, macs_total);
  v.integer({"macs_performed", "MACs issued with data", "MACs"}, macs_performed);
  v.integer({"macs_gated", "MACs issued but held idle: energy saved, cycle spent", "MACs"}, macs_gated);
  v.integer({"macs_skipped", "MACs never issued: cycle saved", "MACs"}, macs_skipped);
  v.integer({"active_pes", "PEs that the mapping covers", "PEs"}, active_pes);
  v.real({"spatial_utilization", "Active PEs / PEs"}, spatial_utilization);
  v.integer({"macs_per_issue", "MACs that a PE does side by side at these widths"}, macs_per_issue);
  v.integer({"cycles_per_issue", "Cycles from one issue of a PE to the next at these widths"}, cycles_per_issue);
  v.real({"mac_utilization",
          "Performed MACs / those that all PEs could do in the processing cycles, at the rate of these widths"},
         mac_utilization);
  v.real({"ifmap_zero_fraction", "Zero share of the padded ifmap"}, ifmap_zero_fraction);
  v.real({"ifmap_zero_fraction_unpadded", "Zero share of the ifmap without its padding"}, ifmap_zero_fraction_unpadded);
  v.real({"weight_zero_fraction", "Zero share of the weights"}, weight_zero_fraction);
  v.integer({"weight_dense_bits", "Weights x width", "bits"}, weight_dense_bits);
  v.integer({"weight_stored_bits", "Weights as stored in DRAM", "bits"}, weight_stored_bits);
  v.integer({"dram_read_bytes", "Bytes from DRAM", "bytes"}, dram_read_bytes);
  v.integer({"dram_write_bytes", "Bytes to DRAM", "bytes"}, dram_write_bytes);
  v.integer({"global_buffer_read_bytes", "Ifmap and psum words that the array reads", "bytes"},
            global_buffer_read_bytes);
  v.integer({"global_buffer_write_bytes", "Psum words that the array writes", "bytes"}, global_buffer_write_bytes);
  v.integer_map({"counts", "Events, by unit.action"}, counts);
  v.real_map({"energy_pj", "Energy, by component", "pJ"}, energy_pj);
  v.real({"energy_chip_pj", "Energy of the chip, DRAM excluded", "pJ"}, energy_chip_pj);
  v.real({"energy_dram_pj", "Energy of the DRAM", "pJ"}, energy_dram_pj);
  v.real({"energy_total_pj", "Energy of chip and DRAM", "pJ"}, energy_total_pj);
  v.real({"energy_chip_low_pj", "Energy of the chip with all prices at the low end of their ranges", "pJ"},
         energy_chip_low_pj);
  v.real({"energy_chip_high_pj", "Energy of the chip with all prices at the high end of their ranges", "pJ"},
         energy_chip_high_pj);
  v.real({"energy_total_low_pj", "Energy of chip and DRAM with all prices at the low end", "pJ"}, energy_total_low_pj);
  v.real({"energy_total_high_pj", "Energy of chip and DRAM with all prices at the high end", "pJ"},
         energy_total_high_pj);
  v.real({"power_chip_mw", "Energy of the chip / total time", "mW"}, power_chip_mw);
  v.integer_map({"stall_cycles", "PE cycles stalled, by cause", "cycles"}, stall_cycles);
  v.real({"sqnr_db", "Signal over quantisation noise against the float reference", "dB"}, sqnr_db);
  v.text({"output_sha256", "SHA-256 of the ofmap"}, output_sha256);
  v.boolean({"energy_extrapolated", "Prices are used outside the range of their sources"}, energy_extrapolated);
}

bool LayerResult::on_host() const { return kind.rfind(kHostPrefix, 0) == 0; }

LayerResult host_layer(const std::string& name, const std::string& kind, std::int64_t batch) {
  LayerResult layer;
  layer.name = name;
  layer.kind = kHostPrefix + kind;
  layer.batch = batch;
  return layer;
}

void derive(LayerResult& layer, const CoreFigures& core, const Prices& prices) {
  const auto cycles_per_ms = static_cast<double>(core.clock_khz);
  layer.processing_ms = static_cast<double>(layer.processing_cycles) / cycles_per_ms;
  layer.total_ms = static_cast<double>(layer.total_cycles) / cycles_per_ms;
  layer.spatial_utilization = static_cast<double>(layer.active_pes) / static_cast<double>(core.pes);
  const double slots = static_cast<double>(core.pes) * static_cast<double>(layer.processing_cycles) *
                       static_cast<double>(layer.macs_per_issue) / static_cast<double>(layer.cycles_per_issue);
  layer.mac_utilization = slots > 0.0 ? static_cast<double>(layer.macs_performed) / slots : 0.0;
  Energy energy = account(layer.counts, prices, {layer.total_ms, layer.total_cycles, layer.spatial_utilization});
  layer.energy_pj = std::move(energy.by_component_pj);
  layer.energy_chip_pj = energy.chip_pj.value;
  layer.energy_chip_low_pj = energy.chip_pj.low;
  layer.energy_chip_high_pj = energy.chip_pj.high;
  layer.energy_dram_pj = energy.dram_pj.value;
  layer.energy_total_pj = energy.total_pj.value;
  layer.energy_total_low_pj = energy.total_pj.low;
  layer.energy_total_high_pj = energy.total_pj.high;
  layer.power_chip_mw = energy.power_chip_mw;
  layer.energy_extrapolated = prices.extrapolated();
}

}  // namespace lacuna
