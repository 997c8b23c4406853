// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace lacuna {

/// All plug-ins of one kind (number formats, codecs, MAC datapaths, PE arrays), by name. A part registers itself at
/// program start with a file-scope `Registration`; its file name, registered name and configuration value are the same.
/// `Part` is an abstract class without state; the registered objects live for the whole program.
template <class Part>
class Registry {
 public:
  static Registry& instance() {
    static Registry registry;
    return registry;
  }

  /// Throws std::logic_error on a duplicate name: that is a mistake in the program, not in its input.
  void add(const std::string& name, const Part& part) {
    if (!parts_.emplace(name, &part).second) throw std::logic_error("two parts are registered as '" + name + "'");
  }

  /// The part of that name, or nullptr.
  const Part* find(const std::string& name) const {
    const auto found = parts_.find(name);
    return found == parts_.end() ? nullptr : found->second;
  }

  /// All names in alphabetical order.
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    result.reserve(parts_.size());
    for (const auto& entry : parts_) result.push_back(entry.first);
    return result;
  }

 private:
  std::map<std::string, const Part*> parts_;
};

/// `static const Registration<Codec, RunLength> registered{"run_length"};`
template <class Part, class Implementation>
class Registration {
 public:
  explicit Registration(const std::string& name) { Registry<Part>::instance().add(name, part_); }

 private:
  Implementation part_;
};

}  // namespace lacuna
