#include "network/loss.hpp"

namespace sim {

bool chance(random_source& random, unsigned per_million) {
    return per_million != 0 && random() % 1'000'000 < per_million;
}

bool loss_model::next(random_source& random) {
    if (chance(random, bad_ ? settings_.becomes_good : settings_.becomes_bad)) bad_ = !bad_;
    return chance(random, bad_ ? settings_.lost_while_bad : settings_.lost_while_good);
}

}  // namespace sim
