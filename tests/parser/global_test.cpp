// GLOBALCONFIG, PRIMARYINTERFACE and VIPAROUTE: what is kept of them.
#include "profile_text.hpp"

namespace parser {
namespace {

apply_result apply_noted(configuration const& running, std::string const& text,
                         phase when = phase::obeyfile) {
    auto const parsed = parse_text(text);
    EXPECT_TRUE(parsed.ok()) << to_text(parsed.diagnostics);
    return apply(running, parsed.profile, when);
}

std::string const everything =
    "GLOBALCONFIG ADJUSTDVIPAMSS ALL EXPLICITBINDPORTRANGE 30000 128 SYSPLEXWLMPOLL 30 XCFGRPID 7\n"
    "GLOBALCONFIG SYSPLEXMONITOR RECOVERY AUTOREJOIN DELAYJOIN MONINTERFACE NODYNROUTE\n"
    "             TIMERSECS 20 NOJOIN\n"
    "INTERFACE VIPA1 DEFINE VIRTUAL IPADDR 10.2.0.1 PRIMARYINTERFACE VIPA1\n"
    "VIPADYNAMIC VIPAROUTE DEFINE 10.1.10.2 10.1.1.2 VIPAROUTE 2001:db8::1 2001:db8::2\n"
    "ENDVIPADYNAMIC";

TEST(globalconfig, is_kept_and_printed) {
    auto const config = apply_noted({}, everything, phase::initial).next;
    auto const& global = config.global;
    EXPECT_EQ(global.adjust_dvipa_mss, dvipa_mss::all);
    EXPECT_EQ(global.explicit_bind_ports, (port_range{30000, 30127}));
    EXPECT_EQ(global.wlm_poll_seconds, 30);
    EXPECT_EQ(global.xcf_group_id, 7);
    EXPECT_FALSE(global.join);
    EXPECT_TRUE(global.monitor.recovery && global.monitor.auto_rejoin && global.monitor.delay_join);
    EXPECT_TRUE(global.monitor.interfaces);
    EXPECT_FALSE(global.monitor.dynamic_routes);
    EXPECT_EQ(global.monitor.seconds, 20);
    EXPECT_EQ(config.primary_interface, "VIPA1");
    EXPECT_EQ(config.vipa_routes.size(), 2U);
    EXPECT_EQ(apply_noted({}, to_profile(config), phase::initial).next, config);
}

TEST(globalconfig, changes_only_the_parameters_it_names) {
    auto const before = apply_noted({}, everything, phase::initial).next;
    auto after = apply_noted(before, "GLOBALCONFIG SYSPLEXMONITOR TIMERSECS 30");
    EXPECT_TRUE(after.ok()) << to_text(after.diagnostics);
    EXPECT_EQ(after.next.global.monitor.seconds, 30);
    EXPECT_TRUE(after.next.global.monitor.recovery);
    EXPECT_FALSE(apply_noted(before, "GLOBALCONFIG NOEXPLICITBINDPORTRANGE")
                     .next.global.explicit_bind_ports);
}

TEST(globalconfig, counts_how_often_the_range_was_specified_which_makes_no_difference) {
    auto const before = apply_noted({}, everything, phase::initial).next;
    auto const count = [&](std::string const& text) {
        return apply_noted(before, text).next.global.explicit_bind_specified.count;
    };
    EXPECT_EQ(before.global.explicit_bind_specified.count, 1U);
    auto const again = apply_noted(before, "GLOBALCONFIG EXPLICITBINDPORTRANGE 30000 128").next;
    EXPECT_EQ(again.global.explicit_bind_specified.count, 2U);
    EXPECT_EQ(again, before);
    EXPECT_EQ(count("GLOBALCONFIG SYSPLEXWLMPOLL 30"), 1U);
    EXPECT_EQ(count("GLOBALCONFIG NOEXPLICITBINDPORTRANGE"), 1U);
}

TEST(globalconfig, refuses_to_a_running_stack_what_decides_who_is_in_the_group) {
    for (auto const* text : {"GLOBALCONFIG XCFGRPID 9", "GLOBALCONFIG SYSPLEXMONITOR NOJOIN"}) {
        auto const result = apply_noted({}, text);
        ASSERT_EQ(result.diagnostics.size(), 1U) << text;
        EXPECT_EQ(result.diagnostics[0].message_id, "EZZ0790I");
    }
    auto const before = apply_noted({}, "GLOBALCONFIG XCFGRPID 9", phase::initial).next;
    EXPECT_TRUE(apply_noted(before, "GLOBALCONFIG XCFGRPID 9").ok()) << "the same again";
}

TEST(viparoute, has_one_target_for_a_stack) {
    auto const before = apply_noted({}, everything, phase::initial).next;
    auto const in_block = [&](std::string const& text) {
        return apply_noted(before, "VIPADYNAMIC " + text + " ENDVIPADYNAMIC");
    };
    EXPECT_EQ(in_block("VIPAROUTE 10.1.10.2 10.1.1.2").next, before);
    EXPECT_FALSE(in_block("VIPAROUTE 10.1.10.2 10.1.1.3").ok());
    EXPECT_FALSE(in_block("VIPAROUTE 10.1.10.3 2001:db8::1").ok());
    EXPECT_FALSE(in_block("VIPAROUTE DELETE 10.1.10.2 10.1.1.3").ok());
    EXPECT_EQ(in_block("VIPAROUTE DELETE 10.1.10.2 10.1.1.2").next.vipa_routes.size(), 1U);
}

}  // namespace
}  // namespace parser
