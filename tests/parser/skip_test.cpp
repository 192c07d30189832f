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

std::string const links = "DEVICE D1 MPCIPA LINK L1 IPAQENET D1 LINK L2 IPAQENET D1\n";

/// What is left of a text at the start of a stack.
configuration left_of(std::string const& text) {
    return skipping({}, text, phase::initial).first;
}

TEST(skipping, keeps_the_entries_of_home_before_one_in_error) {
    EXPECT_EQ(left_of(links + "HOME 10.1.1.1 L1 10.1.2.1 NOLINK 10.1.3.1 L2 SOMAXCONN 5"),
              started(links + "HOME 10.1.1.1 L1 SOMAXCONN 5"));
    EXPECT_EQ(left_of(links + "HOME 10.1.1.1 L1 10.1.2 L2 SOMAXCONN 5"),
              started(links + "HOME 10.1.1.1 L1 SOMAXCONN 5"));
    EXPECT_EQ(left_of(links + "HOME 10.1.1.1 L1 10.1.2.1 SOMAXCONN 5"),
              started(links + "HOME 10.1.1.1 L1"))
        << "SOMAXCONN is taken for a link that is not there";
    EXPECT_EQ(left_of(links + "HOME 10.1.1.1 L1 127.0.0.1 L2 SOMAXCONN 5"),
              started(links + "SOMAXCONN 5"))
        << "EZZ0344I: the statement is ignored";
}

TEST(skipping, a_syntax_error_in_vipadynamic_leaves_out_the_rest_of_the_block) {
    std::string const one = "VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.1\n";
    std::string const other = "VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.3 ENDVIPADYNAMIC\n";
    for (auto const* error : {"VIPADEFINE 255.255.255 10.1.9.9\n", "NONSENSE 5\n", "VIPAROUTE\n"})
        EXPECT_EQ(left_of(one + error + "VIPADEFINE 255.255.255.255 10.1.9.2 ENDVIPADYNAMIC\n" +
                          other + "SOMAXCONN 5"),
                  started(one + "ENDVIPADYNAMIC\n" + other + "SOMAXCONN 5"))
            << error;
}

TEST(skipping, a_part_that_is_not_built_leaves_out_its_statement_alone) {
    EXPECT_EQ(left_of("VIPADYNAMIC VIPADEFINE TIER1 255.255.255.255 10.1.9.1\n"
                      "VIPADEFINE 255.255.255.255 10.1.9.2 ENDVIPADYNAMIC"),
              started("VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.2 ENDVIPADYNAMIC"));
}

TEST(skipping, a_syntax_error_in_srcip_leaves_out_the_whole_block) {
    auto const running = started("SRCIP JOBNAME OLD 10.0.0.9 ENDSRCIP");
    EXPECT_EQ(skipping(running,
                       "SRCIP JOBNAME A 10.0.0.1 JOBNAME B nowhere! JOBNAME C 10.0.0.3 ENDSRCIP\n"
                       "SOMAXCONN 5")
                  .first,
              applied(running, "SOMAXCONN 5"));
    EXPECT_EQ(skipping(running, "SRCIP NONSENSE ENDSRCIP").first, running);
}

TEST(skipping, a_block_without_end_takes_the_rest_of_the_file) {
    EXPECT_EQ(
        left_of("VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.1\nSOMAXCONN 5\nPORT 80 TCP A"),
        started("VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.1 ENDVIPADYNAMIC"));
    EXPECT_EQ(left_of("PORT 80 TCP A\nSRCIP JOBNAME A 10.0.0.1\nSOMAXCONN 5"),
              started("PORT 80 TCP A"));
}

TEST(skipping, deny_for_a_job_leaves_out_the_whole_port_statement) {
    EXPECT_EQ(left_of("PORT 80 TCP A UNRSV TCP JOB DENY 81 TCP B\nPORT 82 TCP C"),
              started("PORT 82 TCP C"));
    EXPECT_EQ(left_of("PORT UNRSV TCP A WHENBIND UNRSV TCP B WHENLISTEN UNRSV TCP C WHENBIND"),
              started("PORT UNRSV TCP A WHENBIND UNRSV TCP C WHENBIND"))
        << "EZZ0147I is of an entry";
}

TEST(skipping, an_address_that_is_defined_already_leaves_the_others_of_its_list) {
    std::string const home = "INTERFACE V DEFINE VIRTUAL IPADDR 10.1.9.2\n";
    EXPECT_EQ(left_of(home + "VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.1 10.1.9.2 10.1.9.3\n"
                             "VIPABACKUP 5 10.1.9.4 10.1.9.2 VIPADELETE 10.1.9.5 10.1.9.3\n"
                             "ENDVIPADYNAMIC"),
              started(home + "VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.1\n"
                             "VIPABACKUP 5 10.1.9.4 ENDVIPADYNAMIC"));
    EXPECT_EQ(left_of("VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.1 127.0.0.1 ENDVIPADYNAMIC"),
              configuration())
        << "EZZ0638I: the statement is ignored";
}

TEST(skipping, a_role_without_hot_standby_leaves_out_the_rest_of_the_block) {
    std::string const begin =
        "IPCONFIG DYNAMICXCF 10.1.10.1/24 1\nVIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.1\n";
    std::string const rest = "VIPADISTRIBUTE 10.1.9.1 PORT 81 DESTIP ALL ENDVIPADYNAMIC\n";
    std::string const other = "VIPADYNAMIC VIPADEFINE 255.255.255.255 10.1.9.3 ENDVIPADYNAMIC\n";
    EXPECT_EQ(left_of(begin + "VIPADISTRIBUTE 10.1.9.1 PORT 80 DESTIP 10.1.10.2 PREFERRED\n" +
                      rest + other),
              started(begin + "ENDVIPADYNAMIC\n" + other));
    EXPECT_EQ(left_of(begin + "VIPADISTRIBUTE DISTM HOTSTANDBY 10.1.9.1 PORT 80 DESTIP ALL\n" +
                      rest + other),
              started(begin + rest + other))
        << "EZZ0165I is of a statement";
}

TEST(skipping, ends_with_every_statement_left_out_if_none_is_good) {
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "START OSA" + std::to_string(i) + "\n";
    EXPECT_EQ(skipping({}, text).first, configuration());
}

}  // namespace
}  // namespace parser
