// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/pass_values.hpp"

#include <algorithm>

namespace lacuna {

void add_pass_products(const SystolicSchedule& schedule, const SystolicPass& pass, const Mac& mac,
                       GlobalBuffer& buffer) {
  const std::int64_t width = schedule.ofmap_tile(pass).columns;
  const std::int64_t end = pass.pixel + pass.pixels;
  for (std::int64_t filter = pass.filter; filter < pass.filter + pass.filters; ++filter) {
    std::int64_t count = 0;
    for (std::int64_t pixel = pass.pixel; pixel < end; pixel += count) {
      count = std::min(width - pixel % width, end - pixel);  // within one row of the ofmap
      Word* const psums = buffer.psum.words() + schedule.psum_address(pass, filter, pixel);
      if (pass.first_taps) std::fill_n(psums, count, 0);
      for (std::int64_t tap = pass.tap; tap < pass.tap + pass.taps; ++tap) {
        mac.row(buffer.ifmap.words() + schedule.ifmap_address(pass, tap, pixel), schedule.shape().U,
                buffer.filter.words()[schedule.filter_address(pass, tap, filter)], psums,
                static_cast<std::size_t>(count));
      }
    }
  }
}

}  // namespace lacuna
