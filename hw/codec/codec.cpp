// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/codec.hpp"

#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

std::vector<std::uint64_t> Codec::encode(const CodecParameters& parameters, Span<const StoredWord> values) const {
  const std::unique_ptr<StreamEncoder> stream = encoder(parameters);
  std::vector<std::uint64_t> words;
  for (const StoredWord value : values) {
    stream->push(value);
    while (stream->has_word()) words.push_back(stream->take_word());
  }
  stream->finish();
  while (stream->has_word()) words.push_back(stream->take_word());
  return words;
}

std::vector<StoredWord> Codec::decode(const CodecParameters& parameters, Span<const std::uint64_t> words,
                                      std::int64_t value_count) const {
  const std::unique_ptr<StreamDecoder> stream = decoder(parameters, value_count);
  std::vector<StoredWord> values;
  for (const std::uint64_t word : words) {
    stream->push(word);
    while (stream->has_value()) values.push_back(static_cast<StoredWord>(stream->take_value()));
  }
  if (!stream->complete()) fail_short_stream(static_cast<std::int64_t>(values.size()), value_count);
  return values;
}

std::int64_t Codec::word_count(const CodecParameters& parameters, Span<const StoredWord> values) const {
  return static_cast<std::int64_t>(encode(parameters, values).size());
}

std::vector<std::int64_t> Codec::values_by_word(const CodecParameters& parameters,
                                                Span<const StoredWord> values) const {
  const std::unique_ptr<StreamDecoder> stream = decoder(parameters, static_cast<std::int64_t>(values.size()));
  std::vector<std::int64_t> known;
  std::int64_t sum = 0;
  for (const std::uint64_t word : encode(parameters, values)) {
    stream->push(word);
    for (; stream->has_value(); ++sum) stream->take_value();
    known.push_back(sum);
  }
  return known;
}

std::optional<std::int64_t> Codec::fixed_words(const CodecParameters& /*parameters*/,
                                               std::int64_t /*value_count*/) const {
  return std::nullopt;
}

void fail_short_stream(std::int64_t decoded, std::int64_t wanted) {
  fail_run("stream ends after " + std::to_string(decoded) + " of " + std::to_string(wanted) + " values");
}

}  // namespace lacuna
