// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/layer_job.hpp"

#include <algorithm>

#include "hw/base/error.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kBitsPerByte = 8;

/// SHA-256 of what the layer left in DRAM. Where that is what the exact layer gave, its own digest may be known.
std::string ofmap_digest(const LayerValues& values, const std::vector<StoredWord>& ofmap) {
  if (values.ofmaps_sha256.empty()) return words_sha256(ofmap);
  const StoredWord* word = ofmap.data();
  std::size_t left = ofmap.size();
  for (const StoredWords& exact : values.ofmaps) {
    if (exact.size() > left || !std::equal(exact.begin(), exact.end(), word)) return words_sha256(ofmap);
    word += exact.size();
    left -= exact.size();
  }
  return left == 0 ? values.ofmaps_sha256 : words_sha256(ofmap);
}

}  // namespace

LayerWords layer_words(const LayerPlan& plan, const LayerValues& values, bool with_ofmaps) {
  LayerWords words;
  words.biases.assign(values.biases.begin(), values.biases.end());
  LayerJob& job = words.job;
  job.name = plan.layer->name;
  job.shape = plan.context.shape;
  job.schedule = plan.schedule.get();
  job.widths = plan.widths;
  job.mac = values.mac_setup();
  job.mac.widths = {plan.context.weight_bits, plan.context.activation_bits};
  job.post = values.precision.post;
  job.ofmap_group_channels = plan.ofmap_group_channels;
  for (std::int64_t image = 0; image < job.shape.N; ++image) {
    const auto given = static_cast<std::size_t>(image) % values.ifmaps.size();
    job.ifmaps.emplace_back(values.ifmaps[given].span());
    if (with_ofmaps) job.known_ofmaps.emplace_back(values.ofmaps[given].span());
  }
  job.filters = values.weights.words;
  job.remembered_filters = values.weights.words;
  job.filters_by_tap = values.weights.words_by_tap;
  job.filter_signs = values.weights.signs;
  job.filters_owner = values.weights.words.owner();
  job.biases = words.biases;
  return words;
}

void check_ofmap(const LayerPlan& plan, const LayerValues& values, const LayerRun& run) {
  const auto words = static_cast<std::size_t>(plan.context.shape.ofmap_words());
  for (std::size_t first = 0; first < run.ofmap.size(); first += words) {
    const std::size_t image = first / words;
    const StoredWords& exact = values.ofmaps[image % values.ofmaps.size()];
    const StoredWord* const ofmap = run.ofmap.data() + first;
    const auto [word, wanted] = std::mismatch(ofmap, ofmap + words, exact.begin());
    if (word == ofmap + words) continue;
    const std::int64_t plane = plan.context.shape.E() * plan.context.shape.F();
    fail_run("layer " + plan.layer->name + ": the ofmap in DRAM differs from the exact layer: image " +
             std::to_string(image) + ", channel " + std::to_string((word - ofmap) / plane) + ", word " +
             std::to_string((word - ofmap) % plane) + " is " + std::to_string(*word) + ", exact " +
             std::to_string(*wanted));
  }
}

LayerResult layer_result(const LayerPlan& plan, const LayerValues& values, const LayerRun& run) {
  const std::int64_t ifmap_bits = plan.context.activation_bits;
  const std::int64_t psum_bits = plan.context.psum_bits;
  const ZeroShares zeros = zero_shares(values, plan.context.shape.N);
  LayerResult result;
  result.name = plan.layer->name;
  result.kind = to_string(plan.layer->kind);
  result.batch = plan.context.shape.N;
  result.weight_bits = plan.widths.weight_bits;
  result.activation_bits = plan.context.activation_bits;
  result.processing_cycles = run.processing_cycles;
  result.total_cycles = run.total_cycles;
  result.macs_total = plan.context.shape.macs();
  result.macs_performed = run.macs_performed;
  result.macs_gated = run.macs_gated;
  result.macs_skipped = run.macs_skipped;
  result.active_pes = run.active_pes;
  result.macs_per_issue = run.mac_rate.macs;
  result.cycles_per_issue = run.mac_rate.cycles;
  result.ifmap_zero_fraction = zeros.ifmap_padded;
  result.ifmap_zero_fraction_unpadded = zeros.ifmap;
  result.weight_zero_fraction = zeros.weights;
  result.weight_dense_bits = plan.context.shape.filter_words() * plan.widths.weight_bits;
  result.weight_stored_bits = run.weight_stored_bits;
  result.dram_read_bytes = run.dram_read_bits / kBitsPerByte;
  result.dram_write_bytes = run.dram_write_bits / kBitsPerByte;
  result.global_buffer_read_bytes =
      ceil_div(run.global_buffer_ifmap_words * ifmap_bits +
                   (run.global_buffer_read_words - run.global_buffer_ifmap_words) * psum_bits,
               kBitsPerByte);
  result.global_buffer_write_bytes = ceil_div(run.global_buffer_write_words * psum_bits, kBitsPerByte);
  result.counts = run.counts;
  result.stall_cycles = run.stall_cycles;
  result.sqnr_db = values.sqnr_db;
  result.output_sha256 = ofmap_digest(values, run.ofmap);
  return result;
}

LayerPes pe_results(const LayerPlan& plan, const LayerRun& run) {
  const ArraySize size = plan.context.array->size();
  LayerPes result{plan.layer->name, run.activity.stall_causes, {}};
  result.pes.resize(static_cast<std::size_t>(size.rows * size.columns));
  for (std::size_t index = 0; index < result.pes.size(); ++index) {
    PeResult& pe = result.pes[index];
    pe.row = static_cast<std::int64_t>(index) / size.columns;
    pe.column = static_cast<std::int64_t>(index) % size.columns;
    pe.idle_cycles = run.array_cycles;
    pe.stall_cycles.assign(result.stall_causes.size(), 0);
  }
  for (const PeActivity& activity : run.activity.pes) {
    PeResult& pe = result.pes[static_cast<std::size_t>(activity.row * size.columns + activity.column)];
    pe.performed = activity.performed;
    pe.gated = activity.gated;
    pe.filler = activity.filler_performed + activity.filler_gated;
    pe.idle_cycles = activity.idle;
    pe.stall_cycles = activity.stalls;
  }
  return result;
}

}  // namespace lacuna
