// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/stimulus_layer.hpp"

#include <limits>

#include "workloads/stimulus/density_bias.hpp"

namespace lacuna {

namespace {

/// Psums of one channel in all images.
std::vector<Word> channel_psums(const LayerValues& values, std::int64_t channel, std::int64_t plane) {
  std::vector<Word> psums;
  for (const std::vector<Word>& image : values.psums) {
    psums.insert(psums.end(), image.begin() + channel * plane, image.begin() + (channel + 1) * plane);
  }
  return psums;
}

}  // namespace

LayerValues stimulus_layer(const StimulusRequest& request) {
  const LayerPlan& plan = request.plan;
  const LayerShape& shape = plan.context.shape;
  const auto largest = static_cast<StoredWord>((std::int64_t{1} << (plan.context.activation_bits - 1)) - 1);
  std::vector<StoredWords> ifmaps;
  for (std::int64_t image = 0; image < shape.N; ++image) {
    ifmaps.emplace_back(stimulus_ifmap(shape, request.stimulus, image, largest).data);
  }
  LayerValues values = encode_layer(*plan.layer, plan.precision, request.weights.load(*plan.layer), std::move(ifmaps));
  compute_psums(values, request.datapath, &request.order);
  const std::int64_t plane = shape.E() * shape.F();
  for (std::int64_t channel = 0; channel < shape.M; ++channel) {
    const std::vector<Word> psums = channel_psums(values, channel, plane);
    values.biases[static_cast<std::size_t>(channel)] =
        static_cast<Word>(bias_for_density(psums, request.stimulus.ofmap_density, values.precision.post) *
                          (std::int64_t{1} << values.precision.post.bias_guard_bits));
  }
  compute_ofmaps(values);
  values.sqnr_db = std::numeric_limits<double>::quiet_NaN();
  return values;
}

}  // namespace lacuna
