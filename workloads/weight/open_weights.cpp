// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>

#include "hw/base/error.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

namespace {

/// Whether a file begins as zip archives do.
bool is_archive(const std::string& file) {
  char first[2] = {};
  std::ifstream(file, std::ios::binary).read(first, sizeof first);
  return first[0] == 'P' && first[1] == 'K';
}

bool is_path(const std::string& file) { return file.find('/') != std::string::npos; }

}  // namespace

std::string default_weights(const Network& network) { return network.trained.file.empty() ? "synthetic" : "trained"; }

bool weights_are_shipped(const std::string& name, const Network& network) {
  return name == "synthetic" || (name == "trained" && !is_path(network.trained.file));
}

std::unique_ptr<WeightSet> open_weights(const std::string& name, const Network& network, const std::string& shipped) {
  if (name == "default") return open_weights(default_weights(network), network, shipped);
  if (name == "synthetic") return synthetic_weights(network, shipped);
  if (name == "trained") {
    if (network.trained.file.empty()) {
      fail_input("network " + network.name +
                 " has no trained weights, found weights 'trained'; allowed synthetic, or a "
                 "weight file, an .npz archive or a folder");
    }
    return trained_weights(network.trained, is_path(network.trained.file) ? "" : shipped);
  }
  std::error_code ignored;
  if (!std::filesystem::exists(name, ignored)) {
    fail_input("weights: no such file or folder, found '" + name + "'; allowed " + kWeightsAllowed +
               did_you_mean(name, {"default", "trained", "synthetic"}));
  }
  if (!std::filesystem::is_regular_file(name, ignored)) return directory_weights(name);
  return is_archive(name) ? npz_weights(name) : trained_weights({name, "", ""}, "");
}

}  // namespace lacuna
