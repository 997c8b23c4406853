// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <systemc>
#include <vector>

#include "hw/chip/dram_image.hpp"
#include "hw/chip/post_processing.hpp"
#include "hw/memory/dram_link.hpp"
#include "hw/memory/global_buffer.hpp"

namespace lacuna {

/// Between DRAM link and global buffer: decodes what arrives into the tile's words, and encodes the ofmap words that
/// post-processing makes of the psums. It keeps up with the link in both directions.
class CodecPort : public sc_core::sc_module, public DramLinkClient {
 public:
  CodecPort(const sc_core::sc_module_name& name, const LayerJob& job, const LayerFormats& formats, GlobalBuffer& buffer,
            PostProcessing& post);

  /// The next words are the streams of an ifmap tile, to be written from address 0 of the ifmap region on.
  void expect_ifmap(const std::vector<StreamRange>& streams);
  /// The next words are the stream of a filter tile, to be written from address 0 of the filter region on.
  void expect_filter(const StreamRange& stream);
  /// The next words wanted are those of an ofmap tile.
  void begin_ofmap(std::int64_t tile);

  void deliver(Span<const std::uint64_t> words) override;
  bool has_word() override;
  std::uint64_t fetch() override;

  /// What was written to DRAM, in order; first_word counts from the first ofmap word on.
  const std::vector<StreamRange>& ofmap_ranges() const { return ofmap_ranges_; }
  std::int64_t values_decoded() const { return values_decoded_; }
  std::int64_t values_encoded() const { return values_encoded_; }

 private:
  void begin_stream();
  void deliver_word(std::uint64_t word);
  Word next_ofmap_word();

  const LayerJob& job_;
  const LayerFormats& formats_;
  GlobalBuffer& buffer_;
  PostProcessing& post_;

  // Fill.
  BufferRegion* region_ = nullptr;
  const StreamFormat* format_ = nullptr;
  std::vector<StreamRange> streams_;
  std::size_t stream_ = 0;
  std::int64_t words_left_ = 0;
  std::int64_t address_ = 0;
  std::unique_ptr<StreamDecoder> decoder_;

  // Drain.
  std::vector<OfmapStream> ofmap_streams_;
  std::size_t ofmap_stream_ = 0;
  std::int64_t value_ = 0;  ///< of the stream
  std::int64_t values_ = 0;
  std::unique_ptr<StreamEncoder> encoder_;
  std::vector<StreamRange> ofmap_ranges_;
  std::int64_t words_written_ = 0;

  std::int64_t values_decoded_ = 0;
  std::int64_t values_encoded_ = 0;
};

}  // namespace lacuna
