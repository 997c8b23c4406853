// SPDX-License-Identifier: Apache-2.0
#include "hw/array/array.hpp"
#include "hw/array/row_stationary/activity.hpp"
#include "hw/array/row_stationary/clocked/model.hpp"
#include "hw/array/row_stationary/config.hpp"
#include "hw/array/row_stationary/cost.hpp"
#include "hw/array/row_stationary/event/model.hpp"
#include "hw/array/row_stationary/mapping.hpp"
#include "hw/array/row_stationary/mapping_space.hpp"
#include "hw/array/row_stationary/schedule.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// The row-stationary array (Chen, Emer, Sze, ISCA 2016; Chen, Krishna, Emer, Sze, JSSC 52(1), 2017).
class RowStationary : public ArrayKind {
 public:
  std::unique_ptr<ArrayConfig> make_config() const override { return std::make_unique<RowStationaryConfig>(); }
  std::unique_ptr<ArrayMapping> make_mapping() const override { return std::make_unique<RowStationaryMapping>(); }

  std::unique_ptr<ArrayMapping> default_mapping(const MappingContext& context) const override {
    return std::make_unique<RowStationaryMapping>(default_row_stationary_mapping(context));
  }

  void check(const MappingContext& context, const ArrayMapping& mapping) const override {
    const std::string broken = broken_capacity(context, static_cast<const RowStationaryMapping&>(mapping));
    if (!broken.empty()) fail_input(broken);
  }

  void enumerate(const MappingContext& context, Factors factors, MappingVisitor& visitor) const override {
    enumerate_row_stationary(context, factors, visitor);
  }

  MappingCost cost(const MappingContext& context, const ArrayMapping& mapping) const override {
    MappingCost cost;
    RowStationaryCosts(context).exact(static_cast<const RowStationaryMapping&>(mapping), cost);
    return cost;
  }

  std::vector<std::string> explain(const MappingContext& context, const ArrayMapping& mapping) const override {
    return explain_row_stationary(context, static_cast<const RowStationaryMapping&>(mapping));
  }

  std::unique_ptr<LayerSchedule> schedule(const MappingContext& context, const ArrayMapping& mapping) const override {
    return std::make_unique<RowStationarySchedule>(context, static_cast<const RowStationaryMapping&>(mapping));
  }

  std::unique_ptr<ClockedArray> build_clocked(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    return std::make_unique<RowStationaryClocked>(static_cast<const RowStationarySchedule&>(schedule), setup);
  }

  std::unique_ptr<EventArray> build_event(const LayerSchedule& schedule, const ArraySetup& setup) const override {
    return std::make_unique<RowStationaryEvent>("array", static_cast<const RowStationarySchedule&>(schedule), setup);
  }

  bool takes_decoded_filters() const override { return true; }
  bool paces_macs() const override { return true; }
  /// Filters stand side by side.
  MacSums mac_sums() const override { return MacSums::separate; }

  std::vector<std::string> events() const override { return row_stationary_events(); }

  std::vector<UnitAttributes> units(const MappingContext& context) const override {
    const auto& array = static_cast<const RowStationaryConfig&>(*context.array);
    const std::int64_t activation = context.activation_bits;
    const std::int64_t weight = context.weight_bits;
    const std::int64_t psum = context.psum_bits;
    const std::int64_t psum_lanes = array.psum_bus_bits / psum;
    const std::int64_t pes = array.pes();
    const auto in_pe = [pes](const char* unit, const char* kind, std::map<std::string, std::int64_t> attributes) {
      attributes["instances"] = pes;
      return UnitAttributes{unit, kind, std::move(attributes), {}, true};
    };
    return {
        in_pe("filter_spad", "sram", {{"words", array.filter_spad_words}, {"word_bits", weight}}),
        in_pe("ifmap_spad", "register_file", {{"words", array.ifmap_spad_words}, {"word_bits", activation}}),
        in_pe("psum_spad", "register_file", {{"words", array.psum_spad_words}, {"word_bits", psum}}),
        in_pe("ifmap_fifo", "fifo", {{"words", array.ifmap_fifo_words}, {"word_bits", activation}}),
        in_pe("psum_fifo", "fifo", {{"words", array.psum_fifo_beats}, {"word_bits", psum_lanes * psum}}),
        in_pe("output_fifo", "fifo", {{"words", array.output_fifo_beats}, {"word_bits", psum_lanes * psum}}),
        in_pe("psum_adder", context.psum_adder(), {{"operand_bits", psum}}),
        {"filter_bus", "noc", {{"word_bits", weight}, {"pes", pes}}},
        {"ifmap_bus", "noc", {{"word_bits", activation}, {"pes", pes}}},
        {"psum_in_bus", "noc", {{"word_bits", psum}, {"pes", pes}}},
        {"psum_out_bus", "noc", {{"word_bits", psum}, {"pes", pes}}},
        in_pe("psum_link", "noc", {{"word_bits", psum}}),
    };
  }
};

const Registration<ArrayKind, RowStationary> registered{"row_stationary"};

}  // namespace

}  // namespace lacuna
