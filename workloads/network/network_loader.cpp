// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <utility>

#include "workloads/network/layer_loader.hpp"
#include "workloads/network/network.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kLargestSeed = std::int64_t{1} << 53;  // the integers that every JSON reader keeps exact

MapShape load_shape(const JsonView& view) {
  view.allow_keys({"C", "H", "W", "crop"});
  MapShape shape;
  shape.C = view.at("C").integer(1, 4096);
  shape.H = view.at("H").integer(1, 16384);
  shape.W = view.at("W").integer(1, 16384);
  return shape;
}

void load_normalisation(const JsonView& view, Network& network) {
  view.allow_keys({"mean", "scale"});
  const JsonView mean = view.at("mean");
  if (static_cast<std::int64_t>(mean.size()) != network.input.C) {
    mean.fail("wrong number of means, found " + std::to_string(mean.size()) + "; allowed one for each of the " +
              std::to_string(network.input.C) + " input channels");
  }
  for (std::size_t i = 0; i < mean.size(); ++i) network.input_mean.push_back(mean.item(i).real(0.0, 255.0));
  network.input_scale = view.at("scale").real(1e-6, 1e6);
}

SyntheticWeights load_synthetic(const JsonView& view) {
  view.allow_keys({"distribution", "seed", "zero_share", "biases", "biases_for", "calibration_image"});
  SyntheticWeights synthetic;
  synthetic.distribution = view.at("distribution").text_of(weight_distributions());
  synthetic.seed = view.at("seed").integer(0, kLargestSeed);
  if (view.has("zero_share")) synthetic.zero_share = view.at("zero_share").real(0.0, kMostZeroShare);
  if (view.has("biases")) synthetic.biases = view.at("biases").text();
  if (view.has("biases_for")) synthetic.biases_for = view.at("biases_for").text();
  if (view.has("calibration_image")) synthetic.calibration_image = view.at("calibration_image").text();
  if (!synthetic.biases.empty() && synthetic.calibration_image.empty()) {
    view.fail(
        "calibrated biases without the image they were calibrated on, found 'biases' alone; allowed both of "
        "'biases' and 'calibration_image'");
  }
  return synthetic;
}

Ranges load_network_ranges(const JsonView& view, const Network& network) {
  std::vector<std::string> names = {"input"};
  for (const Layer& layer : network.layers) names.push_back(layer.name);
  view.allow_keys(names);
  return load_ranges(view);
}

TrainedWeights load_trained(const JsonView& view, const Network& network) {
  view.allow_keys({"file", "sha256", "biases", "ranges"});
  TrainedWeights trained{view.at("file").text(), view.at("sha256").text(), view.at("biases").text(), {}};
  if (view.has("ranges")) trained.ranges = load_network_ranges(view.at("ranges"), network);
  if (trained.file.empty()) {
    view.at("file").fail("found ''; allowed the name of a file of workloads/weights, or a path with a '/'");
  }
  const std::string& digest = trained.sha256;
  if (digest.size() != 64 || digest.find_first_not_of("0123456789abcdef") != std::string::npos) {
    view.at("sha256").fail("found '" + digest + "'; allowed 64 lower-case hexadecimal digits");
  }
  return trained;
}

std::vector<ZeroShareTarget> load_targets(const JsonView& view, const Network& network) {
  std::vector<std::string> names;
  for (const Layer* layer : network.array_layers()) names.push_back(layer->name);
  std::vector<ZeroShareTarget> targets;
  for (std::size_t i = 0; i < view.size(); ++i) {
    const JsonView item = view.item(i);
    item.allow_keys({"layer", "zero_share", "source"});
    ZeroShareTarget target;
    target.layer = item.at("layer").text_of(names);
    target.zero_share = item.at("zero_share").real(0.0, 1.0);
    target.source = item.at("source").text();
    for (const ZeroShareTarget& other : targets) {
      if (other.layer == target.layer) item.fail("duplicate target, found '" + target.layer + "' a second time");
    }
    targets.push_back(target);
  }
  return targets;
}

/// Checks each total that the file states against what the layers add up to.
void check_totals(const JsonView& view, const Network& network) {
  std::int64_t macs[2] = {0, 0};
  std::int64_t weights[2] = {0, 0};
  for (const Layer* layer : network.array_layers()) {
    const int fc = layer->kind == LayerKind::fc ? 1 : 0;
    macs[fc] += layer->shape(1).macs();
    weights[fc] += layer->shape(1).filter_words();
  }
  const std::vector<std::pair<std::string, std::int64_t>> computed = {{"conv_macs", macs[0]},
                                                                      {"fc_macs", macs[1]},
                                                                      {"conv_weights", weights[0]},
                                                                      {"fc_weights", weights[1]},
                                                                      {"weights", weights[0] + weights[1]}};
  std::vector<std::string> names;
  names.reserve(computed.size());
  for (const auto& entry : computed) names.push_back(entry.first);
  view.allow_keys(names);
  for (const auto& [name, total] : computed) {
    if (!view.has(name)) continue;
    const std::int64_t stated = view.at(name).integer(0, std::numeric_limits<std::int64_t>::max());
    if (stated != total) {
      view.at(name).fail("stated total is wrong, found " + std::to_string(stated) + "; the layers add up to " +
                         std::to_string(total));
    }
  }
}

}  // namespace

Network load_network(const JsonView& view) {
  view.allow_keys({"name", "description", "source", "input", "normalisation", "weights", "synthetic_weights",
                   "evaluation", "zero_share_targets", "layers", "totals", "ranges"});
  Network network;
  network.name = view.at("name").text();
  network.description = view.at("description").text();
  network.source = view.at("source").text();
  network.input = load_shape(view.at("input"));
  network.crop = view.at("input").has("crop") && view.at("input").at("crop").boolean();
  load_normalisation(view.at("normalisation"), network);
  const JsonView layers = view.at("layers");
  if (layers.size() == 0) layers.fail("a network without layers, found none; allowed at least one");
  for (std::size_t i = 0; i < layers.size(); ++i) {
    network.layers.push_back(load_layer(layers.item(i), network.layers, network.input));
  }
  if (view.has("weights")) network.trained = load_trained(view.at("weights"), network);
  network.synthetic = load_synthetic(view.at("synthetic_weights"));
  if (view.has("evaluation")) network.evaluation = view.at("evaluation").text();
  if (view.has("zero_share_targets")) network.zero_share_targets = load_targets(view.at("zero_share_targets"), network);
  if (view.has("totals")) check_totals(view.at("totals"), network);
  if (view.has("ranges")) network.ranges = load_network_ranges(view.at("ranges"), network);
  return network;
}

}  // namespace lacuna
