// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hw/base/post_arithmetic.hpp"
#include "hw/chip/accelerator.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna::test {

/// The mapping of a case, of whatever kind its array wants. None: the array's default mapping.
class GivenMapping {
 public:
  GivenMapping() = default;
  GivenMapping(const GivenMapping& other) : mapping_(other ? other->clone() : nullptr) {}
  GivenMapping& operator=(const GivenMapping& other) {
    if (this != &other) mapping_ = other ? other->clone() : nullptr;
    return *this;
  }
  GivenMapping& operator=(std::unique_ptr<ArrayMapping> mapping) {
    mapping_ = std::move(mapping);
    return *this;
  }
  explicit operator bool() const { return mapping_ != nullptr; }
  ArrayMapping& operator*() const { return *mapping_; }
  ArrayMapping* operator->() const { return mapping_.get(); }

 private:
  std::unique_ptr<ArrayMapping> mapping_;
};

/// A chip with an array of any kind and one layer with seeded words, ready to run at both levels, and the ofmap that
/// plain loops give. Its field list holds all that it is: two cases with equal fields are equal.
struct LayerCase : Described {
  /// With the defaults of that kind of array.
  explicit LayerCase(const std::string& array) { chip.array.select(array); }

  ChipConfig chip;
  LayerShape shape;
  GivenMapping mapping;
  std::int64_t weight_bits = 16;
  std::int64_t activation_bits = 16;
  std::int64_t product_shift = 0;
  std::int64_t right_shift = 0;  ///< of psum and bias, in post-processing
  bool relu = true;
  bool network_input = false;
  std::int64_t ofmap_group_channels = 4;
  std::int64_t zero_percent = 50;         ///< of ifmap words; at 0, none is zero
  std::int64_t weight_zero_percent = 25;  ///< of stored weights; at 0, none is zero
  bool zero_code_is_zero = true;          ///< whether code 0 of a codebook is worth zero
  std::int64_t format_choice = 0;         ///< which of the formats that the MACs take its words have
  std::int64_t seed = 1;                  ///< of all words

  void describe(FieldVisitor& v) override;
  MappingContext context() const;
  /// The number formats of its words: of those that the chip's MACs take, the one chosen.
  const NumberFormat& weight_format() const;
  const NumberFormat& activation_format() const;
  /// Whether stored weights are codes.
  bool coded() const { return weight_format().coded(); }
  /// Levels of activations, where they are not fixed point.
  std::optional<ActivationLevels> levels() const;
  ActivationWorths activation_worths() const;
  Arithmetic arithmetic() const;
  StreamWidths widths() const;
  /// Moves the widths to the nearest that the MACs of the chip take.
  void fit_widths();
  /// The layer cut into passes by the mapping, or by the default one.
  std::unique_ptr<LayerSchedule> schedule() const;
  /// Throws Error (bad_input) where chip, layer, mapping and widths do not fit together.
  void check() const;
  bool legal() const;

  struct Words {
    std::vector<std::vector<StoredWord>> ifmaps;
    std::vector<StoredWord> filters;
    std::vector<StoredWord> filters_by_tap;  ///< of a layer without groups, the same
    std::vector<std::int64_t> biases;
  };
  Words words() const;
  /// What the chip receives; owns neither schedule nor words.
  LayerJob job(const LayerSchedule& schedule, const Words& words) const;

  /// Runs the clocked model.
  LayerRun run(RunHooks hooks = {}) const;
  /// Runs the event model, with the ofmap words N x M x E x F where they are known.
  LayerRun run_event(RunHooks hooks = {}, Span<const StoredWord> known_ofmaps = {}) const;
  /// The ofmap by plain loops, N x M x E x F. Psums that saturate are summed in the order that the schedule states.
  std::vector<StoredWord> expected() const;

 private:
  /// Levels, where activations are such, are those of the ofmap too, with thresholds and scales of the case's own.
  PostArithmetic post() const;
  /// Worth of every code; empty where weights are stored as values.
  std::vector<Word> codebook() const;
};

/// All fields of a case that differ from the defaults of its array, as JSON on one line.
std::string to_json(const LayerCase& c);

/// The case that a text says. Throws Error (bad_input) for anything but what to_json writes of a legal case.
LayerCase case_from_json(const std::string& text);

}  // namespace lacuna::test
