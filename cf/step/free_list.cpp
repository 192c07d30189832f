#include "cf/step/free_list.hpp"

#include <numeric>
#include <vector>

namespace cf::step::free_list {

namespace {

bool is_free(view& structures, std::uint16_t port) {
    return (structures.first(word_of(port)) & bit_of(port)) == 0;
}

void write_chain(view& structures, std::vector<std::uint16_t> const& order) {
    auto write = [&](std::uint16_t port, list_link link) {
        if (structures.link(port) != link) structures.set_link(port, link);
    };
    std::uint16_t previous = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        auto const next = i + 1 < order.size() ? order[i + 1] : std::uint16_t{0};
        write(order[i], {previous, next});
        previous = order[i];
    }
    write(0, {previous, order.empty() ? std::uint16_t{0} : order.front()});
}

}  // namespace

bool lists(dvipa_settings const& settings, std::uint16_t port) {
    return settings.form == structure_form::list && port >= settings.first_port &&
           port <= settings.last_port && port != 0;
}

void make(view& structures, dvipa_settings const& settings, std::uint64_t random) {
    std::uint32_t const count =
        settings.last_port < settings.first_port
            ? 0U
            : static_cast<std::uint32_t>(settings.last_port - settings.first_port) + 1U;
    std::vector<std::uint16_t> order;
    if (count != 0) {
        // Steps of a length that shares no factor with the count meet every port once, and
        // neighbours in the list are no neighbours in number (RFC 6056 2.2: ports that can't be
        // guessed).
        auto stride = static_cast<std::uint32_t>(random % count) | 1U;
        while (std::gcd(stride, count) != 1)
            ++stride;
        auto at = static_cast<std::uint32_t>((random >> 32U) % count);
        for (std::uint32_t i = 0; i < count; ++i, at = (at + stride) % count) {
            auto const port = static_cast<std::uint16_t>(settings.first_port + at);
            if (port != 0 && is_free(structures, port)) order.push_back(port);
        }
    }
    write_chain(structures, order);
}

std::optional<std::uint16_t> oldest(view& structures, port_words const& excluded) {
    auto port = structures.link(0).next;
    // A ring that does not come back to 0 is damaged.
    for (std::uint32_t steps = 0; port != 0 && steps < 65536; ++steps) {
        if (!contains(excluded, port)) return port;
        port = structures.link(port).next;
    }
    return std::nullopt;
}

void append(view& structures, std::uint16_t port) {
    auto const tail = structures.link(0).previous;
    structures.set_link(port, {tail, 0});
    structures.set_link(tail, {structures.link(tail).previous, port});
    structures.set_link(0, {port, structures.link(0).next});
}

void remove(view& structures, std::uint16_t port) {
    auto const gone = structures.link(port);
    structures.set_link(gone.previous, {structures.link(gone.previous).previous, gone.next});
    structures.set_link(gone.next, {gone.previous, structures.link(gone.next).next});
}

void repair(view& structures, dvipa_settings const& settings) {
    port_words listed{};
    std::vector<std::uint16_t> order;
    for (auto port = structures.link(0).next; port != 0 && !contains(listed, port);
         port = structures.link(port).next) {
        if (!lists(settings, port) || !is_free(structures, port)) break;
        insert(listed, port);
        order.push_back(port);
    }
    for (std::uint32_t p = settings.first_port; p <= settings.last_port; ++p) {
        auto const port = static_cast<std::uint16_t>(p);
        if (port != 0 && !contains(listed, port) && is_free(structures, port))
            order.push_back(port);
    }
    write_chain(structures, order);
}

}  // namespace cf::step::free_list
