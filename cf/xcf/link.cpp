#include "cf/xcf/link.hpp"

#include <variant>

namespace cf::xcf {

void link::dispatch(std::span<std::byte const> bytes, receiver& owner) {
    auto const what = decode(bytes);
    if (!what) return close(std::string("protocol error: ") + what.error(), owner);
    auto const* greeting = std::get_if<hello>(&*what);
    if ((greeting != nullptr) == peer_.has_value())
        return close(
            greeting != nullptr ? "protocol error: a second hello" : "protocol error: no hello",
            owner);
    if (greeting != nullptr) return greet(*greeting, owner);
    if (auto const* arrived = std::get_if<packet>(&*what)) {
        ++counters_.packets_received;
        return owner.on_packet(*arrived);
    }
    ++counters_.messages_received;
    if (auto const* told = std::get_if<notice>(&*what)) return owner.on_notice(*told);
    owner.on_control(std::get<control>(*what));
}

void link::greet(hello const& peer, receiver& owner) {
    if (peer.sysplex != sysplex_)
        return close(
            "stack " + peer.stack + " belongs to sysplex " + peer.sysplex + ", not " + sysplex_,
            owner);
    if (auto const why_not = admit(peer); !why_not.empty()) return close(why_not, owner);
    peer_ = peer;
    owner.on_hello(peer);
}

void link::close_because_nobody_reads(receiver& owner) {
    close("the other stack has not read " + std::to_string(queue_limit) + " bytes of messages",
          owner);
}

}  // namespace cf::xcf
