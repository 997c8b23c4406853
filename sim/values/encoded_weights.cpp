// SPDX-License-Identifier: Apache-2.0
#include "sim/values/encoded_weights.hpp"

#include "hw/mac/layer_psums.hpp"
#include "hw/mac/sign_sums.hpp"
#include "sim/values/values_key.hpp"

namespace lacuna {

namespace {

EncodedTensor encode_codebook(const NumberFormat& format, const LayerPrecision& precision, const SharedTensor& tensor) {
  EncodedTensor encoded = format.encode(tensor.codebook, precision.weights);
  const std::vector<StoredWord> table(encoded.words.begin(), encoded.words.end());
  const std::vector<std::int64_t> counts = code_counts(tensor);
  for (std::size_t code = 0; code < table.size(); ++code) encoded.zeros += table[code] == 0 ? counts[code] : 0;
  encoded.words = spread(tensor, table);
  return encoded;
}

EncodedTensor encode(const ValuesRequest& request, const Layer& layer, const LayerPrecision& precision,
                     ReferenceMaps& reference) {
  const NumberFormat& format = *Registry<NumberFormat>::instance().find(precision.weight_format);
  if (format.elementwise()) {
    if (const std::optional<SharedTensor> shared = request.weights->shared(layer)) {
      return encode_codebook(format, precision, *shared);
    }
  }
  return encode_weights(precision, reference.weights(layer).weights);
}

EncodedTensor read(CacheReader reader) {
  EncodedTensor weights;
  weights.fraction_bits = reader.next<std::int64_t>()[0];
  weights.zeros = reader.next<std::int64_t>()[0];
  weights.floating = reader.next<std::int64_t>()[0] != 0;
  const Span<const Word> codebook = reader.next<Word>();
  weights.codebook.assign(codebook.begin(), codebook.end());
  const Span<const double> scales = reader.next<double>();
  weights.scales.assign(scales.begin(), scales.end());
  weights.words = StoredWords(reader.next<StoredWord>(), reader.owner());
  return weights;
}

StoredWords read_words(CacheReader reader) { return {reader.next<StoredWord>(), reader.owner()}; }

/// What the cache has under the key, or what `make` makes, which is put there; without a cache, that alone.
template <class Make>
StoredWords cached_words(ValuesCache* cache, const std::string& key, const Make& make) {
  if (cache == nullptr) return make();
  if (const std::optional<CacheReader> reader = cache->find(key)) return read_words(*reader);
  std::vector<StoredWord> words = make();
  CacheWriter writer;
  writer.add(Span<const StoredWord>(words));
  const std::optional<CacheReader> kept = cache->put(key, writer);
  return kept ? read_words(*kept) : StoredWords(std::move(words));
}

}  // namespace

EncodedWeights encoded_weights(const ValuesRequest& request, const Layer& layer, const LayerPrecision& precision,
                               ReferenceMaps& reference) {
  ValuesCache* const cache = request.cached.cache;
  if (cache == nullptr) return {encode(request, layer, precision, reference), "", false};
  const std::string key = weights_key(request.cached.program, layer, precision, request.cached.weights(layer));
  if (const std::optional<CacheReader> reader = cache->find(key)) return {read(*reader), key, true};
  const EncodedTensor weights = encode(request, layer, precision, reference);
  CacheWriter writer;
  writer.add(Span<const std::int64_t>(&weights.fraction_bits, 1));
  writer.add(Span<const std::int64_t>(&weights.zeros, 1));
  const std::int64_t floating = weights.floating ? 1 : 0;
  writer.add(Span<const std::int64_t>(&floating, 1));
  writer.add(Span<const Word>(weights.codebook));
  writer.add(Span<const double>(weights.scales));
  writer.add(weights.words.span());
  const std::optional<CacheReader> kept = cache->put(key, writer);
  return {kept ? read(*kept) : weights, key, false};
}

void know_other_forms(const ValuesRequest& request, const Layer& layer, const MacDatapath& mac,
                      EncodedWeights& weights) {
  if (layer.kind != LayerKind::fc) return;
  EncodedTensor& tensor = weights.tensor;
  if (mac.takes_signs() && tensor.codebook == std::vector<Word>{-1, 1}) {
    tensor.signs =
        cached_words(request.cached.cache, signs_key(weights.key), [&] { return signs_of(tensor.words, layer.out.C); });
  } else if (weights.known) {
    tensor.words_by_tap = cached_words(request.cached.cache, by_tap_key(weights.key),
                                       [&] { return tap_major(tensor.words, layer.out.C); });
  }
}

}  // namespace lacuna
