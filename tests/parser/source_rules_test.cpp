// SRCIP: what is kept of it, and which entry counts.
#include "profile_text.hpp"

namespace parser {
namespace {

/// What an SRCIP block makes of a configuration; its note is expected.
apply_result with_rules(std::string const& entries, configuration const& running = {}) {
    auto const parsed = parse_text("SRCIP\n" + entries + "\nENDSRCIP");
    EXPECT_TRUE(parsed.ok()) << to_text(parsed.diagnostics);
    return apply(running, parsed.profile, phase::obeyfile);
}

std::string first_error(std::string const& entries) {
    auto const result = with_rules(entries);
    return result.diagnostics.empty() ? "" : result.diagnostics.front().text;
}

/// The source for a connection of `job` to `destination`; "none" without an entry for it.
std::string source(source_rules const& rules, std::string_view job, std::string_view destination) {
    auto const* found = rules.for_client(job, address(destination));
    if (found == nullptr) return "none";
    if (auto const* name = std::get_if<std::string>(found)) return *name;
    if (auto const* host = std::get_if<ip_address>(found)) return host->to_string();
    return "preference";
}

TEST(srcip, prefers_a_job_then_a_destination_then_any_job) {
    auto const rules = with_rules(
                           "JOBNAME * 10.0.0.1\n"
                           "DESTINATION 10.5.0.0/16 10.0.0.2\n"
                           "JOBNAME WEB* 10.0.0.3\n"
                           "JOBNAME WEB1 10.0.0.4")
                           .next.sources;
    EXPECT_EQ(source(rules, "WEB1", "10.5.1.1"), "10.0.0.4");
    EXPECT_EQ(source(rules, "WEB2", "10.5.1.1"), "10.0.0.3");
    EXPECT_EQ(source(rules, "FTP", "10.5.1.1"), "10.0.0.2");
    EXPECT_EQ(source(rules, "FTP", "10.6.1.1"), "10.0.0.1");
    EXPECT_EQ(source(rules, "FTP", "2001:db8::1"), "none") << "no entry is of IPv6";
}

TEST(srcip, prefers_the_longer_beginning_of_a_job_and_the_longer_network) {
    auto const rules = with_rules(
                           "JOBNAME W* 10.0.0.1 JOBNAME WEB* 10.0.0.2 JOBNAME WE* 10.0.0.3\n"
                           "DESTINATION 10.0.0.0/8 10.0.0.4\n"
                           "DESTINATION 10.5.5.5 10.0.0.5\n"
                           "DESTINATION 10.5.0.0/16 10.0.0.6\n"
                           "DESTINATION 0.0.0.0/0 10.0.0.7\n"
                           "DESTINATION 2001:db8::/32 V6")
                           .next.sources;
    EXPECT_EQ(source(rules, "WEBX", "1.1.1.1"), "10.0.0.2");
    EXPECT_EQ(source(rules, "WEX", "1.1.1.1"), "10.0.0.3");
    EXPECT_EQ(source(rules, "WX", "1.1.1.1"), "10.0.0.1");
    EXPECT_EQ(source(rules, "X", "10.5.5.5"), "10.0.0.5");
    EXPECT_EQ(source(rules, "X", "10.5.5.6"), "10.0.0.6");
    EXPECT_EQ(source(rules, "X", "10.6.5.6"), "10.0.0.4");
    EXPECT_EQ(source(rules, "X", "11.6.5.6"), "10.0.0.7");
    EXPECT_EQ(source(rules, "X", "2001:db8::9"), "V6");
    EXPECT_EQ(source(rules, "X", "2001:db9::9"), "none");
}

TEST(srcip, is_for_clients_servers_or_both) {
    auto const rules = with_rules(
                           "JOBNAME A 10.0.0.1 JOBNAME B 10.0.0.2 SERVER\n"
                           "JOBNAME C 10.0.0.3 BOTH JOBNAME C V6 CLIENT\n"
                           "JOBNAME D* PUBLICADDRS BOTH JOBNAME * 10.0.0.9 SERVER")
                           .next.sources;
    EXPECT_EQ(source(rules, "A", "10.5.1.1"), "10.0.0.1");
    EXPECT_EQ(source(rules, "B", "10.5.1.1"), "none");
    EXPECT_EQ(source(rules, "C", "10.5.1.1"), "10.0.0.3");
    EXPECT_EQ(source(rules, "C", "2001:db8::1"), "V6");
    EXPECT_EQ(source(rules, "D1", "2001:db8::1"), "preference");
    auto const* any = rules.for_server("A", true);
    ASSERT_NE(any, nullptr);
    EXPECT_EQ(*any, source_choice(address("10.0.0.9")));
    EXPECT_EQ(*rules.for_server("B", true), source_choice(address("10.0.0.2")));
    EXPECT_EQ(rules.for_server("C", false), nullptr);
    EXPECT_EQ(*rules.for_server("D", false), source_choice(address_preference::public_));
}

TEST(srcip, replaces_all_entries_and_an_empty_block_deletes_them) {
    auto const before = with_rules("JOBNAME A 10.0.0.1");
    auto const after = with_rules("JOBNAME B 10.0.0.1", before.next);
    EXPECT_EQ(source(after.next.sources, "A", "10.5.1.1"), "none");
    EXPECT_EQ(source(after.next.sources, "B", "10.5.1.1"), "10.0.0.1");
    EXPECT_EQ(with_rules("", after.next).next.sources, source_rules());
    EXPECT_EQ(with_rules("JOBNAME B 10.0.0.1", after.next).next, after.next);
}

TEST(srcip, keeps_to_one_family_and_one_source_an_entry) {
    EXPECT_EQ(first_error("DESTINATION 10.0.0.0/8 V6"),
              "the source is not of the family of 10.0.0.0/8");
    EXPECT_EQ(first_error("DESTINATION 2001:db8::1 10.0.0.1"),
              "the source is not of the family of 2001:db8::1/128");
    EXPECT_EQ(first_error("DESTINATION 10.0.0.1/8 10.0.0.1"), "10.0.0.1 has bits beyond its mask");
    EXPECT_EQ(first_error("JOBNAME A 10.0.0.1 JOBNAME A 10.0.0.2 BOTH"),
              "JOBNAME A has a source of this family already");
    EXPECT_EQ(first_error("DESTINATION 10.0.0.1 10.0.0.2 DESTINATION 10.0.0.1/32 10.0.0.3"),
              "DESTINATION 10.0.0.1/32 has a source already");
}

TEST(srcip, is_printed_as_it_was) {
    auto const config = with_rules(
                            "JOBNAME A 10.0.0.1 BOTH JOBNAME B* V6 SERVER\n"
                            "JOBNAME * TEMPADDRS DESTINATION 10.0.0.0/8 10.0.0.1")
                            .next;
    auto const again = parse_text(to_profile(config));
    EXPECT_EQ(apply({}, again.profile, phase::initial).next, config) << to_profile(config);
}

}  // namespace
}  // namespace parser
