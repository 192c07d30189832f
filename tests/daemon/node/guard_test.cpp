// SAF: which resource guards a name.
#include "daemon/node/guard.hpp"

#include "parser/parse.hpp"

#include <gtest/gtest.h>

namespace tcpplexd {
namespace {

using use = wanted_name::use;

class guards : public testing::Test {
  protected:
    void profile(std::string const& text) {
        auto const whole = "INTERFACE OSA1 DEFINE IPAQENET PORTNAME P1 IPADDR 10.1.7.1/24\n" + text;
        auto const parsed = parser::parse("test", parser::memory_reader({{"test", whole}}));
        ASSERT_TRUE(parsed.ok()) << parser::to_text(parsed.diagnostics);
        auto applied = parser::apply({}, parsed.profile, parser::phase::initial);
        ASSERT_TRUE(applied.ok()) << parser::to_text(applied.diagnostics);
        configuration_ = std::move(applied.next);
    }
    /// The resources, in a row.
    std::string of(char const* job, char const* host, std::uint16_t port,
                   use what = use::listen) const {
        std::string names;
        wanted_name const wanted{job, {*stack::address::parse(host), port}, what};
        for (auto const& each : guards_of(configuration_, wanted))
            names += (names.empty() ? "" : " ") + each.resource;
        return names;
    }

    parser::configuration configuration_;
};

TEST_F(guards, of_a_port_is_that_of_the_most_specific_job) {
    profile("PORT 80 TCP WEB SAF A 80 TCP WEB* SAF B 80 TCP * 81 TCP WEB");
    EXPECT_EQ(of("WEB", "10.1.7.1", 80), "A");
    EXPECT_EQ(of("WEB", "0.0.0.0", 80, use::connect), "A");
    EXPECT_EQ(of("WEB1", "10.1.7.1", 80), "B");
    EXPECT_EQ(of("OTHER", "10.1.7.1", 80), "");
    EXPECT_EQ(of("WEB", "10.1.7.1", 81), "");
    EXPECT_EQ(of("WEB", "10.1.7.1", 80, use::datagrams), "") << "the entries are TCP's";
}

TEST_F(guards, of_a_port_with_bind_is_that_of_the_address) {
    profile(
        "PORT 80 TCP WEB BIND 10.1.7.1 SAF A 80 TCP WEB BIND 10.1.7.2 SAF B\n"
        "     80 TCP WEB SAF C 81 TCP WEB BIND 10.1.7.1 SAF D");
    EXPECT_EQ(of("WEB", "10.1.7.1", 80), "A");
    EXPECT_EQ(of("WEB", "10.1.7.2", 80), "B");
    EXPECT_EQ(of("WEB", "10.1.7.3", 80), "C");
    EXPECT_EQ(of("WEB", "0.0.0.0", 80), "A") << "it gets that address";
    EXPECT_EQ(of("WEB", "10.1.7.3", 81), "D") << "only that entry is for the job";
}

TEST_F(guards, of_a_range_is_for_its_job_alone) {
    profile("PORTRANGE 5000 10 TCP DSN* SAF A 6000 2 UDP DNS SAF B");
    EXPECT_EQ(of("DSN1", "10.1.7.1", 5009), "A");
    EXPECT_EQ(of("DSN1", "10.1.7.1", 5010), "");
    EXPECT_EQ(of("OTHER", "10.1.7.1", 5009), "");
    EXPECT_EQ(of("DNS", "10.1.7.1", 6001, use::datagrams), "B");
}

TEST_F(guards, of_ports_not_reserved_look_when_the_entry_says) {
    profile("PORT 80 TCP WEB PORT UNRSV TCP WEB SAF A UNRSV UDP * SAF B");
    EXPECT_EQ(of("WEB", "10.1.7.1", 5000), "A");
    EXPECT_EQ(of("WEB", "10.1.7.1", 5000, use::connect), "");
    EXPECT_EQ(of("WEB", "10.1.7.1", 0), "") << "the stack's choice";
    EXPECT_EQ(of("WEB", "10.1.7.1", 80), "");
    EXPECT_EQ(of("WEB", "10.1.7.1", 5000, use::datagrams), "B");
    profile("PORT UNRSV TCP WEB SAF A WHENBIND");
    EXPECT_EQ(of("WEB", "10.1.7.1", 5000, use::connect), "A");
}

TEST_F(guards, of_an_address_is_that_of_the_most_specific_range) {
    profile(
        "PORT 80 TCP WEB SAF P\nVIPADYNAMIC\nVIPARANGE 255.255.255.0 10.1.7.0 SAF A\n"
        "VIPARANGE 255.255.255.255 10.1.7.9 SAF B\nVIPARANGE 255.255.255.255 10.1.7.10\n"
        "VIPADEFINE 255.255.255.255 10.1.7.11\nENDVIPADYNAMIC");
    EXPECT_EQ(of("WEB", "10.1.7.8", 80, use::connect), "A P");
    EXPECT_EQ(of("WEB", "10.1.7.8", 0, use::datagrams), "A");
    EXPECT_EQ(of("WEB", "10.1.7.9", 80), "B P");
    EXPECT_EQ(of("WEB", "10.1.7.10", 0), "");
    EXPECT_EQ(of("WEB", "10.1.7.11", 0), "") << "no DVIPA of the range";
    EXPECT_EQ(of("WEB", "10.1.7.1", 0), "") << "an interface's";
}

TEST_F(guards, are_all_found_once) {
    profile(
        "PORT 80 TCP WEB SAF A 81 TCP WEB SAF A 82 TCP WEB\nPORTRANGE 90 2 TCP WEB SAF B\n"
        "PORT UNRSV TCP * SAF C\nVIPADYNAMIC\nVIPARANGE 255.255.255.0 10.1.7.0 SAF D\n"
        "ENDVIPADYNAMIC");
    auto const all = all_guards(configuration_);
    EXPECT_EQ(all, (std::vector<guard>{{"A", "PORT 80 TCP"},
                                       {"B", "PORTRANGE 90 2 TCP"},
                                       {"C", "PORT UNRSV TCP *"},
                                       {"D", "VIPARANGE 10.1.7.0/24"}}));
}

}  // namespace
}  // namespace tcpplexd
