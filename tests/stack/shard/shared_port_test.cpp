// PORT ... SHAREPORT: sockets that have an address and port together.
#include "routing.hpp"

#include <algorithm>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
namespace errc = boost::system::errc;

class shared_port : public routing {
  protected:
    shared_port() {
        for (auto& node : lab_.nodes) {
            node->config.ports = {{8080, true, "WEB", {}, true}, {8080, true, "API*", {}}};
            node->configure();
        }
    }
    error_code bind(int i, socket_id s, endpoint const& where) {
        n(i).it.bind(s, where, lab_.now);
        return n(i).expect(kind::bound, s).error;
    }
    error_code listen(int i, socket_id s, std::uint16_t backlog = 10) {
        n(i).it.listen(s, backlog, lab_.now);
        auto const error = n(i).expect(kind::listening, s).error;
        lab_.settle();
        return error;
    }
    socket_id listener(int i, endpoint const& where, char const* job = "WEB") {
        auto const s = n(i).open(job);
        EXPECT_FALSE(bind(i, s, where));
        EXPECT_FALSE(listen(i, s));
        return s;
    }
    void close(int i, socket_id s) {
        n(i).it.close(s, lab_.now);
        lab_.settle();
    }
    void connect(int count, endpoint const& to) {
        for (int i = 0; i < count; ++i) {
            n(3).it.connect(n(3).open(), to, lab_.now);
            lab_.settle();
        }
    }
    int accepted(int i, socket_id s) {
        int count = 0;
        while (n(i).it.accept(s, 0))
            ++count;
        return count;
    }
    /// What node `i` has told the owner of 10.9.9.9 of its listeners.
    std::vector<connection_notice::kind> told(int i) const {
        std::vector<connection_notice::kind> result;
        for (auto const& each : lab_.nodes[static_cast<std::size_t>(i)]->notices)
            if (each.what == connection_notice::kind::listening ||
                each.what == connection_notice::kind::stopped_listening)
                result.push_back(each.what);
        return result;
    }
    std::vector<std::uint32_t> ready() {
        std::vector<std::uint32_t> counts;
        n(0).it.each_destination(
            [&](destination_row const& row) { counts.push_back(row.listeners); });
        return counts;
    }

    endpoint const here = at("10.0.0.2", 8080);
    static constexpr auto listening = connection_notice::kind::listening;
    static constexpr auto stopped = connection_notice::kind::stopped_listening;
};

TEST_F(shared_port, has_several_listeners_that_get_connections_by_turns) {
    std::vector<socket_id> servers{listener(1, here), listener(1, here, "API1"), listener(1, here)};
    connect(9, here);
    for (auto const each : servers)
        EXPECT_EQ(accepted(1, each), 3);
}

TEST_F(shared_port, is_not_for_other_jobs) {
    listener(1, here);
    EXPECT_EQ(bind(1, n(1).open("OTHER"), here), errc::permission_denied);
}

TEST_F(shared_port, which_no_entry_shares_has_one_listener) {
    n(1).config.ports.front().shared = false;
    n(1).configure();
    listener(1, here);
    EXPECT_EQ(bind(1, n(1).open("WEB"), here), errc::address_in_use);
    EXPECT_EQ(bind(1, n(1).open("WEB"), at("0.0.0.0", 8080)), errc::address_in_use);
}

TEST_F(shared_port, is_shared_by_its_first_entry_or_its_last) {
    std::swap(n(1).config.ports.front(), n(1).config.ports.back());
    n(1).configure();
    listener(1, here, "API1");
    listener(1, here, "API2");
}

TEST_F(shared_port, that_is_shared_no_more_is_not_listened_on_again) {
    listener(1, here);
    auto const second = n(1).open("WEB");
    EXPECT_FALSE(bind(1, second, here));
    n(1).config.ports.front().shared = false;
    n(1).configure();
    EXPECT_EQ(listen(1, second), errc::address_in_use);
    connect(2, here);
}

TEST_F(shared_port, from_which_a_connection_was_opened_is_taken) {
    auto const client = n(1).open("WEB");
    EXPECT_FALSE(bind(1, client, here));
    n(3).it.listen(listener(3, at("10.0.0.4", 8080)), 1, lab_.now);
    n(1).it.connect(client, at("10.0.0.4", 8080), lab_.now);
    lab_.settle();
    EXPECT_EQ(bind(1, n(1).open("WEB"), here), errc::address_in_use);
}

TEST_F(shared_port, goes_on_when_one_of_its_servers_closes) {
    auto const first = listener(1, here);
    auto const second = listener(1, here);
    connect(4, here);
    close(1, first);
    EXPECT_EQ(accepted(1, second), 4);
    connect(2, here);
    EXPECT_EQ(accepted(1, second), 2);
    close(1, second);
    auto const client = n(3).open();
    n(3).it.connect(client, here, lab_.now);
    lab_.settle();
    EXPECT_EQ(n(3).expect(kind::connected, client).error, errc::connection_refused);
}

TEST_F(shared_port, of_a_dvipa_is_ready_from_its_first_listener_to_its_last) {
    auto const first = listener(1, at("10.9.9.9", 8080));
    auto const second = listener(1, at("10.9.9.9", 8080));
    auto const third = listener(1, at("0.0.0.0", 8080));
    EXPECT_EQ(told(1).front(), listening);
    close(1, first);
    close(1, second);
    EXPECT_EQ(std::ranges::count(told(1), stopped), 0);
    EXPECT_EQ(lab_.shared.served.size(), 1U);
    close(1, third);
    EXPECT_EQ(told(1).back(), stopped);
    EXPECT_EQ(std::ranges::count(told(1), stopped), 1);
    EXPECT_TRUE(lab_.shared.served.empty() || lab_.shared.served.begin()->second.empty());
}

TEST_F(shared_port, of_a_dvipa_is_ready_while_it_has_a_listener_of_its_own) {
    auto const any = listener(1, at("0.0.0.0", 8080));
    auto const own = listener(1, at("10.9.9.9", 8080));
    close(1, any);
    EXPECT_EQ(std::ranges::count(told(1), stopped), 0);
    close(1, own);
    EXPECT_EQ(told(1).back(), stopped);
}

TEST_F(shared_port, of_a_dvipa_shows_how_many_listeners_its_owner_has) {
    auto const first = listener(0, at("10.9.9.9", 8080));
    listener(0, at("10.9.9.9", 8080));
    listener(1, at("10.9.9.9", 8080));
    EXPECT_EQ(ready(), (std::vector<std::uint32_t>{2, 1, 0}));
    close(0, first);
    EXPECT_EQ(ready(), (std::vector<std::uint32_t>{1, 1, 0}));
}

TEST_F(shared_port, of_a_dvipa_is_bound_by_several_before_the_facility_has_answered) {
    n(1).source.later = true;
    auto const one = n(1).open("WEB");
    auto const two = n(1).open("WEB");
    n(1).it.bind(one, at("10.9.9.9", 8080), lab_.now);
    n(1).it.bind(two, at("10.9.9.9", 8080), lab_.now);
    n(1).source.later = false;
    while (!n(1).source.questions.empty()) {
        auto const q = n(1).source.questions.front();
        n(1).source.questions.pop_front();
        n(1).it.port_resolved(q.ticket, n(1).source.answer(q), lab_.now);
    }
    EXPECT_FALSE(n(1).expect(kind::bound, one).error);
    EXPECT_FALSE(n(1).expect(kind::bound, two).error);
    EXPECT_FALSE(listen(1, one));
    EXPECT_FALSE(listen(1, two));
    close(1, one);
    EXPECT_FALSE(lab_.shared.served.empty());
}

}  // namespace
}  // namespace stack
