// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/activity.hpp"
#include "hw/array/inner_product/clocked/model.hpp"
#include "hw/array/inner_product/config.hpp"
#include "hw/array/inner_product/cost.hpp"
#include "hw/array/inner_product/event/model.hpp"
#include "hw/array/inner_product/mapping.hpp"
#include "hw/array/inner_product/mapping_space.hpp"
#include "hw/array/inner_product/schedule.hpp"
#include "hw/array/tile_store_unit.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// Inner-product units for windows and filters side by side, whose MACs have any rate: the tile of DaDianNao (Chen et
/// al., MICRO 2014), Stripes (Judd et al., MICRO 2016), the array of ENVISION (Moons et al., ISSCC 2017).
class InnerProduct : public ArrayKind {
 public:
  std::unique_ptr<ArrayConfig> make_config() const override { return std::make_unique<InnerProductConfig>(); }
  std::unique_ptr<ArrayMapping> make_mapping() const override { return std::make_unique<InnerProductMapping>(); }

  std::unique_ptr<ArrayMapping> default_mapping(const MappingContext& context) const override {
    return std::make_unique<InnerProductMapping>(default_inner_product_mapping(context));
  }

  void check(const MappingContext& context, const ArrayMapping& mapping) const override {
    const std::string broken = broken_capacity(context, static_cast<const InnerProductMapping&>(mapping));
    if (!broken.empty()) fail_input(broken);
  }

  void enumerate(const MappingContext& context, Factors factors, MappingVisitor& visitor) const override {
    enumerate_inner_product(context, factors, visitor);
  }

  MappingCost cost(const MappingContext& context, const ArrayMapping& mapping) const override {
    MappingCost cost;
    InnerProductCosts(context).exact(cut_tiles(context.shape, static_cast<const InnerProductMapping&>(mapping)), cost);
    return cost;
  }

  std::vector<std::string> explain(const MappingContext& context, const ArrayMapping& mapping) const override {
    return explain_inner_product(context, cut_tiles(context.shape, static_cast<const InnerProductMapping&>(mapping)));
  }

  std::unique_ptr<LayerSchedule> schedule(const MappingContext& context, const ArrayMapping& mapping) const override {
    return std::make_unique<InnerProductSchedule>(context, static_cast<const InnerProductMapping&>(mapping));
  }

  std::unique_ptr<ClockedArray> build_clocked(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    return std::make_unique<InnerProductClocked>(static_cast<const InnerProductSchedule&>(schedule), setup);
  }

  std::unique_ptr<EventArray> build_event(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    return std::make_unique<InnerProductEvent>("array", static_cast<const InnerProductSchedule&>(schedule), setup);
  }

  bool takes_decoded_filters() const override { return true; }
  bool stores_decoded_filters() const override { return true; }
  bool paces_macs() const override { return true; }
  std::vector<std::string> events() const override { return inner_product_events(); }

  std::vector<UnitAttributes> units(const MappingContext& context) const override {
    const InnerProductShape array = inner_product_shape(context);
    const std::int64_t units = array.windows * array.filters;
    const std::int64_t weights = (array.serial_fc ? units : array.filters) * array.width();
    std::vector<UnitAttributes> all = {
        {"activation_register",
         "register",
         {{"word_bits", context.activation_bits}, {"instances", array.windows * array.width()}}},
        {"weight_register", "register", {{"word_bits", context.weight_bits}, {"instances", weights}}},
        {"adder_tree",
         context.psum_adder(),
         {{"operand_bits", context.psum_bits}, {"inputs", array.lanes}, {"instances", units}}},
        {"accumulator", "register", {{"word_bits", context.psum_bits}, {"instances", units}}},
    };
    if (context.filter_store_words > 0) {
      all.push_back(tile_store_unit(context, array.filters, context.weight_bits, array.width()));
    }
    return all;
  }
};

const Registration<ArrayKind, InnerProduct> registered{"inner_product"};

}  // namespace

}  // namespace lacuna
