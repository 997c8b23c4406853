// SPDX-License-Identifier: Apache-2.0
#include "workloads/weight/weight_file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/zip_file.hpp"
#include "workloads/json/digest.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {
namespace {

void expect_in(const std::string& part, const std::string& message) {
  EXPECT_NE(message.find(part), std::string::npos) << message;
}

/// Weights of which a share stays, with `values` different values.
Tensor<float> pruned_weights(std::vector<std::int64_t> shape, double density, int values, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Tensor<float> weights(std::move(shape));
  for (float& weight : weights.data) {
    const bool stays = static_cast<double>(random() % 1000) < 1000 * density;
    const auto value = static_cast<int>(random() % static_cast<std::uint64_t>(values));
    weight = stays ? 0.25F * static_cast<float>(value - values / 2) + 0.125F : 0.0F;
  }
  return weights;
}

Tensor<float> biases(std::int64_t count, float first) {
  Tensor<float> bias({count});
  for (std::size_t i = 0; i < bias.data.size(); ++i) bias.data[i] = first + static_cast<float>(i);
  return bias;
}

class WeightFileTest : public testing::Test {
 protected:
  WeightFileTest() {
    WeightFile contents{"small", "made for a test", {"trained", "calibrated"}, {}};
    for (SharedTensor tensor : {share_values("conv1", conv_, 4), share_values("fc2", fc_, 4)}) {
      tensor.biases = {biases(tensor.shape[0], 0.5F), biases(tensor.shape[0], -8.0F)};
      contents.tensors.push_back(std::move(tensor));
    }
    bytes_ = weight_file_bytes(contents);
  }

  std::string write(const std::string& bytes) { return folder_.write("small.weights", bytes); }
  /// With a digest that fits.
  std::string signed_bytes(std::string bytes) {
    bytes.resize(bytes.size() - 64);
    return bytes + sha256_hex({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
  }
  std::string changed_header(const std::string& from, const std::string& to) {
    std::string bytes = bytes_;
    bytes.replace(bytes.find(from), from.size(), to);
    return signed_bytes(bytes);
  }
  /// The message of reading it, tensors and all.
  std::string refusal(const std::string& bytes) {
    const std::string file = write(bytes);
    return error_of([&] {
      const WeightFileReader reader(file);
      for (const std::string& layer : reader.layers()) shared_values(reader.tensor(layer));
    });
  }

  ScratchFolder folder_;
  Tensor<float> conv_ = pruned_weights({8, 3, 5, 5}, 0.8, 200, 1);
  Tensor<float> fc_ = pruned_weights({40, 10, 3, 3}, 0.05, 14, 2);
  std::string bytes_;
};

TEST_F(WeightFileTest, ReturnsWeightsAndBiasesBitForBit) {
  const WeightFileReader reader(write(bytes_));
  EXPECT_EQ(reader.network(), "small");
  EXPECT_EQ(reader.source(), "made for a test");
  EXPECT_EQ(reader.bias_sets(), (std::vector<std::string>{"trained", "calibrated"}));
  EXPECT_EQ(reader.layers(), (std::vector<std::string>{"conv1", "fc2"}));
  EXPECT_EQ(reader.shape("conv1"), conv_.shape);
  EXPECT_EQ(shared_values(reader.tensor("conv1")).data, conv_.data);
  EXPECT_EQ(shared_values(reader.tensor("fc2")).data, fc_.data);
  EXPECT_EQ(reader.tensor("fc2").biases[1].data, biases(40, -8.0F).data);
  EXPECT_EQ(reader.tensor("conv1").code_bits, 8);
  EXPECT_EQ(reader.tensor("fc2").code_bits, 4);
}

TEST_F(WeightFileTest, IsSmallerThanFieldsOfFixedWidth) {
  const SharedTensor tensor = share_values("fc2", fc_, 4);
  const StoredBits bits = stored_bits(tensor);
  EXPECT_LT(bits.codes, 4 * tensor.index.entries());
  EXPECT_LE(bits.runs, 4 * tensor.index.entries());
  EXPECT_EQ(bits.codebook, 32 * static_cast<std::int64_t>(tensor.codebook.size()));
  EXPECT_EQ(bits.tables, 8 * (16 + 16));
  EXPECT_EQ(bits.total(), bits.codes + bits.runs + bits.codebook + bits.tables);
}

TEST_F(WeightFileTest, RefusesEveryChangedAndEveryMissingByte) {
  for (std::size_t at = 0; at < bytes_.size(); at += 31) {
    std::string bytes = bytes_;
    bytes[at] = static_cast<char>(bytes[at] ^ 4);
    EXPECT_NE(refusal(bytes), "no error") << at;
    EXPECT_NE(refusal(bytes_.substr(0, at)), "no error") << at;
  }
  std::string altered = bytes_;
  altered[altered.size() / 2] ^= 1;
  expect_in("small.weights: damaged weight file, cut short or altered: found SHA-256 " +
                sha256_hex({reinterpret_cast<const unsigned char*>(altered.data()), altered.size() - 64}) +
                "; expected " + bytes_.substr(bytes_.size() - 64),
            refusal(altered));
}

TEST_F(WeightFileTest, RefusesWhatIsNoWeightFile) {
  expect_in("not a weight file", refusal("PK"));
  expect_in("; expected none, because the file does not end in one", refusal("LACUNAW1"));
  // What a file that was cut short ends in is no text for a message.
  expect_in("; expected none, because the file does not end in one", refusal(bytes_.substr(0, bytes_.size() - 100)));
  expect_in("none.weights", error_of([&] { WeightFileReader reader(folder_.path("none.weights")); }));
}

TEST_F(WeightFileTest, RefusesSoundBytesThatAreNoWeights) {
  expect_in("did you mean 'bias_sets'?", refusal(changed_header("\"bias_sets\"", "\"bias-sets\"")));
  expect_in("its header says", refusal(changed_header("\"run_bits\": 4", "\"run_bits\": 5")));
  expect_in("/code_bits", refusal(changed_header("\"code_bits\": 4", "\"code_bits\": 9")));
  expect_in("its header says", refusal(signed_bytes(bytes_ + std::string(8, '\0'))));
}

TEST_F(WeightFileTest, RefusesStreamsOfAnotherLength) {
  const std::int64_t entries = share_values("fc2", fc_, 4).index.entries();
  const std::string text = "\"entries\": " + std::to_string(entries);
  expect_in("fc2.weight: ", refusal(changed_header(text, "\"entries\": " + std::to_string(entries - 1))));
}

TEST_F(WeightFileTest, NamesTheNearestLayer) {
  const WeightFileReader reader(write(bytes_));
  expect_in("no weights of layer 'conv2'; it has conv1, fc2; did you mean 'conv1'?",
            error_of([&] { reader.tensor("conv2"); }));
}

class TrainedWeightsTest : public WeightFileTest {
 protected:
  static Layer layer(const std::string& name, const Tensor<float>& weights) {
    Layer layer;
    layer.name = name;
    layer.out.C = weights.shape[0];
    layer.in.C = weights.shape[1];
    layer.R = weights.shape[2];
    layer.S = weights.shape[3];
    return layer;
  }
  std::string sha256() const {
    return sha256_hex({reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size()});
  }

  Layer conv1_ = layer("conv1", conv_);
  std::string file_ = write(bytes_);
};

TEST_F(TrainedWeightsTest, HaveTheBiasesAskedForAndSaySo) {
  const auto calibrated = trained_weights({"small.weights", sha256(), "calibrated"}, folder_.path());
  EXPECT_EQ(calibrated->load(conv1_).weights.data, conv_.data);
  EXPECT_EQ(calibrated->load(conv1_).bias.data, biases(8, -8.0F).data);
  EXPECT_EQ(calibrated->label(), "trained: made for a test; biases: calibrated");
  EXPECT_EQ(calibrated->files(conv1_), std::vector<std::string>{file_});
  const auto first = trained_weights({"small.weights", "", ""}, folder_.path());
  EXPECT_EQ(first->load(conv1_).bias.data, biases(8, 0.5F).data);
  EXPECT_EQ(first->label(), "trained: made for a test; biases: trained");
  const auto none = trained_weights({"small.weights", "", "calibrate"}, folder_.path());
  expect_in("no set of biases 'calibrate'; it has trained, calibrated; did you mean 'calibrated'?",
            error_of([&] { none->check(conv1_); }));
}

TEST_F(TrainedWeightsTest, RefuseAnotherFileThanTheOneTheNetworkStates) {
  const std::string other(64, '7');
  const auto weights = trained_weights({"small.weights", other, ""}, folder_.path());
  expect_in("small.weights: damaged weight file, cut short or altered: found SHA-256 " + sha256() + "; expected " +
                other + ", as the network's file says",
            error_of([&] { weights->check(conv1_); }));
}

TEST_F(TrainedWeightsTest, RefuseAnAlteredFileWhereAGoodOneOfTheSameDigestWasRead) {
  trained_weights({"small.weights", sha256(), ""}, folder_.path())->check(conv1_);
  std::string altered = bytes_;
  altered[altered.size() / 2] ^= 1;
  folder_.write("altered.weights", altered);
  expect_in("altered.weights: damaged weight file", error_of([&] {
              trained_weights({"altered.weights", sha256(), ""}, folder_.path())->check(conv1_);
            }));
}

TEST_F(TrainedWeightsTest, RefuseAnotherShape) {
  conv1_.R = 7;
  expect_in("conv1.weight: shape (8, 3, 5, 5) found; (8, 3, 7, 5) wanted", error_of([&] {
              trained_weights({"small.weights", "", ""}, folder_.path())->check(conv1_);
            }));
}

TEST_F(TrainedWeightsTest, AreThoseOfTheNetworkOrOfAFile) {
  Network network;
  network.name = "small";
  expect_in("network small has no trained weights", error_of([&] { open_weights("trained", network, ""); }));
  network.trained = {"small.weights", sha256(), "calibrated"};
  EXPECT_EQ(open_weights("trained", network, folder_.path())->label(), "trained: made for a test; biases: calibrated");
  EXPECT_EQ(open_weights(file_, network, "")->label(), "trained: made for a test; biases: trained");
  EXPECT_EQ(open_weights(folder_.path(), network, "")->label(), "directory");
  write_zip(folder_.path("one.weights"), {{"conv1.bias", "x"}});  // its bytes tell, not its name
  EXPECT_EQ(open_weights(folder_.path("one.weights"), network, "")->label(), "npz archive");
  EXPECT_EQ(open_weights("synthetic", network, "")->label(), "synthetic:laplace,seed=1, zero biases");
}

TEST(SharedTensor, RefusesWeightsThatAreNotShared) {
  expect_in("fc6.weight: found more than 255 different values besides 0", error_of([] {
              share_values("fc6", pruned_weights({64, 64, 1, 1}, 1.0, 300, 3), 4);
            }));
  expect_in("zeros alone", error_of([] { share_values("fc6", Tensor<float>({2, 2, 1, 1}), 4); }));
}

TEST(SharedTensor, TakesNegativeZeroAsZero) {
  Tensor<float> weights({1, 1, 1, 3});
  weights.data = {-0.0F, 1.0F, 0.0F};
  const SharedTensor tensor = share_values("c", weights, 4);
  EXPECT_EQ(tensor.codebook, (std::vector<float>{0.0F, 1.0F}));
  EXPECT_EQ(tensor.code_bits, 1);
  EXPECT_FALSE(std::signbit(shared_values(tensor).data[0]));
}

}  // namespace
}  // namespace lacuna
