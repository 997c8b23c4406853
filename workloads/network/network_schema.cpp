// SPDX-License-Identifier: Apache-2.0
#include "workloads/network/network_schema.hpp"

#include <nlohmann/json.hpp>

#include "workloads/network/network.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kMostChannels = 1 << 20;
constexpr std::int64_t kLargestExtent = 1 << 16;
constexpr std::int64_t kLargestSeed = std::int64_t{1} << 53;
constexpr std::int64_t kMostIntegerBits = 32;

FieldInfo extent(const std::string& name, const std::string& meaning, std::int64_t low) {
  return FieldInfo(name, meaning, "words").range(low, kLargestExtent);
}

/// What every layer has.
ObjectSchema layer_schema(const std::string& kind, const std::string& meaning) {
  ObjectSchema layer(meaning);
  layer.text(FieldInfo("name", "letters, digits, '_', '-' and '.'; no other layer's, and not 'input'").must());
  layer.constant({"kind", "what the layer computes"}, kind);
  layer.text({"input", "layer above that it reads, or 'input'; left out: the one before it"});
  return layer;
}

Schema join_schema(const std::string& kind, const std::string& meaning) {
  ObjectSchema join(meaning);
  join.text(FieldInfo("name", "letters, digits, '_', '-' and '.'; no other layer's, and not 'input'").must());
  join.constant({"kind", "what the layer computes"}, kind);
  join.member(FieldInfo("inputs", "layers above that it reads, or 'input'; each once").must(),
              list_schema(text_schema(FieldInfo("", "")), 2));
  return join.json();
}

Schema conv_schema() {
  ObjectSchema conv = layer_schema("conv", "M ofmap channels of R x S filters, then a bias");
  conv.integer(FieldInfo("M", "ofmap channels", "channels").range(1, kMostChannels).must());
  conv.integer(extent("R", "height of a filter", 1).must());
  conv.integer(extent("S", "width of a filter", 1).must());
  conv.integer(extent("U", "stride", 1)).by_default(1);
  conv.integer(extent("P", "zeros of padding on each side", 0)).by_default(0);
  conv.integer(extent("D", "dilation: rows, and columns, from one filter word to the next", 1)).by_default(1);
  conv.integer(FieldInfo("G", "groups; they divide the channels of ifmap and ofmap", "groups").range(1, kMostChannels))
      .by_default(1);
  return conv.json();
}

Schema fc_schema() {
  ObjectSchema fc = layer_schema("fc", "filters as large as the ifmap, then a bias");
  fc.integer(FieldInfo("M", "ofmap channels", "channels").range(1, kMostChannels).must());
  return fc.json();
}

Schema lrn_schema() {
  ObjectSchema lrn = layer_schema("lrn", "x / (k + alpha / size x sum of squares of neighbouring channels)^0.75");
  lrn.integer(FieldInfo("size", "neighbouring channels, an odd number", "channels").range(1, kMostChannels).must());
  lrn.real(FieldInfo("alpha", "factor of the squares").real_range(0.0, 1e6).must());
  lrn.real(FieldInfo("k", "what is added to the squares").real_range(1e-6, 1e6).must());
  return lrn.json();
}

Schema pool_schema(const std::string& kind, const std::string& meaning) {
  ObjectSchema pool = layer_schema(kind, meaning);
  pool.integer(extent("R", "height and width of the window", 1).must());
  pool.integer(extent("U", "stride", 1)).by_default(1);
  pool.integer(extent("P", "padding on each side, less than the window", 0)).by_default(0);
  if (kind == "max_pool") {
    pool.boolean({"ceil", "a last window reaches over the edge, as long as it begins before it"}).by_default(false);
  }
  return pool.json();
}

Schema layers_schema() {
  return list_schema(one_of_schema({conv_schema(), fc_schema(), layer_schema("relu", "negative becomes zero").json(),
                                    lrn_schema(), pool_schema("max_pool", "largest value of R x R"),
                                    pool_schema("average_pool", "mean of R x R, padding counted as zeros"),
                                    layer_schema("global_average_pool", "mean of each channel").json(),
                                    join_schema("add", "sum of maps of the same shape"),
                                    join_schema("concat", "channels of one map behind those of the other"),
                                    layer_schema("softmax", "over the channels of each position").json()}),
                     1);
}

Schema input_schema() {
  ObjectSchema input;
  input.integer(FieldInfo("C", "channels", "channels").range(1, 4096).must());
  input.integer(FieldInfo("H", "height", "words").range(1, 16384).must());
  input.integer(FieldInfo("W", "width", "words").range(1, 16384).must());
  input.boolean({"crop", "larger images are cut around their centre instead of resized"}).by_default(false);
  return input.json();
}

Schema normalisation_schema() {
  ObjectSchema normalisation;
  normalisation.member(FieldInfo("mean", "subtracted, one number per channel, on the scale 0 to 255").must(),
                       list_schema(real_schema(FieldInfo("", "").real_range(0.0, 255.0))));
  normalisation.real(FieldInfo("scale", "multiplied after the mean is subtracted").real_range(1e-6, 1e6).must());
  return normalisation.json();
}

Schema synthetic_schema() {
  ObjectSchema synthetic;
  synthetic.text(FieldInfo("distribution", "of the weights").one_of(weight_distributions()).must());
  synthetic.integer(FieldInfo("seed", "of the weights").range(0, kLargestSeed).must());
  synthetic
      .real(
          FieldInfo("zero_share", "of the weights of every conv and fc layer: those of least magnitude are set to zero")
              .real_range(0.0, kMostZeroShare))
      .by_default(0.0);
  synthetic.text({"biases", "folder of calibrated biases in workloads/weights; left out: zero biases"});
  synthetic.text(
      FieldInfo("biases_for", "weights that those biases were calibrated with, as in \"laplace,seed=1\"").for_people());
  synthetic.text({"calibration_image", "image in workloads/images that those biases were calibrated on"});
  return synthetic.json();
}

Schema trained_schema() {
  ObjectSchema trained("weights that come with the network");
  trained.text(FieldInfo("file", "weight file: a name in workloads/weights, or a path with a '/'").must());
  trained.text(FieldInfo("sha256", "of that file").must());
  trained.text(FieldInfo("biases", "which of the file's sets of biases").must());
  trained.member({"ranges", "by layer, with these weights; left out: those of the network"}, ranges_schema());
  return trained.json();
}

Schema target_schema() {
  ObjectSchema target;
  target.text(FieldInfo("layer", "conv or fc layer").must());
  target.real(FieldInfo("zero_share", "of its padded ifmap").real_range(0.0, 1.0).must());
  target.text(FieldInfo("source", "where the share is from").must());
  return target.json();
}

Schema totals_schema() {
  ObjectSchema totals;
  for (const char* name : {"conv_macs", "fc_macs"}) totals.integer({name, "MACs of one image", "MACs"});
  for (const char* name : {"conv_weights", "fc_weights", "weights"}) {
    totals.integer({name, "filter words, without biases", "words"});
  }
  return totals.json();
}

FieldInfo integer_bits(const std::string& name, const std::string& meaning) {
  return FieldInfo(name, meaning, "bits").range(-kMostIntegerBits, kMostIntegerBits).must();
}

/// Conv and fc layers have all three, others the ofmap's alone.
Schema range_schema() {
  const FieldInfo activation = integer_bits("activation_integer_bits", "integer bits of the ofmap, sign included");
  ObjectSchema on_array;
  on_array.integer(integer_bits("weight_integer_bits", "integer bits of the weights, sign included"));
  on_array.integer(integer_bits("psum_integer_bits", "integer bits of the sum before the bias, sign included"));
  on_array.integer(activation);
  ObjectSchema other;
  other.integer(activation);
  return one_of_schema({on_array.json(), other.json()});
}

}  // namespace

Schema ranges_schema() { return map_schema(range_schema()); }

Schema network_schema() {
  ObjectSchema network("a network: layers, each after those it reads");
  network.text(FieldInfo("name", "the name of the file, without its ending; precisions and mappings go by it").must());
  network.text(FieldInfo("description", "what it is, in one line").must().for_people());
  network.text(FieldInfo("source", "where its numbers come from").must().for_people());
  network.member(FieldInfo("input", "shape of the input image").must(), input_schema());
  network.member(FieldInfo("normalisation", "how the words of an image become activations").must(),
                 normalisation_schema());
  network.member({"weights", "trained weights that come with the network"}, trained_schema());
  network.member(FieldInfo("synthetic_weights", "weights where no trained ones are given").must(), synthetic_schema());
  network.text(FieldInfo("evaluation",
                         "labelled images of lacuna accuracy: a folder of workloads/evaluation, or a path with a '/'")
                   .for_people());
  network.member(FieldInfo("zero_share_targets", "what the calibration of biases aims at").for_people(),
                 list_schema(target_schema()));
  network.member(FieldInfo("layers", "the layers, in order").must(), layers_schema());
  network.member({"totals", "what the layers must add up to"}, totals_schema());
  network.member({"ranges", "by layer, of the synthetic weights; 'input' is the network's input"}, ranges_schema());
  return network.json();
}

}  // namespace lacuna
