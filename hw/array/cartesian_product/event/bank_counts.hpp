// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace lacuna {

/// Products in each of 32 accumulator banks, a byte each: bank b is byte b / 4 of word b % 4.
using CartesianBankCounts = std::array<std::uint64_t, 4>;

/// Adds up, over weight vectors, the products in the fullest bank, at least 1. A vector has `lanes` places, each an
/// index into `counts`; no sum may exceed 255. Vectorised (Google Highway), the same on every host.
std::int64_t fullest_banks(const CartesianBankCounts* counts, const std::uint32_t* places, std::int64_t vectors,
                           std::int64_t lanes);

}  // namespace lacuna
