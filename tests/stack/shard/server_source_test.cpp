// SRCIP JOBNAME ... SERVER: where servers on any address are bound.
#include "lab_nodes.hpp"

#include <gtest/gtest.h>

namespace stack {
namespace {

using namespace stack::testing;
using kind = event::kind;
namespace errc = boost::system::errc;

/// One stack, 10.0.0.1 and the static VIPAs 10.1.1.1 and 2001:db8::1.
class server_sources : public ::testing::Test {
  protected:
    server_sources() {
        auto& c = lab_.add().config;
        using type = interface_settings::kind;
        c.interfaces.push_back({"VIPA1", type::virtual_, addr("10.1.1.1"), 32, 1500, true, {}});
        c.interfaces.push_back({"VIPA6", type::virtual_, addr("2001:db8::1"), 128, 1500, true, {}});
        c.server_sources = {
            {"WEB1", addr("10.9.9.9")}, {"WEB*", addr("10.1.1.1")}, {"WEB*", addr("2001:db8::1")}};
        c.ports = {{80, true, "WEB*", addr("10.0.0.1")}};
        lab_.start();
    }
    node& a() { return *lab_.nodes.front(); }
    /// Where a listener of the job is, or the error of its bind.
    std::string listen(char const* job, endpoint const& where) {
        auto const s = a().open(job);
        a().it.bind(s, where, lab_.now);
        if (auto const error = a().expect(kind::bound, s).error) {
            a().it.close(s, lab_.now);
            return error == errc::address_not_available ? "not available" : error.message();
        }
        a().it.listen(s, 5, lab_.now);
        EXPECT_FALSE(a().expect(kind::listening, s).error);
        std::string found;
        a().it.each_connection([&](connection_info const& each) {
            if (each.job == job) found = each.tuple.local.host.to_string();
        });
        a().it.close(s, lab_.now);
        return found;
    }

    lab lab_;
};

TEST_F(server_sources, are_for_any_address_of_their_family) {
    EXPECT_EQ(listen("WEB2", at("0.0.0.0", 8080)), "10.1.1.1");
    EXPECT_EQ(listen("WEB2", at("::", 8080)), "2001:db8::1");
    EXPECT_EQ(listen("WEB2", at("0.0.0.0", 0)), "10.1.1.1");
    EXPECT_EQ(listen("WEB2", at("10.0.0.1", 8080)), "10.0.0.1");
    EXPECT_EQ(listen("OTHER", at("0.0.0.0", 8080)), "0.0.0.0");
}

TEST_F(server_sources, must_be_active) {
    EXPECT_EQ(listen("WEB1", at("0.0.0.0", 8080)), "not available");
}

TEST_F(server_sources, come_after_the_ports_statement) {
    EXPECT_EQ(listen("WEB2", at("0.0.0.0", 80)), "10.0.0.1");
}

}  // namespace
}  // namespace stack
