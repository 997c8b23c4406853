// SPDX-License-Identifier: Apache-2.0
#include "tests/support/layer_case.hpp"

#include <random>

namespace lacuna::test {

LayerCase::Words LayerCase::words() const {
  std::mt19937_64 random(seed);
  const auto word = [&random](std::int64_t bits) {
    return static_cast<Word>(wrap(static_cast<std::int64_t>(random()), bits));
  };
  Words result;
  for (std::int64_t image = 0; image < shape.N; ++image) {
    std::vector<Word> ifmap;
    for (std::int64_t i = 0; i < shape.ifmap_words(); ++i) {
      ifmap.push_back(static_cast<int>(random() % 100) < zero_percent ? 0 : word(activation_bits));
    }
    result.ifmaps.push_back(ifmap);
  }
  for (std::int64_t i = 0; i < shape.filter_words(); ++i) {
    result.filters.push_back(random() % 4 == 0 ? 0 : word(weight_bits));
  }
  for (std::int64_t i = 0; i < shape.M; ++i) result.biases.push_back(word(10));
  return result;
}

LayerRun LayerCase::run(RunHooks hooks) const {
  const Words data = words();
  const MappingContext context = mapping_context(chip, shape, weight_bits, activation_bits);
  const ArrayKind& kind = chip.array.array();
  std::unique_ptr<ArrayMapping> chosen = default_mapping ? kind.default_mapping(context) : mapping.clone();
  kind.check(context, *chosen);
  const std::unique_ptr<LayerSchedule> schedule = kind.schedule(context, *chosen);
  LayerJob job;
  job.name = "layer";
  job.shape = shape;
  job.schedule = schedule.get();
  job.widths = {weight_bits, false, activation_bits, post().ofmap_bits, network_input};
  job.mac.arithmetic = {product_shift, chip.mac.accumulator_bits, false};
  job.post = post();
  for (const auto& ifmap : data.ifmaps) job.ifmaps.emplace_back(ifmap);
  job.filters = data.filters;
  job.biases = data.biases;
  return run_clocked(chip, job, hooks);
}

std::vector<Word> LayerCase::expected() const {
  const Words data = words();
  const Arithmetic arithmetic{product_shift, chip.mac.accumulator_bits, false};
  std::vector<Word> ofmap;
  for (std::int64_t image = 0; image < shape.N; ++image) {
    const std::vector<Word>& ifmap = data.ifmaps[static_cast<std::size_t>(image)];
    for (std::int64_t m = 0; m < shape.M; ++m) {
      const std::int64_t first_channel = m / (shape.M / shape.G) * shape.C;
      for (std::int64_t y = 0; y < shape.E(); ++y) {
        for (std::int64_t x = 0; x < shape.F(); ++x) {
          Word psum = 0;
          for (std::int64_t tap = 0; tap < shape.C * shape.R * shape.S; ++tap) {
            const std::int64_t c = tap / (shape.R * shape.S);
            const std::int64_t h = y * shape.U + tap / shape.S % shape.R - shape.P;
            const std::int64_t w = x * shape.U + tap % shape.S - shape.P;
            if (h < 0 || h >= shape.H || w < 0 || w >= shape.W) continue;
            const std::int64_t a = ifmap[static_cast<std::size_t>(((first_channel + c) * shape.H + h) * shape.W + w)];
            const std::int64_t b = data.filters[static_cast<std::size_t>(m * shape.C * shape.R * shape.S + tap)];
            psum = accumulate(arithmetic, psum, shift_round(a * b, product_shift));
          }
          ofmap.push_back(post_process(post(), psum, data.biases[static_cast<std::size_t>(m)]));
        }
      }
    }
  }
  return ofmap;
}

}  // namespace lacuna::test
