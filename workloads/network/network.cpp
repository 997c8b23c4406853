// SPDX-License-Identifier: Apache-2.0
#include "workloads/network/network.hpp"

#include <algorithm>

#include "hw/base/error.hpp"

namespace lacuna {

const std::vector<std::string>& weight_distributions() {
  static const std::vector<std::string> names = {"laplace", "normal"};
  return names;
}

std::string to_string(LayerKind kind) {
  switch (kind) {
    case LayerKind::conv:
      return "conv";
    case LayerKind::fc:
      return "fc";
    case LayerKind::relu:
      return "relu";
    case LayerKind::lrn:
      return "lrn";
    case LayerKind::max_pool:
      return "max_pool";
    case LayerKind::average_pool:
      return "average_pool";
    case LayerKind::global_average_pool:
      return "global_average_pool";
    case LayerKind::add:
      return "add";
    case LayerKind::concat:
      return "concat";
    case LayerKind::softmax:
      return "softmax";
  }
  fail_run("a layer kind without a name");
}

bool Layer::reads(const std::string& layer) const {
  return std::find(inputs.begin(), inputs.end(), layer) != inputs.end();
}

LayerShape Layer::shape(std::int64_t N) const {
  LayerShape s;
  s.N = N;
  s.M = out.C;
  s.C = in.C / G;
  s.G = G;
  s.H = in.H;
  s.W = in.W;
  s.R = R;
  s.S = S;
  s.U = U;
  s.P = P;
  s.D = D;
  return s;
}

const Layer& Network::layer(const std::string& layer_name) const {
  std::vector<std::string> names;
  for (const Layer& l : layers) {
    if (l.name == layer_name) return l;
    names.push_back(l.name);
  }
  std::string allowed;
  for (const std::string& n : names) allowed += (allowed.empty() ? "" : ", ") + n;
  fail_input("network " + name + ": unknown layer, found '" + layer_name + "'; allowed " + allowed +
             did_you_mean(layer_name, names));
}

std::vector<const Layer*> Network::array_layers() const {
  std::vector<const Layer*> result;
  for (const Layer& l : layers) {
    if (l.on_array()) result.push_back(&l);
  }
  return result;
}

bool Network::followed_by_relu(const Layer& layer) const {
  bool relu = false;
  for (const Layer& l : layers) {
    if (!l.reads(layer.name)) continue;
    if (l.kind != LayerKind::relu) return false;
    relu = true;
  }
  return relu;
}

namespace {

/// The conv and fc layers that read a map with nothing but ReLU between.
void collect_array_readers(const Network& network, const std::string& map, std::vector<const Layer*>& readers) {
  for (const Layer& l : network.layers) {
    if (!l.reads(map)) continue;
    if (l.on_array()) readers.push_back(&l);
    if (l.kind == LayerKind::relu) collect_array_readers(network, l.name, readers);
  }
}

}  // namespace

const Layer* Network::array_reader(const Layer& layer) const {
  std::vector<const Layer*> readers;
  collect_array_readers(*this, layer.name, readers);
  return readers.size() == 1 ? readers.front() : nullptr;
}

}  // namespace lacuna
