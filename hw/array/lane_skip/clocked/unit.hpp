// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <systemc>
#include <vector>

#include "hw/array/lane_skip/clocked/context.hpp"
#include "hw/array/lane_skip/clocked/wires.hpp"

namespace lacuna {

/// The end of one unit: for each filter lane an adder tree over all neuron lanes, and the output buffer (NBout), in
/// which the sums of lanes that are ahead wait for the others. A window that all lanes have ended is added to its psums
/// in the global buffer.
class LaneSkipUnit : public sc_core::sc_module {
 public:
  sc_core::sc_in<std::int64_t> windows{"windows"};
  sc_core::sc_vector<sc_core::sc_in<LaneSkipSum>> sum;  ///< lane by lane, of all filter lanes each

  LaneSkipUnit(const sc_core::sc_module_name& name, const LaneSkipContext& context, std::int64_t unit);

  std::int64_t sums() const { return sums_; }
  std::int64_t encoded() const { return encoded_; }
  std::string state() const;

 private:
  using Sums = std::vector<Word>;  ///< as `sum`

  void on_change();
  void end_window();
  void add(const TiledPass& pass, std::int64_t fold, std::size_t filter_lane, const Sums& of_lanes);

  const LaneSkipContext& context_;
  const std::int64_t first_column_;
  std::vector<std::uint32_t> seen_;
  std::map<std::int64_t, Sums> waiting_;  ///< by window
  std::int64_t ended_ = 0;                ///< windows, over all folds and passes
  std::int64_t pass_ = 0;
  std::int64_t place_ = 0;  ///< window of the pass
  std::int64_t sums_ = 0;
  std::int64_t encoded_ = 0;
};

}  // namespace lacuna
