// SPDX-License-Identifier: Apache-2.0
#include "hw/array/array.hpp"
#include "hw/array/dual_csc/activity.hpp"
#include "hw/array/dual_csc/clocked/model.hpp"
#include "hw/array/dual_csc/config.hpp"
#include "hw/array/dual_csc/cost.hpp"
#include "hw/array/dual_csc/event/model.hpp"
#include "hw/array/dual_csc/mapping.hpp"
#include "hw/array/dual_csc/mapping_space.hpp"
#include "hw/array/dual_csc/schedule.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

void refuse_other_zero(const ArraySetup& setup) {
  const Word worth = setup.mac->worth(0);
  if (worth == 0) return;
  fail_input("stored weights of 0 are left out, but the codebook gives code 0 the worth " + std::to_string(worth) +
             "; allowed 0, as a codebook of weights with zeros has it");
}

/// The PE of Eyeriss v2, which works on activations and weights in compressed sparse columns (Chen et al., JETCAS
/// 2019).
class DualCsc : public ArrayKind {
 public:
  std::unique_ptr<ArrayConfig> make_config() const override { return std::make_unique<DualCscConfig>(); }
  std::unique_ptr<ArrayMapping> make_mapping() const override { return std::make_unique<DualCscMapping>(); }

  std::unique_ptr<ArrayMapping> default_mapping(const MappingContext& context) const override {
    return std::make_unique<DualCscMapping>(default_dual_csc_mapping(context));
  }

  void check(const MappingContext& context, const ArrayMapping& mapping) const override {
    const std::string broken = broken_capacity(context, static_cast<const DualCscMapping&>(mapping));
    if (!broken.empty()) fail_input(broken);
  }

  void enumerate(const MappingContext& context, Factors factors, MappingVisitor& visitor) const override {
    enumerate_dual_csc(context, factors, visitor);
  }

  MappingCost cost(const MappingContext& context, const ArrayMapping& mapping) const override {
    return DualCscCosts(context).of(cut_to(context, static_cast<const DualCscMapping&>(mapping)));
  }

  std::vector<std::string> explain(const MappingContext& context, const ArrayMapping& mapping) const override {
    return explain_dual_csc(context, cut_to(context, static_cast<const DualCscMapping&>(mapping)));
  }

  std::unique_ptr<LayerSchedule> schedule(const MappingContext& context, const ArrayMapping& mapping) const override {
    return std::make_unique<DualCscSchedule>(context, static_cast<const DualCscMapping&>(mapping));
  }

  std::unique_ptr<ClockedArray> build_clocked(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    refuse_other_zero(setup);
    return std::make_unique<DualCscClocked>(static_cast<const DualCscSchedule&>(schedule), setup);
  }

  std::unique_ptr<EventArray> build_event(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    refuse_other_zero(setup);
    return std::make_unique<DualCscEvent>("array", static_cast<const DualCscSchedule&>(schedule), setup);
  }

  bool own_filter_format() const override { return true; }
  std::vector<std::string> events() const override { return dual_csc_events(); }

  std::vector<UnitAttributes> units(const MappingContext& context) const override {
    const auto& array = static_cast<const DualCscConfig&>(*context.array);
    const auto in_pe = [&array](const char* unit, const char* kind, std::int64_t words, std::int64_t bits,
                                std::int64_t buffers = 1) {
      return UnitAttributes{
          unit, kind, {{"words", words}, {"word_bits", bits}, {"instances", buffers * array.pe_count}}, {}, true};
    };
    const std::int64_t buffers = array.shape().windows;  // each holds what a window needs
    const std::int64_t iact_bits = context.activation_bits + array.run_bits;
    const std::int64_t bank_words = context.bank_bytes * 8 / iact_bits;
    // They are the banks of the global buffer, read as activations with their zero runs: its area and leakage are
    // theirs.
    return {
        {"iact_bank", "sram", {{"words", bank_words}, {"word_bits", iact_bits}, {"instances", context.banks}}},
        in_pe("iact_address", "register_file", array.iact_address_entries, array.iact_address_bits, buffers),
        in_pe("iact_spad", "register_file", array.iact_entries, iact_bits, buffers),
        in_pe("weight_address", "register_file", array.weight_address_entries, array.weight_address_bits),
        in_pe("weight_spad", "sram", array.weight_words, kWeightsPerWord * (context.weight_bits + array.run_bits)),
        in_pe("psum_spad", "register_file", array.psum_entries, context.psum_bits, buffers),
        {"mult", "counter", {{"operand_bits", 1}, {"instances", 1}}},
    };
  }
};

const Registration<ArrayKind, DualCsc> registered{"dual_csc"};

}  // namespace

}  // namespace lacuna
