// A configuration printed as a profile, parsed and applied, is the same configuration.
#include "generated_profile.hpp"
#include "profile_text.hpp"

#include <optional>
#include <random>
#include <utility>

namespace parser {
namespace {

/// What a printed configuration is when it is read again; notes of statements are not in the way.
configuration read_again(std::string const& printed) {
    auto const parsed = parse_text(printed);
    EXPECT_TRUE(parsed.ok()) << to_text(parsed.diagnostics) << printed;
    auto const made = apply({}, parsed.profile, phase::initial);
    EXPECT_TRUE(made.ok()) << to_text(made.diagnostics) << printed;
    return made.next;
}

/// What carries out a text that chance has made; nothing if it is refused.
std::optional<configuration> carried_out(configuration const& running, std::string const& text,
                                         phase when) {
    auto const parsed = parse_text(text);
    EXPECT_TRUE(parsed.ok()) << to_text(parsed.diagnostics) << text;
    auto result = apply(running, parsed.profile, when);
    if (!result.ok()) return std::nullopt;
    return std::move(result.next);
}

constexpr unsigned runs = 300;

TEST(printing, of_generated_configurations_loses_nothing) {
    std::uint32_t const seed = std::random_device()();
    unsigned accepted = 0;
    for (std::uint32_t i = 0; i < runs && !testing::Test::HasFailure(); ++i) {
        std::string const text = generated_profile(seed + i).text();
        auto const made = carried_out({}, text, phase::initial);
        if (!made) continue;
        ++accepted;
        std::string const printed = to_profile(*made);
        EXPECT_EQ(read_again(printed), *made) << text << printed << "seed " << seed + i;
    }
    EXPECT_GT(accepted, runs / 10);
}

TEST(printing, of_configurations_that_generated_changes_made_loses_nothing) {
    std::uint32_t const seed = std::random_device()();
    unsigned accepted = 0;
    for (std::uint32_t i = 0; i < runs && !testing::Test::HasFailure(); ++i) {
        generated_profile chance(seed + i);
        std::string history = chance.text();
        auto running = carried_out({}, history, phase::initial);
        for (unsigned change = 0; running && change < 20; ++change) {
            std::string const text = chance.change();
            auto const changed = carried_out(*running, text, phase::obeyfile);
            if (!changed) continue;
            ++accepted;
            history += "; an OBEYFILE\n" + text;
            running = changed;
            std::string const printed = to_profile(*running);
            EXPECT_EQ(read_again(printed), *running) << history << printed << "seed " << seed + i;
            if (HasFailure()) break;
        }
    }
    EXPECT_GT(accepted, runs);
}

TEST(printing, of_the_default_configuration_gives_its_defaults) {
    EXPECT_EQ(started(to_profile(configuration())), configuration());
}

}  // namespace
}  // namespace parser
