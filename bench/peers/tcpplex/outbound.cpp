#include "outbound.hpp"

#include <chrono>

namespace peers {

outbound::outbound(tcpplexd::shard_loop& loop, std::string const& control)
    : loop_(loop),
      control_(control),
      ready_(loop.io(), control_.descriptor()),
      timer_(loop.io()),
      cookie_(loop.enrol(*this)) {}

outbound::~outbound() {
    ready_.release();
}

void outbound::await_order() {
    auto const next = [self = shared_from_this()](boost::system::error_code error) {
        if (error) return;
        if (auto const order = self->control_.receive()) self->begin(*order);
        self->await_order();
    };
    ready_.async_wait(ready_.wait_read, next);
}

void outbound::begin(outbound_order const& order) {
    auto const address = stack::address::parse(order.address);
    if (!address) return;
    partner_ = {*address, static_cast<std::uint16_t>(order.port)};
    opens_ = true;
    cycles_ = 0;
    for (int i = 0; i < order.concurrent; ++i)
        open_one();
    loop_.touch();
    timer_.expires_after(std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(order.seconds)));
    timer_.async_wait([this](boost::system::error_code error) {
        opens_ = false;
        if (!error) control_.answer(cycles_);
    });
}

void outbound::open_one() {
    if (!opens_) return;
    if (auto const socket = loop_.core().open("OUTBOUND", cookie_))
        loop_.core().connect(*socket, partner_, loop_.now());
}

void outbound::end(stack::socket_id socket) {
    loop_.core().close(socket, loop_.now());
    open_one();
    loop_.touch();
}

void outbound::on_event(stack::event const& what) {
    using kind = stack::event::kind;
    if (what.what == kind::failed || (what.what == kind::connected && what.error))
        return end(what.socket);
    if (what.what != kind::readable || !loop_.core().at_end(what.socket)) return;
    ++cycles_;
    end(what.socket);
}

}  // namespace peers
