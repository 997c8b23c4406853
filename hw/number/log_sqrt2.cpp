// SPDX-License-Identifier: Apache-2.0
#include "hw/number/logarithm.hpp"

namespace lacuna {
namespace {

/// Logarithms to the square root of 2: a product is a shift, and for odd powers a look-up of 2^0.5.
class LogSqrt2 final : public LogarithmFormat {
 public:
  LogSqrt2() : LogarithmFormat(2) {}
};

const Registration<NumberFormat, LogSqrt2> registered{"log_sqrt2"};

}  // namespace
}  // namespace lacuna
