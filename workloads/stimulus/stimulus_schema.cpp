// SPDX-License-Identifier: Apache-2.0
#include "workloads/stimulus/stimulus_schema.hpp"

#include <nlohmann/json.hpp>

namespace lacuna {

Schema stimulus_schema() {
  ObjectSchema layer;
  layer.real(FieldInfo("ifmap_zero_share", "zeros over words of the padded ifmap").real_range(0.0, 1.0).must());
  layer.real(
      FieldInfo("ofmap_density", "share of ofmap words that are not zero, after ReLU").real_range(0.0, 1.0).must());
  layer.integer(FieldInfo("seed", "of this layer's ifmaps").range(0, std::int64_t{1} << 53).must());
  layer.boolean({"signed", "whether non-zero words have both signs"}).by_default(false);
  ObjectSchema stimulus = named_file_schema("seeded data in place of images: each layer runs alone");
  stimulus.member(FieldInfo("layers", "by the layer's name in the network").must(), map_schema(layer.json()));
  return stimulus.json();
}

}  // namespace lacuna
