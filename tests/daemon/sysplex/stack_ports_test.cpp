// What the shards of a stack ask and give back, and what the stack's port source hears of it.
#include "daemon/sysplex/stack_ports.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tcpplexd {
namespace {

using stack::port_answer;

stack::address const dvipa = stack::address::v4(0x0a010909);
stack::endpoint const remote{stack::address::v4(0x0a020009), 7000};

class source_of_all : public stack::port_source, public stack::environment, public stack::entropy {
  public:
    stack::port_reply allocate(stack::address const&, stack::endpoint const&,
                               stack::port_set const&, std::uint64_t,
                               stack::port_ticket ticket) override {
        return hear("allocate", 40000, ticket);
    }
    stack::port_reply claim(stack::address const&, std::uint16_t port,
                            stack::port_ticket ticket) override {
        return hear("claim", port, ticket);
    }
    stack::port_reply serve(stack::address const&, std::uint16_t port,
                            stack::port_ticket ticket) override {
        return hear("serve", port, ticket);
    }
    void release(stack::address const&, std::uint16_t port) override { hear("release", port); }
    void unserve(stack::address const&, std::uint16_t port) override { hear("unserve", port); }
    void opened(stack::four_tuple const& tuple, bool) override { hear("opened", tuple.local.port); }
    void ended(stack::four_tuple const& tuple) override { hear("ended", tuple.local.port); }

    void transmit(std::size_t, stack::fragments const&, stack::offload const&) override {}
    void forward(stack::member_id, stack::fragments const&, stack::offload const&) override {}
    void notify(stack::member_id, stack::connection_notice const&) override {}
    stack::port_holder who_holds(stack::four_tuple const&) override { return {}; }
    std::uint64_t next() override { return 4; }

    port_answer answer = port_answer::granted;
    std::vector<std::string> heard;
    std::vector<stack::port_ticket> tickets;

  private:
    stack::port_reply hear(char const* what, std::uint16_t port, stack::port_ticket ticket = 0) {
        heard.push_back(what + (" " + std::to_string(port)));
        tickets.push_back(ticket);
        return {answer, port};
    }
};

class stack_ports_test : public ::testing::Test {
  protected:
    stack_ports_test() {
        ports_.attach(loops_, [this](stack::address const&) { return by_connection_; });
    }
    void expect_heard(std::vector<std::string> const& words) {
        EXPECT_EQ(std::exchange(source_.heard, {}), words);
    }
    port_answer claim(std::size_t shard) { return ports_.of(shard).claim(dvipa, 5000, 1).answer; }
    port_answer serve(std::size_t shard) { return ports_.of(shard).serve(dvipa, 5000, 2).answer; }

    source_of_all source_;
    bool by_connection_ = false;
    boost::asio::io_context io_;
    stack_ports ports_{source_, {0, 2, {}}};
    stack::shard first_{source_, ports_.of(0), source_, {0, 2, {}}};
    stack::shard second_{source_, ports_.of(1), source_, {1, 2, {}}};
    shard_loop first_loop_{io_, first_};
    shard_loop second_loop_{io_, second_, 1, &first_loop_};
    std::vector<shard_loop*> loops_{&first_loop_, &second_loop_};
};

TEST_F(stack_ports_test, a_name_is_claimed_for_the_first_and_released_with_the_last) {
    EXPECT_EQ(claim(0), port_answer::granted);
    EXPECT_EQ(claim(1), port_answer::granted);
    expect_heard({"claim 5000"});
    ports_.of(0).release(dvipa, 5000);
    expect_heard({});
    ports_.of(1).release(dvipa, 5000);
    expect_heard({"release 5000"});
    EXPECT_EQ(claim(1), port_answer::granted);
    expect_heard({"claim 5000"});
}

TEST_F(stack_ports_test, what_is_asked_meanwhile_is_answered_with_the_first) {
    source_.answer = port_answer::pending;
    EXPECT_EQ(claim(1), port_answer::pending);
    EXPECT_EQ(claim(0), port_answer::pending);
    expect_heard({"claim 5000"});
    ports_.answered(source_.tickets.back(), {port_answer::granted, 5000});
    ports_.of(1).release(dvipa, 5000);
    expect_heard({});
    ports_.of(0).release(dvipa, 5000);
    expect_heard({"release 5000"});
}

TEST_F(stack_ports_test, a_refusal_leaves_nothing_to_release) {
    source_.answer = port_answer::pending;
    claim(0);
    ports_.answered(source_.tickets.back(), {port_answer::in_use, 0});
    source_.heard.clear();
    ports_.of(0).release(dvipa, 5000);
    expect_heard({});
    source_.answer = port_answer::in_use;
    EXPECT_EQ(claim(0), port_answer::in_use);
    ports_.of(0).release(dvipa, 5000);
    expect_heard({"claim 5000"});
}

TEST_F(stack_ports_test, a_claimed_port_that_is_served_is_a_service_port_alone) {
    claim(0);
    claim(1);
    EXPECT_EQ(serve(1), port_answer::granted);
    EXPECT_EQ(serve(0), port_answer::granted);
    expect_heard({"claim 5000", "serve 5000"});
    EXPECT_EQ(claim(0), port_answer::in_use) << "as it is to other stacks";
    ports_.of(0).release(dvipa, 5000);
    ports_.of(0).unserve(dvipa, 5000);
    expect_heard({});
    ports_.of(1).unserve(dvipa, 5000);
    expect_heard({"unserve 5000"});
}

TEST_F(stack_ports_test, an_allocated_port_is_released_by_its_shard) {
    EXPECT_EQ(ports_.of(1).allocate(dvipa, remote, {}, stack::any_stride, 7).port, 40000);
    ports_.of(1).release(dvipa, 40000);
    expect_heard({"allocate 40000", "release 40000"});
    source_.answer = port_answer::pending;
    ports_.of(1).allocate(dvipa, remote, {}, stack::any_stride, 7);
    ports_.answered(source_.tickets.back(), {port_answer::granted, 40001});
    ports_.of(1).release(dvipa, 40001);
    expect_heard({"allocate 40000", "release 40001"});
}

TEST_F(stack_ports_test, of_a_port_shared_by_connection_only_names_are_held) {
    by_connection_ = true;
    ports_.of(0).allocate(dvipa, remote, {}, stack::any_stride, 7);
    ports_.of(0).ended({{dvipa, 40000}, remote});
    ports_.of(0).release(dvipa, 40000);
    expect_heard({"allocate 40000", "ended 40000"});
    ports_.of(0).allocate(dvipa, {}, {}, stack::any_stride, 8);
    ports_.of(0).release(dvipa, 40000);
    expect_heard({"allocate 40000", "release 40000"});
}

TEST_F(stack_ports_test, what_is_forgotten_is_not_released) {
    claim(0);
    serve(1);
    ports_.forget(dvipa);
    ports_.of(0).release(dvipa, 5000);
    ports_.of(1).unserve(dvipa, 5000);
    expect_heard({"claim 5000", "serve 5000"});
}

}  // namespace
}  // namespace tcpplexd
