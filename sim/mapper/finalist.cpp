// SPDX-License-Identifier: Apache-2.0
#include "sim/mapper/finalist.hpp"

#include <algorithm>

#include "hw/chip/accelerator.hpp"
#include "sim/energy/account.hpp"

namespace lacuna {

FinalistRun::FinalistRun(const MappingRequest& request) : request_(request) {
  const LayerShape& shape = request.context.shape;
  const std::int64_t most = std::max({shape.ifmap_words(), shape.filter_words(), shape.ofmap_words()});
  ones_.assign(static_cast<std::size_t>(most), 1);
  biases_.assign(static_cast<std::size_t>(shape.M), 0);
}

MappingFigures FinalistRun::figures(const ArrayMapping& mapping) const {
  const LayerShape& shape = request_.context.shape;
  const auto ones = [this](std::int64_t words) {
    return Span<const StoredWord>(ones_.data(), static_cast<std::size_t>(words));
  };
  const std::unique_ptr<LayerSchedule> schedule =
      request_.chip->array.array().schedule(request_.context, mapping);
  LayerJob job;
  job.name = "of the mapping search";
  job.shape = shape;
  job.schedule = schedule.get();
  job.widths = request_.widths;
  job.mac.arithmetic = request_.accumulator;
  if (job.widths.coded_weights) job.mac.codebook.assign(std::size_t{1} << job.widths.weight_bits, 1);
  job.post.ofmap_bits = job.widths.ofmap_bits;
  const auto images = static_cast<std::size_t>(shape.N);
  job.ifmaps.assign(images, ones(shape.ifmap_words()));
  job.known_ofmaps.assign(images, ones(shape.ofmap_words()));
  job.filters = ones(shape.filter_words());
  job.biases = biases_;
  RunHooks hooks;
  const LayerRun run = run_event(*request_.chip, job, hooks);
  const auto count = [&run](const char* event) { return run.counts.at(std::string("global_buffer.") + event); };
  MappingFigures figures;
  figures.dram_words = count("filter_write") + count("ifmap_write") + count("psum_drain");
  figures.buffer_words = count("ifmap_read") + count("psum_read") + count("psum_write");
  figures.total_cycles = run.total_cycles;
  figures.total_ms = static_cast<double>(run.total_cycles) / static_cast<double>(request_.chip->core_clock_khz);
  if (request_.prices != nullptr) {
    figures.energy_pj = account(run.counts, *request_.prices, figures.total_ms).total_pj;
  }
  return figures;
}

}  // namespace lacuna
