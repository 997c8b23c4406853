// SPDX-License-Identifier: Apache-2.0
#include "tests/support/layer_case.hpp"

#include <random>

namespace lacuna::test {

LayerCase::Words LayerCase::words() const {
  std::mt19937_64 random(seed);
  const auto word = [&random](std::int64_t bits) {
    return static_cast<StoredWord>(wrap(static_cast<std::int64_t>(random()), bits));
  };
  Words result;
  for (std::int64_t image = 0; image < shape.N; ++image) {
    std::vector<StoredWord> ifmap;
    for (std::int64_t i = 0; i < shape.ifmap_words(); ++i) {
      ifmap.push_back(static_cast<int>(random() % 100) < zero_percent ? StoredWord{0} : word(activation_bits));
    }
    result.ifmaps.push_back(ifmap);
  }
  for (std::int64_t i = 0; i < shape.filter_words(); ++i) {
    result.filters.push_back(random() % 4 == 0 ? StoredWord{0} : word(weight_bits));
  }
  for (std::int64_t i = 0; i < shape.M; ++i) result.biases.push_back(word(10));
  return result;
}

std::unique_ptr<LayerSchedule> LayerCase::schedule() const {
  const ArrayKind& kind = chip.array.array();
  const MappingContext fit = context();
  const std::unique_ptr<ArrayMapping> chosen = default_mapping ? kind.default_mapping(fit) : mapping.clone();
  kind.check(fit, *chosen);
  return kind.schedule(fit, *chosen);
}

LayerJob LayerCase::job(const LayerSchedule& schedule, const Words& words) const {
  LayerJob job;
  job.name = "layer";
  job.shape = shape;
  job.schedule = &schedule;
  job.widths = {weight_bits, false, activation_bits, post().ofmap_bits, network_input};
  job.mac.arithmetic = arithmetic();
  job.post = post();
  for (const auto& ifmap : words.ifmaps) job.ifmaps.emplace_back(ifmap);
  job.filters = words.filters;
  job.biases = words.biases;
  return job;
}

LayerRun LayerCase::run(RunHooks hooks) const {
  const Words data = words();
  const std::unique_ptr<LayerSchedule> cut = schedule();
  return run_clocked(chip, job(*cut, data), hooks);
}

LayerRun LayerCase::run_event(RunHooks hooks) const {
  const Words data = words();
  const std::unique_ptr<LayerSchedule> cut = schedule();
  return lacuna::run_event(chip, job(*cut, data), hooks);
}

Word LayerCase::psum(const Words& words, const std::vector<std::int64_t>& taps, std::int64_t image, std::int64_t m,
                     std::int64_t y, std::int64_t x) const {
  const std::vector<StoredWord>& ifmap = words.ifmaps[static_cast<std::size_t>(image)];
  const std::int64_t first_channel = m / (shape.M / shape.G) * shape.C;
  Word sum = 0;
  for (const std::int64_t tap : taps) {
    const std::int64_t c = tap / (shape.R * shape.S);
    const std::int64_t h = y * shape.U + tap / shape.S % shape.R - shape.P;
    const std::int64_t w = x * shape.U + tap % shape.S - shape.P;
    if (h < 0 || h >= shape.H || w < 0 || w >= shape.W) continue;
    const std::int64_t a = ifmap[static_cast<std::size_t>(((first_channel + c) * shape.H + h) * shape.W + w)];
    const std::int64_t b = words.filters[static_cast<std::size_t>(m * shape.C * shape.R * shape.S + tap)];
    sum = accumulate(arithmetic(), sum, shift_round(a * b, product_shift));
  }
  return sum;
}

std::vector<StoredWord> LayerCase::expected() const {
  const Words data = words();
  AccumulationOrder order(1);
  for (std::int64_t tap = 0; tap < shape.C * shape.R * shape.S; ++tap) order[0].push_back(tap);
  if (arithmetic().saturate) order = schedule()->accumulation_order();
  std::vector<StoredWord> ofmap;
  for (std::int64_t image = 0; image < shape.N; ++image) {
    for (std::int64_t m = 0; m < shape.M; ++m) {
      for (std::int64_t y = 0; y < shape.E(); ++y) {
        for (std::int64_t x = 0; x < shape.F(); ++x) {
          Word sum = 0;
          for (const auto& taps : order) sum = accumulate(arithmetic(), sum, psum(data, taps, image, m, y, x));
          ofmap.push_back(static_cast<StoredWord>(post_process(post(), sum, data.biases[static_cast<std::size_t>(m)])));
        }
      }
    }
  }
  return ofmap;
}

}  // namespace lacuna::test
