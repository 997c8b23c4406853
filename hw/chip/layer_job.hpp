// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/array/schedule.hpp"
#include "hw/base/layer_shape.hpp"
#include "hw/base/post_arithmetic.hpp"
#include "hw/base/span.hpp"
#include "hw/base/stored_words.hpp"
#include "hw/base/word_form.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// What the formats of a layer's streams depend on.
struct StreamWidths {
  std::int64_t weight_bits = 16;
  bool coded_weights = false;  ///< filter words are codes of a codebook: never negative
  std::int64_t activation_bits = 16;
  std::int64_t ofmap_bits = 16;
  bool network_input = false;  ///< the ifmap is the network's input: it has a codec of its own
  WordForm activation_form = WordForm::twos_complement;
  WordForm ofmap_form = WordForm::twos_complement;
};

/// One layer as the chip receives it: words, widths, and how it is cut into passes. Nothing here is owned.
struct LayerJob {
  std::string name;
  LayerShape shape;
  const LayerSchedule* schedule = nullptr;
  StreamWidths widths;
  MacSetup mac;
  PostArithmetic post;
  std::int64_t ofmap_group_channels = 4;       ///< channels of one ofmap stream
  std::vector<Span<const StoredWord>> ifmaps;  ///< one per image of the batch: C G x H x W, without padding
  Span<const StoredWord> filters;              ///< M x C x R x S stored words
  StoredWords remembered_filters;              ///< `filters` too, if what is worked out from them may be remembered
  Span<const StoredWord> filters_by_tap;       ///< the same words, C x R x S x M, where they are at hand
  Span<const StoredWord> filter_signs;         ///< the same words as bits, where they are signs and these are at hand
  /// Who keeps `filters`, where those are never changed for as long as that lives; empty where nobody is known.
  std::weak_ptr<const void> filters_owner;
  Span<const std::int64_t> biases;  ///< M, in psum units with the guard bits of `post`
  /// One per image, M x E x F: where they are given, the event model takes them instead of computing them.
  std::vector<Span<const StoredWord>> known_ofmaps;
  bool made_up = false;  ///< words are of no layer that there is: whether their streams fit memories says nothing
};

}  // namespace lacuna
