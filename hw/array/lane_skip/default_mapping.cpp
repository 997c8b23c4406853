// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/mapping.hpp"
#include "hw/array/lane_skip/mapping_space.hpp"
#include "hw/array/tiled_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// Keeps the fewest cycles of mappings that do not cut windows: lanes wait for one another at the end of every part of
/// one, which costs nothing on the data without zeros that the closed form is of.
class WholeWindows : public FewestCycles<LaneSkipMapping> {
 public:
  explicit WholeWindows(const MappingContext& context) : FewestCycles(context), channels_(context.shape.C) {}
  void visit(const ArrayMapping& mapping, const MappingCost& cost) override {
    if (static_cast<const LaneSkipMapping&>(mapping).c >= channels_) FewestCycles::visit(mapping, cost);
  }

 private:
  const std::int64_t channels_;
};

}  // namespace

LaneSkipMapping default_lane_skip_mapping(const MappingContext& context) {
  const std::string broken = broken_capacity(context, LaneSkipMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = n = e = c = 1, " + broken);
  WholeWindows whole(context);
  enumerate_lane_skip(context, Factors::few, whole);
  if (whole.found()) return whole.best();
  FewestCycles<LaneSkipMapping> fewest(context);
  enumerate_lane_skip(context, Factors::few, fewest);
  return fewest.best();
}

}  // namespace lacuna
