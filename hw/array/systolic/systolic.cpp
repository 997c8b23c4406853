// SPDX-License-Identifier: Apache-2.0
#include "hw/array/array.hpp"
#include "hw/array/systolic/activity.hpp"
#include "hw/array/systolic/clocked/model.hpp"
#include "hw/array/systolic/config.hpp"
#include "hw/array/systolic/cost.hpp"
#include "hw/array/systolic/event/model.hpp"
#include "hw/array/systolic/mapping.hpp"
#include "hw/array/systolic/mapping_space.hpp"
#include "hw/array/systolic/schedule.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// The systolic array (Kung, "Why Systolic Architectures?", IEEE Computer 15(1), 1982; Jouppi et al., ISCA 2017).
class Systolic : public ArrayKind {
 public:
  std::unique_ptr<ArrayConfig> make_config() const override { return std::make_unique<SystolicConfig>(); }
  std::unique_ptr<ArrayMapping> make_mapping() const override { return std::make_unique<SystolicMapping>(); }

  std::unique_ptr<ArrayMapping> default_mapping(const MappingContext& context) const override {
    return std::make_unique<SystolicMapping>(default_systolic_mapping(context));
  }

  void check(const MappingContext& context, const ArrayMapping& mapping) const override {
    const std::string broken = broken_capacity(context, static_cast<const SystolicMapping&>(mapping));
    if (!broken.empty()) fail_input(broken);
  }

  void enumerate(const MappingContext& context, Factors factors, MappingVisitor& visitor) const override {
    enumerate_systolic(context, factors, visitor);
  }

  MappingCost cost(const MappingContext& context, const ArrayMapping& mapping) const override {
    MappingCost cost;
    SystolicCosts(context).exact(cut_to(context.shape, static_cast<const SystolicMapping&>(mapping)), cost);
    return cost;
  }

  std::vector<std::string> explain(const MappingContext& context, const ArrayMapping& mapping) const override {
    return explain_systolic(context, cut_to(context.shape, static_cast<const SystolicMapping&>(mapping)));
  }

  std::unique_ptr<LayerSchedule> schedule(const MappingContext& context, const ArrayMapping& mapping) const override {
    return std::make_unique<SystolicSchedule>(context, static_cast<const SystolicMapping&>(mapping));
  }

  std::unique_ptr<ClockedArray> build_clocked(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    return std::make_unique<SystolicClocked>(static_cast<const SystolicSchedule&>(schedule), setup);
  }

  std::unique_ptr<EventArray> build_event(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    return std::make_unique<SystolicEvent>("array", static_cast<const SystolicSchedule&>(schedule), setup);
  }

  bool takes_decoded_filters() const override { return true; }

  bool paces_macs() const override { return true; }

  std::vector<std::string> events() const override { return systolic_events(); }

  std::vector<UnitAttributes> units(const MappingContext& context) const override {
    const std::int64_t pes = context.array->pes();
    const auto in_pes = [pes](const char* unit, const char* kind, std::int64_t word_bits, std::int64_t words = 1) {
      return UnitAttributes{unit, kind, {{"word_bits", word_bits}, {"instances", pes * words}}, {}, true};
    };
    const std::int64_t macs = context.mac_rate.macs;  // whose operands come side by side
    return {
        in_pes("activation_link", "link", context.activation_bits, macs),
        in_pes("weight_link", "link", context.weight_bits, macs),
        in_pes("psum_link", "link", context.psum_bits),
        {"psum_bus", "noc", {{"word_bits", context.psum_bits}, {"pes", pes}}},
        in_pes("accumulator", "register", context.psum_bits),
    };
  }
};

const Registration<ArrayKind, Systolic> registered{"systolic"};

}  // namespace

}  // namespace lacuna
