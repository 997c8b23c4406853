// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/event_codec_port.hpp"

#include <optional>

namespace lacuna {

namespace {

/// A stream of an ofmap, as words in DRAM.
std::int64_t write(const StreamFormat& format, const std::vector<StoredWord>& values, Dram& dram) {
  const std::vector<std::uint64_t> words = format.codec->encode(format.parameters, values);
  for (const std::uint64_t word : words) dram.append(word);
  return static_cast<std::int64_t>(words.size());
}

}  // namespace

EventCodecPort::EventCodecPort(const sc_core::sc_module_name& name, const LayerJob& job, const DramImage& image,
                               const EventSurroundings& around)
    : sc_core::sc_module(name), job_(job), image_(image), around_(around) {}

void EventCodecPort::expect_ifmap(std::int64_t tile) {
  filling_filters_ = false;
  tile_ = tile;
}

void EventCodecPort::expect_filter(std::int64_t tile) {
  filling_filters_ = true;
  tile_ = tile;
}

void EventCodecPort::deliver(Span<const std::uint64_t> words) {
  filling_filters_ ? take_filters(words) : take_ifmap(words);
}

void EventCodecPort::take_filters(Span<const std::uint64_t> words) {
  const StreamRange& stream = image_.filter(tile_);
  if (image_.filters_stay_encoded()) {
    take_encoded_filters(stream, words);
    return;
  }
  values_decoded_ += stream.values;
  around_.buffer.filter.count(0, stream.values);
  if (image_.in_place().filters) {
    around_.operands.take_filters_in_place(tile_);
    return;
  }
  const StreamFormat& format = image_.formats().filter;
  around_.operands.take_filters(tile_, job_.schedule->filter_positions(tile_),
                                format.codec->decode(format.parameters, words, stream.values));
}

void EventCodecPort::take_encoded_filters(const StreamRange& stream, Span<const std::uint64_t> words) {
  around_.weights.begin(tile_, stream.values);
  around_.weights.count({stream.words, 0, 0, 0});
  if (image_.in_place().filters) {
    around_.operands.take_filters_in_place(tile_);
    return;
  }
  const StreamFormat& format = image_.formats().filter;
  const std::vector<StoredWord> values = job_.schedule->own_filter_format()
                                             ? job_.schedule->decode_filters(tile_, words, format.parameters.word_bits)
                                             : format.codec->decode(format.parameters, words, stream.values);
  if (around_.decoder != nullptr) around_.decoder->take_tile(format, values);
  around_.operands.take_filters(tile_, job_.schedule->filter_positions(tile_), values);
}

/// A sign has no zero: what lies in the padding is known by its place.
std::vector<StoredWord> EventCodecPort::restored(const FeatureTile& tile, std::vector<StoredWord> words) const {
  if (job_.widths.activation_form != WordForm::sign) return words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    words[i] = is_padding(job_.shape, tile, static_cast<std::int64_t>(i)) ? StoredWord{0}
                                                                          : from_stored(WordForm::sign, words[i]);
  }
  return words;
}

void EventCodecPort::take_ifmap(Span<const std::uint64_t> words) {
  const StreamFormat& format = image_.formats().ifmap;
  const FeatureTile& tile = job_.schedule->ifmap_tiles[static_cast<std::size_t>(tile_)];
  const std::vector<StreamRange>& streams = image_.ifmap(tile_);
  for (std::size_t image = 0; image < streams.size(); ++image) {
    const StreamRange& stream = streams[image];
    const auto before = static_cast<std::size_t>(stream.first_word - streams.front().first_word);
    if (!image_.in_place().feature_maps && (arrived_.insert(stream.first_word).second || !around_.repeats_are_known)) {
      const Span<const std::uint64_t> encoded = words.subspan(before, static_cast<std::size_t>(stream.words));
      around_.operands.take_ifmap(tile, tile.image + static_cast<std::int64_t>(image),
                                  restored(tile, format.codec->decode(format.parameters, encoded, stream.values)));
    }
    values_decoded_ += stream.values;
    around_.buffer.ifmap.count(0, stream.values);
  }
  around_.operands.ifmap_complete(tile);
}

std::vector<StoredWord> EventCodecPort::ofmap_words(const OfmapStream& stream, const std::vector<Word>& psums) {
  const FeatureTile& tile = job_.schedule->ofmap_tiles[static_cast<std::size_t>(stream.tile)];
  const std::int64_t plane = tile.rows * tile.columns;
  const Word* psum =
      psums.data() + (stream.image - tile.image) * tile.words_per_image() + (stream.channel - tile.channel) * plane;
  std::vector<StoredWord> words;
  words.reserve(static_cast<std::size_t>(stream.channels * plane));
  for (std::int64_t channel = stream.channel; channel < stream.channel + stream.channels; ++channel) {
    for (std::int64_t i = 0; i < plane; ++i) {
      words.push_back(static_cast<StoredWord>(around_.post.process(*psum++, channel)));
    }
  }
  return words;
}

std::vector<StoredWord> EventCodecPort::known_words(const OfmapStream& stream) {
  const FeatureTile& tile = job_.schedule->ofmap_tiles[static_cast<std::size_t>(stream.tile)];
  const std::int64_t plane = tile.rows * tile.columns;
  const StoredWord* const image = job_.known_ofmaps[static_cast<std::size_t>(stream.image)].data();
  std::vector<StoredWord> words;
  words.reserve(static_cast<std::size_t>(stream.channels * plane));
  for (std::int64_t channel = stream.channel; channel < stream.channel + stream.channels; ++channel) {
    const StoredWord* const rows = image + (channel * job_.shape.E() + tile.row) * job_.shape.F();
    words.insert(words.end(), rows, rows + plane);
  }
  return words;
}

void EventCodecPort::drain_computed(const FeatureTile& tile, Dram& dram) {
  const StreamFormat& format = image_.formats().ofmap;
  const bool known = !job_.known_ofmaps.empty();
  const std::vector<Word> psums = known ? std::vector<Word>() : around_.psums.compute(tile_);
  for (const OfmapStream& stream : ofmap_streams(tile, tile_, job_.ofmap_group_channels)) {
    const std::vector<StoredWord> values = known ? known_words(stream) : ofmap_words(stream, psums);
    const auto count = static_cast<std::int64_t>(values.size());
    if (known) around_.post.count(count);
    note_drained(write(format, to_stored(job_.widths.ofmap_form, values), dram), count);
  }
}

void EventCodecPort::drain_in_place(const FeatureTile& tile, Dram& dram) {
  const StreamFormat& format = image_.formats().ofmap;
  std::int64_t values = -1;
  std::optional<std::int64_t> fixed;  // words of a stream of so many values, whatever they are
  for_each_ofmap_stream(tile, tile_, job_.ofmap_group_channels, [&](const OfmapStream& stream) {
    const std::int64_t values_before = values;
    values = stream.channels * tile.rows * tile.columns;
    if (values != values_before) fixed = format.codec->fixed_words(format.parameters, values);
    const std::int64_t words =
        fixed ? *fixed
              : format.codec->word_count(format.parameters, to_stored(job_.widths.ofmap_form, known_words(stream)));
    dram.append_reserved(words);
    note_drained(words, values);
  });
  around_.post.count(tile.words());
}

void EventCodecPort::note_drained(std::int64_t words, std::int64_t values) {
  ofmap_ranges_.push_back({words_written_, words, values});
  words_written_ += words;
  values_encoded_ += values;
}

std::int64_t EventCodecPort::drain(Dram& dram) {
  const FeatureTile& tile = job_.schedule->ofmap_tiles[static_cast<std::size_t>(tile_)];
  around_.psums.expect_complete(tile_);
  const std::int64_t written_before = words_written_;
  image_.in_place().feature_maps ? drain_in_place(tile, dram) : drain_computed(tile, dram);
  around_.buffer.count_drained_psums(tile.words());
  return words_written_ - written_before;
}

}  // namespace lacuna
