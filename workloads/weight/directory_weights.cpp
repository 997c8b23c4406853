// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "workloads/tensor/npy.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

namespace {

class DirectoryWeightSet final : public WeightSet {
 public:
  explicit DirectoryWeightSet(std::string folder) : folder_(std::move(folder)) {}

  Tensor<float> weights(const Layer& layer) const override {
    return read_npy(file(layer, "weight"), layer.name + ".weight", weight_shape(layer));
  }

  Tensor<float> bias(const Layer& layer) const override {
    return read_npy(file(layer, "bias"), layer.name + ".bias", {layer.out.C});
  }

  void check(const Layer& layer) const override {
    check_npy(file(layer, "weight"), layer.name + ".weight", weight_shape(layer));
    check_npy(file(layer, "bias"), layer.name + ".bias", {layer.out.C});
  }

  std::vector<std::string> files(const Layer& layer) const override {
    return {file(layer, "weight"), file(layer, "bias")};
  }

  std::string label() const override { return "directory"; }

 private:
  std::string file(const Layer& layer, const std::string& tensor) const {
    return folder_ + "/" + layer.name + "." + tensor + ".npy";
  }

  std::string folder_;
};

}  // namespace

std::unique_ptr<WeightSet> directory_weights(const std::string& folder) {
  return std::make_unique<DirectoryWeightSet>(folder);
}

}  // namespace lacuna
