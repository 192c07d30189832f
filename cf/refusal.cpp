#include "cf/refusal.hpp"

#include "cf/ports.hpp"
#include "cf/step/uses.hpp"

namespace cf {

port_users users_of(view& structures, std::uint16_t port) {
    port_users users;
    auto word = word_of(port);
    step::for_each_bit(structures.users(), [&](int bit) {
        auto slot = static_cast<std::uint16_t>(bit);
        if ((structures.held(slot, word) & bit_of(port)) != 0)
            users.held |= std::uint64_t{1} << slot;
        if ((structures.served(slot, word) & bit_of(port)) != 0)
            users.served |= std::uint64_t{1} << slot;
    });
    return users;
}

std::vector<std::string> names_of(std::uint64_t slots, std::vector<member> const& members) {
    std::vector<std::string> names;
    for (auto const& one : members)
        if ((slots >> one.slot & 1U) != 0) names.push_back(one.who.stack);
    return names;
}

failure refusal(error code, dvipa const& of) {
    auto const address = of.to_string();
    switch (code) {
        case error::exhausted:
            return {code,
                    "no port of " + address + " is free: all ports of EPHEMERALPORTS are in use",
                    {}};
        case error::full:
            return {code,
                    "the table of connections of " + address +
                        " is full: some must end before others can be made",
                    {}};
        case error::enabling:
            return {code, "sharing of the ports of " + address + " is being switched on", {}};
        case error::not_shared:
            return {code, "the ports of " + address + " are not shared", {}};
        default:
            return {code, address + ": the coupling facility cannot answer", {}};
    }
}

failure refused_by_lease(dvipa const& of, lease_state why) {
    auto text = of.to_string() + ": the coupling facility does not answer; no port is given out ";
    if (why == lease_state::suspended) return {error::unavailable, text + "until it does", {}};
    if (why == lease_state::fenced)
        return {error::unavailable, text + "and nothing sent from the address until it does", {}};
    return {
        error::unavailable, of.to_string() + ": this stack has been declared dead; restart it", {}};
}

failure refusal(error code, dvipa const& of, std::uint16_t port, port_users const& users,
                std::vector<member> const& members) {
    if (code != error::in_use) return refusal(code, of);
    auto names = names_of(users.held != 0 ? users.held : users.served, members);
    std::string text = "port " + std::to_string(port) + " of " + of.to_string() +
                       (users.held != 0 ? " is in use by" : " is a service port of");
    for (auto const& name : names)
        text += " " + name;
    return {code, std::move(text), std::move(names), users.held == 0};
}

}  // namespace cf
