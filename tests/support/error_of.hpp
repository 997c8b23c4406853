// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

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

/// The message of the Error of that kind that `action` throws, or "accepted".
template <class Action>
std::string message_of(Action action, ErrorKind kind = ErrorKind::run_failed) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind);
    return error.what();
  }
  return "accepted";
}

}  // namespace lacuna
