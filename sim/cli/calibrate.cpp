// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <sstream>

#include "hw/base/decimal.hpp"
#include "hw/base/error.hpp"
#include "sim/cli/command.hpp"
#include "sim/cli/options.hpp"
#include "sim/config/composer.hpp"
#include "sim/config/synthetic_text.hpp"
#include "sim/values/calibrate.hpp"
#include "workloads/image/input_image.hpp"
#include "workloads/weight/bias_calibration.hpp"

namespace lacuna {
namespace {

namespace po = boost::program_options;

po::options_description describe_options() {
  po::options_description options("Options of lacuna calibrate");
  const auto text = text_option;
  options.add_options()("network", text("N"), "network: a name (lacuna list networks) or a path")("weights", text("W"),
                                                                                                  kWeightsMeaning)(
      "image", po::value<std::vector<std::string>>()->multitoken()->value_name("F..."),
      "images to calibrate on: PNG and JPEG files or names of shipped ones; the network's own by default")(
      "precision", text("P"), "round weights and activations as this precision says; by default nothing is rounded")(
      "biases", text("DIR"), "write the biases of the synthetic weights to this folder, and print no ranges")(
      "help", "print this");
  return options;
}

/// Ranges as they stand in a network file, so that they can be put there as they are.
void print_ranges(const Network& network, const WeightSet& weights, const Precision* precision,
                  const std::vector<std::string>& images, std::ostream& out) {
  Ranges ranges;
  for (const std::string& image : images) {
    const Tensor<float> pixels = load_input_image(image, network);
    const Ranges own = precision == nullptr ? calibrate_ranges(network, weights, pixels)
                                            : calibrate_ranges(network, weights, *precision, pixels);
    ranges = ranges.empty() ? own : wider_ranges(ranges, own);
  }
  const std::string indent(2, ' ');
  std::vector<std::string> names{"input"};
  for (const Layer& layer : network.layers) names.push_back(layer.name);
  std::istringstream lines("\"ranges\": " + ranges_text(ranges, names));
  for (std::string line; std::getline(lines, line);) out << indent << line << "\n";
}

std::string share(double value) {
  char text[16];
  std::snprintf(text, sizeof text, "%.4f", value);
  return text;
}

void write_biases(const Network& network, const std::string& image, const std::string& folder, std::ostream& out) {
  if (network.zero_share_targets.empty()) {
    fail_input("--biases " + folder + ": network " + network.name +
               " states no zero shares to reach, found none; allowed one or more zero_share_targets");
  }
  // Results say of pruned weights that their biases were calibrated with others.
  if (network.synthetic.zero_share > 0.0) {
    fail_input("--biases " + folder + ": biases are calibrated with all weights, found zero_share " +
               shortest_decimal(network.synthetic.zero_share) + " in network " + network.name + "; allowed 0");
  }
  for (const CalibratedBias& bias : calibrate_biases(network, image, folder)) {
    out << folder << "/" << bias.layer << ".bias.npy: ";
    if (bias.target.empty()) {
      out << "zero, no target depends on it\n";
    } else {
      out << "zero share of the padded ifmap of " << bias.target << ": wanted " << share(bias.wanted) << ", reached "
          << share(bias.reached) << "\n";
    }
  }
}

/// The images to calibrate on, found under the addresses that they have in a run.
std::vector<std::string> image_files(Composer& composer, const po::variables_map& options, const Network& network) {
  const std::string& own = network.synthetic.calibration_image;
  std::vector<std::string> names = {own.substr(0, own.rfind('.'))};
  std::string origin = composer.origin("/network");
  if (options.count("image") != 0) {
    names = options["image"].as<std::vector<std::string>>();
    origin = "--image";
    for (const std::string& name : names) origin += " " + name;
  }
  if (names[0].empty()) {
    fail_input("calibrate: network " + network.name + " names no calibration_image, found none; allowed --image F");
  }
  composer.put("/run/images", names, origin);
  std::vector<std::string> files;
  for (std::size_t i = 0; i < names.size(); ++i) {
    files.push_back(find_data(DataKind::image, composer.at("/run/images").item(i)).path);
  }
  return files;
}

/// The precision to round by; none where none is given.
std::optional<Precision> given_precision(Composer& composer, const po::variables_map& options) {
  const std::string name = text_of(options, "precision");
  if (name.empty()) return std::nullopt;
  composer.put("/precision", name, "--precision " + name);
  composer.resolve("/precision", DataKind::precision);
  return load_precision(composer.at("/precision"));
}

}  // namespace

int calibrate_verb(const std::vector<std::string>& words, std::ostream& out) {
  const po::options_description described = describe_options();
  const po::variables_map options = parse_options("calibrate", described, words);
  if (options.count("help") != 0) return out << described << "\n", 0;
  const std::string name = text_of(options, "network");
  const std::string folder = text_of(options, "biases");
  const std::string weights = text_of(options, "weights");
  if (name.empty()) fail_input("calibrate: no network given; allowed --network with a name or a path");
  if (!folder.empty() && !weights.empty()) {
    fail_input("--biases makes those of the synthetic weights, found '--weights " + weights +
               "' beside it; allowed one of them");
  }
  Composer composer({JsonDocument(nlohmann::json::object(), "calibrate"), {}, {}});
  composer.put("/network", name, "--network " + name);
  composer.resolve("/network", DataKind::network);
  composer.put("/run/weights",
               !weights.empty() ? weights
               : folder.empty() ? "default"
                                : "synthetic",
               "--weights " + weights);
  place_synthetic_text(composer);
  const Network network = load_network(composer.at("/network"));
  const std::vector<std::string> images = image_files(composer, options, network);
  if (!folder.empty()) {
    if (images.size() > 1) {
      fail_input("--biases " + folder + ": found " + std::to_string(images.size()) + " images; allowed one");
    }
    write_biases(network, images[0], folder, out);
  } else {
    const auto set = open_weights(composer.at("/run/weights").text(), network, data_root() + "/workloads/weights");
    const std::optional<Precision> precision = given_precision(composer, options);
    print_ranges(network, *set, precision ? &*precision : nullptr, images, out);
  }
  return 0;
}

}  // namespace lacuna
