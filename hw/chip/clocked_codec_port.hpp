// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <systemc>
#include <vector>

#include "hw/chip/codec_port.hpp"
#include "hw/chip/dram_image.hpp"
#include "hw/chip/post_processing.hpp"
#include "hw/memory/dram_link.hpp"
#include "hw/memory/global_buffer.hpp"
#include "hw/memory/weight_memory.hpp"

namespace lacuna {

/// The codec port of the clocked model: word by word, as the link brings and takes them. Tiles are written from address
/// 0 of their region of the global buffer on.
class ClockedCodecPort : public sc_core::sc_module, public CodecPort, public DramLinkClient {
 public:
  ClockedCodecPort(const sc_core::sc_module_name& name, const LayerJob& job, const DramImage& image,
                   GlobalBuffer& buffer, WeightMemory& weights, PostProcessing& post);

  void expect_ifmap(std::int64_t tile) override;
  void expect_filter(std::int64_t tile) override;
  void begin_ofmap(std::int64_t tile) override;

  void deliver(std::uint64_t word) override;
  bool has_word() override;
  std::uint64_t fetch() override;

 private:
  void begin_stream();
  Word next_value();
  Word next_ofmap_word();

  const LayerJob& job_;
  const DramImage& image_;
  GlobalBuffer& buffer_;
  WeightMemory& weights_;
  PostProcessing& post_;

  // Fill.
  bool to_weight_memory_ = false;  ///< words go there as they come
  BufferRegion* region_ = nullptr;
  const StreamFormat* format_ = nullptr;
  std::vector<StreamRange> streams_;
  std::size_t stream_ = 0;
  std::int64_t words_left_ = 0;
  std::int64_t address_ = 0;
  FeatureTile ifmap_tile_;
  std::unique_ptr<StreamDecoder> decoder_;

  // Drain.
  std::vector<OfmapStream> ofmap_streams_;
  std::size_t ofmap_stream_ = 0;
  std::int64_t value_ = 0;  ///< of the stream
  std::int64_t values_ = 0;
  std::unique_ptr<StreamEncoder> encoder_;
  std::int64_t words_written_ = 0;
};

}  // namespace lacuna
