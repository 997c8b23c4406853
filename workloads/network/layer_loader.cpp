// SPDX-License-Identifier: Apache-2.0
#include "workloads/network/layer_loader.hpp"

#include <algorithm>

namespace lacuna {

namespace {

constexpr std::int64_t kMostChannels = 1 << 20;
constexpr std::int64_t kLargestExtent = 1 << 16;

std::string text(std::int64_t n) { return std::to_string(n); }

LayerKind kind_of(const JsonView& view) {
  std::vector<std::string> names;
  for (int k = 0; k <= static_cast<int>(LayerKind::softmax); ++k) names.push_back(to_string(static_cast<LayerKind>(k)));
  const std::string name = view.text_of(names);
  return static_cast<LayerKind>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::vector<std::string> keys_of(LayerKind kind) {
  const bool joins = kind == LayerKind::add || kind == LayerKind::concat;
  std::vector<std::string> keys = {"name", "kind", joins ? "inputs" : "input"};
  const auto add = [&keys](std::initializer_list<const char*> more) {
    keys.insert(keys.end(), more.begin(), more.end());
  };
  switch (kind) {
    case LayerKind::conv:
      add({"M", "R", "S", "U", "P", "D", "G"});
      break;
    case LayerKind::fc:
      add({"M"});
      break;
    case LayerKind::lrn:
      add({"size", "alpha", "k"});
      break;
    case LayerKind::max_pool:
      add({"R", "U", "P", "ceil"});
      break;
    case LayerKind::average_pool:
      add({"R", "U", "P"});
      break;
    case LayerKind::relu:
    case LayerKind::global_average_pool:
    case LayerKind::add:
    case LayerKind::concat:
    case LayerKind::softmax:
      break;
  }
  return keys;
}

/// Names are parts of file names (conv1.weight.npy) and of results.
std::string load_name(const JsonView& view, const std::vector<Layer>& before) {
  const std::string name = view.text();
  const bool plain = !name.empty() && name[0] != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
  if (!plain || name == "input") {
    view.fail("bad layer name, found '" + name +
              "'; allowed letters, digits, '_', '-' and '.', not first, and not the name 'input'");
  }
  for (const Layer& l : before) {
    if (l.name == name) view.fail("duplicate layer name, found '" + name + "' a second time");
  }
  return name;
}

/// The maps that a layer can read: the network's input and the ofmaps of the layers above it.
class MapsAbove {
 public:
  MapsAbove(const std::vector<Layer>& before, const MapShape& input) : before_(before), input_(input) {}

  /// The name of a map as stated.
  std::string name_at(const JsonView& stated) const {
    std::vector<std::string> names = {"input"};
    for (const Layer& l : before_) names.push_back(l.name);
    std::string name = stated.text();
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      stated.fail("unknown input layer, found '" + name + "'; allowed input or a layer above this one" +
                  did_you_mean(name, names));
    }
    return name;
  }
  std::string nearest() const { return before_.empty() ? "input" : before_.back().name; }
  MapShape shape_of(const std::string& name) const {
    for (const Layer& l : before_) {
      if (l.name == name) return l.out;
    }
    return input_;
  }

 private:
  const std::vector<Layer>& before_;
  const MapShape& input_;
};

std::string text_of(const MapShape& shape) {
  return text(shape.C) + " x " + text(shape.H) + " x " + text(shape.W) + " (C x H x W)";
}

/// The maps that add and concat read, and what they are together.
void load_joined(const JsonView& view, const MapsAbove& maps, Layer& layer) {
  const JsonView inputs = view.at("inputs");
  constexpr std::size_t kFewest = 2;
  if (inputs.size() < kFewest) {
    inputs.fail("too few layers to " + to_string(layer.kind) + ", found " +
                text(static_cast<std::int64_t>(inputs.size())) + "; allowed two or more");
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const JsonView stated = inputs.item(i);
    const std::string name = maps.name_at(stated);
    if (layer.reads(name)) stated.fail("a layer read twice, found '" + name + "' a second time");
    const MapShape shape = maps.shape_of(name);
    if (layer.inputs.empty()) layer.in = {layer.kind == LayerKind::concat ? 0 : shape.C, shape.H, shape.W};
    const bool same_plane = shape.H == layer.in.H && shape.W == layer.in.W;
    if (!same_plane || (layer.kind == LayerKind::add && shape.C != layer.in.C)) {
      stated.fail("maps that do not fit together, found " + text_of(shape) + "; allowed " +
                  (layer.kind == LayerKind::add ? text_of(layer.in)
                                                : "any channels of " + text(layer.in.H) + " x " + text(layer.in.W)) +
                  " as in " + layer.inputs.front());
    }
    if (layer.kind == LayerKind::concat) layer.in.C += shape.C;
    layer.inputs.push_back(name);
  }
}

std::int64_t optional_integer(const JsonView& view, const std::string& key, std::int64_t low, std::int64_t otherwise) {
  return view.has(key) ? view.at(key).integer(low, kLargestExtent) : otherwise;
}

/// One side of an ifmap without padding and of a window.
struct Side {
  std::int64_t ifmap;
  std::int64_t window;
};

/// Windows on one side. With `ceil`, a last one that reaches over the padding, as long as it begins before it.
std::int64_t windows(const Layer& layer, const Side& side, bool ceil) {
  const std::int64_t rest = side.ifmap + 2 * layer.P - side.window;
  const std::int64_t last = ceil ? ceil_div(rest, layer.U) : rest / layer.U;
  return ceil && last * layer.U >= side.ifmap + layer.P ? last : last + 1;
}

/// Window, stride and padding of a conv or pool layer, and the height and width of its ofmap.
void load_window(const JsonView& view, Layer& layer) {
  const bool conv = layer.kind == LayerKind::conv;
  layer.R = view.at("R").integer(1, kLargestExtent);
  layer.S = conv ? view.at("S").integer(1, kLargestExtent) : layer.R;
  layer.U = optional_integer(view, "U", 1, 1);
  layer.P = optional_integer(view, "P", 0, 0);
  if (conv) layer.D = optional_integer(view, "D", 1, 1);
  const std::int64_t height = layer.in.H + 2 * layer.P;
  const std::int64_t width = layer.in.W + 2 * layer.P;
  const std::int64_t span_height = layer.D * (layer.R - 1) + 1;
  const std::int64_t span_width = layer.D * (layer.S - 1) + 1;
  if (span_height > height || span_width > width) {
    view.fail(std::string(!conv          ? "window"
                          : layer.D == 1 ? "filter"
                                         : "dilated filter") +
              " larger than the padded ifmap, found " + text(span_height) + " x " + text(span_width) +
              "; allowed at most " + text(height) + " x " + text(width));
  }
  if (!conv && layer.P >= layer.R) {
    view.at("P").fail("windows that hold padding alone, found " + text(layer.P) + "; allowed less than the window, " +
                      text(layer.R));
  }
  const bool ceil = view.has("ceil") && view.at("ceil").boolean();
  layer.out.H = windows(layer, {layer.in.H, span_height}, ceil);
  layer.out.W = windows(layer, {layer.in.W, span_width}, ceil);
}

void load_conv(const JsonView& view, Layer& layer) {
  layer.out.C = view.at("M").integer(1, kMostChannels);
  load_window(view, layer);
  if (!view.has("G")) return;
  const JsonView groups = view.at("G");
  layer.G = groups.integer(1, kMostChannels);
  if (layer.in.C % layer.G != 0 || layer.out.C % layer.G != 0) {
    groups.fail("groups do not divide the channels, found " + text(layer.G) + "; allowed divisors of " +
                text(layer.in.C) + " ifmap channels and " + text(layer.out.C) + " ofmap channels");
  }
}

LrnParameters load_lrn(const JsonView& view) {
  LrnParameters lrn;
  lrn.size = view.at("size").integer(1, kMostChannels);
  if (lrn.size % 2 == 0)
    view.at("size").fail("even window of channels, found " + text(lrn.size) + "; allowed odd ones");
  lrn.alpha = view.at("alpha").real(0.0, 1e6);
  lrn.k = view.at("k").real(1e-6, 1e6);
  return lrn;
}

void check_size(const JsonView& view, const Layer& layer) {
  // In double, because the exact products may not fit: a rounding of 1e-16 decides nothing here.
  const auto real = [](std::int64_t n) { return static_cast<double>(n); };
  const double padded = real(layer.in.C) * real(layer.in.H + 2 * layer.P) * real(layer.in.W + 2 * layer.P);
  const double ofmap = real(layer.out.C) * real(layer.out.H) * real(layer.out.W);
  const double filters =
      layer.on_array() ? real(layer.out.C) * real(layer.in.C / layer.G) * real(layer.R) * real(layer.S) : 0.0;
  if (std::max({padded, ofmap, filters}) > real(kMostLayerWords)) {
    view.fail("layer too large; allowed " + text(kMostLayerWords) + " words each of padded ifmap, ofmap and filters");
  }
}

}  // namespace

Layer load_layer(const JsonView& view, const std::vector<Layer>& before, const MapShape& input) {
  Layer layer;
  layer.kind = kind_of(view.at("kind"));
  view.allow_keys(keys_of(layer.kind));
  layer.name = load_name(view.at("name"), before);
  const MapsAbove maps(before, input);
  if (layer.joins()) {
    load_joined(view, maps, layer);
  } else {
    layer.inputs = {view.has("input") ? maps.name_at(view.at("input")) : maps.nearest()};
    layer.in = maps.shape_of(layer.input());
  }
  layer.out = layer.in;
  switch (layer.kind) {
    case LayerKind::conv:
      load_conv(view, layer);
      break;
    case LayerKind::fc:
      layer.R = layer.in.H;
      layer.S = layer.in.W;
      layer.out = {view.at("M").integer(1, kMostChannels), 1, 1};
      break;
    case LayerKind::max_pool:
    case LayerKind::average_pool:
      load_window(view, layer);
      break;
    case LayerKind::lrn:
      layer.lrn = load_lrn(view);
      break;
    case LayerKind::global_average_pool:
      layer.R = layer.in.H;
      layer.S = layer.in.W;
      layer.out = {layer.in.C, 1, 1};
      break;
    case LayerKind::relu:
    case LayerKind::add:
    case LayerKind::concat:
    case LayerKind::softmax:
      break;
  }
  check_size(view, layer);
  return layer;
}

}  // namespace lacuna
