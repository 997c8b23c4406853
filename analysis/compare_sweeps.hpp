// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>

namespace lacuna {

/// `lacuna compare A.db B.db`: whether two databases of sweeps have the same content: the same points, by key, of what
/// their plans ask for, and of each the same status, error, labels and figures, all layers, energies, stalls and what
/// is owed to which price, as exact numbers. Ids, times, order, commands and the program are not part of it. Prints
/// counts, and of every figure that differs in how many points and where first. Returns whether the content is the
/// same. Throws Error (bad_input) for a file that is no database of a sweep.
bool compare_sweeps(const std::string& a, const std::string& b, std::ostream& out);

}  // namespace lacuna
