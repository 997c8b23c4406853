// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/offset_bricks.hpp"

#include <algorithm>
#include <string>

#include "hw/base/error.hpp"
#include "hw/codec/bit_field.hpp"
#include "hw/codec/bit_stream.hpp"

namespace lacuna {
namespace {

CodecParameters widths_of(const OffsetBricks& format) { return {format.value_bits, 0, 64, true}; }

/// Calls visit(brick, depth, neuron 0 of the brick's place) for each brick in order.
template <class Visit>
void for_each_brick(const OffsetBricks& format, const Visit& visit) {
  const std::int64_t plane = format.height * format.width;
  for (std::int64_t place = 0; place < plane; ++place) {
    for (std::int64_t depth = 0; depth < format.bricks_deep(); ++depth) {
      visit(place * format.bricks_deep() + depth, depth * format.brick, place);
    }
  }
}

std::size_t neuron_at(const OffsetBricks& format, std::int64_t channel, std::int64_t place) {
  return static_cast<std::size_t>(channel * format.height * format.width + place);
}

[[noreturn]] void fail_brick(std::int64_t index, const std::string& what) {
  fail_run("corrupted offset bricks: brick " + std::to_string(index) + " " + what);
}

}  // namespace

std::int64_t OffsetBricks::offset_bits() const {
  std::int64_t bits = 0;
  while ((std::int64_t{1} << bits) < brick) ++bits;
  return bits;
}

void OffsetBricks::check() const {
  check_widths(widths_of(*this), "offset_bricks");
  if (brick < 2 || brick > 64) {
    fail_input("codec offset_bricks: found bricks of " + std::to_string(brick) + " neurons; allowed 2 to 64");
  }
}

std::vector<std::uint64_t> encode_bricks(const OffsetBricks& format, Span<const StoredWord> neurons) {
  format.check();
  BitWriter writer;
  const std::int64_t slot_bits = format.value_bits + format.offset_bits();
  for_each_brick(format, [&](std::int64_t /*index*/, std::int64_t first, std::int64_t place) {
    std::int64_t used = 0;
    for (std::int64_t offset = 0; offset < std::min(format.brick, format.channels - first); ++offset) {
      const StoredWord value = neurons[neuron_at(format, first + offset, place)];
      if (value == 0) continue;
      writer.put(to_field(value, widths_of(format)) | static_cast<std::uint64_t>(offset) << format.value_bits,
                 slot_bits);
      ++used;
    }
    for (; used < format.brick; ++used) writer.put(0, slot_bits);
  });
  return writer.words();
}

std::vector<OffsetBricks::Slot> read_brick(const OffsetBricks& format, Span<const std::uint64_t> words,
                                           std::int64_t index) {
  const std::int64_t first = index % format.bricks_deep() * format.brick;
  const std::int64_t slot_bits = format.value_bits + format.offset_bits();
  BitReader reader(words);
  reader.take(index * format.brick_bits());
  std::vector<OffsetBricks::Slot> slots;
  bool unused = false;
  for (std::int64_t slot = 0; slot < format.brick; ++slot) {
    const std::uint64_t bits = reader.peek() & low_mask(slot_bits);
    reader.take(slot_bits);
    if (bits == 0) {
      unused = true;
      continue;
    }
    const auto value = static_cast<StoredWord>(from_field(bits, widths_of(format)));
    const auto offset = static_cast<std::int64_t>(bits >> format.value_bits);
    if (unused || value == 0) {
      fail_brick(index, "has " + std::string(value == 0 ? "an offset without a value" : "a gap before") + ", slot " +
                            std::to_string(slot));
    }
    if (!slots.empty() && offset <= slots.back().offset) {
      fail_brick(index, "has offset " + std::to_string(offset) + " behind " + std::to_string(slots.back().offset));
    }
    if (offset >= std::min(format.brick, format.channels - first)) {
      fail_brick(index, "has channel " + std::to_string(first + offset) + " of " + std::to_string(format.channels));
    }
    slots.push_back({value, offset});
  }
  if (reader.past_end()) fail_brick(index, "is not in the " + std::to_string(words.size()) + " words");
  return slots;
}

std::vector<StoredWord> decode_bricks(const OffsetBricks& format, Span<const std::uint64_t> words) {
  format.check();
  if (static_cast<std::int64_t>(words.size()) != (format.bits() + 63) / 64) {
    fail_run("corrupted offset bricks: found " + std::to_string(words.size()) + " words for " +
             std::to_string(format.bits()) + " bits");
  }
  std::vector<StoredWord> neurons(static_cast<std::size_t>(format.channels * format.height * format.width), 0);
  for_each_brick(format, [&](std::int64_t index, std::int64_t first, std::int64_t place) {
    for (const OffsetBricks::Slot& slot : read_brick(format, words, index)) {
      neurons[neuron_at(format, first + slot.offset, place)] = slot.value;
    }
  });
  BitReader rest(words);
  rest.take(format.bits());
  if (!rest.at_end()) fail_run("corrupted offset bricks: bits behind the last brick that are not zero");
  return neurons;
}

}  // namespace lacuna
