// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/activity.hpp"
#include "hw/array/lane_skip/clocked/model.hpp"
#include "hw/array/lane_skip/config.hpp"
#include "hw/array/lane_skip/cost.hpp"
#include "hw/array/lane_skip/event/model.hpp"
#include "hw/array/lane_skip/mapping.hpp"
#include "hw/array/lane_skip/mapping_space.hpp"
#include "hw/array/lane_skip/schedule.hpp"
#include "hw/array/tile_store_unit.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// The neuron lanes of Cnvlutin (Albericio et al., ISCA 2016) and of its dense base (DaDianNao, Chen et al., MICRO
/// 2014).
class LaneSkip : public ArrayKind {
 public:
  std::unique_ptr<ArrayConfig> make_config() const override { return std::make_unique<LaneSkipConfig>(); }
  std::unique_ptr<ArrayMapping> make_mapping() const override { return std::make_unique<LaneSkipMapping>(); }

  std::unique_ptr<ArrayMapping> default_mapping(const MappingContext& context) const override {
    return std::make_unique<LaneSkipMapping>(default_lane_skip_mapping(context));
  }

  void check(const MappingContext& context, const ArrayMapping& mapping) const override {
    const std::string broken = broken_capacity(context, static_cast<const LaneSkipMapping&>(mapping));
    if (!broken.empty()) fail_input(broken);
  }

  void enumerate(const MappingContext& context, Factors factors, MappingVisitor& visitor) const override {
    enumerate_lane_skip(context, factors, visitor);
  }

  MappingCost cost(const MappingContext& context, const ArrayMapping& mapping) const override {
    MappingCost cost;
    LaneSkipCosts(context).exact(cut_tiles(context.shape, static_cast<const LaneSkipMapping&>(mapping)), cost);
    return cost;
  }

  std::vector<std::string> explain(const MappingContext& context, const ArrayMapping& mapping) const override {
    return explain_lane_skip(context, cut_tiles(context.shape, static_cast<const LaneSkipMapping&>(mapping)));
  }

  std::unique_ptr<LayerSchedule> schedule(const MappingContext& context, const ArrayMapping& mapping) const override {
    return std::make_unique<LaneSkipSchedule>(context, static_cast<const LaneSkipMapping&>(mapping));
  }

  std::unique_ptr<ClockedArray> build_clocked(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    return std::make_unique<LaneSkipClocked>(static_cast<const LaneSkipSchedule&>(schedule), setup);
  }

  std::unique_ptr<EventArray> build_event(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    return std::make_unique<LaneSkipEvent>("array", static_cast<const LaneSkipSchedule&>(schedule), setup);
  }

  bool takes_decoded_filters() const override { return true; }
  bool stores_decoded_filters() const override { return true; }
  std::vector<std::string> events() const override { return lane_skip_events(); }

  std::vector<UnitAttributes> units(const MappingContext& context) const override {
    const auto& config = static_cast<const LaneSkipConfig&>(*context.array);
    const std::int64_t lanes = config.units * config.neuron_lanes;
    const std::int64_t filters = config.units * config.filter_lanes;
    const std::int64_t bricks =
        ceil_div(context.banks * context.bank_bytes * 8, config.brick_channels * context.activation_bits);
    const std::int64_t row_bits = config.filter_lanes * context.weight_bits;
    // A tile store takes the place of the filter banks: each sub-unit reads its part of it.
    const bool stored = context.filter_store_words > 0;
    const UnitAttributes store = tile_store_unit(context, config.filter_lanes, context.weight_bits, lanes);
    const std::int64_t rows = stored ? store.attributes.at("words")
                                     : ceil_div(context.filter_banks * context.bank_bytes * 8, lanes * row_bits);
    const std::int64_t skips = config.skip ? 1 : 0;  // what only skipping needs is not built without
    std::vector<UnitAttributes> units = {
        {"nm",
         "sram",
         {{"words", bricks}, {"word_bits", config.brick_channels * config.offset_bits()}, {"instances", skips}}},
        {"offset", "adder", {{"operand_bits", config.offset_bits()}, {"instances", skips * config.neuron_lanes}}},
        {"sb", "sram", {{"words", rows}, {"word_bits", row_bits}, {"instances", lanes}}},
        {"adder_tree",
         context.psum_adder(),
         {{"operand_bits", context.psum_bits}, {"inputs", config.neuron_lanes}, {"instances", filters}}},
        {"nbout", "register", {{"word_bits", context.psum_bits}, {"instances", filters}}},
        {"encoder", "codec", {{"word_bits", context.activation_bits}, {"instances", skips}}},
        {"lane", "counter", {{"operand_bits", config.offset_bits()}, {"instances", skips * config.neuron_lanes}}},
    };
    if (stored) units.push_back(store);
    return units;
  }
};

const Registration<ArrayKind, LaneSkip> registered{"lane_skip"};

}  // namespace

}  // namespace lacuna
