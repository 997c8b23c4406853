// SPDX-License-Identifier: Apache-2.0
// Per-target part of sign_sums.cpp: no include guard but Highway's own, which lets it in once per target.
#if defined(LACUNA_HW_MAC_SIGN_SUMS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LACUNA_HW_MAC_SIGN_SUMS_INL_HPP
#undef LACUNA_HW_MAC_SIGN_SUMS_INL_HPP
#else
#define LACUNA_HW_MAC_SIGN_SUMS_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/mac/psum_block.hpp"
#include "hw/mac/sign_sums.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR  // a host without vectors has no lanes to pack bits in: sums stay those of products

inline bool SumSigns(std::int64_t /*accumulator_bits*/, const PsumBlock& /*block*/) { return false; }
inline std::vector<StoredWord> PackSigns(Span<const StoredWord> /*codes*/, std::int64_t /*filters*/) { return {}; }

#else

namespace hn = hwy::HWY_NAMESPACE;

using BitWord = std::uint16_t;  ///< bits of kBits taps
constexpr std::size_t kBits = 16;
using Codes = hn::ScalableTag<StoredWord>;
using CodeMask = decltype(hn::Eq(hn::Zero(Codes()), hn::Zero(Codes())));
using BitLanes = hn::ScalableTag<BitWord>;
using ByteLanes = hn::Repartition<std::uint8_t, BitLanes>;
using BitVector = hn::VFromD<BitLanes>;
using ByteVector = hn::VFromD<ByteLanes>;
/// Words whose ones a byte can count: 8 of each.
constexpr std::size_t kWordsOfAByteCount = 31;

HWY_INLINE bool are_signs(hn::VFromD<Codes> all_bits_seen) {
  const Codes d;
  return hn::AllTrue(d, hn::Eq(hn::AndNot(hn::Set(d, 1), all_bits_seen), hn::Zero(d)));
}

// ---- Activations: which of them there are, and their bit planes.

/// What activations are: -1, 0 and 1, whose planes are `not zero` and `negative`; or levels of `planes` bits.
struct ActivationKind {
  bool signs = false;
  std::size_t planes = 0;  ///< 0: neither
};

struct Range {
  StoredWord low = 0;
  StoredWord high = 0;
};

HWY_INLINE void widen(Range& range, const StoredWord* words, std::size_t count) {
  StoredWord low = range.low;
  StoredWord high = range.high;
  for (std::size_t i = 0; i < count; ++i) {
    low = std::min(low, words[i]);
    high = std::max(high, words[i]);
  }
  range = {low, high};
}

/// `taps`: of a sum, which is kept in 16 bits.
HWY_INLINE ActivationKind kind_of(const Range& range, std::size_t taps) {
  constexpr std::size_t kSums = 65536;
  if (range.low < -1 || taps >= kSums) return {};
  if (range.low < 0) return {range.high <= 1, range.high <= 1 ? std::size_t{2} : 0};
  ActivationKind levels{false, 1};
  while ((range.high >> levels.planes) != 0) ++levels.planes;
  if (levels.planes > kMostPlanes || (taps << levels.planes) >= kSums) return {};
  return levels;
}

HWY_INLINE CodeMask plane_of(const ActivationKind& kind, std::size_t plane, hn::VFromD<Codes> activations) {
  const Codes d;
  if (!kind.signs) return hn::TestBit(activations, hn::Set(d, static_cast<StoredWord>(1 << plane)));
  return plane == 0 ? hn::Ne(activations, hn::Zero(d)) : hn::Lt(activations, hn::Zero(d));
}

/// Weight in the sums of a plane, as a shift. The planes of signs are counted together.
HWY_INLINE std::size_t counted_planes(const ActivationKind& kind) { return kind.signs ? 1 : kind.planes; }

/// The ones that count, where bits of weights meet those of activations. Of signs: equal ones, where there is an
/// activation. Of a plane: those of positive weights.
template <bool signs>
HWY_INLINE ByteVector ones(BitVector plane, BitVector negative, BitVector weight) {
  const BitVector meeting = signs ? hn::And(plane, hn::Xor(negative, weight)) : hn::And(plane, weight);
  return hn::PopulationCount(hn::BitCast(ByteLanes(), meeting));
}

// ---- Weights as bits.

HWY_INLINE hn::VFromD<Codes> load_some(const StoredWord* from, const StoredWord* end) {
  const Codes d;
  const auto left = static_cast<std::size_t>(end - from);
  if (left >= hn::Lanes(d)) return hn::LoadU(d, from);
  HWY_ALIGN StoredWord words[hn::MaxLanes(Codes())] = {};
  std::copy_n(from, left, words);
  return hn::Load(d, words);
}

/// Packs words that lie side by side, bit after bit, into whole vectors.
template <class Test>
HWY_INLINE void pack_run(Span<const StoredWord> words, BitWord* to, Test test) {
  const Codes d;
  constexpr std::size_t kBitsPerByte = 8;
  auto* bytes = reinterpret_cast<std::uint8_t*>(to);
  for (std::size_t i = 0; i < words.size(); i += hn::Lanes(d), bytes += hn::Lanes(d) / kBitsPerByte) {
    hn::StoreMaskBits(d, test(load_some(words.data() + i, words.data() + words.size())), bytes);
  }
}

/// How the taps of a block lie: those of a channel at `offsets` from its first word, channels `stride` apart.
struct ChannelLayout {
  std::size_t channels = 0;  ///< 0: they do not lie so
  std::size_t channel_taps = 0;
  std::ptrdiff_t stride = 0;
  std::int32_t first = 0;  ///< lowest offset
  std::size_t span = 0;    ///< activations of a channel from there on
  std::size_t groups() const { return (channels + kBits - 1) / kBits; }
};

HWY_INLINE ChannelLayout layout_of(const PsumBlock& block) {
  const Span<const std::int32_t> offsets = block.tap_offsets;
  ChannelLayout layout;
  layout.channel_taps = block.channel_taps;
  if (block.channel_taps == 0 || offsets.size() % block.channel_taps != 0) return {};
  if (offsets.size() > block.channel_taps) layout.stride = offsets[block.channel_taps] - offsets[0];
  for (std::size_t tap = block.channel_taps; tap < offsets.size(); ++tap) {
    if (offsets[tap] - offsets[tap - block.channel_taps] != layout.stride) return {};
  }
  const auto [low, high] = std::minmax_element(offsets.begin(), offsets.begin() + block.channel_taps);
  layout.first = *low;
  layout.span = static_cast<std::size_t>(*high - *low) + block.outputs;
  layout.channels = offsets.size() / block.channel_taps;
  return layout;
}

/// Bits of codes by filter, group of channels and tap of a channel, each word 16 channels; false for other codes.
class PackedWeights {
 public:
  PackedWeights(const PsumBlock& block, const ChannelLayout& layout)
      : pitch_(layout.groups() * layout.channel_taps), end_(block.weights) {
    if (block.filters == 0) return;
    end_ += static_cast<std::ptrdiff_t>(block.filters - 1) * block.filter_pitch;
    end_ += static_cast<std::ptrdiff_t>(block.tap_offsets.size());
    words_.resize((block.filters + kOwnFilters) * pitch_ + hn::MaxLanes(BitLanes()), 0);
    std::fill_n(words_.begin() + static_cast<std::ptrdiff_t>(pitch_), pitch_, static_cast<BitWord>(~0U));
    for (std::size_t f = 0; f < block.filters; ++f) {
      pack(block.weights + static_cast<std::ptrdiff_t>(f) * block.filter_pitch, layout, row(f));
    }
  }
  std::size_t pitch() const { return pitch_; }
  bool signs() const { return are_signs(seen_); }
  /// Two filters of its own stand before those of the block: all weights -1, all weights 1.
  static constexpr std::size_t kOwnFilters = 2;
  const BitWord* own() const { return words_.data(); }
  const BitWord* of(std::size_t filter) const { return words_.data() + (filter + kOwnFilters) * pitch_; }

 private:
  BitWord* row(std::size_t filter) { return words_.data() + (filter + kOwnFilters) * pitch_; }

  /// Taps side by side in lanes; what a vector has past the last tap of a group is overwritten by the next group.
  HWY_INLINE void pack(const StoredWord* codes, const ChannelLayout& layout, BitWord* to) {
    const Codes d;
    for (std::size_t first = 0; first < layout.channels; first += kBits, to += layout.channel_taps) {
      for (std::size_t tap = 0; tap < layout.channel_taps; tap += hn::Lanes(d)) {
        auto word = hn::Zero(d);
        for (std::size_t c = std::min(first + kBits, layout.channels); c-- > first;) {
          const auto code = load_some(codes + c * layout.channel_taps + tap, end_);
          seen_ = hn::Or(seen_, code);
          word = hn::Or(hn::Add(word, word), code);
        }
        hn::StoreU(hn::BitCast(BitLanes(), word), BitLanes(), to + tap);
      }
    }
  }

  std::size_t pitch_;
  const StoredWord* end_;
  std::vector<BitWord> words_;
  hn::VFromD<Codes> seen_ = hn::Zero(Codes());
};

/// Packs the codes of one filter after the other, taps side by side.
class FilterPacker {
 public:
  explicit FilterPacker(std::size_t taps) : words_(sign_words(taps) + hn::MaxLanes(BitLanes())) {}

  /// The bits of the filter, until the next call.
  const BitWord* pack(Span<const StoredWord> codes) {
    pack_run(codes, words_.data(), [this](hn::VFromD<Codes> code) HWY_ATTR {
      seen_ = hn::Or(seen_, code);
      return hn::Ne(code, hn::Zero(Codes()));
    });
    return words_.data();
  }
  /// Whether all codes were 0 or 1.
  bool signs() const { return are_signs(seen_); }

 private:
  std::vector<BitWord> words_;
  hn::VFromD<Codes> seen_ = hn::Zero(Codes());
};

inline std::vector<StoredWord> PackSigns(Span<const StoredWord> codes, std::int64_t filters) {
  const std::size_t taps = codes.size() / static_cast<std::size_t>(filters);
  std::vector<StoredWord> signs;
  signs.reserve(sign_words(taps) * static_cast<std::size_t>(filters));
  FilterPacker packer(taps);
  for (std::size_t first = 0; first < codes.size(); first += taps) {
    const BitWord* const bits = packer.pack(codes.subspan(first, taps));
    for (std::size_t word = 0; word < sign_words(taps); ++word) signs.push_back(static_cast<StoredWord>(bits[word]));
  }
  return packer.signs() ? signs : std::vector<StoredWord>();
}

// ---- Windows side by side in lanes.

/// Bit planes of activations by plane, group of channels and place, each word 16 channels.
struct PackedActivations {
  ActivationKind kind;
  std::size_t plane_words = 0;
  std::vector<BitWord> words;
  std::vector<std::size_t> places;  ///< of the words that meet those of a filter, for the first output

  PackedActivations(const PsumBlock& block, const ChannelLayout& layout) {
    const StoredWord* const first = block.activations + layout.first;
    Range range;
    for (std::size_t c = 0; c < layout.channels; ++c) {
      widen(range, first + static_cast<std::ptrdiff_t>(c) * layout.stride, layout.span);
    }
    kind = kind_of(range, block.tap_offsets.size());
    if (kind.planes == 0) return;
    const std::size_t lanes = hn::Lanes(BitLanes());
    const std::size_t pitch = (layout.span + lanes - 1) / lanes * lanes;
    plane_words = layout.groups() * pitch;
    words.resize(kind.planes * plane_words + lanes);
    for (std::size_t group = 0; group < layout.groups(); ++group) {
      const std::size_t channels = std::min(kBits, layout.channels - group * kBits);
      const StoredWord* const from = first + static_cast<std::ptrdiff_t>(group * kBits) * layout.stride;
      for (std::size_t plane = 0; plane < kind.planes; ++plane) {
        BitWord* const to = words.data() + plane * plane_words + group * pitch;
        for (std::size_t x = 0; x < pitch; x += lanes) pack(plane, from + x, layout.stride, channels, to + x);
      }
      for (std::size_t tap = 0; tap < layout.channel_taps; ++tap) {
        places.push_back(group * pitch + static_cast<std::size_t>(block.tap_offsets[tap] - layout.first));
      }
    }
  }

  HWY_INLINE void pack(std::size_t plane, const StoredWord* from, std::ptrdiff_t stride, std::size_t channels,
                       BitWord* to) const {
    const BitLanes d;
    BitVector word = hn::Zero(d);
    for (std::size_t c = 0; c < channels; ++c, from += stride) {
      const auto has = hn::RebindMask(d, plane_of(kind, plane, hn::LoadU(Codes(), from)));
      word = hn::Or(word, hn::IfThenElseZero(has, hn::Set(d, static_cast<BitWord>(1U << c))));
    }
    hn::StoreU(word, d, to);
  }
};

/// `filters` x `vectors` registers of counts.
constexpr std::size_t kSignFilters = HWY_TARGET <= HWY_AVX3 ? 4 : 2;
constexpr std::size_t kSignVectors = HWY_TARGET <= HWY_AVX3 ? 4 : 2;

/// Counts of a block, of `kSignFilters` filters at a time.
class SignCounts {
 public:
  SignCounts(const PackedActivations& activations, std::size_t filter_pitch, std::size_t outputs)
      : activations_(activations), filter_pitch_(filter_pitch) {
    const std::size_t lanes = hn::Lanes(BitLanes());
    pitch_ = (outputs + lanes - 1) / lanes * lanes;
    counts_.resize(kSignFilters * pitch_);
  }

  /// By output, of the filter `f` of the last call.
  const BitWord* of(std::size_t f) const { return counts_.data() + f * pitch_; }

  template <std::size_t filters>
  HWY_INLINE void count(const BitWord* weights) {
    std::fill(counts_.begin(), counts_.end(), BitWord{0});
    for (std::size_t plane = 0; plane < counted_planes(activations_.kind); ++plane) {
      activations_.kind.signs ? count_plane<true, filters>(weights, plane)
                              : count_plane<false, filters>(weights, plane);
    }
  }

 private:
  template <bool signs, std::size_t filters>
  HWY_INLINE void count_plane(const BitWord* weights, std::size_t plane) {
    const std::size_t lanes = hn::Lanes(BitLanes());
    std::size_t x = 0;
    for (; x + kSignVectors * lanes <= pitch_; x += kSignVectors * lanes) {
      tile<signs, filters, kSignVectors>(weights, plane, x);
    }
    for (; x < pitch_; x += lanes) tile<signs, filters, 1>(weights, plane, x);
  }

  template <bool signs, std::size_t filters, std::size_t vectors>
  HWY_INLINE void tile(const BitWord* weights, std::size_t plane, std::size_t x) {
    const std::size_t lanes = hn::Lanes(BitLanes());
    const BitWord* const bits = activations_.words.data() + plane * activations_.plane_words + x;
    for (std::size_t first = 0; first < filter_pitch_; first += kWordsOfAByteCount) {
      const std::size_t end = std::min(first + kWordsOfAByteCount, filter_pitch_);
      ByteVector bytes[filters][vectors];
      for (auto& row : bytes) {
        for (ByteVector& count : row) count = hn::Zero(ByteLanes());
      }
      for (std::size_t word = first; word < end; ++word) {
        count_word<signs>(bits + activations_.places[word], weights + word, bytes);
      }
      for (std::size_t f = 0; f < filters; ++f) {
        for (std::size_t v = 0; v < vectors; ++v) add(bytes[f][v], plane, counts_.data() + f * pitch_ + x + v * lanes);
      }
    }
  }

  /// Adds the ones of one word of each filter, whose weights lie filter_pitch_ apart.
  template <bool signs, std::size_t filters, std::size_t vectors>
  HWY_INLINE void count_word(const BitWord* from, const BitWord* weights, ByteVector (&bytes)[filters][vectors]) const {
    const BitLanes d;
    const std::size_t lanes = hn::Lanes(d);
    BitVector planes[vectors];
    BitVector negative[vectors];
    for (std::size_t v = 0; v < vectors; ++v) {
      planes[v] = hn::LoadU(d, from + v * lanes);
      negative[v] = signs ? hn::LoadU(d, from + activations_.plane_words + v * lanes) : hn::Zero(d);
    }
    for (std::size_t f = 0; f < filters; ++f) {
      const BitVector weight = hn::Set(d, weights[f * filter_pitch_]);
      for (std::size_t v = 0; v < vectors; ++v) {
        bytes[f][v] = hn::Add(bytes[f][v], ones<signs>(planes[v], negative[v], weight));
      }
    }
  }

  HWY_INLINE static void add(ByteVector bytes, std::size_t plane, BitWord* counts) {
    const BitLanes d;
    const BitVector pairs = hn::BitCast(d, bytes);
    const BitVector count = hn::Add(hn::And(pairs, hn::Set(d, 0xFF)), hn::ShiftRight<8>(pairs));
    hn::StoreU(hn::Add(hn::LoadU(d, counts), hn::ShiftLeftSame(count, static_cast<int>(plane))), d, counts);
  }

  const PackedActivations& activations_;
  std::size_t filter_pitch_;
  std::size_t pitch_ = 0;
  std::vector<BitWord> counts_;
};

/// 2 count - the sum of magnitudes: signs that agree less those that do not; positive weights less negative ones.
HWY_INLINE Word psum_of(Word count, Word magnitudes, int unused_bits) {
  const std::uint32_t sum = 2 * static_cast<std::uint32_t>(count) - static_cast<std::uint32_t>(magnitudes);
  return static_cast<std::int32_t>(sum << unused_bits) >> unused_bits;
}

HWY_INLINE bool sum_windows(std::int64_t accumulator_bits, const PsumBlock& block) {
  const ChannelLayout layout = layout_of(block);
  if (layout.channels == 0) return false;
  const PackedActivations activations(block, layout);
  if (activations.kind.planes == 0) return false;
  const PackedWeights weights(block, layout);
  if (!weights.signs()) return false;
  SignCounts counts(activations, weights.pitch(), block.outputs);
  // Weights of both signs together count each magnitude once.
  counts.count<PackedWeights::kOwnFilters>(weights.own());
  std::vector<Word> magnitudes(block.outputs);
  for (std::size_t x = 0; x < block.outputs; ++x) magnitudes[x] = counts.of(0)[x] + counts.of(1)[x];
  const int unused_bits = static_cast<int>(32 - accumulator_bits);
  for (std::size_t filter = 0; filter < block.filters;) {
    const std::size_t filters = block.filters - filter < kSignFilters ? 1 : kSignFilters;
    filters == 1 ? counts.count<1>(weights.of(filter)) : counts.count<kSignFilters>(weights.of(filter));
    for (std::size_t f = 0; f < filters; ++f, ++filter) {
      const BitWord* const count = counts.of(f);
      Word* const psums = block.psums + static_cast<std::ptrdiff_t>(filter) * block.psum_pitch;
      for (std::size_t x = 0; x < block.outputs; ++x) psums[x] = psum_of(count[x], magnitudes[x], unused_bits);
    }
  }
  return true;
}

// ---- One window, whose taps lie side by side.

/// Its bit planes, by plane and tap, with zeros up to a whole vector behind each.
struct PackedWindow {
  ActivationKind kind;
  std::size_t words = 0;  ///< of a plane, without those zeros
  std::size_t pitch = 0;
  std::vector<BitWord> planes;
  Word magnitudes = 0;  ///< their sum

  explicit PackedWindow(Span<const StoredWord> activations)
      : words(sign_words(activations.size())), pitch(words + hn::MaxLanes(BitLanes())) {
    Range range;
    widen(range, activations.data(), activations.size());
    kind = kind_of(range, activations.size());
    planes.resize(kind.planes * pitch, 0);
    for (std::size_t plane = 0; plane < kind.planes; ++plane) {
      pack_run(activations, planes.data() + plane * pitch,
               [&](hn::VFromD<Codes> of) HWY_ATTR { return plane_of(kind, plane, of); });
    }
    for (const StoredWord word : activations) magnitudes += word < 0 ? -word : word;
  }

  HWY_INLINE Word count(const BitWord* weights) const {
    if (kind.signs) return count_plane<true>(0, weights);
    Word count = 0;
    for (std::size_t plane = 0; plane < kind.planes; ++plane) count += count_plane<false>(plane, weights) << plane;
    return count;
  }

 private:
  /// Weights, too, have a whole vector behind the last word; of what it holds nothing counts.
  template <bool signs>
  HWY_INLINE Word count_plane(std::size_t plane, const BitWord* weights) const {
    const BitLanes d;
    const hn::Repartition<std::uint64_t, BitLanes> sums;
    const BitWord* const bits = planes.data() + plane * pitch;
    auto total = hn::Zero(sums);
    const std::size_t step = kWordsOfAByteCount * hn::Lanes(d);
    for (std::size_t first = 0; first < words; first += step) {
      ByteVector bytes = hn::Zero(ByteLanes());
      for (std::size_t word = first; word < std::min(first + step, words); word += hn::Lanes(d)) {
        const BitVector negative = signs ? hn::LoadU(d, bits + pitch + word) : hn::Zero(d);
        bytes = hn::Add(bytes, ones<signs>(hn::LoadU(d, bits + word), negative, hn::LoadU(d, weights + word)));
      }
      total = hn::Add(total, hn::SumsOf8(bytes));
    }
    return static_cast<Word>(hn::GetLane(hn::SumOfLanes(sums, total)));
  }
};

HWY_INLINE bool taps_are_side_by_side(const PsumBlock& block) {
  for (std::size_t tap = 1; tap < block.tap_offsets.size(); ++tap) {
    if (block.tap_offsets[tap] != block.tap_offsets[tap - 1] + 1) return false;
  }
  return true;
}

HWY_INLINE bool sum_window(std::int64_t accumulator_bits, const PsumBlock& block) {
  const std::size_t taps = block.tap_offsets.size();
  const PackedWindow window({block.activations + block.tap_offsets[0], taps});
  if (window.kind.planes == 0) return false;
  const int unused_bits = static_cast<int>(32 - accumulator_bits);
  FilterPacker packer(taps);
  std::vector<BitWord> last(window.pitch);
  for (std::size_t filter = 0; filter < block.filters; ++filter) {
    const BitWord* weights = nullptr;
    if (block.signs == nullptr) {
      weights = packer.pack({block.weights + static_cast<std::ptrdiff_t>(filter) * block.filter_pitch, taps});
    } else {
      // The signs of a whole vector are read: there may be none behind the last filter.
      weights = reinterpret_cast<const BitWord*>(block.signs) + filter * window.words;
      const std::size_t readable = (block.filters - filter) * window.words;
      if (readable < window.pitch) weights = (std::copy_n(weights, window.words, last.begin()), last.data());
    }
    Word* const psum = block.psums + static_cast<std::ptrdiff_t>(filter) * block.psum_pitch;
    *psum = psum_of(window.count(weights), window.magnitudes, unused_bits);
  }
  return packer.signs();
}

inline bool SumSigns(std::int64_t accumulator_bits, const PsumBlock& block) {
  if (block.filters == 0 || block.outputs == 0 || block.tap_offsets.size() == 0) return false;
  if (block.outputs == 1 && taps_are_side_by_side(block)) return sum_window(accumulator_bits, block);
  return sum_windows(accumulator_bits, block);
}

#endif  // HWY_SCALAR

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // LACUNA_HW_MAC_SIGN_SUMS_INL_HPP
