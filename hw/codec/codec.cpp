// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/codec.hpp"

#include "hw/base/error.hpp"

namespace lacuna {

std::vector<std::uint64_t> encode_stream(const Codec& codec, const CodecParameters& parameters,
                                         Span<const Word> values) {
  const std::unique_ptr<StreamEncoder> encoder = codec.encoder(parameters);
  std::vector<std::uint64_t> words;
  for (const Word value : values) {
    encoder->push(value);
    while (encoder->has_word()) words.push_back(encoder->take_word());
  }
  encoder->finish();
  while (encoder->has_word()) words.push_back(encoder->take_word());
  return words;
}

std::vector<Word> decode_stream(const Codec& codec, const CodecParameters& parameters, Span<const std::uint64_t> words,
                                std::int64_t value_count) {
  const std::unique_ptr<StreamDecoder> decoder = codec.decoder(parameters, value_count);
  std::vector<Word> values;
  for (const std::uint64_t word : words) {
    decoder->push(word);
    while (decoder->has_value()) values.push_back(decoder->take_value());
  }
  if (!decoder->complete())
    fail_run("stream ends after " + std::to_string(values.size()) + " of " + std::to_string(value_count) + " values");
  return values;
}

}  // namespace lacuna
