// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/result/run_result.hpp"

namespace lacuna {

/// Prices of a machine with one event on the chip (2 pJ), one in DRAM (8 pJ), one that is covered, and 10 mW.
inline Prices sample_prices() {
  Prices prices;
  prices.table = "sample";
  prices.words = "16-bit weights, 16-bit activations";
  prices.layers = {"conv1", "conv2", "fc6"};
  prices.node_nm = 45;
  prices.static_power = StaticPower{{10.0, 9.0, 11.0}, "a meter", true, {}};
  Figure mac;
  mac.estimate = {2.0, 1.0, 3.0};
  mac.component = "mac";
  mac.source = "Table 1";
  Figure dram = mac;
  dram.estimate.value = dram.estimate.high = 8.0;
  dram.component = "dram";
  dram.derived = true;
  Figure gated;
  gated.component = "mac";
  gated.covered = "static power";
  prices.events = {{"dram.read_bit", dram}, {"mac.gated", gated}, {"mac.op", mac}};
  prices.fit = {{"a chip", "mW", 10.0, 11.0}};
  return prices;
}

/// 1,000,000 MACs, a quarter of them gated, in 5,000 cycles of 200 MHz on 154 of 168 PEs, and 1,000 more on the link.
inline LayerResult sample_conv(const std::string& name) {
  LayerResult layer;
  layer.name = name;
  layer.kind = "conv";
  layer.batch = 4;
  layer.weight_bits = layer.activation_bits = 16;
  layer.processing_cycles = 5000;
  layer.total_cycles = 6000;
  layer.macs_total = 1000000;
  layer.macs_performed = 750000;
  layer.macs_gated = 250000;
  layer.active_pes = 154;
  layer.ifmap_zero_fraction = 0.25;
  layer.dram_read_bytes = 125;
  layer.global_buffer_read_bytes = 3000000;
  layer.global_buffer_write_bytes = 1500000;
  layer.counts = {{"mac.op", 750000}, {"mac.gated", 250000}, {"dram.read_bit", 1000}};
  layer.stall_cycles = {{"link", 168000}};
  layer.sqnr_db = 61.5;
  layer.output_sha256 = "ab12";
  derive(layer, {200000, 168}, sample_prices());
  return layer;
}

/// Two conv layers, a host layer between them, and an fc layer of half a conv layer's time.
inline RunResult sample_result() {
  RunResult result;
  result.program = {"0.1.0", "abc", "GNU 12"};
  result.inputs = {{"configs/chips/eyeriss.json", "00ff"}};
  result.labels = {"weights: synthetic (laplace, seed 1)", "stimulus: table_v"};
  result.config_json = R"({"run":{"batch":4},"chip":{"name":"eyeriss"}})";
  LayerResult fc = sample_conv("fc6");
  fc.kind = "fc";
  fc.processing_cycles = 2500;
  fc.total_cycles = 3000;
  fc.counts.erase("mac.gated");
  fc.sqnr_db = std::numeric_limits<double>::quiet_NaN();
  result.prices = {sample_prices()};
  derive(fc, {200000, 168}, result.prices[0]);
  result.layers = {sample_conv("conv1"), host_layer("pool1", "max_pool", 4), sample_conv("conv2"), fc};
  return result;
}

}  // namespace lacuna
