// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <type_traits>

namespace lacuna {

/// A part of a memo's key: all bytes of a struct of numbers, so that no field can be left out.
template <class Numbers>
std::string key_bytes(const Numbers& numbers) {
  static_assert(std::has_unique_object_representations_v<Numbers>, "two equal structs must have equal bytes");
  return {reinterpret_cast<const char*>(&numbers), sizeof numbers};
}

/// Things that are expensive to make, by all that they depend on, for as long as the process lives. What was asked for
/// last is kept, as much as fits `largest_bytes`; a thing that somebody still holds lives on when it is forgotten.
/// Thing::bytes() may grow after it was put.
template <class Thing>
class BoundedMemo {
 public:
  explicit BoundedMemo(std::size_t largest_bytes) : largest_bytes_(largest_bytes) {}

  /// The thing of that key; `make()` makes one where none is known.
  template <class Make>
  std::shared_ptr<Thing> get(const std::string& key, const Make& make) {
    Kept& kept = kept_[key];
    kept.asked = ++asked_;
    if (kept.thing == nullptr) {
      try {
        kept.thing = make();
      } catch (...) {
        kept_.erase(key);
        throw;
      }
    }
    const std::shared_ptr<Thing> thing = kept.thing;
    while (kept_.size() > 1 && bytes() > largest_bytes_) kept_.erase(oldest());
    return thing;
  }
  std::size_t size() const { return kept_.size(); }
  /// Of all things that are kept.
  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const auto& [key, kept] : kept_) sum += key.size() + kept.thing->bytes();
    return sum;
  }

 private:
  struct Kept {
    std::shared_ptr<Thing> thing;
    std::int64_t asked = 0;
  };
  auto oldest() const {
    return std::min_element(kept_.begin(), kept_.end(),
                            [](const auto& a, const auto& b) { return a.second.asked < b.second.asked; });
  }

  std::size_t largest_bytes_;
  std::map<std::string, Kept> kept_;
  std::int64_t asked_ = 0;
};

}  // namespace lacuna
