// The cluster behind the facility: members fail, revisions are compacted away, clients show
// certificates.
#include "own_stack.hpp"
#include "relay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace cf::test {
namespace {

using ::testing::HasSubstr;

void compact(etcd_cluster const& cluster, etcd::revision at) {
    auto command = "ETCDCTL_API=3 etcdctl --endpoints=" + cluster.endpoints()[0] + " compact " +
                   std::to_string(at) + " >/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error(command);
}

TEST(etcd_clusters, of_three_members_serve_on_when_any_one_of_them_dies) {
    for (std::size_t victim = 0; victim < 2; ++victim) {  // the leader is one of three
        etcd_cluster cluster(3);
        auto how = quick_settings(cluster);
        how.lease = std::chrono::seconds(10);
        auto a = join_etcd(how, "TCPIPA");
        share(d1, *a);
        a->claim(d1, 40000, patience::wait).value();
        cluster[victim].kill();
        ASSERT_TRUE(in_time([&] { return a->claim(d1, 40001, patience::wait).has_value(); }));
        EXPECT_TRUE(
            in_time([&] { return a->who_holds(d1, 40001).what == port_holder::kind::one; }));
        auto usage = a->usage(d1, {}).value();
        EXPECT_EQ(usage.in_use, 2U);
        EXPECT_EQ(a->members().size(), 1U);
        EXPECT_TRUE(a->check().empty());
    }
}

TEST(etcd_clusters, a_member_that_swallows_everything_is_left_for_another) {
    etcd_cluster cluster(3);
    relay between(cluster.port_of(0));
    auto how = quick_settings(cluster);
    how.where.endpoints = {between.endpoint(), cluster.endpoints()[1]};
    auto a = join_etcd(how, "TCPIPA");
    auto b = join_etcd(quick_settings(cluster), "TCPIPB");
    b->begin_enable(d1, {}).value();
    b->backfill(d1, {}).value();
    a->backfill(d1, {}).value();
    ASSERT_TRUE(in_time([&] { return b->try_complete(d1).value().on; }));
    between.swallow();
    ASSERT_TRUE(in_time([&] { return a->claim(d1, 40000, patience::wait).has_value(); }));
    b->claim(d1, 40001, patience::wait).value();
    EXPECT_TRUE(in_time([&] { return a->who_holds(d1, 40001).what == port_holder::kind::one; }))
        << "the watch has found another member, too";
    EXPECT_EQ(a->members().size(), 2U) << "its lease was renewed in time";
}

TEST(etcd_clusters, that_forgot_the_revision_of_a_broken_watch_are_read_anew) {
    etcd_cluster cluster;
    relay between(cluster.port_of(0));
    auto how = quick_settings(cluster);
    auto b = join_etcd(how, "TCPIPB");
    how.where.endpoints = {between.endpoint()};
    how.lease = std::chrono::seconds(10);
    auto a = join_etcd(how, "TCPIPA");
    b->begin_enable(d1, {}).value();
    a->backfill(d1, {}).value();
    b->backfill(d1, {}).value();
    ASSERT_TRUE(in_time([&] { return b->try_complete(d1).value().on; }));
    ASSERT_EQ(a.backend->loads(), 1U);
    b->claim(d1, 40000, patience::wait).value();
    ASSERT_TRUE(in_time([&] { return a->who_holds(d1, 40000).what == port_holder::kind::one; }));
    between.swallow();
    b->release(d1, 40000, patience::wait).value();
    b->claim(d1, 40001, patience::wait).value();
    compact(cluster, b.backend->connection().read({"x", {}}).value().at);
    between.mend();
    EXPECT_TRUE(in_time([&] { return a->who_holds(d1, 40001).what == port_holder::kind::one; }));
    EXPECT_EQ(a->who_holds(d1, 40000).what, port_holder::kind::nobody);
    EXPECT_EQ(a.backend->loads(), 2U);
}

TEST(etcd_clusters, with_tls_serve_those_who_show_a_certificate) {
    scratch directory;
    certificates tls(directory.path().string());
    etcd_cluster cluster(1, &tls);
    auto how = quick_settings(cluster);
    EXPECT_FALSE(etcd::backend::open(how)) << "without TLS";
    how.where.ca = tls.ca;
    EXPECT_FALSE(etcd::backend::open(how)) << "without a certificate";
    how.where.certificate = tls.client;
    how.where.key = tls.client_key;
    auto a = join_etcd(how, "TCPIPA");
    share(d1, *a);
    EXPECT_TRUE(a->allocate(d1, remote, {}, patience::wait));

    scratch elsewhere;
    certificates other(elsewhere.path().string());
    how.where.ca = other.ca;
    EXPECT_FALSE(etcd::backend::open(how)) << "a server that the authority has not signed";
    how.where.key = "/nonexistent";
    auto refused = etcd::backend::open(how);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr("PEM file /nonexistent cannot be read"));
}

TEST(etcd_clusters, that_do_not_answer_are_named) {
    etcd::settings nowhere{.where = {.endpoints = {"127.0.0.1:1"}}, .group = "PLEX1"};
    auto refused = etcd::backend::open(nowhere);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text, HasSubstr("etcd at 127.0.0.1:1, does not answer"));
}

}  // namespace
}  // namespace cf::test
