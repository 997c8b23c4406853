// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <systemc>
#include <vector>

#include "hw/array/event_psums.hpp"
#include "hw/chip/codec_port.hpp"
#include "hw/chip/dram_image.hpp"
#include "hw/chip/post_processing.hpp"
#include "hw/memory/event_dram_link.hpp"
#include "hw/memory/event_weight_decoder.hpp"
#include "hw/memory/global_buffer.hpp"

namespace lacuna {

/// What the event-driven codec port stands between, besides DRAM.
struct EventSurroundings {
  EventBuffer& operands;
  EventPsums& psums;
  GlobalBuffer& buffer;  ///< its counts
  PostProcessing& post;
  WeightMemory& weights;
  EventWeightDecoder* decoder = nullptr;  ///< where filters stay encoded and the chip decodes them
  bool repeats_are_known = true;  ///< words that were read from DRAM before are the same again: no fault is armed
};

/// The codec port of the event model: a tile at a time.
class EventCodecPort : public sc_core::sc_module, public CodecPort, public EventLinkClient {
 public:
  EventCodecPort(const sc_core::sc_module_name& name, const LayerJob& job, const DramImage& image,
                 const EventSurroundings& around);

  void expect_ifmap(std::int64_t tile) override;
  void expect_filter(std::int64_t tile) override;
  void begin_ofmap(std::int64_t tile) override { tile_ = tile; }

  void deliver(Span<const std::uint64_t> words) override;
  std::int64_t drain(Dram& dram) override;

 private:
  void take_ifmap(Span<const std::uint64_t> words);
  std::vector<StoredWord> restored(const FeatureTile& tile, std::vector<StoredWord> words) const;
  void take_filters(Span<const std::uint64_t> words);
  void take_encoded_filters(const StreamRange& stream, Span<const std::uint64_t> words);
  std::vector<StoredWord> ofmap_words(const OfmapStream& stream, const std::vector<Word>& psums);
  std::vector<StoredWord> known_words(const OfmapStream& stream);
  void drain_computed(const FeatureTile& tile, Dram& dram);
  /// Of streams only their sizes are wanted.
  void drain_in_place(const FeatureTile& tile, Dram& dram);
  void note_drained(std::int64_t words, std::int64_t values);

  const LayerJob& job_;
  const DramImage& image_;
  EventSurroundings around_;
  bool filling_filters_ = false;
  std::int64_t tile_ = -1;
  std::set<std::int64_t> arrived_;  ///< first DRAM words of the ifmap streams that have come
  std::int64_t words_written_ = 0;
};

}  // namespace lacuna
