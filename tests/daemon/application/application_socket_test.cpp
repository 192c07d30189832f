// Sockets on their way to an application.
#include "daemon/application/application_socket.hpp"

#include "stack_on_loop.hpp"

#include <cerrno>
#include <memory>
#include <vector>

#include <unistd.h>

namespace tcpplexd {
namespace {

using namespace stack::testing;

class application_socket_test : public stack_on_loop, public application_owner {
  protected:
    void answer(std::uint64_t, app::reply_body body, app::descriptor) override {
        answers_.push_back(std::move(body));
    }
    void handed_over(std::uint64_t, shard_socket const&) override {}
    void finished(std::uint64_t) override { finished_ = true; }
    std::string explain(stack::endpoint const&, stack::endpoint const&,
                        stack::error_code why) override {
        return why.message();
    }
    void retry_later(std::uint64_t) override {}
    pid_t process() const override { return getpid(); }
    std::vector<shard_loop*> const& shards() override { return shards_; }

    std::vector<app::reply_body> answers_;
    std::vector<shard_loop*> shards_{&loop_};
    bool finished_ = false;
};

TEST_F(application_socket_test, a_connection_that_ends_as_it_opens_leaves_no_socket) {
    app::socket_options marked;
    marked.maxseg = 777;
    auto socket = std::make_unique<application_socket>(loop_, *this, marked);
    socket->connect(1, "JOB", {}, peer);
    run();
    ASSERT_FALSE(node().sent.empty());
    auto const id = socket->sockets().front().id;
    EXPECT_EQ(core().options(id).max_segment, 777);
    auto const& request = node().sent.back().data;
    auto const* const tcp = request.data() + ip_header_length(request);
    stack::endpoint const local{us, stack::load_be16(tcp)};
    auto const next = stack::load_be32(tcp + 4) + 1;
    receive(
        {tcp_packet({peer, local, syn | ack, 1000, next}), tcp_packet({peer, local, rst, 1001})});
    ASSERT_EQ(answers_.size(), 1U);
    ASSERT_TRUE(std::holds_alternative<app::failed>(answers_[0]));
    EXPECT_EQ(std::get<app::failed>(answers_[0]).why.code, ECONNABORTED);
    EXPECT_TRUE(finished_);
    socket.reset();
    EXPECT_EQ(core().options(id).max_segment, 0) << "the socket is stale: it has been closed";
}

TEST_F(application_socket_test, a_name_that_is_any_address_and_port_is_bound_before_it_connects) {
    for (auto const& local : {std::optional<stack::endpoint>(), std::optional(stack::endpoint{})}) {
        auto const& counted = node().source.calls;
        node().config.explicit_bind = {30000, 30000, true};
        node().configure();
        auto socket = std::make_unique<application_socket>(loop_, *this, app::socket_options{});
        socket->connect(1, "JOB", local, peer);
        run();
        EXPECT_EQ(std::count(counted.begin(), counted.end(), "allocate"), local ? 1 : 0);
        auto const name = core().tuple(socket->sockets().front().id);
        ASSERT_TRUE(name);
        EXPECT_EQ(name->local.port == 30000, local.has_value());
    }
}

TEST_F(application_socket_test, a_listen_that_is_refused_after_its_bind_is_answered) {
    node().config.unreserved = {{true, "*", true, stack::unreserved_rule::check::listen}};
    node().configure();
    application_socket socket(loop_, *this, {});
    socket.listen(1, "JOB", stack::endpoint{us, 5000}, 8);
    run();
    ASSERT_EQ(answers_.size(), 1U);
    ASSERT_TRUE(std::holds_alternative<app::failed>(answers_[0]));
    EXPECT_EQ(std::get<app::failed>(answers_[0]).why.code, EACCES);
    EXPECT_TRUE(finished_);
}

class application_listener : public application_socket_test {
  protected:
    /// What an application that listens on `name` is told of a connection from `peer`.
    app::connected accepted_at(stack::endpoint const& name) {
        application_socket socket(loop_, *this, {});
        socket.listen(1, "JOB", name, 8);
        run();
        socket.accept(2);
        stack::endpoint const local{us, name.port};
        receive({tcp_packet({peer, local, syn, 1000})});
        auto const* const tcp = node().sent.back().data.data() + 20;
        auto const next = stack::load_be32(tcp + 4) + 1;
        receive({tcp_packet({peer, local, ack, 1001, next})});
        auto const* const accepted = std::get_if<app::connected>(&answers_.back());
        return accepted == nullptr ? app::connected{} : *accepted;
    }
};

TEST_F(application_listener, for_ipv4_sees_its_addresses_as_they_are) {
    auto const accepted = accepted_at({stack::address::any_v4(), 80});
    EXPECT_EQ(accepted.local, (app::endpoint{"10.0.0.1", 80}));
    EXPECT_EQ(accepted.remote, (app::endpoint{"10.0.0.9", 5000}));
}

// RFC 3493 3.7.
TEST_F(application_listener, for_both_families_sees_those_of_ipv4_mapped) {
    auto const accepted = accepted_at({{}, 80});
    EXPECT_EQ(accepted.local, (app::endpoint{"::ffff:10.0.0.1", 80}));
    EXPECT_EQ(accepted.remote, (app::endpoint{"::ffff:10.0.0.9", 5000}));
}

}  // namespace
}  // namespace tcpplexd
