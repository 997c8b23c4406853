// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/inner_product/clocked/context.hpp"
#include "hw/array/inner_product/clocked/wires.hpp"

namespace lacuna {

/// The accumulators of one filter, one for each window: a psum from the buffer (zero for the first taps), to which the
/// sums of the steps of a window are added, and back. Where windows take the steps in turn, all go into the first one.
class InnerProductAccumulator : public sc_core::sc_module {
 public:
  sc_core::sc_vector<sc_core::sc_in<InnerProductSum>> sum;  ///< of each window

  InnerProductAccumulator(const sc_core::sc_module_name& name, const InnerProductContext& context);

  std::string state() const;

 private:
  void on_change();
  void add(const InnerProductSum& sum, Word& psum);

  const InnerProductContext& context_;
  std::vector<std::uint32_t> seen_;
  std::vector<Word> psums_;
};

}  // namespace lacuna
