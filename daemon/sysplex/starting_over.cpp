#include "daemon/sysplex/starting_over.hpp"

#include <chrono>

namespace tcpplexd {

namespace {

constexpr auto retry_interval = std::chrono::milliseconds(200);

}  // namespace

void starting_over::begin() {
    interrupted_ = false;
    if (std::exchange(under_way_, true)) return;
    worker_.run([this] { return facility_.start_over(); },
                [this](cf::result<> const& outcome) {
                    if (!outcome) return begin_later();
                    under_way_ = false;
                    if (!interrupted_) done_();
                });
}

void starting_over::begin_later() {
    again_.expires_after(retry_interval);
    again_.async_wait([this](boost::system::error_code error) {
        under_way_ = false;
        if (!error && !interrupted_) begin();
    });
}

}  // namespace tcpplexd
