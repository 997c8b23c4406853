// SPDX-License-Identifier: Apache-2.0
#include "sim/result/totals.hpp"

namespace lacuna {
namespace {

constexpr double kPicojoulesPerMillijoule = 1e9;

void add(Totals& totals, const LayerResult& layer) {
  ++totals.layers;
  totals.batch = layer.batch;
  totals.processing_cycles += layer.processing_cycles;
  totals.total_cycles += layer.total_cycles;
  totals.processing_ms += layer.processing_ms;
  totals.total_ms += layer.total_ms;
  totals.macs_total += layer.macs_total;
  totals.macs_performed += layer.macs_performed;
  totals.macs_gated += layer.macs_gated;
  totals.macs_skipped += layer.macs_skipped;
  totals.dram_read_bytes += layer.dram_read_bytes;
  totals.dram_write_bytes += layer.dram_write_bytes;
  totals.global_buffer_read_bytes += layer.global_buffer_read_bytes;
  totals.global_buffer_write_bytes += layer.global_buffer_write_bytes;
  for (const auto& [component, pj] : layer.energy_pj) totals.energy_pj[component] += pj;
  totals.energy_chip_pj += layer.energy_chip_pj;
  totals.energy_dram_pj += layer.energy_dram_pj;
  totals.energy_total_pj += layer.energy_total_pj;
  totals.energy_chip_low_pj += layer.energy_chip_low_pj;
  totals.energy_chip_high_pj += layer.energy_chip_high_pj;
  totals.energy_total_low_pj += layer.energy_total_low_pj;
  totals.energy_total_high_pj += layer.energy_total_high_pj;
  totals.energy_extrapolated = totals.energy_extrapolated || layer.energy_extrapolated;
}

}  // namespace

void Totals::describe(FieldVisitor& v) {
  v.integer({"layers", "Layers that ran on the array", "layers"}, layers);
  v.integer({"batch", "Images; all sums are for the whole batch", "images"}, batch);
  v.integer({"processing_cycles", "Sum over layers", "cycles"}, processing_cycles);
  v.integer({"total_cycles", "Sum over layers", "cycles"}, total_cycles);
  v.real({"processing_ms", "Sum over layers", "ms"}, processing_ms);
  v.real({"total_ms", "Sum over layers", "ms"}, total_ms);
  v.real({"images_per_second", "Batch / total time", "1/s"}, images_per_second);
  v.integer({"macs_total", "Sum over layers", "MACs"}, macs_total);
  v.integer({"macs_performed", "Sum over layers", "MACs"}, macs_performed);
  v.integer({"macs_gated", "Sum over layers", "MACs"}, macs_gated);
  v.integer({"macs_skipped", "Sum over layers", "MACs"}, macs_skipped);
  v.integer({"dram_read_bytes", "Sum over layers", "bytes"}, dram_read_bytes);
  v.integer({"dram_write_bytes", "Sum over layers", "bytes"}, dram_write_bytes);
  v.integer({"global_buffer_read_bytes", "Sum over layers", "bytes"}, global_buffer_read_bytes);
  v.integer({"global_buffer_write_bytes", "Sum over layers", "bytes"}, global_buffer_write_bytes);
  v.real_map({"energy_pj", "Sum over layers, by component", "pJ"}, energy_pj);
  v.real({"energy_chip_pj", "Sum over layers", "pJ"}, energy_chip_pj);
  v.real({"energy_dram_pj", "Sum over layers", "pJ"}, energy_dram_pj);
  v.real({"energy_total_pj", "Sum over layers", "pJ"}, energy_total_pj);
  v.real({"energy_chip_low_pj", "Sum over layers, all prices at the low end of their ranges", "pJ"},
         energy_chip_low_pj);
  v.real({"energy_chip_high_pj", "Sum over layers, all prices at the high end of their ranges", "pJ"},
         energy_chip_high_pj);
  v.real({"energy_total_low_pj", "Sum over layers, all prices at the low end", "pJ"}, energy_total_low_pj);
  v.real({"energy_total_high_pj", "Sum over layers, all prices at the high end", "pJ"}, energy_total_high_pj);
  v.real({"energy_chip_per_image_mj", "Energy of the chip / batch", "mJ"}, energy_chip_per_image_mj);
  v.real({"energy_total_per_image_mj", "Energy of chip and DRAM / batch", "mJ"}, energy_total_per_image_mj);
  v.real({"power_chip_mw", "Energy of the chip / total time", "mW"}, power_chip_mw);
  v.boolean({"energy_extrapolated", "Prices are used outside the range of their sources"}, energy_extrapolated);
}

Totals totals_of(const std::vector<LayerResult>& layers, LayerChoice choice) {
  Totals totals;
  for (const LayerResult& layer : layers) {
    if (layer.on_host() || (choice == LayerChoice::conv_layers && layer.kind != "conv")) continue;
    add(totals, layer);
  }
  if (totals.layers == 0) return totals;
  const auto images = static_cast<double>(totals.batch);
  totals.energy_chip_per_image_mj = totals.energy_chip_pj / images / kPicojoulesPerMillijoule;
  totals.energy_total_per_image_mj = totals.energy_total_pj / images / kPicojoulesPerMillijoule;
  if (totals.total_ms > 0.0) {
    totals.images_per_second = 1000.0 * images / totals.total_ms;
    totals.power_chip_mw = totals.energy_chip_pj / totals.total_ms / 1e6;  // 1 mW x 1 ms = 1e6 pJ
  }
  return totals;
}

}  // namespace lacuna
