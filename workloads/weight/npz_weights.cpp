// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "workloads/tensor/npz_archive.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

namespace {

/// The archive is opened anew for every layer: nothing open is shared by processes that were forked.
class NpzWeightSet final : public WeightSet {
 public:
  explicit NpzWeightSet(std::string file) : file_(std::move(file)) {}

  Tensor<float> weights(const Layer& layer) const override {
    return NpzArchive(file_).read(layer.name + ".weight", weight_shape(layer));
  }

  Tensor<float> bias(const Layer& layer) const override {
    return NpzArchive(file_).read(layer.name + ".bias", {layer.out.C});
  }

  void check(const Layer& layer) const override {
    const NpzArchive archive(file_);
    archive.check(layer.name + ".weight", weight_shape(layer));
    archive.check(layer.name + ".bias", {layer.out.C});
  }

  std::vector<std::string> files(const Layer&) const override { return {file_}; }

  std::string label() const override { return "npz archive"; }

 private:
  std::string file_;
};

}  // namespace

std::unique_ptr<WeightSet> npz_weights(const std::string& file) { return std::make_unique<NpzWeightSet>(file); }

}  // namespace lacuna
