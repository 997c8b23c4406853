// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/clocked_codec_port.hpp"

#include "hw/base/error.hpp"

namespace lacuna {

ClockedCodecPort::ClockedCodecPort(const sc_core::sc_module_name& name, const LayerJob& job, const DramImage& image,
                                   GlobalBuffer& buffer, WeightMemory& weights, PostProcessing& post)
    : sc_core::sc_module(name), job_(job), image_(image), buffer_(buffer), weights_(weights), post_(post) {}

void ClockedCodecPort::expect_ifmap(std::int64_t tile) {
  to_weight_memory_ = false;
  region_ = &buffer_.ifmap;
  format_ = &image_.formats().ifmap;
  streams_ = image_.ifmap(tile);
  ifmap_tile_ = job_.schedule->ifmap_tiles[static_cast<std::size_t>(tile)];
  stream_ = 0;
  address_ = 0;
  begin_stream();
}

void ClockedCodecPort::expect_filter(std::int64_t tile) {
  to_weight_memory_ = image_.filters_stay_encoded();
  if (to_weight_memory_) {
    weights_.begin(tile, image_.filter(tile).values);
    return;
  }
  region_ = &buffer_.filter;
  format_ = &image_.formats().filter;
  streams_ = {image_.filter(tile)};
  stream_ = 0;
  address_ = 0;
  begin_stream();
}

void ClockedCodecPort::begin_stream() {
  if (stream_ == streams_.size()) return;
  decoder_ = format_->codec->decoder(format_->parameters, streams_[stream_].values);
  words_left_ = streams_[stream_].words;
}

void ClockedCodecPort::deliver(std::uint64_t word) {
  if (to_weight_memory_) {
    weights_.write(word);
    return;
  }
  decoder_->push(word);
  while (decoder_->has_value()) {
    region_->write(address_++, next_value());
    ++values_decoded_;
  }
  if (--words_left_ > 0) return;
  if (!decoder_->complete()) fail_run(std::string(name()) + ": a stream ended before all its values were decoded");
  ++stream_;
  begin_stream();
}

/// A sign has no zero: what lies in the padding is known by its place.
Word ClockedCodecPort::next_value() {
  const Word value = decoder_->take_value();
  if (region_ != &buffer_.ifmap || job_.widths.activation_form != WordForm::sign) return value;
  if (is_padding(job_.shape, ifmap_tile_, address_ % ifmap_tile_.words_per_image())) return 0;
  return from_stored(WordForm::sign, static_cast<StoredWord>(value));
}

void ClockedCodecPort::begin_ofmap(std::int64_t tile) {
  const FeatureTile& box = job_.schedule->ofmap_tiles[static_cast<std::size_t>(tile)];
  ofmap_streams_ = ofmap_streams(box, tile, job_.ofmap_group_channels);
  ofmap_stream_ = 0;
  encoder_.reset();
}

Word ClockedCodecPort::next_ofmap_word() {
  const OfmapStream& stream = ofmap_streams_[ofmap_stream_];
  const FeatureTile& tile = job_.schedule->ofmap_tiles[static_cast<std::size_t>(stream.tile)];
  const std::int64_t plane = tile.rows * tile.columns;
  const std::int64_t channel = stream.channel + value_ / plane;
  const std::int64_t address =
      ((stream.image - tile.image) * tile.channels + channel - tile.channel) * plane + value_ % plane;
  ++value_;
  ++values_encoded_;
  return to_stored(job_.widths.ofmap_form,
                   static_cast<StoredWord>(post_.process(buffer_.drain_psum(address), channel)));
}

bool ClockedCodecPort::has_word() {
  while (ofmap_stream_ < ofmap_streams_.size()) {
    if (!encoder_) {
      const OfmapStream& stream = ofmap_streams_[ofmap_stream_];
      const FeatureTile& tile = job_.schedule->ofmap_tiles[static_cast<std::size_t>(stream.tile)];
      encoder_ = image_.formats().ofmap.codec->encoder(image_.formats().ofmap.parameters);
      value_ = 0;
      values_ = stream.channels * tile.rows * tile.columns;
      ofmap_ranges_.push_back({words_written_, 0, values_});
    }
    while (!encoder_->has_word() && value_ < values_) {
      encoder_->push(next_ofmap_word());
      if (value_ == values_) encoder_->finish();
    }
    if (encoder_->has_word()) return true;
    ++ofmap_stream_;
    encoder_.reset();
  }
  return false;
}

std::uint64_t ClockedCodecPort::fetch() {
  if (!has_word()) fail_run(std::string(name()) + ": a word was fetched when there was none");
  ++words_written_;
  ++ofmap_ranges_.back().words;
  return encoder_->take_word();
}

}  // namespace lacuna
