// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/activity.hpp"
#include "hw/array/cartesian_product/clocked/model.hpp"
#include "hw/array/cartesian_product/config.hpp"
#include "hw/array/cartesian_product/cost.hpp"
#include "hw/array/cartesian_product/event/model.hpp"
#include "hw/array/cartesian_product/mapping.hpp"
#include "hw/array/cartesian_product/mapping_space.hpp"
#include "hw/array/cartesian_product/schedule.hpp"
#include "hw/array/tile_store_unit.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// The PEs of SCNN (Parashar et al., ISCA 2017), and of a dense twin.
class CartesianProduct : public ArrayKind {
 public:
  std::unique_ptr<ArrayConfig> make_config() const override { return std::make_unique<CartesianConfig>(); }
  std::unique_ptr<ArrayMapping> make_mapping() const override { return std::make_unique<CartesianMapping>(); }

  std::unique_ptr<ArrayMapping> default_mapping(const MappingContext& context) const override {
    return std::make_unique<CartesianMapping>(default_cartesian_mapping(context));
  }

  void check(const MappingContext& context, const ArrayMapping& mapping) const override {
    const std::string broken = broken_capacity(context, static_cast<const CartesianMapping&>(mapping));
    if (!broken.empty()) fail_input(broken);
  }

  void enumerate(const MappingContext& context, Factors factors, MappingVisitor& visitor) const override {
    enumerate_cartesian(context, factors, visitor);
  }

  MappingCost cost(const MappingContext& context, const ArrayMapping& mapping) const override {
    MappingCost cost;
    CartesianCosts(context).add_up(cut_groups(context.shape, static_cast<const CartesianMapping&>(mapping)), cost);
    return cost;
  }

  std::vector<std::string> explain(const MappingContext& context, const ArrayMapping& mapping) const override {
    return explain_cartesian(context, cut_groups(context.shape, static_cast<const CartesianMapping&>(mapping)));
  }

  std::unique_ptr<LayerSchedule> schedule(const MappingContext& context, const ArrayMapping& mapping) const override {
    return std::make_unique<CartesianSchedule>(context, static_cast<const CartesianMapping&>(mapping));
  }

  std::unique_ptr<ClockedArray> build_clocked(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    return std::make_unique<CartesianClocked>(static_cast<const CartesianSchedule&>(schedule), setup);
  }

  std::unique_ptr<EventArray> build_event(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    return std::make_unique<CartesianEvent>("array", static_cast<const CartesianSchedule&>(schedule), setup);
  }

  bool takes_decoded_filters() const override { return true; }
  bool stores_decoded_filters() const override { return true; }
  bool saturates() const override { return false; }

  std::vector<std::string> events() const override { return cartesian_events(); }

  std::vector<UnitAttributes> units(const MappingContext& context) const override {
    const auto& config = static_cast<const CartesianConfig&>(*context.array);
    const std::int64_t pes = config.rows * config.columns;
    const std::int64_t products = config.filter_lanes * config.ifmap_lanes;
    const std::int64_t index_bits = config.dense ? 0 : config.run_bits;
    const std::int64_t vector_bits = config.ifmap_lanes * (context.activation_bits + index_bits);
    const std::int64_t weight_bits = context.weight_bits + index_bits;  // of a lane
    const std::int64_t vectors = ceil_div(context.banks * context.bank_bytes * 8, vector_bits * pes);
    const std::int64_t entries = ceil_div(config.accumulator_entries, config.accumulator_banks);
    constexpr std::int64_t kCoordinateBits = 16;
    std::vector<UnitAttributes> units = {
        {"iaram", "sram", {{"words", vectors}, {"word_bits", vector_bits}, {"instances", pes}}},
        {"wbcast",
         "link",
         {{"word_bits", weight_bits}, {"lanes", config.filter_lanes}, {"instances", config.filter_lanes}}},
        {"wfifo",
         "register_file",
         {{"words", config.weight_fifo_entries},
          {"word_bits", weight_bits},
          {"lanes", config.filter_lanes},
          {"instances", pes * config.filter_lanes}}},
        {"mult", "counter", {{"operand_bits", 1}, {"instances", 1}}},
        {"coord", "adder", {{"operand_bits", kCoordinateBits}, {"instances", pes * products}}},
        {"xbar", "link", {{"word_bits", context.psum_bits}, {"instances", pes * config.accumulator_banks}}},
        {"accumulator",
         "register_file",
         {{"words", entries}, {"word_bits", context.psum_bits}, {"instances", 2 * pes * config.accumulator_banks}}},
        {"halo", "link", {{"word_bits", context.psum_bits}, {"instances", 8 * pes}}},
        {"ppu", "codec", {{"word_bits", context.activation_bits}, {"instances", pes}}},
    };
    if (context.filter_store_words == 0) return units;
    std::int64_t place_bits = 1;  // which weight of a tile it is; where none is dropped its address says so
    while (std::int64_t{1} << place_bits < context.filter_store_words) ++place_bits;
    const std::int64_t entry_bits = context.weight_bits + (config.dense ? 0 : place_bits);
    units.push_back(tile_store_unit(context, config.filter_lanes, entry_bits, 1));
    return units;
  }
};

const Registration<ArrayKind, CartesianProduct> registered{"cartesian_product"};

}  // namespace

}  // namespace lacuna
