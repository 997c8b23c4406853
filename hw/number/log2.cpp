// SPDX-License-Identifier: Apache-2.0
#include "hw/number/logarithm.hpp"

namespace lacuna {
namespace {

/// Logarithms to base 2: a product is a shift.
class Log2 final : public LogarithmFormat {
 public:
  Log2() : LogarithmFormat(1) {}
};

const Registration<NumberFormat, Log2> registered{"log2"};

}  // namespace
}  // namespace lacuna
