// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

/// The message of the Error that `action` throws, or "no error".
template <class Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace lacuna
