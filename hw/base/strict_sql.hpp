// SPDX-License-Identifier: Apache-2.0
#pragma once

struct sqlite3;

namespace lacuna {

/// Makes an SQLite connection strict about the expressions of users: a name in double quotes is a name and never a
/// text, and what differs from call to call (random, randomblob) is refused.
void make_strict(sqlite3* connection);

}  // namespace lacuna
