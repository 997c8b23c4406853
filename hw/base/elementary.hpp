// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace lacuna {

/// Natural logarithm of a positive, normal number, within one unit in the last place; the same bits on every host.
double natural_log(double x);

/// e^x for x from -700 to 700, within one unit in the last place; the same bits on every host. Below that 0.
double exponential(double x);

/// Hyperbolic tangent, for any finite x; the same bits on every host.
double hyperbolic_tangent(double x);

}  // namespace lacuna
