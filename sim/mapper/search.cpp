// SPDX-License-Identifier: Apache-2.0
#include "sim/mapper/search.hpp"

#include <algorithm>

namespace lacuna {

namespace {

/// Keeps the best mappings it is shown, and looks at nothing that cannot be among them.
class KeepBest : public MappingVisitor {
 public:
  KeepBest(const Objective& objective, const Estimator& estimator, std::int64_t count)
      : objective_(objective), estimator_(estimator), count_(static_cast<std::size_t>(count)) {}

  bool enters(const MappingCost& at_least) override {
    return beats_worst(objective_.score(estimator_.figures(at_least)));
  }

  void visit(const ArrayMapping& mapping, const MappingCost& cost) override {
    ++found.visited;
    const MappingFigures figures = estimator_.figures(cost);
    const Score score = objective_.score(figures);
    if (!beats_worst(score)) return;
    const auto place = std::upper_bound(found.best.begin(), found.best.end(), score,
                                        [](const Score& a, const Candidate& b) { return a < b.score; });
    found.best.insert(place, {mapping.clone(), cost, figures, score});
    if (found.best.size() > count_) found.best.pop_back();
  }

  Candidates found;

 private:
  bool beats_worst(const Score& score) const { return found.best.size() < count_ || score < found.best.back().score; }

  const Objective& objective_;
  const Estimator& estimator_;
  const std::size_t count_;
};

}  // namespace

Candidates best_mappings(const MappingRequest& request, const Estimator& estimator, std::int64_t count) {
  KeepBest keep(objective_named(request.search.objective), estimator, count);
  const Factors factors = request.search.factors == "any" ? Factors::any : Factors::perfect;
  request.chip->array.array().enumerate(request.context, factors, keep);
  return std::move(keep.found);
}

}  // namespace lacuna
