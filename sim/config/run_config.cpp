// SPDX-License-Identifier: Apache-2.0
#include "sim/config/run_config.hpp"

namespace lacuna {

void RunConfig::describe(FieldVisitor& v) {
  constexpr std::int64_t kLargestSeed = std::int64_t{1} << 53;  // the integers that every JSON reader keeps exact
  v.integer(FieldInfo("batch", "images in the batch; more than are given repeats them").range(1, 1024), batch);
  v.texts(FieldInfo("layers", "conv and fc layers to simulate; none = all"), layers);
  v.text(FieldInfo("unsupported_layers", "layers that no array of this kind takes: the run is refused, or goes without")
             .one_of({"refuse", "leave_out"}),
         unsupported_layers);
  v.texts(FieldInfo("images", "input images: names of shipped ones, or paths of PNG and JPEG files of any size"),
          images);
  v.text(
      FieldInfo(
          "weights",
          "\"trained\": those of the network's file; \"default\": these where it has some, else synthetic ones; "
          "\"synthetic\", or \"synthetic:laplace,density=D,seed=N\", which "
          "sets /network/synthetic_weights; or a weight file, or a folder or an .npz archive of LAYER.weight.npy and "
          "LAYER.bias.npy"),
      weights);
  v.integer(FieldInfo("seed", "added to the seeds of synthetic weights and of the stimulus").range(0, kLargestSeed),
            seed);
  v.text(FieldInfo("level", "model that is run").one_of({"clocked", "event"}), level);
  v.boolean(FieldInfo("check_values", "whether every ofmap is compared with the exact integer layer"), check_values);
  v.boolean(FieldInfo("extrapolate", "whether prices may be used outside the range they are valid for"), extrapolate);
  v.object(FieldInfo("search", "the mapping search, where the mapping is \"search\""), search);
}

}  // namespace lacuna
