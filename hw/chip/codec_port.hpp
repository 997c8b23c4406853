// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/memory/dram.hpp"

namespace lacuna {

/// Between DRAM link and global buffer, at either level: decodes what arrives into the tile's words, and encodes the
/// ofmap words that post-processing makes of the psums. It keeps up with the link in both directions.
class CodecPort {
 public:
  virtual ~CodecPort() = default;
  /// The next words of the link are the streams of an ifmap tile, the stream of a filter tile.
  virtual void expect_ifmap(std::int64_t tile) = 0;
  virtual void expect_filter(std::int64_t tile) = 0;
  /// The next words that the link asks for are those of an ofmap tile.
  virtual void begin_ofmap(std::int64_t tile) = 0;

  /// What was written to DRAM, in order; first_word counts from the first ofmap word on.
  const std::vector<StreamRange>& ofmap_ranges() const { return ofmap_ranges_; }
  std::int64_t values_decoded() const { return values_decoded_; }
  std::int64_t values_encoded() const { return values_encoded_; }
  /// What it has done, on one line.
  std::string state() const {
    return "codec_port: values decoded " + std::to_string(values_decoded_) + ", encoded " +
           std::to_string(values_encoded_) + ", streams written " + std::to_string(ofmap_ranges_.size());
  }

 protected:
  std::vector<StreamRange> ofmap_ranges_;
  std::int64_t values_decoded_ = 0;
  std::int64_t values_encoded_ = 0;
};

}  // namespace lacuna
