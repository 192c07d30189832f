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

/// The block that makes them, of a profile.
std::string block_of(source_rules const& rules) {
    configuration config;
    config.sources = rules;
    auto const all = to_profile(config);
    std::string_view const end = "ENDSRCIP\n";
    auto const first = all.find("SRCIP\n");
    return all.substr(first, all.find(end) + end.size() - first);
}

TEST(srcip, orders_jobs_and_networks_by_how_specific_they_are) {
    auto const rules = with_rules(
                           "JOBNAME * 10.0.0.9 JOBNAME W* 10.0.0.1 JOBNAME WEB* 10.0.0.2\n"
                           "JOBNAME WEB1 10.0.0.3 JOBNAME WE* 10.0.0.4\n"
                           "DESTINATION 10.0.0.0/8 10.0.0.5\n"
                           "DESTINATION 10.5.5.5 10.0.0.6\n"
                           "DESTINATION 10.5.0.0/16 10.0.0.7\n"
                           "DESTINATION 0.0.0.0/0 10.0.0.8")
                           .next.sources;
    EXPECT_EQ(block_of(rules),
              "SRCIP\n"
              "  JOBNAME WEB1 10.0.0.3 CLIENT\n"
              "  JOBNAME WEB* 10.0.0.2 CLIENT\n"
              "  JOBNAME WE* 10.0.0.4 CLIENT\n"
              "  JOBNAME W* 10.0.0.1 CLIENT\n"
              "  JOBNAME * 10.0.0.9 CLIENT\n"
              "  DESTINATION 10.5.5.5/32 10.0.0.6\n"
              "  DESTINATION 10.5.0.0/16 10.0.0.7\n"
              "  DESTINATION 10.0.0.0/8 10.0.0.5\n"
              "  DESTINATION 0.0.0.0/0 10.0.0.8\n"
              "ENDSRCIP\n");
}

TEST(srcip, is_for_clients_servers_or_both) {
    auto const rules = with_rules(
                           "JOBNAME A 10.0.0.1 JOBNAME B 10.0.0.2 SERVER\n"
                           "JOBNAME C 10.0.0.3 BOTH JOBNAME C V6 CLIENT\n"
                           "JOBNAME D* PUBLICADDRS BOTH")
                           .next.sources;
    using choices = std::map<job_key, source_choice>;
    source_choice const v6 = "V6";
    EXPECT_EQ(rules.clients, (choices{{{true, "A"}, address("10.0.0.1")},
                                      {{true, "C"}, address("10.0.0.3")},
                                      {{false, "C"}, v6},
                                      {{false, "D*"}, address_preference::public_}}));
    EXPECT_EQ(rules.servers, (choices{{{true, "B"}, address("10.0.0.2")},
                                      {{true, "C"}, address("10.0.0.3")},
                                      {{false, "D*"}, address_preference::public_}}));
}

TEST(srcip, replaces_all_entries_and_an_empty_block_deletes_them) {
    auto const before = with_rules("JOBNAME A 10.0.0.1");
    auto const after = with_rules("JOBNAME B 10.0.0.1", before.next);
    EXPECT_EQ(block_of(after.next.sources), "SRCIP\n  JOBNAME B 10.0.0.1 CLIENT\nENDSRCIP\n");
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
