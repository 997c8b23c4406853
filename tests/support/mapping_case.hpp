// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "sim/energy/prices.hpp"
#include "sim/mapper/mapping_request.hpp"
#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A layer on a chip that wants a mapping, with made-up prices for all that the chip may count.
class MappingCase {
 public:
  MappingCase(LayerCase c, const std::string& objective, const std::string& factors = "perfect") : case_(std::move(c)) {
    // Different and small, so that none hides another; a word of DRAM costs the most.
    double pj = 0.5;
    for (const std::string& event : events_of(case_.chip)) {
      Figure price;
      price.estimate.value = pj;
      price.component = event.compare(0, 5, "dram.") == 0 ? "dram" : "chip";
      prices_.events[event] = price;
      pj += 0.25;
    }
    search_.objective = objective;
    search_.factors = factors;
  }

  MappingRequest request() const {
    MappingRequest request;
    request.chip = &case_.chip;
    request.context = case_.context();
    request.widths = case_.widths();
    request.accumulator = {0, case_.chip.mac.accumulator_bits, case_.chip.mac.overflow == "saturate"};
    request.prices = &prices_;
    request.search = search_;
    return request;
  }
  SearchConfig& search() { return search_; }
  const LayerCase& layer() const { return case_; }

 private:
  LayerCase case_;
  Prices prices_;
  SearchConfig search_;
};

}  // namespace lacuna::test
