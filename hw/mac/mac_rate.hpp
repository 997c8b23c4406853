// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace lacuna {

/// Where the products of an issue of several MACs go: into one sum, or each to a psum of its own.
enum class MacSums { shared, separate };

/// Widths of the operands of a layer's MACs, as they are stored, in bits; and how their products are summed.
struct MacWidths {
  std::int64_t weight = 16;
  std::int64_t activation = 16;
  MacSums sums = MacSums::shared;  ///< the array's to say: ArrayKind::mac_sums()
};

/// How fast a datapath is at some widths: an issue does `macs` MACs side by side, and the next one of the same unit
/// comes `cycles` later.
struct MacRate {
  std::int64_t macs = 1;
  std::int64_t cycles = 1;

  bool operator==(const MacRate& o) const { return macs == o.macs && cycles == o.cycles; }
};

/// "1 MAC in 16 cycles".
inline std::string rate_text(const MacRate& rate) {
  const auto counted = [](std::int64_t count, const char* what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
  };
  return counted(rate.macs, "MAC") + " in " + counted(rate.cycles, "cycle");
}

/// What a performed MAC raises at some widths: an event, as `unit.action`, so many times.
struct MacEvent {
  std::string name;
  std::int64_t per_mac = 1;

  bool operator==(const MacEvent& o) const { return name == o.name && per_mac == o.per_mac; }
};

}  // namespace lacuna
