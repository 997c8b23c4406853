// SPDX-License-Identifier: Apache-2.0
#include "sim/config/version.hpp"

namespace lacuna {

std::string program_version() { return LACUNA_VERSION; }

}  // namespace lacuna
