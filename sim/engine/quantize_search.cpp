// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/quantize_search.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace lacuna {
namespace {

/// Shares of the progress that the steps of narrowest_widths take.
constexpr double kCommonShare = 0.1;
constexpr double kEachShare = 0.8;

void tell(const WidthSearch& search, double share, const std::string& text) {
  if (search.progress) search.progress(share, text);
}

std::string name_of(const QuantizedTensor& tensor) {
  return (tensor.weights ? "weights of " : "activations of ") + tensor.layer;
}

/// The tensors, those that save most bits first; of equal ones in the order of the network.
std::vector<std::size_t> by_words(const WidthSearch& search) {
  std::vector<std::size_t> order(search.tensors.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&search](std::size_t a, std::size_t b) {
    return search.tensors[a].words > search.tensors[b].words;
  });
  return order;
}

/// The narrowest width from `narrowest` to `wide`, which is known to do.
template <class Does>
std::int64_t narrowest_that(std::int64_t narrowest, std::int64_t wide, Does does) {
  std::int64_t misses = narrowest - 1;
  while (wide - misses > 1) {
    const std::int64_t middle = (wide + misses) / 2;
    (does(middle) ? wide : misses) = middle;
  }
  return wide;
}

Widths of_one_width(const WidthSearch& search, std::int64_t bits) {
  Widths widths;
  for (const QuantizedTensor& tensor : search.tensors) {
    widths.push_back(std::min(std::max(bits, tensor.narrowest), tensor.widest));
  }
  return widths;
}

Widths with(Widths widths, std::size_t tensor, std::int64_t bits) {
  widths[tensor] = bits;
  return widths;
}

/// Takes a bit from each tensor that can do without; whether there was one.
bool take_a_bit(const WidthSearch& search, double target_db, const std::vector<std::size_t>& order, Widths& widths) {
  bool taken = false;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const QuantizedTensor& tensor = search.tensors[order[i]];
    tell(search, kCommonShare + kEachShare + (1 - kCommonShare - kEachShare) * i / order.size(),
         "a bit less: " + name_of(tensor));
    const std::int64_t bits = widths[order[i]] - 1;
    if (bits < tensor.narrowest || search.sqnr_db(with(widths, order[i], bits)) < target_db) continue;
    widths[order[i]] = bits;
    taken = true;
  }
  return taken;
}

/// The tensor of weights to take a bit from, of those that have one too many.
std::optional<std::size_t> least_loss(const WidthSearch& search, const Widths& widths) {
  const double now = search.sqnr_db(widths);
  std::optional<std::size_t> best;
  double least = 0.0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const QuantizedTensor& tensor = search.tensors[i];
    if (!tensor.weights || widths[i] == tensor.narrowest) continue;
    const double loss = (now - search.sqnr_db(with(widths, i, widths[i] - 1))) / static_cast<double>(tensor.words);
    const bool better = !best || loss < least || (loss == least && tensor.words > search.tensors[*best].words);
    if (!better) continue;
    best = i;
    least = loss;
  }
  return best;
}

/// The tensor of weights that gains most by a bit more, of those that have room for it.
std::optional<std::size_t> most_gain(const WidthSearch& search, const Widths& widths, std::int64_t room) {
  double most = search.sqnr_db(widths);
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const QuantizedTensor& tensor = search.tensors[i];
    if (!tensor.weights || widths[i] == tensor.widest || tensor.words > room) continue;
    const double reached = search.sqnr_db(with(widths, i, widths[i] + 1));
    if (reached <= most) continue;
    best = i;
    most = reached;
  }
  return best;
}

}  // namespace

Widths WidthSearch::widest() const {
  Widths widths;
  for (const QuantizedTensor& tensor : tensors) widths.push_back(tensor.widest);
  return widths;
}

std::int64_t WidthSearch::weight_bits(const Widths& widths) const {
  std::int64_t bits = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) bits += tensors[i].weights ? tensors[i].words * widths[i] : 0;
  return bits;
}

Widths narrowest_widths(const WidthSearch& search, double target_db) {
  std::int64_t widest = 0;
  std::int64_t narrowest = search.tensors.front().narrowest;
  for (const QuantizedTensor& tensor : search.tensors) {
    widest = std::max(widest, tensor.widest);
    narrowest = std::min(narrowest, tensor.narrowest);
  }
  tell(search, 0.0, "one width for all");
  Widths widths = of_one_width(search, narrowest_that(narrowest, widest, [&](std::int64_t bits) {
                                 return search.sqnr_db(of_one_width(search, bits)) >= target_db;
                               }));
  const std::vector<std::size_t> order = by_words(search);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t at = order[i];
    tell(search, kCommonShare + kEachShare * i / order.size(), name_of(search.tensors[at]));
    widths[at] = narrowest_that(search.tensors[at].narrowest, widths[at],
                                [&](std::int64_t bits) { return search.sqnr_db(with(widths, at, bits)) >= target_db; });
  }
  while (take_a_bit(search, target_db, order, widths)) {
  }
  return widths;
}

Widths widths_within(const WidthSearch& search, std::int64_t most_bits) {
  Widths widths = search.widest();
  const std::int64_t first = search.weight_bits(widths);
  for (std::int64_t bits = first; bits > most_bits; bits = search.weight_bits(widths)) {
    const std::optional<std::size_t> tensor = least_loss(search, widths);
    if (!tensor) return widths;  // all have their narrowest
    --widths[*tensor];
    tell(search, static_cast<double>(first - bits) / static_cast<double>(first - most_bits),
         "a bit less: " + name_of(search.tensors[*tensor]));
  }
  while (const std::optional<std::size_t> tensor = most_gain(search, widths, most_bits - search.weight_bits(widths))) {
    ++widths[*tensor];
  }
  return widths;
}

}  // namespace lacuna
