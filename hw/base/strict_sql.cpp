// SPDX-License-Identifier: Apache-2.0
#include "hw/base/strict_sql.hpp"

#include <sqlite3.h>

#include <string>

namespace lacuna {

void make_strict(sqlite3* connection) {
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  const auto allow = [](void*, int action, const char*, const char* function, const char*, const char*) -> int {
    return action == SQLITE_FUNCTION && std::string(function).rfind("random", 0) == 0 ? SQLITE_DENY : SQLITE_OK;
  };
  sqlite3_set_authorizer(connection, allow, nullptr);
}

}  // namespace lacuna
