// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "workloads/json/schema.hpp"

namespace lacuna {

/// A place of a schema. Where several forms of one object are possible, there is one place per form.
struct SchemaPlace {
  std::string pointer;           ///< JSON Pointer; "*" where the key or the index may be any
  const Schema* form = nullptr;  ///< borrowed from the schema
  std::string when;              ///< "row_stationary": the form of the object that it belongs to; "" = always
  std::string pattern;           ///< the pointer with "*" for indices and free keys, and every form in parentheses
  bool descriptive = false;      ///< it, or what it is part of, is read by people alone
};

/// The places that a JSON Pointer leads to: with a value, those of the forms that the value has (one, as a rule), else
/// of all forms. Throws Error (bad_input) "ASKER: POINTER: ..." where there is none, with the nearest spelling.
std::vector<SchemaPlace> places_at(const Schema& schema, const nlohmann::json* value, const std::string& pointer,
                                   const std::string& asker = "explain");

/// The members of a place, or its items; none of a single value. `value` is the one at the place.
std::vector<SchemaPlace> members_of(const SchemaPlace& place, const nlohmann::json* value);

/// All single values at or below a place (lists of single values count as one), in the schema's order.
std::vector<SchemaPlace> leaves_below(const SchemaPlace& place, const nlohmann::json* value);

/// Whether it has no members of its own: a number, a text, a flag, or a list of them.
bool is_leaf(const Schema& form);

/// Whether a value may be meant for a form, as far as its type tells: false only where the form, or each form of a
/// choice, is of single values and this is of another type. Ranges, choices and insides are for the loader, and so are
/// objects and lists: a name may stand for them.
bool may_hold(const Schema& form, const nlohmann::json& value);

/// "an integer from 1 to 256", "none, activation", ...: in the words of the loaders' messages.
std::string allowed_text(const Schema& form);

}  // namespace lacuna
