// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <memory>

#include "hw/array/array.hpp"
#include "hw/array/event_array.hpp"
#include "hw/array/mapping_space.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

/// A PE array of no real machine, registered as `test_grid` by the tests that need a second kind.
struct TestGridConfig : ArrayConfig {
  std::int64_t rows = 4;
  std::int64_t columns = 4;
  std::string gate_on = "none";
  std::unique_ptr<ArrayConfig> clone() const override { return std::make_unique<TestGridConfig>(*this); }
  ArraySize size() const override { return {rows, columns}; }
  void describe(FieldVisitor& v) override {
    v.integer(FieldInfo("rows", "PE rows").range(1, 64), rows);
    v.integer(FieldInfo("columns", "PE columns").range(1, 64), columns);
    v.text(FieldInfo("gate_on", "what a zero gates").one_of({"none", "activation"}), gate_on);
  }
};

struct TestGridMapping : ArrayMapping {
  std::int64_t tile = 1;
  std::unique_ptr<ArrayMapping> clone() const override { return std::make_unique<TestGridMapping>(*this); }
  void describe(FieldVisitor& v) override {
    v.integer(FieldInfo("tile", "ofmap channels a pass").range(1, 64).must(), tile);
  }
};

class TestGrid : public ArrayKind {
 public:
  std::unique_ptr<ArrayConfig> make_config() const override { return std::make_unique<TestGridConfig>(); }
  std::unique_ptr<ArrayMapping> make_mapping() const override { return std::make_unique<TestGridMapping>(); }
  std::unique_ptr<ArrayMapping> default_mapping(const MappingContext& context) const override {
    auto mapping = std::make_unique<TestGridMapping>();
    mapping->tile = std::min<std::int64_t>(context.shape.M, 64);
    return mapping;
  }
  void check(const MappingContext& context, const ArrayMapping& mapping) const override {
    if (dynamic_cast<const TestGridMapping&>(mapping).tile > context.shape.M) fail_input("tile over M");
  }
  void enumerate(const MappingContext& context, Factors, MappingVisitor& visitor) const override {
    TestGridMapping mapping;
    for (mapping.tile = std::min<std::int64_t>(context.shape.M, 64); mapping.tile >= 1; --mapping.tile) {
      visitor.visit(mapping, cost(context, mapping));
    }
  }
  /// Counts ofmap words alone, and a cycle for each tile.
  MappingCost cost(const MappingContext& context, const ArrayMapping& mapping) const override {
    MappingCost cost;
    cost.dram_ofmap_words = context.shape.N * context.shape.ofmap_words();
    cost.cycles = ceil_div(context.shape.M, dynamic_cast<const TestGridMapping&>(mapping).tile);
    return cost;
  }
  std::vector<std::string> explain(const MappingContext&, const ArrayMapping&) const override { return {"in tiles"}; }
  std::unique_ptr<LayerSchedule> schedule(const MappingContext&, const ArrayMapping&) const override {
    fail_input("the test grid runs no layer");
  }
  std::unique_ptr<ClockedArray> build_clocked(const LayerSchedule&, const ArraySetup&) const override {
    fail_input("the test grid runs no layer");
  }
  std::unique_ptr<EventArray> build_event(const LayerSchedule&, const ArraySetup&) const override {
    fail_input("the test grid runs no layer");
  }
  std::vector<std::string> events() const override { return {}; }
  std::vector<UnitAttributes> units(const MappingContext&) const override { return {}; }
};

}  // namespace lacuna
