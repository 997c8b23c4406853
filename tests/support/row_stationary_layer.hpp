// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/row_stationary/config.hpp"
#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A layer on a row-stationary array, for tests that set this array's own parameters.
struct RowStationaryLayer : LayerCase {
  RowStationaryLayer() : LayerCase("row_stationary") {}

  RowStationaryConfig& array() { return static_cast<RowStationaryConfig&>(chip.array.part()); }
  /// The mapping, which is thereby given: all ones at first.
  RowStationaryMapping& map() {
    if (!mapping) mapping = std::make_unique<RowStationaryMapping>();
    return static_cast<RowStationaryMapping&>(*mapping);
  }
};

}  // namespace lacuna::test
