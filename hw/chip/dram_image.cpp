// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/dram_image.hpp"

#include <algorithm>

#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// The format that a field of the section "codec" names. Refuses widths that do not fit it.
StreamFormat format_of(const std::string& field, const std::string& name, const ChipConfig& chip,
                       std::int64_t value_bits, bool signed_values) {
  StreamFormat format;
  format.codec = Registry<Codec>::instance().find(name);
  if (format.codec == nullptr) fail_input("/chip/codec/" + field + ": no codec is named '" + name + "'");
  const std::int64_t run_bits = field == "filter" ? chip.codec.filter_run_bits : chip.codec.run_bits;
  format.parameters = {value_bits, run_bits, chip.dram_link.bits, signed_values};
  try {
    format.codec->encoder(format.parameters);
  } catch (const Error& error) {
    fail_input("/chip/codec/" + field + ": " + error.what() + "; words are those of /chip/dram_link/bits");
  }
  return format;
}

}  // namespace

LayerFormats formats_of(const ChipConfig& chip, const StreamWidths& widths) {
  LayerFormats formats;
  const CodecConfig& codec = chip.codec;
  const auto is_signed = [](WordForm form) { return form == WordForm::twos_complement; };
  const std::string field = widths.network_input ? "network_input" : "feature_map";
  formats.ifmap = format_of(field, widths.network_input ? codec.network_input : codec.feature_map, chip,
                            widths.activation_bits, is_signed(widths.activation_form));
  formats.filter = format_of("filter", codec.filter, chip, widths.weight_bits, !widths.coded_weights);
  formats.ofmap = format_of("feature_map", codec.feature_map, chip, widths.ofmap_bits, is_signed(widths.ofmap_form));
  return formats;
}

bool filters_stay_encoded(const ChipConfig& chip, const LayerSchedule& schedule) {
  return chip.weight_memory.holds_streams() || schedule.own_filter_format();
}

DramImage::DramImage(const ChipConfig& chip, const LayerJob& job, const WordsInPlace& in_place)
    : formats_(formats_of(chip, job.widths)),
      in_place_(in_place),
      filters_stay_encoded_(lacuna::filters_stay_encoded(chip, *job.schedule)) {
  const bool own = job.schedule->own_filter_format();
  const bool fixed = !own && formats_.filter.codec->fixed_words(formats_.filter.parameters, 0).has_value();
  in_place_.filters = in_place.filters && (own || fixed || in_place.feature_maps);
  if (in_place_.feature_maps) check_feature_maps(job);
  store_ifmaps(job);
  in_place_.filters ? reserve_filters(job) : store_filters(job);
  if (chip.weight_memory.holds_streams() && !job.made_up) check_filters(chip, job);
}

void DramImage::check_filters(const ChipConfig& chip, const LayerJob& job) const {
  const std::int64_t bits = chip.global_buffer.filter_banks * chip.global_buffer.bank_bytes * 8;
  const auto longest = std::max_element(filters_.begin(), filters_.end(),
                                        [](const StreamRange& a, const StreamRange& b) { return a.words < b.words; });
  const std::int64_t needed = longest->words * chip.dram_link.bits;
  if (needed <= bits) return;
  fail_input("/chip/weight_memory/bits_per_weight: layer " + job.name + ": found " +
             std::to_string(chip.weight_memory.bits_per_weight) + ", but a filter tile of " +
             std::to_string(longest->values) + " weights takes " + std::to_string(needed) + " bits as a stream, and " +
             "/chip/global_buffer/filter_banks hold " + std::to_string(bits) +
             "; allowed: more bits, so that tiles are smaller (this one has " +
             std::to_string(ceil_div(needed, longest->values)) + " a weight), or more banks");
}

void DramImage::check_feature_maps(const LayerJob& job) const {
  const auto check = [](const StreamFormat& format, WordForm form, Span<const Span<const StoredWord>> images) {
    if (!format.codec->fixed_words(format.parameters, 0)) return;  // what counts their words looks at them anyway
    if (form == WordForm::sign) return;                            // every word has a sign
    for (const Span<const StoredWord>& image : images) format.codec->word_count(format.parameters, image);
  };
  check(formats_.ifmap, job.widths.activation_form, job.ifmaps);
  check(formats_.ofmap, job.widths.ofmap_form, job.known_ofmaps);
}

const std::vector<StreamRange>& DramImage::ifmap(std::int64_t tile) const {
  return ifmaps_[ifmap_of_tile_[static_cast<std::size_t>(tile)]];
}

std::int64_t DramImage::filter_bits() const {
  std::int64_t words = 0;
  for (const StreamRange& stream : filters_) words += stream.words;
  return words * formats_.filter.parameters.word_bits;
}

StreamRange DramImage::reserve(const StreamFormat& format, const std::vector<StoredWord>& values) {
  const std::int64_t words = format.codec->word_count(format.parameters, values);
  return {dram_.reserve(words), words, static_cast<std::int64_t>(values.size())};
}

StreamRange DramImage::store(const StreamFormat& format, const std::vector<StoredWord>& values) {
  return append(format.codec->encode(format.parameters, values), static_cast<std::int64_t>(values.size()));
}

void DramImage::store_ifmaps(const LayerJob& job) {
  std::map<std::tuple<std::int64_t, std::int64_t, std::int64_t>, std::size_t> known;
  for (const FeatureTile& tile : job.schedule->ifmap_tiles) {
    const auto [entry, is_new] = known.emplace(std::make_tuple(tile.image, tile.channel, tile.row), ifmaps_.size());
    ifmap_of_tile_.push_back(entry->second);
    if (!is_new) continue;
    std::vector<StreamRange> streams;
    const std::int64_t values = tile.words_per_image();
    const auto fixed = formats_.ifmap.codec->fixed_words(formats_.ifmap.parameters, values);
    for (std::int64_t image = tile.image; image < tile.image + tile.images; ++image) {
      if (in_place_.feature_maps && fixed) {
        streams.push_back({dram_.reserve(*fixed), *fixed, values});
        continue;
      }
      const Span<const StoredWord> ifmap = job.ifmaps[static_cast<std::size_t>(image)];
      const std::vector<StoredWord> words = to_stored(job.widths.activation_form, padded_tile(job.shape, ifmap, tile));
      streams.push_back(in_place_.feature_maps ? reserve(formats_.ifmap, words) : store(formats_.ifmap, words));
    }
    ifmaps_.push_back(streams);
  }
}

StreamRange DramImage::append(const std::vector<std::uint64_t>& words, std::int64_t values) {
  StreamRange range{dram_.size(), static_cast<std::int64_t>(words.size()), values};
  dram_.contents().insert(dram_.contents().end(), words.begin(), words.end());
  return range;
}

void DramImage::store_filters(const LayerJob& job) {
  for (std::int64_t tile = 0; tile < job.schedule->filter_tiles; ++tile) {
    const std::vector<StoredWord> words = filter_words(job, tile);
    const std::int64_t link_bits = formats_.filter.parameters.word_bits;
    filters_.push_back(job.schedule->own_filter_format() ? append(job.schedule->encode_filters(tile, words, link_bits),
                                                                  static_cast<std::int64_t>(words.size()))
                                                         : store(formats_.filter, words));
  }
}

std::vector<TileStream> DramImage::encoded_tiles(const LayerJob& job) const {
  std::vector<TileStream> tiles;
  for (std::int64_t tile = 0; tile < job.schedule->filter_tiles; ++tile) {
    tiles.emplace_back(formats_.filter, filter_words(job, tile));
  }
  return tiles;
}

void DramImage::reserve_filters(const LayerJob& job) {
  const bool own = job.schedule->own_filter_format();
  const bool fixed = !own && formats_.filter.codec->fixed_words(formats_.filter.parameters, 0).has_value();
  if (!own && (!fixed || filters_stay_encoded_)) {
    streams_ = filter_streams(job.remembered_filters, formats_.filter, job.schedule->filter_tiling(),
                              [&] { return encoded_tiles(job); });
    for (const TileStream& tile : streams_->tiles) {
      const auto words = static_cast<std::int64_t>(tile.known.size());
      filters_.push_back({dram_.reserve(words), words, tile.values});
    }
    return;
  }
  filters_.reserve(static_cast<std::size_t>(job.schedule->filter_tiles));
  for (std::int64_t tile = 0; tile < job.schedule->filter_tiles; ++tile) {
    const std::int64_t values = job.schedule->filter_tile_words(tile);
    const CodecParameters& parameters = formats_.filter.parameters;
    const std::int64_t words =
        own ? job.schedule->encoded_filter_words(tile, job.filters, job.filters_owner, parameters.word_bits)
            : *formats_.filter.codec->fixed_words(parameters, values);
    filters_.push_back({dram_.reserve(words), words, values});
  }
}

std::vector<StoredWord> filter_words(const LayerJob& job, std::int64_t tile) {
  const std::vector<std::int64_t> positions = job.schedule->filter_positions(tile);
  std::vector<StoredWord> words(positions.size());
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = job.filters[static_cast<std::size_t>(positions[i])];
  return words;
}

bool is_padding(const LayerShape& shape, const FeatureTile& tile, std::int64_t index) {
  const std::int64_t x = index % tile.columns - shape.P;
  const std::int64_t y = tile.row + index / tile.columns % tile.rows - shape.P;
  return x < 0 || x >= shape.W || y < 0 || y >= shape.H;
}

std::vector<StoredWord> padded_tile(const LayerShape& shape, Span<const StoredWord> ifmap, const FeatureTile& tile) {
  std::vector<StoredWord> words(static_cast<std::size_t>(tile.words_per_image()), 0);
  const std::int64_t columns = std::min(shape.W, tile.columns - shape.P);
  for (std::int64_t channel = 0; channel < tile.channels; ++channel) {
    for (std::int64_t row = 0; row < tile.rows; ++row) {
      const std::int64_t y = tile.row + row - shape.P;
      if (y < 0 || y >= shape.H) continue;
      const StoredWord* const from = ifmap.data() + ((tile.channel + channel) * shape.H + y) * shape.W;
      std::copy_n(from, columns, words.begin() + (channel * tile.rows + row) * tile.columns + shape.P);
    }
  }
  return words;
}

std::vector<OfmapStream> ofmap_streams(const FeatureTile& tile, std::int64_t tile_index, std::int64_t group) {
  std::vector<OfmapStream> streams;
  for_each_ofmap_stream(tile, tile_index, group, [&](const OfmapStream& stream) { streams.push_back(stream); });
  return streams;
}

}  // namespace lacuna
