#include "daemon/loop/busy_poll.hpp"

#include <algorithm>

namespace tcpplexd {

void busy_poll::came(stack::instant now) {
    if (looking_) next_left_out_ = 1;
    since_ = now;
    looking_ = left_out_ == 0;
    if (left_out_ > 0) --left_out_;
}

bool busy_poll::goes_on(stack::instant now) {
    if (!looking_) return false;
    if (now - since_ < length) return true;
    looking_ = false;
    left_out_ = next_left_out_;
    next_left_out_ = std::min(2 * next_left_out_, most_left_out);
    return false;
}

}  // namespace tcpplexd
