// A configuration printed as a profile, parsed and applied, is the same configuration.
#include "profile_text.hpp"

#include <algorithm>
#include <filesystem>
#include <random>

namespace parser {
namespace {

/// Makes valid profiles by chance.
class generator {
  public:
    explicit generator(std::uint32_t seed) : random_(seed) {}

    std::string profile() {
        std::string out = "IPCONFIG DYNAMICXCF 10.1.10.1/24 1 TTL " + number(1, 255) + '\n';
        for (unsigned i = 1; i <= below(4); ++i)
            out += interface_number(i);
        for (unsigned i = 0; i < below(6); ++i)
            out += port();
        out += "TCPCONFIG EPHEMERALPORTS " + number(1024, 2000) + ' ' + number(2000, 65535) + '\n';
        out += "VIPADYNAMIC\n";
        for (unsigned i = 1; i <= below(6); ++i)
            out += dvipa("10.1.9." + std::to_string(i));
        if (below(2) == 0) out += "VIPARANGE" + sharing() + " 255.255.255.0 10.7.0.0\n";
        return out + "ENDVIPADYNAMIC\n";
    }

  private:
    unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }
    std::string number(unsigned least, unsigned most) {
        return std::to_string(least + below(most - least + 1));
    }
    std::string sharing() { return below(2) == 0 ? " SYSPLEXPORTS" : ""; }

    std::string interface_number(unsigned i) {
        std::string const n = std::to_string(i);
        std::string out = "INTERFACE IF" + n + " DEFINE IPAQENET PORTNAME P IPADDR 10.2." + n +
                          ".1/" + number(16, 30) + (below(2) == 0 ? " MTU 1400\n" : "\n");
        if (below(2) == 0) out += "START IF" + n + '\n';
        return out + "BEGINROUTES ROUTE 10." + number(50, 250) + ".0.0/16 = IF" + n +
               " MTU DEFAULTSIZE ENDROUTES\n";
    }

    std::string port() {
        return "PORT " + number(1, 65535) + (below(2) == 0 ? " TCP " : " UDP ") +
               (below(3) == 0 ? "RESERVED\n" : "JOB" + number(1, 99) + '\n');
    }

    std::string dvipa(std::string const& address) {
        std::string out = below(2) == 0
                              ? "VIPADEFINE" + sharing() + " 255.255.255.255 " + address + '\n'
                              : "VIPABACKUP " + number(1, 254) + ' ' + address + '\n';
        if (below(2) == 0) return out;
        out += "VIPADISTRIBUTE" + std::string(below(2) == 0 ? " DISTM ROUNDROBIN" : "") +
               (below(2) == 0 ? " OPTLOCAL " + number(0, 16) : "") + sharing() + ' ' + address;
        if (below(2) == 0) out += " PORT " + number(1, 99) + ' ' + number(100, 200) + "-300";
        return out + (below(2) == 0 ? " DESTIP ALL\n" : " DESTIP 10.1.10.1 10.1.10.2\n");
    }

    std::mt19937 random_;
};

TEST(printing, of_generated_configurations_loses_nothing) {
    std::uint32_t const seed = std::random_device()();
    for (std::uint32_t i = 0; i < 200; ++i) {
        std::string const text = generator(seed + i).profile();
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
    EXPECT_EQ(started(to_profile({})), configuration());
}

}  // namespace
}  // namespace parser
