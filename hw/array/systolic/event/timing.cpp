// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/timing.hpp"

#include <algorithm>

namespace lacuna {

const SystolicPassEdges& SystolicTimeline::next(const SystolicPass& pass, std::int64_t allowed) {
  const SystolicFold fold = parameters_.fold(pass);
  const std::int64_t free = last_.record.end + 1;  // of the array: edge 0 at first
  SystolicPassEdges edges;
  PassRecord& record = edges.record;
  // An operand that is loaded behind the pass before may shift in from the edge on at which that one's is taken over.
  const std::int64_t may_start = pass.overlaps ? last_.compute_start : free;
  record.start = std::max(may_start, allowed);
  const std::int64_t load = parameters_.load();
  const std::int64_t loaded = record.start + load + weights_.wait_of_load(fold);
  const std::int64_t ready = std::max(loaded, free);  // to compute, but for weights that stream
  if (pass.overlaps) {
    // What is not hidden is for the link as far as that made the load late, else for the weights.
    const std::int64_t link = std::min(record.start - may_start, ready - free);
    record.start_without_link = record.start - link;
    edges.weight = ready - free - link;
  } else {
    record.start_without_link = free;
    edges.load = load;
    edges.weight = loaded - record.start - load;
  }
  // Asked for as soon as those of the pass before are out.
  const std::int64_t asked = std::max(record.start, last_.record.filters_sent + 1);
  const SystolicWeightWait wait = weights_.wait_of_stream(fold, ready - asked);
  edges.weight += wait.all;
  edges.compute_start = ready + wait.first;
  edges.compute = parameters_.compute(fold);
  record.end = ready + wait.all + edges.compute - 1;
  record.filters_sent = fold.weight_lanes == 0 ? loaded - 1 : ready + wait.all + parameters_.filters_sent(fold);
  last_ = edges;
  return last_;
}

}  // namespace lacuna
