// A configuration printed as a profile, parsed and applied, is the same configuration.
#include "generated_profile.hpp"
#include "profile_text.hpp"

#include <random>

namespace parser {
namespace {

TEST(printing, of_generated_configurations_loses_nothing) {
    std::uint32_t const seed = std::random_device()();
    for (std::uint32_t i = 0; i < 200; ++i) {
        std::string const text = generated_profile(seed + i).text();
        auto const parsed = parse_text(text);
        ASSERT_EQ(to_text(parsed.diagnostics), "") << text << "seed " << seed + i;
        auto const first = apply({}, parsed.profile, phase::initial);
        // A port reserved for a job and for nobody by chance is no fault of printing.
        if (!first.ok()) continue;
        std::string const printed = to_profile(first.next);
        EXPECT_EQ(started(printed), first.next) << printed << "seed " << seed + i;
    }
}

TEST(printing, of_every_parameter_loses_nothing) {
    std::string const name =
        std::string(TCPPLEX_SOURCE_DIR) + "/tests/profiles/good_everything.profile";
    auto const config = apply({}, parse(name, file_reader()).profile, phase::initial).next;
    std::string const printed = to_profile(config);
    EXPECT_EQ(started(printed), config) << printed;
    EXPECT_EQ(to_profile(started(printed)), printed);
}

TEST(printing, of_the_default_configuration_gives_its_defaults) {
    EXPECT_EQ(started(to_profile(configuration())), configuration());
}

}  // namespace
}  // namespace parser
