// SPDX-License-Identifier: Apache-2.0
#include "sim/mapper/finalist.hpp"

#include <algorithm>

#include "hw/chip/accelerator.hpp"
#include "sim/energy/account.hpp"

namespace lacuna {

namespace {

/// Zeros and ones in an order without a period: word k is zero where the fraction of k times the golden ratio is small.
std::vector<StoredWord> sparse_words(std::int64_t words, std::int64_t zero_percent) {
  constexpr std::uint32_t kGolden = 2654435769U;  // 2^32 / golden ratio
  const std::uint64_t below = (std::uint64_t{1} << 32U) * static_cast<std::uint64_t>(zero_percent) / 100;
  std::vector<StoredWord> result;
  result.reserve(static_cast<std::size_t>(words));
  std::uint32_t fraction = 0;
  for (std::int64_t word = 0; word < words; ++word, fraction += kGolden) {
    result.push_back(fraction < below ? StoredWord{0} : StoredWord{1});
  }
  return result;
}

Span<const StoredWord> first(const std::vector<StoredWord>& words, std::int64_t count) {
  return {words.data(), static_cast<std::size_t>(count)};
}

}  // namespace

FinalistRun::FinalistRun(const MappingRequest& request)
    : request_(request),
      sparse_(sparse_words(std::max(request.context.shape.ifmap_words(), request.context.shape.ofmap_words()),
                           request.search.zero_percent)) {
  const LayerShape& shape = request.context.shape;
  ones_.assign(static_cast<std::size_t>(std::max(shape.ifmap_words(), shape.filter_words())), 1);
  biases_.assign(static_cast<std::size_t>(shape.M), 0);
}

MappingFigures FinalistRun::figures(const ArrayMapping& mapping) const {
  const LayerShape& shape = request_.context.shape;
  const std::unique_ptr<LayerSchedule> schedule = request_.chip->array.array().schedule(request_.context, mapping);
  LayerJob job;
  job.name = "of the mapping search";
  job.shape = shape;
  job.schedule = schedule.get();
  job.widths = request_.widths;
  job.mac.arithmetic = request_.accumulator;
  job.mac.arithmetic.form = stored_datapath_of(*request_.chip).psum_form(request_.accumulator.accumulator_bits);
  job.mac.widths = {request_.context.weight_bits, request_.context.activation_bits};
  if (job.widths.coded_weights) job.mac.codebook.assign(std::size_t{1} << job.widths.weight_bits, 1);
  job.post.ofmap_bits = job.widths.ofmap_bits;
  const auto images = static_cast<std::size_t>(shape.N);
  job.ifmaps.assign(images, first(job.widths.network_input ? ones_ : sparse_, shape.ifmap_words()));
  job.known_ofmaps.assign(images, first(sparse_, shape.ofmap_words()));
  job.filters = first(ones_, shape.filter_words());
  job.made_up = true;
  job.biases = biases_;
  RunHooks hooks;
  const LayerRun run = run_event(*request_.chip, job, hooks);
  const auto count = [&run](const char* event) { return run.counts.at(std::string("global_buffer.") + event); };
  MappingFigures figures;
  figures.dram_words = schedule->fetched_filter_words() + count("ifmap_write") + count("psum_drain");
  figures.buffer_words = count("ifmap_read") + count("psum_read") + count("psum_write");
  figures.total_cycles = run.total_cycles;
  figures.total_ms = static_cast<double>(run.total_cycles) / static_cast<double>(request_.chip->core_clock_khz);
  if (request_.prices != nullptr) {
    const double covered = static_cast<double>(run.active_pes) / static_cast<double>(request_.context.array->pes());
    figures.energy_pj =
        account(run.counts, *request_.prices, {figures.total_ms, run.total_cycles, covered}).total_pj.value;
  }
  return figures;
}

}  // namespace lacuna
