// SPDX-License-Identifier: Apache-2.0
#include "workloads/random/random.hpp"

namespace lacuna {

std::uint64_t stream_key(std::int64_t seed, const std::string& name) {
  // FNV-1a, 64 bits (Fowler, Noll, Vo): offset basis and prime as published.
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return RandomStream::mix(RandomStream::mix(static_cast<std::uint64_t>(seed)) ^ hash);
}

std::uint64_t stream_key(std::int64_t seed, std::int64_t number) {
  return RandomStream(RandomStream::mix(static_cast<std::uint64_t>(seed))).bits(static_cast<std::uint64_t>(number));
}

}  // namespace lacuna
