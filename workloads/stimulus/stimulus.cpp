// SPDX-License-Identifier: Apache-2.0
#include "workloads/stimulus/stimulus.hpp"

#include <algorithm>
#include <cmath>

#include "hw/base/error.hpp"
#include "workloads/random/random.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kLargestSeed = std::int64_t{1} << 53;  // the integers that every JSON reader keeps exact

LayerStimulus load_layer_stimulus(const JsonView& view) {
  view.allow_keys({"ifmap_zero_share", "ofmap_density", "seed", "signed"});
  LayerStimulus stimulus;
  stimulus.ifmap_zero_share = view.at("ifmap_zero_share").real(0.0, 1.0);
  stimulus.ofmap_density = view.at("ofmap_density").real(0.0, 1.0);
  stimulus.seed = view.at("seed").integer(0, kLargestSeed);
  if (view.has("signed")) stimulus.signed_values = view.at("signed").boolean();
  stimulus.place = view.origin() + ": " + view.pointer();
  return stimulus;
}

/// Zeros among the words of the unpadded ifmap.
std::int64_t zeros_wanted(const LayerShape& shape, const LayerStimulus& stimulus) {
  const auto padded = static_cast<double>(shape.padded_ifmap_words());
  const std::int64_t padding = shape.padded_ifmap_words() - shape.ifmap_words();
  const auto zeros = static_cast<std::int64_t>(std::floor(stimulus.ifmap_zero_share * padded + 0.5));
  if (zeros < padding) {
    fail_input(stimulus.place + "/ifmap_zero_share: out of range, found " + std::to_string(stimulus.ifmap_zero_share) +
               "; allowed at least the " + std::to_string(static_cast<double>(padding) / padded) +
               " that padding alone makes");
  }
  return zeros - padding;
}

}  // namespace

Stimulus load_stimulus(const JsonView& view) {
  view.allow_keys({"name", "description", "source", "layers"});
  Stimulus stimulus;
  stimulus.name = view.at("name").text();
  stimulus.description = view.at("description").text();
  stimulus.source = view.at("source").text();
  const JsonView layers = view.at("layers");
  for (const std::string& name : layers.keys()) stimulus.layers[name] = load_layer_stimulus(layers.at(name));
  return stimulus;
}

void check_stimulus(const LayerShape& shape, const LayerStimulus& stimulus) { zeros_wanted(shape, stimulus); }

Tensor<StoredWord> stimulus_ifmap(const LayerShape& shape, const LayerStimulus& stimulus, std::int64_t image_index,
                                  StoredWord largest) {
  const std::uint64_t key = stream_key(stimulus.seed, image_index);
  const RandomStream places(key);
  const RandomStream values(RandomStream::mix(key));
  Tensor<StoredWord> ifmap({shape.C * shape.G, shape.H, shape.W});
  // Selection sampling (Knuth, TAOCP 2, algorithm 3.4.2 S): each word is a zero with probability zeros left / words
  // left, which ends at exactly the number wanted, every set of places being equally likely.
  auto zeros_left = static_cast<std::uint64_t>(zeros_wanted(shape, stimulus));
  for (std::size_t i = 0; i < ifmap.data.size(); ++i) {
    if (places.below(i, ifmap.data.size() - i) < zeros_left) {
      --zeros_left;
      continue;
    }
    const std::uint64_t bits = values.bits(i);
    const double scaled = -natural_log(RandomStream::unit_of(bits)) * largest / 8.0;
    const double magnitude = std::min(1.0 + std::floor(scaled), static_cast<double>(largest));
    ifmap.data[i] = static_cast<StoredWord>(stimulus.signed_values && (bits & 1) != 0 ? -magnitude : magnitude);
  }
  return ifmap;
}

}  // namespace lacuna
