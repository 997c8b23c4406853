// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/filter_streams.hpp"

#include <sstream>

#include "hw/base/bounded_memo.hpp"
#include "hw/base/zero_mask.hpp"

namespace lacuna {

TileStream::TileStream(const StreamFormat& format, Span<const StoredWord> words)
    : values(static_cast<std::int64_t>(words.size())),
      known(format.codec->values_by_word(format.parameters, words)),
      non_zero(non_zero_mask(words)) {}

std::size_t FilterStreams::bytes() const {
  std::size_t sum = sizeof *this;
  for (const TileStream& tile : tiles) sum += sizeof tile + 8 * (tile.known.size() + tile.non_zero.size());
  for (const auto& [reader, edges] : decoded) {
    for (const auto& tile : edges) sum += sizeof tile + (tile ? 8 * tile->sent.size() : 0);
  }
  return sum;
}

std::shared_ptr<FilterStreams> filter_streams(const StoredWords& words, const StreamFormat& format,
                                              const std::string& tiling,
                                              const std::function<std::vector<TileStream>()>& make) {
  constexpr std::size_t kLargestBytes = std::size_t{256} << 20;
  static BoundedMemo<FilterStreams> memo(kLargestBytes);
  const auto streams = [&] {
    auto made = std::make_shared<FilterStreams>();
    made->tiles = make();
    made->words = words;
    return made;
  };
  if (!words.owned() || tiling.empty()) return streams();
  const CodecParameters& p = format.parameters;
  std::ostringstream key;  // an address is that of the same words for as long as the memo holds them
  key << words.data() << ' ' << words.size() << ' ' << format.codec << ' ' << p.value_bits << ' ' << p.run_bits << ' '
      << p.word_bits << ' ' << p.signed_values << ' ' << tiling;
  return memo.get(key.str(), streams);
}

}  // namespace lacuna
