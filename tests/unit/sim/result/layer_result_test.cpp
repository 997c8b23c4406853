// SPDX-License-Identifier: Apache-2.0
#include "sim/result/layer_result.hpp"

#include <gtest/gtest.h>

#include "sim/result/flat_visitor.hpp"
#include "tests/support/sample_result.hpp"

namespace lacuna {
namespace {

TEST(LayerResult, TimesAndUtilisationsFollowFromTheCounts) {
  const LayerResult layer = sample_conv("conv1");
  EXPECT_EQ(layer.processing_ms, 0.025);                          // 5,000 cycles / 200,000 kHz
  EXPECT_EQ(layer.total_ms, 0.03);                                // 6,000 / 200,000
  EXPECT_EQ(layer.spatial_utilization, 154.0 / 168.0);            // active PEs / PEs
  EXPECT_EQ(layer.mac_utilization, 750000.0 / (168.0 * 5000.0));  // performed / (PEs x processing cycles)
}

TEST(LayerResult, PowerIsChipEnergyOverTotalTimeWithDramBeside) {
  const LayerResult layer = sample_conv("conv1");
  EXPECT_EQ(layer.energy_pj.at("mac"), 1.5e6);     // 750,000 x 2 pJ, gated MACs covered
  EXPECT_EQ(layer.energy_pj.at("static"), 0.3e6);  // 10 mW x 0.03 ms = 0.3 uJ
  EXPECT_EQ(layer.energy_dram_pj, 8000.0);         // 1,000 bits x 8 pJ
  EXPECT_EQ(layer.energy_chip_pj, 1.8e6);
  EXPECT_EQ(layer.energy_total_pj, 1.808e6);
  EXPECT_DOUBLE_EQ(layer.power_chip_mw, 60.0);  // 1.8 uJ / 0.03 ms
}

TEST(LayerResult, AHostLayerIsNamedAndTakesNothingOfTheChip) {
  const LayerResult layer = host_layer("norm1", "lrn", 4);
  EXPECT_TRUE(layer.on_host());
  EXPECT_EQ(layer.kind, "host:lrn");
  EXPECT_EQ(layer.total_cycles, 0);
  EXPECT_TRUE(layer.energy_pj.empty());
  EXPECT_FALSE(sample_conv("conv1").on_host());
}

TEST(LayerResult, SaysWhenItsPricesAreExtrapolated) {
  LayerResult layer = sample_conv("conv1");
  EXPECT_FALSE(layer.energy_extrapolated);
  Prices prices = sample_prices();
  prices.events.at("mac.op").extrapolated = "operand_bits = 8 is outside 16 to 16";
  derive(layer, {200000, 168}, prices);
  EXPECT_TRUE(layer.energy_extrapolated);
}

/// The names of all fields, in order.
class Names : public FlatVisitor {
 public:
  void integer(const FieldInfo& info, std::int64_t&) override { add(info); }
  void real(const FieldInfo& info, double&) override { add(info); }
  void boolean(const FieldInfo& info, bool&) override { add(info); }
  void text(const FieldInfo& info, std::string&) override { add(info); }
  void integer_map(const FieldInfo& info, std::map<std::string, std::int64_t>&) override { add(info); }
  void real_map(const FieldInfo& info, std::map<std::string, double>&) override { add(info); }
  std::string names;

 private:
  void add(const FieldInfo& info) { names += info.name + " "; }
};

TEST(LayerResult, ItsFieldNamesAreThoseOfTheResultFormat) {
  Names visitor;
  LayerResult().describe(visitor);
  EXPECT_EQ(visitor.names,
            "name kind batch weight_bits activation_bits processing_cycles total_cycles processing_ms total_ms "
            "macs_total macs_performed macs_gated macs_skipped active_pes spatial_utilization "
            "macs_per_issue cycles_per_issue mac_utilization "
            "ifmap_zero_fraction ifmap_zero_fraction_unpadded weight_zero_fraction weight_dense_bits "
            "weight_stored_bits dram_read_bytes dram_write_bytes global_buffer_read_bytes global_buffer_write_bytes "
            "counts energy_pj energy_chip_pj energy_dram_pj energy_total_pj energy_chip_low_pj energy_chip_high_pj "
            "energy_total_low_pj energy_total_high_pj power_chip_mw "
            "stall_cycles sqnr_db output_sha256 energy_extrapolated ");
}

TEST(Totals, AreOverTheConvLayersOrOverAllThatRanOnTheArray) {
  const RunResult result = sample_result();
  const Totals conv = totals_of(result.layers, LayerChoice::conv_layers);
  const Totals all = totals_of(result.layers, LayerChoice::all_layers);
  EXPECT_EQ(conv.layers, 2);
  EXPECT_EQ(all.layers, 3);
  EXPECT_EQ(conv.total_cycles, 12000);  // 6,000 + 6,000
  EXPECT_EQ(all.total_cycles, 15000);   // and 3,000
  EXPECT_EQ(conv.macs_gated, 500000);
  EXPECT_EQ(all.dram_read_bytes, 375);                           // 3 x 125
  EXPECT_NEAR(conv.images_per_second, 4000 / 0.06, 1e-6);        // 4 images in 0.06 ms
  EXPECT_NEAR(all.images_per_second, 4000 / 0.075, 1e-6);        // 4 images in 0.075 ms
  EXPECT_NEAR(conv.power_chip_mw, 60.0, 1e-9);                   // 3.6 uJ / 0.06 ms
  EXPECT_NEAR(all.power_chip_mw, 70.0, 1e-9);                    // (3.6 + 1.5 + 0.15) uJ / 0.075 ms
  EXPECT_NEAR(conv.energy_chip_per_image_mj, 0.9e-3, 1e-12);     // 3.6 uJ / 4
  EXPECT_NEAR(conv.energy_total_per_image_mj, 0.904e-3, 1e-12);  // (3.6 + 0.016) uJ / 4
}

TEST(Totals, OfNoLayersAreZeroAndNotDividedByZero) {
  const Totals none = totals_of({host_layer("pool1", "max_pool", 4)}, LayerChoice::all_layers);
  EXPECT_EQ(none.layers, 0);
  EXPECT_EQ(none.images_per_second, 0.0);
}

}  // namespace
}  // namespace lacuna
