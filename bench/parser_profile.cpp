// How fast a profile is parsed and checked, by its size.
#include "parser/configuration.hpp"
#include "parser/parse.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>

namespace {

std::string interface(unsigned number) {
    return fmt::format(
        "; interface {0} of the network between the halls, kept by the network group\n"
        "INTERFACE IF{0} DEFINE IPAQENET PORTNAME P{0} IPADDR 10.{0}.0.1/24 MTU 1500\n"
        "BEGINROUTES\n"
        "  ROUTE 172.16.{0}.0/24 10.{0}.0.254 IF{0} MTU DEFAULTSIZE REPLACEABLE\n"
        "  ROUTE 172.17.{0}.0 255.255.255.0 = IF{0} MTU 1492\n"
        "ENDROUTES\n",
        number);
}

std::string reserved_ports(unsigned number, bool commented) {
    std::string text = "PORT\n";
    for (unsigned port = number * 16 % 60000 + 1024; text.size() < 600; ++port)
        text += fmt::format(
            "  {0:>5} TCP JOB{1}{2}\n"
            "  {0:>5} UDP RESERVED\n",
            port, port % 100, commented ? "                      ; kept for a job" : "");
    return text + "TCPCONFIG TCPSENDBFRSIZE 64K FINWAIT2TIME 600 RESTRICTLOWPORTS\n";
}

constexpr char const* remarks =
    ";--------------------------------------------------------------------\n"
    "; Ports of the application servers. Whoever adds one asks the network\n"
    "; group first, and enters it in the list of the department, too.\n"
    ";--------------------------------------------------------------------\n";

/// A network of a hundred interfaces, then ports given to jobs up to `size`; half of the text is
/// comments, or none of it.
std::string profile_of(std::size_t size, bool commented) {
    std::string text;
    for (unsigned number = 0; number < 100; ++number)
        text += interface(number);
    for (unsigned number = 0; text.size() < size; ++number) {
        if (commented) text.append(remarks).append(remarks);
        text += reserved_ports(number, commented);
    }
    return text;
}

parser::parse_result parse(std::string const& text) {
    return parser::parse("profile", [&](std::string const&) { return text; });
}

void per_second(benchmark::State& state, std::string const& text) {
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

void parse_profile(benchmark::State& state) {
    auto const text =
        profile_of(static_cast<std::size_t>(state.range(0)) << 20, state.range(1) != 0);
    for (auto _ : state)
        benchmark::DoNotOptimize(parse(text));
    per_second(state, text);
}

void parse_and_check_profile(benchmark::State& state) {
    auto const text =
        profile_of(static_cast<std::size_t>(state.range(0)) << 20, state.range(1) != 0);
    for (auto _ : state) {
        auto const parsed = parse(text);
        benchmark::DoNotOptimize(parser::apply({}, parsed.profile, parser::phase::initial));
    }
    per_second(state, text);
}

}  // namespace

BENCHMARK(parse_profile)->ArgNames({"MB", "commented"})->ArgsProduct({{1, 10, 100}, {1, 0}});
BENCHMARK(parse_and_check_profile)
    ->ArgNames({"MB", "commented"})
    ->ArgsProduct({{1, 10, 100}, {1, 0}});
