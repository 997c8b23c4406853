// SPDX-License-Identifier: Apache-2.0
#include "hw/array/array.hpp"
#include "hw/array/csc_broadcast/activity.hpp"
#include "hw/array/csc_broadcast/clocked/model.hpp"
#include "hw/array/csc_broadcast/config.hpp"
#include "hw/array/csc_broadcast/cost.hpp"
#include "hw/array/csc_broadcast/event/model.hpp"
#include "hw/array/csc_broadcast/mapping.hpp"
#include "hw/array/csc_broadcast/mapping_space.hpp"
#include "hw/array/csc_broadcast/schedule.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// Nodes of a tree over all PEs in which each has four below it.
std::int64_t quadtree_nodes(std::int64_t leaves) {
  std::int64_t nodes = 0;
  do {
    leaves = ceil_div(leaves, 4);
    nodes += leaves;
  } while (leaves > 1);
  return nodes;
}

void refuse_other_zero(const ArraySetup& setup) {
  const Word worth = setup.mac->worth(0);
  if (worth == 0) return;
  fail_input("stored weights of 0 are left out, but the codebook gives code 0 the worth " + std::to_string(worth) +
             "; allowed 0, as a codebook of weights with zeros has it");
}

/// Matrix times vector from compressed columns that broadcast activations choose (S. Han et al., "EIE", ISCA 2016).
class CscBroadcastKind : public ArrayKind {
 public:
  std::unique_ptr<ArrayConfig> make_config() const override { return std::make_unique<CscBroadcastConfig>(); }
  std::unique_ptr<ArrayMapping> make_mapping() const override { return std::make_unique<CscBroadcastMapping>(); }
  std::string refusal(const LayerShape& shape) const override { return no_matrix_vector_product(shape); }

  std::unique_ptr<ArrayMapping> default_mapping(const MappingContext& context) const override {
    return std::make_unique<CscBroadcastMapping>(default_csc_broadcast_mapping(context));
  }

  void check(const MappingContext& context, const ArrayMapping& mapping) const override {
    const std::string broken = broken_capacity(context, static_cast<const CscBroadcastMapping&>(mapping));
    if (!broken.empty()) fail_input(broken);
  }

  void enumerate(const MappingContext& context, Factors factors, MappingVisitor& visitor) const override {
    enumerate_csc_broadcast(context, factors, visitor);
  }

  MappingCost cost(const MappingContext& context, const ArrayMapping& mapping) const override {
    return CscBroadcastCosts(context).of(cut_to(context.shape, static_cast<const CscBroadcastMapping&>(mapping)));
  }

  std::vector<std::string> explain(const MappingContext& context, const ArrayMapping& mapping) const override {
    return explain_csc_broadcast(context, cut_to(context.shape, static_cast<const CscBroadcastMapping&>(mapping)));
  }

  std::unique_ptr<LayerSchedule> schedule(const MappingContext& context, const ArrayMapping& mapping) const override {
    return std::make_unique<CscBroadcastSchedule>(context, static_cast<const CscBroadcastMapping&>(mapping));
  }

  std::unique_ptr<ClockedArray> build_clocked(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    refuse_other_zero(setup);
    return std::make_unique<CscBroadcastClocked>(static_cast<const CscBroadcastSchedule&>(schedule), setup);
  }

  std::unique_ptr<EventArray> build_event(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    refuse_other_zero(setup);
    return std::make_unique<CscBroadcastEvent>("array", static_cast<const CscBroadcastSchedule&>(schedule), setup);
  }

  bool own_filter_format() const override { return true; }
  std::vector<std::string> events() const override { return csc_broadcast_events(); }

  std::vector<UnitAttributes> units(const MappingContext& context) const override {
    const auto& array = static_cast<const CscBroadcastConfig&>(*context.array);
    const std::int64_t pes = array.pe_count;
    const auto in_pe = [pes](const char* unit, const char* kind, std::int64_t words, std::int64_t bits) {
      std::map<std::string, std::int64_t> sizes = {{"word_bits", bits}, {"instances", pes}};
      if (words > 0) sizes["words"] = words;
      return UnitAttributes{unit, kind, sizes, {}, true};
    };
    const std::int64_t pointers = array.pointer_bytes * 8 / array.pointer_bits;
    return {
        {"lnzd", "lnzd", {{"nodes", quadtree_nodes(pes)}}},
        {"activation_bus", "noc", {{"word_bits", context.activation_bits}, {"pes", pes}}},
        in_pe("activation_queue", "fifo", array.queue_depth, context.activation_bits),
        in_pe("pointer", "sram", pointers, array.pointer_bits),
        in_pe("spmat", "sram", array.spmat_bytes * 8 / array.row_bits, array.row_bits),
        in_pe("psum_register", "register_file", array.registers, context.psum_bits),
        in_pe("psum_bypass", "link", 0, context.psum_bits),
        in_pe("activation_register", "register_file", array.registers, context.activation_bits),
    };
  }
};

const Registration<ArrayKind, CscBroadcastKind> registered{"csc_broadcast"};

}  // namespace

}  // namespace lacuna
