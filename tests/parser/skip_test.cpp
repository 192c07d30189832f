// on_error::skip: what z/OS does with faulty statements.
#include "profile_text.hpp"

namespace parser {
namespace {

/// What is left of a text that may have errors of any kind, and the texts of the errors.
std::pair<configuration, std::string> skipping(configuration const& running,
                                               std::string const& text,
                                               phase when = phase::obeyfile) {
    auto const parsed = parse_text(text);
    auto result = apply(running, parsed.profile, when, on_error::skip);
    std::string errors;
    for (auto const& problem : result.diagnostics)
        if (problem.level == severity::error) errors += problem.text + '\n';
    return {std::move(result.next), errors};
}

std::string const osa1 = "INTERFACE OSA1 DEFINE IPAQENET PORTNAME P1 IPADDR 10.1.1.1/24\n";

TEST(skipping, without_errors_is_the_same_as_all_or_nothing) {
    auto const text = osa1 + "PORT 80 TCP WEB\nSTART OSA1";
    auto const [left, errors] = skipping({}, text, phase::initial);
    EXPECT_EQ(errors, "");
    EXPECT_EQ(left, started(text));
}

TEST(skipping, leaves_out_the_faulty_statement_alone) {
    auto const running = started(osa1);
    auto const [left, errors] =
        skipping(running, "PORT 80 TCP WEB\n" + osa1 + "PORT 81 TCP WEB\nSTART OSA1");
    EXPECT_EQ(errors, "interface OSA1 is already defined\n");
    EXPECT_EQ(left, applied(running, "PORT 80 TCP WEB\nPORT 81 TCP WEB\nSTART OSA1"));
}

TEST(skipping, leaves_out_what_needs_a_faulty_statement) {
    auto const [left, errors] =
        skipping({},
                 osa1 +
                     "INTERFACE OSA2 DEFINE IPAQENET PORTNAME P2 IPADDR 10.1.1.1/24\n"
                     "BEGINROUTES ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1500\n"
                     "ROUTE 10.5.0.0/16 10.1.1.254 OSA2 MTU 1500 ENDROUTES\nSTART OSA1 START OSA2",
                 phase::initial);
    EXPECT_EQ(errors,
              "10.1.1.1 is already the address of interface OSA1\n"
              "interface OSA2 is not defined\n"
              "START of OSA2, which is no interface\n");
    EXPECT_EQ(left, started(osa1 + "BEGINROUTES ROUTE DEFAULT 10.1.1.254 OSA1 MTU 1500 ENDROUTES\n"
                                   "START OSA1"));
}

TEST(skipping, carries_out_the_statements_beside_one_that_is_no_statement) {
    auto const parsed = parse_text("SOMAXCONN 12\nPORT 80 XYZ WEB\nPORT 81 TCP WEB2\n");
    EXPECT_TRUE(has_errors(parsed.diagnostics));
    auto const result = apply({}, parsed.profile, phase::obeyfile, on_error::skip);
    EXPECT_EQ(result.next, applied({}, "SOMAXCONN 12\nPORT 81 TCP WEB2"));
}

TEST(skipping, leaves_out_an_entry_that_parses_and_can_not_be) {
    auto const parsed = parse_text(
        "PORT UNRSV TCP JOB DENY\nPORT UNRSV TCP OTHER\nGLOBALCONFIG XYZ 9\nPORT 81 TCP WEB");
    EXPECT_TRUE(has_errors(parsed.diagnostics));
    auto const left = apply({}, parsed.profile, phase::initial, on_error::skip).next;
    EXPECT_EQ(left.ports.unreserved.at(port_protocol::tcp).size(), 1U);
    EXPECT_EQ(left.ports.ports.size(), 1U);
}

TEST(skipping, a_second_srcip_leaves_out_its_entries) {
    auto const [left, errors] =
        skipping({}, "SRCIP JOBNAME A 10.0.0.1 ENDSRCIP\nSRCIP JOBNAME B 10.0.0.2 ENDSRCIP");
    EXPECT_EQ(errors, "SRCIP has been specified already\n");
    EXPECT_EQ(left, applied({}, "SRCIP JOBNAME A 10.0.0.1 ENDSRCIP"));
}

TEST(skipping, refuses_a_home_that_can_not_be) {
    auto const running = started(
        "DEVICE D1 MPCIPA LINK L1 IPAQENET D1 DEVICE D2 MPCIPA LINK L2 IPAQENET D2\n"
        "HOME 10.1.1.1 L1 10.2.1.1 L2");
    auto const [left, errors] = skipping(running, "HOME 10.1.1.1 L1\nSOMAXCONN 12");
    EXPECT_EQ(errors, "HOME leaves out link L2\n");
    EXPECT_EQ(left, applied(running, "SOMAXCONN 12"));
}

TEST(skipping, ends_with_every_statement_left_out_if_none_is_good) {
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "START OSA" + std::to_string(i) + "\n";
    EXPECT_EQ(skipping({}, text).first, configuration());
}

}  // namespace
}  // namespace parser
