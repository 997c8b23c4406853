// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/inner_product/config.hpp"
#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A layer on an inner-product array, for tests that set this array's own parameters: a buffer that takes all of it.
struct InnerProductLayer : LayerCase {
  InnerProductLayer() : LayerCase("inner_product") {
    chip.global_buffer.banks = 65536;
    chip.global_buffer.filter_banks = 65536;
  }
  InnerProductLayer(std::int64_t windows, std::int64_t filters, std::int64_t lanes) : InnerProductLayer() {
    array().windows = windows;
    array().filters = filters;
    array().lanes = lanes;
  }

  InnerProductConfig& array() { return static_cast<InnerProductConfig&>(chip.array.part()); }
  /// MACs that take so many cycles.
  void serial(std::int64_t cycles) {
    chip.mac.kind = "serial_activations";
    activation_bits = cycles;
  }
  /// MACs cut into sub-words of so many bits, 16, 8 or 4.
  void subwords(std::int64_t bits) {
    chip.mac.kind = "subword_parallel";
    weight_bits = activation_bits = bits;
  }
  /// The mapping, which is thereby given: all ones at first.
  InnerProductMapping& map() {
    if (!mapping) mapping = std::make_unique<InnerProductMapping>();
    return static_cast<InnerProductMapping&>(*mapping);
  }
  /// A mapping that takes all of a group at once.
  void whole() { map() = whole_mapping(); }
  /// An FC layer.
  void fc(std::int64_t inputs, std::int64_t outputs, std::int64_t images = 1) {
    shape = {images, outputs, inputs, 1, 1, 1, 1, 1, 1, 0};
  }

 private:
  InnerProductMapping whole_mapping() const {
    InnerProductMapping all;
    all.m = shape.M / shape.G;
    all.n = shape.N;
    all.e = shape.E();
    all.c = shape.C;
    return all;
  }
};

}  // namespace lacuna::test
