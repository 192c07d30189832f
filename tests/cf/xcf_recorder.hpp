// Writes down what a link brings.
#pragma once

#include "cf/xcf/link.hpp"

#include <string>
#include <vector>

namespace cf::test {

struct recorder : xcf::receiver {
    std::vector<std::string> log;
    std::vector<std::byte> last_packet;
    xcf::packet_header last_header;
    void on_hello(xcf::hello const& peer) override { log.push_back("hello " + peer.stack); }
    void on_control(xcf::control const& message) override {
        log.push_back("control " + std::to_string(message.kind) + " " +
                      std::to_string(message.contents.size()));
    }
    void on_notice(xcf::notice const& what) override {
        log.push_back("notice " + std::to_string(what.local.port));
    }
    void on_packet(xcf::packet const& what) override {
        log.push_back("packet " + std::to_string(what.bytes.size()));
        last_packet.assign(what.bytes.begin(), what.bytes.end());
        last_header = what.header;
    }
    void on_closed(std::string const& why) override { log.push_back("closed: " + why); }
};

/// As far as XCF looks: a header with the version and the length.
inline std::vector<std::byte> ipv4_packet(std::size_t size) {
    std::vector<std::byte> bytes(size);
    bytes[0] = std::byte{0x45};
    bytes[2] = static_cast<std::byte>(size >> 8U);
    bytes[3] = static_cast<std::byte>(size);
    return bytes;
}

/// In two parts, as stacks do.
inline bool send_packet(xcf::link& over, std::vector<std::byte> const& bytes,
                        xcf::packet_header header = {}) {
    std::array<std::span<std::byte const>, 2> parts{std::span(bytes).first(20),
                                                    std::span(bytes).subspan(20)};
    return over.send(header, parts);
}

}  // namespace cf::test
