// SPDX-License-Identifier: Apache-2.0
#include "hw/array/pass_spans.hpp"

namespace lacuna {

std::vector<PassActivity> PassSpans::activity(std::int64_t end, const PeSums& all) const {
  std::vector<PassActivity> passes(firsts_.size());
  for (std::size_t pass = 0; pass < passes.size(); ++pass) {
    const bool last = pass + 1 == passes.size();
    const PeSums& before = before_[pass];
    const PeSums& after = last ? all : before_[pass + 1];
    PassActivity& span = passes[pass];
    span.first = firsts_[pass];
    span.edges = (last ? end : firsts_[pass + 1]) - span.first;
    span.idle = after.idle - before.idle;
    for (std::size_t cause = 0; cause < all.stalls.size(); ++cause) {
      span.stalls.push_back(after.stalls[cause] - before.stalls[cause]);
    }
  }
  return passes;
}

}  // namespace lacuna
