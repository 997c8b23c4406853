// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "hw/base/bounded_memo.hpp"
#include "hw/base/error.hpp"
#include "workloads/tensor/npy.hpp"
#include "workloads/weight/weight_file.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

namespace {

constexpr std::size_t kLargestBytes = std::size_t{64} << 20;

/// A file is read and checked once in a process where its digest says what it holds: the points of a sweep share it.
std::shared_ptr<const WeightFileReader> open_reader(const std::string& file, const std::string& sha256) {
  static BoundedMemo<const WeightFileReader> readers(kLargestBytes);
  if (sha256.empty()) return std::make_shared<WeightFileReader>(file);
  return readers.get(sha256 + " " + file, [&] { return std::make_shared<WeightFileReader>(file, sha256); });
}

class TrainedWeightSet final : public WeightSet {
 public:
  TrainedWeightSet(TrainedWeights trained, const std::string& folder)
      : trained_(std::move(trained)), file_(folder.empty() ? trained_.file : folder + "/" + trained_.file) {}

  Tensor<float> weights(const Layer& layer) const override { return shared_values(tensor(layer)); }

  Tensor<float> bias(const Layer& layer) const override {
    check(layer);
    return std::move(reader().biases(layer.name)[bias_set()]);
  }

  std::optional<SharedTensor> shared(const Layer& layer) const override { return tensor(layer); }

  void check(const Layer& layer) const override {
    const std::vector<std::int64_t>& found = reader().shape(layer.name);
    if (found != weight_shape(layer)) {
      fail_input(file_ + ": " + layer.name + ".weight: shape " + shape_text(found) + " found; " +
                 shape_text(weight_shape(layer)) + " wanted");
    }
    bias_set();
  }

  std::vector<std::string> files(const Layer&) const override { return {file_}; }

  std::string identity() const override { return "trained; biases: " + trained_.biases; }

  std::string label() const override {
    return "trained: " + reader().source() + "; biases: " + reader().bias_sets()[bias_set()];
  }

 private:
  SharedTensor tensor(const Layer& layer) const {
    check(layer);
    return reader().tensor(layer.name);
  }

  const WeightFileReader& reader() const {
    if (reader_ == nullptr) reader_ = open_reader(file_, trained_.sha256);
    return *reader_;
  }

  std::size_t bias_set() const {
    const std::vector<std::string>& sets = reader().bias_sets();
    const auto found = trained_.biases.empty() ? sets.begin() : std::find(sets.begin(), sets.end(), trained_.biases);
    if (found == sets.end()) {
      fail_input(file_ + ": no set of biases '" + trained_.biases + "'; it has " + joined(sets) +
                 did_you_mean(trained_.biases, sets));
    }
    return static_cast<std::size_t>(found - sets.begin());
  }

  TrainedWeights trained_;
  std::string file_;
  mutable std::shared_ptr<const WeightFileReader> reader_;  // opened when first asked for
};

}  // namespace

std::unique_ptr<WeightSet> trained_weights(const TrainedWeights& trained, const std::string& folder) {
  return std::make_unique<TrainedWeightSet>(trained, folder);
}

}  // namespace lacuna
