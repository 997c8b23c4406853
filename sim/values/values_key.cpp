// SPDX-License-Identifier: Apache-2.0
#include "sim/values/values_key.hpp"

#include <sstream>

#include "workloads/json/digest.hpp"

namespace lacuna {

namespace {

/// Collects what a key depends on, each thing ended so that no two lists of things read alike.
class KeyText {
 public:
  template <class T>
  KeyText& operator<<(const T& thing) {
    text_ << thing << '\n';
    return *this;
  }
  std::string key() const {
    const std::string text = text_.str();
    return sha256_hex({reinterpret_cast<const unsigned char*>(text.data()), text.size()});
  }

 private:
  std::ostringstream text_{std::ios_base::out};
};

void add_layer(KeyText& text, const Layer& layer) {
  text << layer.name << to_string(layer.kind);
  for (const MapShape& map : {layer.in, layer.out}) text << map.C << map.H << map.W;
  text << layer.G << layer.R << layer.S << layer.U << layer.P << layer.D;
  text << layer.lrn.size << std::hexfloat << layer.lrn.alpha << layer.lrn.k;
}

void add_weights(KeyText& text, const LayerPrecision& precision) {
  text << precision.weight_format << precision.weights.bits << precision.weights.integer_bits
       << precision.weights.value_bits;
}

void add_format(KeyText& text, const ActivationFormat& format) {
  text << format.format << format.bits << format.fraction_bits << format.scale;
}

void add_input(KeyText& text, const Network& network) {
  text << network.input.C << network.input.H << network.input.W << std::hexfloat << network.input_scale << network.crop;
  for (const double mean : network.input_mean) text << mean;
}

}  // namespace

std::string weights_key(const std::string& program, const Layer& layer, const LayerPrecision& precision,
                        const std::string& weights) {
  KeyText text;
  text << "weights" << program << weights;
  add_layer(text, layer);
  add_weights(text, precision);
  return text.key();
}

std::string by_tap_key(const std::string& weights_key) {
  KeyText text;
  text << "weights by tap" << weights_key;
  return text.key();
}

std::string signs_key(const std::string& weights_key) {
  KeyText text;
  text << "signs of weights" << weights_key;
  return text.key();
}

std::string input_key(const std::string& program, const Network& network, const ActivationFormat& format,
                      const std::string& images) {
  KeyText text;
  text << "input" << program << images;
  add_input(text, network);
  add_format(text, format);
  return text.key();
}

std::string ofmap_key(const std::string& ifmap_key, const Layer& layer, const LayerPrecision& precision,
                      const LayerContext& context) {
  KeyText text;
  text << "ofmap" << ifmap_key;
  add_layer(text, layer);
  add_format(text, precision.ofmap);
  if (!layer.on_array()) return text.key();
  add_weights(text, precision);
  add_format(text, precision.ifmap);
  text << context.mac << precision.exempt << context.weights;
  text << precision.arithmetic.product_shift << precision.arithmetic.accumulator_bits << precision.arithmetic.saturate
       << static_cast<int>(precision.arithmetic.form);
  text << precision.psum_fraction_bits << precision.post.right_shift << precision.post.ofmap_bits
       << precision.post.relu;
  for (const auto& segment : context.order) {
    text << "segment";
    for (const std::int64_t tap : segment) text << tap;
  }
  return text.key();
}

std::string reference_input_key(const std::string& program, const Network& network, const std::string& images) {
  KeyText text;
  text << "reference input" << program << images;
  add_input(text, network);
  return text.key();
}

std::string reference_key(const std::string& ifmap_key, const Layer& layer, const std::string& weights) {
  KeyText text;
  text << "reference" << ifmap_key << weights;
  add_layer(text, layer);
  return text.key();
}

}  // namespace lacuna
