// Four stacks of which one owns a DVIPA, for the tests of what arrives for it.
#pragma once

#include "lab_nodes.hpp"

#include <gtest/gtest.h>

namespace stack::testing {

/// Node 0 owns 10.9.9.9 and distributes port 8080, nodes 1 and 2 are targets, node 3 is a remote
/// partner.
class routing : public ::testing::Test {
  protected:
    routing() {
        for (int i = 0; i < 4; ++i)
            lab_.add();
        lab_.add_dvipa("10.9.9.9", 0, {1, 2}, true, {8080});
        for (int i = 0; i < 3; ++i) {
            n(i).config.ip.source_vipa = true;
            n(i).config.ip.tcp_stack_source_vipa = d;
        }
        lab_.start();
    }
    node& n(int i) { return *lab_.nodes[static_cast<std::size_t>(i)]; }
    socket_id listen(int i, endpoint const& where) {
        auto const s = n(i).open();
        n(i).it.bind(s, where, lab_.now);
        n(i).it.listen(s, 10, lab_.now);
        EXPECT_FALSE(n(i).expect(event::kind::listening, s).error);
        lab_.settle();
        return s;
    }
    /// A segment from the partner to the DVIPA, as the owner's device sees it.
    bytes segment(std::uint16_t to, std::uint8_t flags, std::uint32_t seq = 1000) {
        return tcp_packet({at("10.0.0.4", 7), {d, to}, flags, seq, 1, {}});
    }
    four_tuple tuple(std::uint16_t local) { return {{d, local}, at("10.0.0.4", 7)}; }
    void clear() {
        for (auto& node : lab_.nodes) {
            node->sent.clear();
            node->order.clear();
        }
    }

    address const d = addr("10.9.9.9");
    lab lab_;
};

}  // namespace stack::testing
