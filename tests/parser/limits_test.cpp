// What is said and kept of profiles is bounded, whatever is in them: large ones are not
// pathological ones. Nothing here takes more than a moment; a quadratic step would take minutes.
#include "parser/format/format.hpp"
#include "profile_text.hpp"

#include <map>
#include <string>
#include <string_view>

namespace parser {
namespace {

constexpr std::size_t many = 100'000;
/// Of errors, of notes and of warnings each: 1,000 and one that says that there are more. After as
/// many errors of files and symbols the parser says that it looks at nothing.
constexpr std::size_t most_said = 1001;

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (; times != 0; --times)
        all += text;
    return all;
}

/// A profile by the name of test, through the parser, the formatter and apply.
std::vector<diagnostic> said_of(std::string text, std::map<std::string, std::string> others = {}) {
    others["test"] = std::move(text);
    auto parsed = parse("test", memory_reader(std::move(others)));
    if (parsed.whole) {
        std::size_t const size = parsed.profile.source->files[0].text.size();
        EXPECT_LE(format::format(parsed).size(), 8 * size);
    }
    auto const made = apply({}, parsed.profile, phase::initial);
    auto all = std::move(parsed.diagnostics);
    all.insert(all.end(), made.diagnostics.begin(), made.diagnostics.end());
    for (auto const& problem : all)
        EXPECT_LT(to_text(problem).size(), 8000U) << "text, line and marker are shown in part";
    return all;
}

TEST(brackets_quotes_and_comments, without_end_are_one_word_or_none) {
    for (auto const* what : {"(", "\"", "'", "/*", "<", "{", "(\""})
        EXPECT_EQ(said_of(repeated(what, many)).size(), 1U) << what;
    for (auto const* what : {"( ", "\"\n", "\"x\n", "/* ", ") ( "})
        EXPECT_LE(said_of(repeated(what, many)).size(), 2U) << what;
    EXPECT_EQ(said_of(repeated(";", many)).size(), 0U);
    EXPECT_EQ(said_of(repeated(";\n", many)).size(), 0U);
}

TEST(a_line, of_ten_megabytes_is_as_any_other) {
    constexpr std::size_t size = 10'000'000;
    EXPECT_EQ(said_of(repeated("A", size)).size(), 1U);
    EXPECT_EQ(said_of(repeated(" ", size) + "A").size(), 1U);
    EXPECT_EQ(said_of(repeated("; ", size / 2)).size(), 0U);
    EXPECT_EQ(said_of("SOMAXCONN 5 " + repeated(" ", size) + "TTL").size(), 1U);
    EXPECT_EQ(said_of(repeated("SOMAXCONN 5 ", many)).size(), 0U);
    EXPECT_EQ(said_of(repeated("SOMAXCONN 0 ", many)).size(), most_said);
}

TEST(errors, of_each_kind_are_said_a_thousand_times_at_most) {
    for (auto const* what : {"SOMAXCONN 0\n", "ENDVIPADYNAMIC\n", "VIPADYNAMIC\n", "SOMAXCON 5\n",
                             "&A ", "&A(9:9) ", "INCLUDE none\n", "INCLUDE test\n", "INCLUDE &A\n",
                             "START OSA1\n", "VIPADYNAMIC VIPADELETE 10.1.1.1 ENDVIPADYNAMIC\n",
                             "HOSTNAME A\n", "INTERFACE A DEFINE IPAQIDIO\n"})
        EXPECT_LE(said_of(repeated(what, many)).size(), most_said + 1) << what;
    EXPECT_EQ(said_of("PORT 80 TCP RESERVED\n" + repeated("PORT 80 TCP A\n", many)).size(),
              most_said);
}

TEST(notes_and_warnings, are_said_a_thousand_times_at_most) {
    EXPECT_EQ(said_of(repeated("ARPAGE 5\n", many)).size(), most_said);
    EXPECT_EQ(said_of("INTERFACE A DEFINE VIRTUAL IPADDR 10.1.1.1\n" + repeated("START A\n", many))
                  .size(),
              most_said);
}

TEST(errors, after_very_many_warnings_still_refuse_a_profile) {
    auto const all = said_of("INTERFACE A DEFINE VIRTUAL IPADDR 10.1.1.1\n" +
                             repeated("START A\n", many) + "START B\n");
    EXPECT_TRUE(has_errors(all));
}

TEST(includes, of_ten_thousand_files_stop_at_their_limit) {
    auto const all = said_of(repeated("INCLUDE part\n", 10'000), {{"part", "SOMAXCONN 5\n"}});
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].text, "there are more than 4096 INCLUDEs");
}

TEST(includes, that_multiply_stop_at_the_limits_of_depth_and_number) {
    std::map<std::string, std::string> files;
    for (int i = 0; i < 20; ++i)
        files["f" + std::to_string(i)] =
            repeated("INCLUDE f" + std::to_string(i + 1) + '\n', 10) + "SOMAXCONN 5\n";
    EXPECT_LE(said_of("INCLUDE f0\n", files).size(), most_said + 1);
}

TEST(very_many_statements, are_looked_up_without_looking_at_all) {
    std::string routes = "INTERFACE A DEFINE IPAQENET PORTNAME P IPADDR 10.1.1.1/24\nBEGINROUTES\n";
    std::string ports;
    std::string sources = "SRCIP\n";
    for (std::uint32_t i = 0; i < many; ++i) {
        std::string const host = ip_address::v4(0x0B000000U + i).to_string();
        routes += "ROUTE " + host + " HOST = A MTU 1500\n";
        sources += "DESTINATION " + host + " 10.1.1.1\n";
        ports += "PORT " + std::to_string(1 + i % 65535) + " TCP J" + std::to_string(i) + '\n';
    }
    auto const made = started(routes + "ENDROUTES\n" + ports + sources + "ENDSRCIP\n");
    EXPECT_EQ(made.routes.size(), many);
    EXPECT_EQ(made.ports.ports.size(), many);
    EXPECT_EQ(made.sources.destinations.size(), many);
}

TEST(very_many_interfaces_and_links, are_found_without_looking_at_all) {
    std::string text, home = "HOME\n", routes = "BEGINROUTES\n", gone;
    for (std::uint32_t i = 1; i <= many / 2; ++i) {
        auto const number = std::to_string(i);
        auto const host = [&](std::uint32_t network) {
            return ip_address::v4(network + i * 4 + 1).to_string();
        };
        text += "INTERFACE I" + number + " DEFINE IPAQENET PORTNAME P IPADDR " + host(0x0B000000) +
                "/30\nDEVICE D" + number + " MPCIPA\nLINK L" + number + " IPAQENET D" + number +
                "\nSTART I" + number + "\nSTART D" + number + '\n';
        home += host(0x0C000000) + " L" + number + '\n';
        routes += "ROUTE " + host(0x0D000000) + " HOST = L" + number + " MTU 1500\n";
        gone += "DELETE LINK L" + number + " DELETE DEVICE D" + number + '\n';
    }
    auto const made = started(text + home + routes + "ENDROUTES\n");
    EXPECT_EQ(made.interfaces.size(), many);
    EXPECT_EQ(made.routes.size(), many / 2);
    auto stopped = made;
    for (auto& each : stopped.devices)
        each.started = false;
    auto const left = applied(stopped, "HOME\n" + gone);
    EXPECT_EQ(left.interfaces.size(), many / 2);
    EXPECT_TRUE(left.devices.empty() && left.links.empty() && left.routes.empty());
}

TEST(very_many_binds_of_a_port, are_found_without_looking_at_all) {
    std::string binds, gone;
    for (std::uint32_t i = 0; i < many; ++i) {
        std::string const entry =
            "PORT 80 TCP WEB BIND " + ip_address::v4(0x0B000000U + i).to_string() + '\n';
        binds += entry;
        gone += "DELETE " + entry;
    }
    auto const made = started(binds + binds);
    ASSERT_EQ(made.ports.ports.size(), 1U);
    EXPECT_EQ(made.ports.ports.begin()->second.size(), many);
    EXPECT_TRUE(applied(made, gone).ports.ports.empty());
}

TEST(very_many_port_ranges_and_distributions, are_found_without_looking_at_all) {
    std::string ranges, distributions, gone;
    for (std::uint32_t port = 1; port < 65535; port += 2) {
        auto const number = std::to_string(port);
        ranges += "PORTRANGE " + number + " 2 UDP JOB\n";
        auto const ports = " 10.1.9.9 PORT " + number + '-' + std::to_string(port + 1) + " DESTIP ";
        distributions += "VIPADISTRIBUTE SYSPLEXPORTS" + ports + "10.1.10.1 10.1.10.2\n";
        gone += "VIPADISTRIBUTE DELETE" + ports + "10.1.10.1 10.1.10.2\n";
    }
    auto const made = started(ranges +
                              "IPCONFIG DYNAMICXCF 10.1.10.1/24 1\nVIPADYNAMIC\n"
                              "VIPADEFINE 255.255.255.255 10.1.9.9\n" +
                              distributions + "ENDVIPADYNAMIC\n");
    EXPECT_EQ(made.ports.ranges.size(), 32767U);
    EXPECT_EQ(made.dvipas.at(0).distributions.size(), 32767U);
    auto const left = applied(made, "VIPADYNAMIC\n" + gone + "ENDVIPADYNAMIC\n");
    EXPECT_TRUE(left.dvipas.at(0).distributions.empty());
}

TEST(targets_of_a_distribution, and_ranges_of_a_stack_are_limited_as_on_zos) {
    std::string targets, ranges = "VIPADYNAMIC\n";
    for (std::uint32_t i = 0; i < 4097; ++i) {
        if (i < 33) targets += ' ' + ip_address::v4(0x0A010A01U + i).to_string();
        ranges +=
            "VIPARANGE 255.255.255.0 " + ip_address::v4(0x0B000000U + i * 256).to_string() + '\n';
    }
    EXPECT_EQ(refusal({}, ranges + "ENDVIPADYNAMIC"), "a stack has at most 4096 VIPARANGEs\n");
    std::string const begin =
        "IPCONFIG DYNAMICXCF 10.1.10.1/24 1\nVIPADYNAMIC\nVIPADEFINE 255.255.255.255 10.1.9.9\n";
    std::string const to = "VIPADISTRIBUTE 10.1.9.9 PORT 80 DESTIP ";
    std::string const end = "\nENDVIPADYNAMIC";
    char const* const too_many = "a distribution has at most 32 targets\n";
    EXPECT_EQ(refusal({}, begin + to + targets + end), too_many);
    auto const most = targets.substr(0, targets.rfind(' '));
    auto const made = started(begin + to + most + end);
    EXPECT_EQ(refusal(made, "VIPADYNAMIC " + to + "10.1.10.99" + end), too_many);
}

}  // namespace
}  // namespace parser
