// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/array/array_model.hpp"
#include "hw/array/cartesian_product/clocked/array.hpp"

namespace lacuna {

/// The clocked Cartesian-product array behind the interface that the chip knows: schedule in, activity out.
class CartesianClocked : public ClockedArray {
 public:
  CartesianClocked(const CartesianSchedule& schedule, const ArraySetup& setup);

  sc_core::sc_in<bool>& clock_port() override { return array_->clk; }
  sc_core::sc_in<std::uint32_t>& passes_allowed_port() override { return array_->passes_allowed; }
  bool quiet() const override { return array_->quiet(); }
  const std::vector<PassRecord>& records() const override { return context_.records; }
  ArrayActivity activity() const override;
  std::int64_t progress() const override { return array_->progress(); }
  std::string state() const override { return array_->state(); }
  void trace(sc_core::sc_trace_file* file) const override { array_->trace(file); }

 private:
  const MacDatapath& datapath_;
  CartesianContext context_;
  std::unique_ptr<CartesianArray> array_;
};

}  // namespace lacuna
