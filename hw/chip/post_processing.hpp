// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <systemc>

#include "hw/base/post_arithmetic.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// Between global buffer and codec, on the way out: scale, bias, rounding, ReLU, saturation, one psum at a time.
/// Scales, thresholds and biases come with the layer's configuration and stay in the unit: they are no DRAM traffic of
/// the layer.
class PostProcessing : public sc_core::sc_module {
 public:
  PostProcessing(const sc_core::sc_module_name& name, const PostArithmetic& post, Span<const std::int64_t> biases)
      : sc_core::sc_module(name), post_(post), biases_(biases) {}

  Word process(Word psum, std::int64_t channel) {
    ++operations_;
    return post_process(post_, psum, biases_[static_cast<std::size_t>(channel)], channel);
  }
  /// For a model that knows the results: operations that were done.
  void count(std::int64_t operations) { operations_ += operations; }
  std::int64_t operations() const { return operations_; }

 private:
  const PostArithmetic post_;
  const Span<const std::int64_t> biases_;
  std::int64_t operations_ = 0;
};

}  // namespace lacuna
