// SPDX-License-Identifier: Apache-2.0
#include "tests/support/random_case.hpp"

#include <algorithm>
#include <stdexcept>

#include "hw/base/error.hpp"
#include "tests/support/dice.hpp"

namespace lacuna::test {

namespace {

constexpr std::int64_t kMostMacs = 10000;  // of a layer: what keeps a case at some milliseconds
constexpr std::int64_t kMostPasses = 64;

/// Draws every field of a struct, by its unit and its range.
class FieldDraw : public FieldVisitor {
 public:
  FieldDraw(Dice& dice, const LayerCase& c) : dice_(dice), case_(c) {}

  void integer(const FieldInfo& info, std::int64_t& value) override {
    value = std::clamp(draw(info), info.min, info.max);
  }
  void real(const FieldInfo& info, double&) override { refuse(info); }  // no chip has one yet
  void boolean(const FieldInfo&, bool& value) override { value = dice_.flip(); }
  void text(const FieldInfo& info, std::string& value) override {
    if (!info.choices.empty()) value = dice_.pick(info.choices);
  }
  void texts(const FieldInfo& info, std::vector<std::string>&) override { refuse(info); }
  void object(const FieldInfo&, Described& value) override { value.describe(*this); }
  void part(const FieldInfo&, PartSlot& slot) override { slot.part().describe(*this); }  // its kind is given

 private:
  std::int64_t draw(const FieldInfo& info) {
    if (info.unit == "kHz") return 1000 * dice_.draw(10, 800);
    if (info.unit == "byte") return std::int64_t{8} << dice_.draw(2, 9);
    const bool width = info.unit == "bit" || info.unit == "bits";
    if (width && info.max <= 16 && dice_.flip()) return info.min - 1 + dice_.small(4);  // runs that small layers exceed
    if (width && info.max <= 64) return dice_.draw(info.min, info.max);
    if (width) return draw_bus();
    if (info.unit == "words" && dice_.flip()) return dice_.draw(1, 60);
    return info.min - 1 + dice_.small(info.unit == "PEs" ? 9 : 12);
  }
  /// One to a few words of one of the case's widths, with some bits to spare.
  std::int64_t draw_bus() {
    const auto word =
        dice_.pick<std::int64_t>({case_.weight_bits, case_.activation_bits, case_.chip.mac.accumulator_bits, 32});
    return word * dice_.small(5) + dice_.draw(0, word - 1);
  }

  Dice& dice_;
  const LayerCase& case_;
};

/// Draws one field of a struct anew.
class OneFieldDraw : public FieldDraw {
 public:
  OneFieldDraw(Dice& dice, const LayerCase& c, std::int64_t field) : FieldDraw(dice, c), left_(field) {}
  void integer(const FieldInfo& info, std::int64_t& value) override {
    if (left_-- == 0) FieldDraw::integer(info, value);
  }
  void boolean(const FieldInfo& info, bool& value) override {
    if (left_-- == 0) FieldDraw::boolean(info, value);
  }
  void text(const FieldInfo& info, std::string& value) override {
    if (left_-- == 0) FieldDraw::text(info, value);
  }
  /// Fields of a struct that there are.
  static std::int64_t count(Dice& dice, const LayerCase& c, Described& target) {
    constexpr std::int64_t kMany = 1 << 20;
    OneFieldDraw counter(dice, c, kMany);
    target.describe(counter);
    return kMany - counter.left_;
  }

 private:
  std::int64_t left_;
};

/// A filter of the whole map, as in FC layers.
void cover_map(LayerShape& s) {
  s.P = 0;
  s.D = 1;
  s.R = s.H;
  s.S = s.W;
}

void draw_shape(Dice& dice, LayerShape& s, bool repeats) {
  s.N = dice.small(3);
  s.G = repeats ? 2 : dice.draw(1, 2);
  s.M = s.G * dice.small(9);
  s.C = dice.small(6);
  s.R = dice.draw(1, 4);
  s.S = dice.draw(1, 4);
  s.P = dice.draw(0, 2);
  s.D = dice.one_in(5) ? dice.draw(2, 3) : 1;
  const auto side = [&dice, &s](std::int64_t span, std::int64_t most) {
    const std::int64_t least = std::max<std::int64_t>(1, span - 2 * s.P);
    return dice.draw(least, std::max(least, most));
  };
  s.H = side(s.span_height(), 9);
  s.W = side(s.span_width(), dice.one_in(6) ? 40 : 9);  // past the lanes of a vector
  s.U = dice.one_in(5) ? dice.draw(1, 5) : dice.draw(1, s.S);
  if (dice.one_in(6)) {  // a filter of one word, at any stride
    s.R = 1;
    s.S = 1;
    s.U = dice.draw(1, 3);
  } else if (dice.one_in(6)) {
    cover_map(s);
  }
}

void draw_words(Dice& dice, LayerCase& c) {
  c.weight_bits = dice.draw(2, 16);
  c.activation_bits = dice.draw(2, 16);
  c.product_shift = dice.draw(0, 2) == 0 ? dice.draw(9, 30) : dice.draw(0, 8);
  c.right_shift = dice.draw(-2, 6);
  c.relu = dice.flip();
  c.network_input = dice.flip();
  c.ofmap_group_channels = dice.small(5);
  c.zero_percent = dice.pick<std::int64_t>({0, 30, 60, 90, 100});
  c.weight_zero_percent = dice.pick<std::int64_t>({0, 25, 25, 60, 100});
  c.zero_code_is_zero = dice.flip();
  c.format_choice = dice.draw(0, 20);
}

/// Whether MACs and decoder of the chip go together.
bool has_datapath(const ChipConfig& chip) {
  try {
    stored_datapath_of(chip);
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// Whether the mapping passes the array's own check.
bool fits(const LayerCase& c, const ArrayMapping& mapping) {
  try {
    c.chip.array.array().check(c.context(), mapping);
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// Draws the chip around words and shape, and gives it the smallest mapping. False when luck gives none that takes the
/// layer.
bool draw_chip(Dice& dice, LayerCase& c) {
  c.mapping = c.chip.array.array().make_mapping();
  const std::int64_t weight_bits = c.weight_bits;
  const std::int64_t activation_bits = c.activation_bits;
  for (int trial = 0; trial < 60; ++trial) {
    c.weight_bits = weight_bits;
    c.activation_bits = activation_bits;
    FieldDraw draw(dice, c);
    c.chip.describe(draw);
    if (!has_datapath(c.chip)) continue;
    c.fit_widths();
    if (fits(c, *c.mapping) && c.legal()) return true;
  }
  return false;
}

/// From the smallest mapping on, one field after the other, as far as the array allows: each step stays legal.
void draw_mapping(Dice& dice, LayerCase& c) {
  if (dice.one_in(5)) {  // the default mapping
    c.mapping = nullptr;
    return;
  }
  const std::int64_t fields = OneFieldDraw::count(dice, c, *c.mapping);
  for (std::int64_t step = 0; step < 6 * fields; ++step) {
    std::unique_ptr<ArrayMapping> next = c.mapping->clone();
    OneFieldDraw draw(dice, c, dice.draw(0, fields - 1));
    next->describe(draw);
    if (fits(c, *next)) c.mapping = std::move(next);
  }
}

}  // namespace

void fit_shape(LayerCase& c) {
  if (!c.chip.array.array().refusal(c.shape).empty()) cover_map(c.shape);
}

LayerCase random_case(std::int64_t seed, const std::string& array) {
  Dice dice(seed);
  const bool repeats = seed / 16 % 2 != 0;
  for (int trial = 0; trial < 1000; ++trial) {
    LayerCase c(array);
    c.seed = seed;
    draw_shape(dice, c.shape, repeats);
    fit_shape(c);
    if (c.shape.macs() > kMostMacs) continue;
    draw_words(dice, c);
    if (!draw_chip(dice, c)) continue;
    draw_mapping(dice, c);
    if (!c.legal()) continue;
    const std::int64_t passes = c.schedule()->passes;
    if (passes <= kMostPasses && (!repeats || passes > 2)) return c;
  }
  throw std::logic_error("no legal configuration of the array " + array + " was drawn");
}

}  // namespace lacuna::test
