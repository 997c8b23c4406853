// SPDX-License-Identifier: Apache-2.0
// Both levels of every registered array agree on all tiny layers, each with all combinations of tiny depths.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/conformance/one_case.hpp"
#include "tests/conformance/shrink.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/level_comparison.hpp"

namespace lacuna::test {
namespace {

constexpr std::int64_t kShards = 4;

/// Calls visit(shape) for every shape of 1 to 3 rows and columns, and 1 or 2 of everything else; dilated, with one
/// filter. A filter of one word has no dilation.
template <class Visit>
void for_tiny_shapes(const Visit& visit) {
  constexpr std::int64_t kSides[] = {3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2};  // H W R S U P N G M/G C D
  std::int64_t all = 1;
  for (const std::int64_t values : kSides) all *= values;
  for (std::int64_t number = 0; number < all; ++number) {
    std::int64_t left = number;
    std::int64_t v[11];
    for (std::size_t i = 0; i < 11; ++i) {
      v[i] = left % kSides[i] + 1;
      left /= kSides[i];
    }
    if (v[10] > 1 && (v[2] * v[3] == 1 || v[7] * v[8] > 1)) continue;
    visit(LayerShape{v[6], v[7] * v[8], v[9], v[7], v[0], v[1], v[2], v[3], v[4], v[5] - 1, v[10]});
  }
}

/// Visits the fields of an array; what a kind of field is set to is up to those who derive.
class ArrayVisitor : public FieldVisitor {
 public:
  void integer(const FieldInfo&, std::int64_t&) override {}
  void real(const FieldInfo&, double&) override {}
  void boolean(const FieldInfo&, bool&) override {}
  void text(const FieldInfo&, std::string&) override {}
  void texts(const FieldInfo&, std::vector<std::string>&) override {}
  void object(const FieldInfo&, Described& value) override { value.describe(*this); }
  void part(const FieldInfo&, PartSlot&) override {}
};

/// Depths and latencies of an array: its integers from 1 to at most 64. Sets them all, a bit each: 1 or 2.
class Depths : public ArrayVisitor {
 public:
  explicit Depths(std::int64_t bits) : bits_(bits) {}
  void integer(const FieldInfo& info, std::int64_t& value) override {
    if (info.min != 1 || info.max > 64) return;
    value = 1 + (bits_ >> fields) % 2;
    ++fields;
  }

  std::int64_t fields = 0;

 private:
  std::int64_t bits_;
};

/// Cuts an array down to a few PEs a side, where it has more.
class FewPes : public ArrayVisitor {
 public:
  void integer(const FieldInfo& info, std::int64_t& value) override {
    if (info.unit == "PEs") value = std::min<std::int64_t>(value, 4);
  }
};

/// Draws the choices of an array.
class Choices : public ArrayVisitor {
 public:
  explicit Choices(Dice& dice) : dice_(dice) {}
  void boolean(const FieldInfo&, bool& value) override { value = dice_.flip(); }
  void text(const FieldInfo& info, std::string& value) override {
    if (!info.choices.empty()) value = dice_.pick(info.choices);
  }

 private:
  Dice& dice_;
};

Described& array_of(LayerCase& c) { return c.chip.array.part(); }

/// The arrays to try a shape on: the default one, of 4 x 4 PEs at most, with its default mapping; and the smallest one
/// that takes the shape, with the smallest mapping.
std::vector<LayerCase> arrays_for(const LayerShape& shape, const std::string& kind) {
  LayerCase c(kind);
  c.shape = shape;
  FewPes few;
  array_of(c).describe(few);
  if (!c.legal()) return {};
  std::vector<LayerCase> cases = {c};
  c.mapping = c.chip.array.array().make_mapping();
  const auto always = [](const LayerCase&) { return true; };
  if (c.legal()) cases.push_back(shrink(c, always, array_of));
  return cases;
}

struct Shard {
  std::string array;
  std::int64_t number = 0;
};

class TinyLayers : public testing::TestWithParam<Shard> {
 protected:
  /// Compares the levels on the layer with all combinations of depths; all else is drawn.
  void run_depths(LayerCase c) {
    Depths counter(0);
    array_of(c).describe(counter);
    // An array without depths is tried with several draws of its choices instead: bits past the fields set nothing.
    for (std::int64_t bits = 0; bits < std::int64_t{1} << std::max<std::int64_t>(counter.fields, 3); ++bits) {
      Dice dice(draws_);
      Depths depths(bits);
      Choices choices(dice);
      array_of(c).describe(depths);
      array_of(c).describe(choices);
      c.seed = draws_++;  // not all that is drawn is legal
      c.zero_percent = dice.pick<std::int64_t>({0, 50, 100});
      c.chip.dram_link.clock_khz = 1000 * dice.draw(20, 800);
      if (!c.legal()) continue;
      ++cases_;
      const std::vector<std::string> lines = level_differences(c);
      ASSERT_TRUE(lines.empty()) << "(clocked, event):\n" << head(lines) << command_line(c);
    }
  }

  std::int64_t draws_ = 0;
  std::int64_t cases_ = 0;
};

TEST_P(TinyLayers, GiveTheSameEdgesCountsAndWordsAtBothLevels) {
  std::int64_t shapes = 0;
  for_tiny_shapes([this, &shapes](const LayerShape& shape) {
    if (HasFatalFailure() || shapes++ % kShards != GetParam().number) return;
    for (const LayerCase& c : arrays_for(shape, GetParam().array)) run_depths(c);
  });
  std::cout << cases_ << " layers\n";
  EXPECT_GT(cases_, 0);
}

std::vector<Shard> shards() {
  std::vector<Shard> result;
  for (const std::string& name : Registry<ArrayKind>::instance().names()) {
    for (std::int64_t number = 0; number < kShards; ++number) result.push_back({name, number});
  }
  return result;
}

INSTANTIATE_TEST_SUITE_P(Shard, TinyLayers, testing::ValuesIn(shards()), [](const auto& shard) {
  return shard.param.array + "_" + std::to_string(shard.param.number);
});

}  // namespace
}  // namespace lacuna::test
