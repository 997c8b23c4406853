// SPDX-License-Identifier: Apache-2.0
#include "tests/support/random_layer.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "hw/array/row_stationary/mapping.hpp"
#include "sim/config/field_echo.hpp"

namespace lacuna::test {

namespace {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  std::int64_t draw(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool flip() { return draw(0, 1) == 1; }
  std::string pick(std::vector<std::string> names) {
    return names[static_cast<std::size_t>(draw(0, static_cast<std::int64_t>(names.size()) - 1))];
  }
  std::int64_t depth() { return std::vector<std::int64_t>{1, 1, 2, 2, 3, 4}[static_cast<std::size_t>(draw(0, 5))]; }

 private:
  std::mt19937_64 random_;
};

void draw_shape(Dice& dice, LayerShape& s) {
  s.N = dice.draw(1, 3);
  s.G = dice.draw(1, 2);
  s.M = s.G * dice.draw(1, 9);
  s.C = dice.draw(1, 6);
  s.R = dice.draw(1, 4);
  s.S = dice.draw(1, 4);
  s.U = dice.draw(1, s.S);
  s.P = dice.draw(0, 2);
  s.H = dice.draw(std::max<std::int64_t>(1, s.R - 2 * s.P), 9);
  s.W = dice.draw(std::max<std::int64_t>(1, s.S - 2 * s.P), 9);
}

/// A bus that carries 1 to `most` words of `bits` a beat, with some bits to spare.
std::int64_t draw_bus(Dice& dice, std::int64_t bits, std::int64_t most) {
  return std::max<std::int64_t>(2, bits * dice.draw(1, most) + dice.draw(0, bits - 1));
}

void draw_array(Dice& dice, LayerCase& c) {
  RowStationaryConfig& a = c.array();
  a.columns = dice.draw(1, 9);
  a.rows = dice.draw(ceil_div(c.shape.R, a.columns), 9);
  a.gate_on = dice.pick({"none", "activation", "weight", "either"});
  a.ifmap_spad_words = c.shape.S * dice.draw(1, 3) + dice.draw(0, 3);
  a.psum_spad_words = dice.draw(1, 12);
  a.filter_spad_words = c.shape.S * dice.draw(1, 20) + dice.draw(0, 3);
  a.ifmap_fifo_words = dice.depth();
  a.psum_fifo_beats = dice.depth();
  a.output_fifo_beats = dice.depth();
  a.combine_cycles = dice.draw(1, 3);
  a.filter_bus_bits = draw_bus(dice, c.weight_bits, 5);
  a.ifmap_bus_bits = draw_bus(dice, c.activation_bits, a.ifmap_fifo_words);
  a.psum_bus_bits = draw_bus(dice, c.chip.mac.accumulator_bits, 5);
  a.pass_overlap = dice.pick({"barrier", "after_last_multiply"});
  a.psum_order = dice.pick({"beat_major", "column_major"});
  a.ifmap_order = dice.pick({"row_major", "column_major"});
}

void draw_chip(Dice& dice, LayerCase& c) {
  c.weight_bits = dice.draw(2, 16);
  c.activation_bits = dice.draw(2, 16);
  const bool saturates = dice.draw(0, 3) == 0;
  c.chip.mac.overflow = saturates ? "saturate" : "wrap";
  c.chip.mac.accumulator_bits = dice.draw(4, saturates ? 31 : 32);
  c.chip.core_clock_khz = dice.draw(50, 400) * 1000;
  c.chip.dram_link.clock_khz = dice.draw(10, 800) * 1000;
  c.chip.dram_link.bits = 8 * dice.draw(4, 8);
  c.chip.codec.feature_map = dice.pick({"dense", "run_length"});
  c.chip.codec.filter = dice.pick({"dense", "run_length"});
  c.chip.codec.run_bits = dice.draw(1, 6);
  c.chip.global_buffer.bank_bytes = 8 << dice.draw(3, 9);
  c.chip.global_buffer.banks = dice.draw(2, 40);
  c.chip.global_buffer.filter_banks = dice.draw(1, 4);
  draw_array(dice, c);
}

/// A random legal mapping, or the default one where luck gives none.
void draw_mapping(Dice& dice, LayerCase& c) {
  const MappingContext context = c.context();
  const LayerShape& s = c.shape;
  c.default_mapping = false;
  RowStationaryMapping& m = c.mapping;
  for (int trial = 0; trial < 200; ++trial) {
    m.m = dice.draw(1, s.M / s.G + 1);
    m.n = dice.draw(1, s.N + 1);
    m.e = dice.draw(1, s.E() + 1);
    m.p = dice.draw(1, std::min(s.M / s.G + 1, c.array().psum_spad_words));
    m.q = dice.draw(1, std::min(s.C + 1, c.array().ifmap_spad_words / s.S));
    m.r = dice.draw(1, 3);
    m.t = dice.draw(1, 4);
    if (broken_capacity(context, m).empty()) return;
  }
  c.default_mapping = true;
}

}  // namespace

LayerCase random_layer(std::uint64_t seed) {
  Dice dice(seed);
  for (;;) {
    LayerCase c;
    c.seed = seed;
    draw_shape(dice, c.shape);
    draw_chip(dice, c);
    if (!broken_capacity(c.context(), RowStationaryMapping()).empty()) continue;  // nothing fits: another chip
    draw_mapping(dice, c);
    c.product_shift = dice.draw(0, 8);
    c.right_shift = dice.draw(-2, 6);
    c.relu = dice.flip();
    c.network_input = dice.flip();
    c.zero_percent = std::vector<int>{0, 30, 60, 90, 100}[static_cast<std::size_t>(dice.draw(0, 4))];
    return c;
  }
}

std::string describe(const LayerCase& c) {
  const LayerShape& s = c.shape;
  const nlohmann::json shape = {{"N", s.N}, {"M", s.M}, {"C", s.C}, {"G", s.G}, {"H", s.H},
                                {"W", s.W}, {"R", s.R}, {"S", s.S}, {"U", s.U}, {"P", s.P}};
  nlohmann::json layer = {{"seed", c.seed},
                          {"shape", shape},
                          {"weight_bits", c.weight_bits},
                          {"activation_bits", c.activation_bits},
                          {"product_shift", c.product_shift},
                          {"right_shift", c.right_shift},
                          {"relu", c.relu},
                          {"network_input", c.network_input},
                          {"zero_percent", c.zero_percent}};
  ChipConfig chip = c.chip;
  RowStationaryMapping mapping = c.mapping;
  layer["chip"] = echo_fields(chip);
  layer["mapping"] = c.default_mapping ? nlohmann::json("default") : echo_fields(mapping);
  return layer.dump();
}

}  // namespace lacuna::test
