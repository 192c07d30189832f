// How fast a profile is parsed and checked, by its size and by what is in it (0: PORT entries, 1:
// the same, half of it comments, 2: ports, routes, distributions and comments, 3: interfaces and
// links, 4: BINDs of one port, 5: ranges of ports and distributions as far as there are ports, then
// again): bytes a second that do not depend on the size show that the time is linear.
#include "parser/configuration.hpp"
#include "parser/parse.hpp"
#include "parser/source/lexical.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <string>

#include <malloc.h>

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

/// Ports given to jobs up to `size`, after a network of a hundred interfaces; half of the text is
/// comments, or none of it.
std::string ports_of(std::size_t size, bool commented) {
    std::string text;
    for (unsigned number = 0; number < 100; ++number)
        text += interface(number);
    for (unsigned number = 0; text.size() < size; ++number) {
        if (commented) text.append(remarks).append(remarks);
        text += reserved_ports(number, commented);
    }
    return text;
}

constexpr char const* network =
    "INTERFACE OSA0 DEFINE IPAQENET PORTNAME P0 IPADDR 10.250.0.1/24\n"
    "INTERFACE OSA1 DEFINE IPAQENET PORTNAME P1 IPADDR 10.250.1.1/24\n"
    "INTERFACE OSA2 DEFINE IPAQENET PORTNAME P2 IPADDR 10.250.2.1/24\n"
    "INTERFACE OSA3 DEFINE IPAQENET PORTNAME P3 IPADDR 10.250.3.1/24\n"
    "IPCONFIG DYNAMICXCF 10.251.0.1/24 1\n";

/// DVIPAs of a stack; fewer than it may have.
constexpr unsigned dvipas = 1000;

std::string dvipa(unsigned number) {
    return fmt::format("10.252.{}.{}", number % dvipas / 250, number % 250 + 1);
}

/// The first `dvipas` define one each, all distribute two ports of one more.
std::string distributed_ports(unsigned number) {
    std::string text = "VIPADYNAMIC\n";
    if (number < dvipas)
        text += fmt::format("  VIPADEFINE SYSPLEXPORTS MOVEABLE IMMEDIATE 255.255.255.0 {}\n",
                            dvipa(number));
    unsigned const port = number / dvipas % 16000 * 4 + 1;
    return text + fmt::format("  VIPADISTRIBUTE {} PORT {} {} DESTIP ALL\nENDVIPADYNAMIC\n",
                              dvipa(number), port, port + 2);
}

/// A little of everything that a large profile has many of, a tenth of it comments.
std::string mixed(std::size_t size) {
    std::string text = network;
    for (unsigned number = 0; text.size() < size; ++number) {
        unsigned const third = number / 250 % 250;
        unsigned const fourth = number % 250 + 1;
        text += fmt::format("; the servers of department {}\nPORT\n", number);
        for (unsigned port = 0; port < 8; ++port)
            text +=
                fmt::format("  {} TCP JOB{} NOAUTOLOG\n  {} UDP RESERVED\n",
                            1024 + (number + port) % 60000, port, 1024 + (number + port) % 60000);
        text += "BEGINROUTES\n";
        for (unsigned route = 0; route < 4; ++route)
            text += fmt::format("  ROUTE 172.{}.{}.0/24 10.{}.{}.{} OSA{} MTU 1492\n", 16 + route,
                                fourth, third, fourth, 254 - number / 62500, route);
        text += "ENDROUTES\n" + distributed_ports(number);
    }
    return text;
}

/// An interface, and a link in HOME, each with a route.
std::string many_interfaces(std::size_t size) {
    std::string text;
    std::string home = "HOME\n";
    std::string routes = "BEGINROUTES\n";
    for (unsigned number = 1; text.size() + home.size() + routes.size() < size; ++number) {
        auto const host = fmt::format("{}.{}.{}", number >> 14U & 255U, number >> 6U & 255U,
                                      (number & 63U) * 4 + 1);
        text += fmt::format(
            "INTERFACE I{0} DEFINE IPAQENET PORTNAME P{0} IPADDR 11.{1}/30\n"
            "DEVICE D{0} MPCIPA\nLINK L{0} IPAQENET D{0}\nSTART D{0}\n",
            number, host);
        home += fmt::format("  12.{} L{}\n", host, number);
        routes += fmt::format("  ROUTE 13.{} HOST = I{} MTU 1500\n", host, number);
    }
    return text + home + routes + "ENDROUTES\n";
}

std::string binds_of_a_port(std::size_t size) {
    std::string text = "PORT\n";
    for (unsigned number = 0; text.size() < size; ++number)
        text += fmt::format("  80 TCP WEB BIND {}.{}.{}.{}\n", 11 + (number >> 24U),
                            number >> 16U & 255U, number >> 8U & 255U, number & 255U);
    return text;
}

std::string ranges_and_distributions(std::size_t size) {
    std::string text = network;
    text += "VIPADYNAMIC VIPADEFINE 255.255.255.0 10.252.0.1 ENDVIPADYNAMIC\n";
    for (unsigned number = 0; text.size() < size; ++number) {
        unsigned const port = number % 16000 * 4 + 1;
        text += fmt::format(
            "PORTRANGE {0} 2 TCP JOB\n"
            "VIPADYNAMIC VIPADISTRIBUTE 10.252.0.1 PORT {0}-{1} DESTIP ALL ENDVIPADYNAMIC\n",
            port, port + 1);
    }
    return text;
}

enum class kind : std::int64_t { ports, commented, mixed, interfaces, binds, ranges };
constexpr std::array every_kind = {kind::ports,      kind::commented, kind::mixed,
                                   kind::interfaces, kind::binds,     kind::ranges};

std::string profile_of(benchmark::State const& state) {
    auto const size = static_cast<std::size_t>(state.range(0)) << 20U;
    auto const wanted = static_cast<kind>(state.range(1));
    switch (wanted) {
        case kind::mixed:
            return mixed(size);
        case kind::interfaces:
            return many_interfaces(size);
        case kind::binds:
            return binds_of_a_port(size);
        case kind::ranges:
            return ranges_and_distributions(size);
        case kind::ports:
        case kind::commented:
            break;
    }
    return ports_of(size, wanted == kind::commented);
}

parser::parse_result parse(std::string const& text) {
    return parser::parse("profile", [&](std::string const&) { return text; });
}

void per_second(benchmark::State& state, std::string const& text) {
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

/// What is allocated at this moment.
double allocated() {
    auto const all = ::mallinfo2();
    return static_cast<double>(all.uordblks + all.hblkhd);
}

/// With it `kept`: bytes that the result holds, the text among them, for each of the text.
void parse_profile(benchmark::State& state) {
    auto const text = profile_of(state);
    double const before = allocated();
    double kept = 0;
    for (auto _ : state) {
        auto const parsed = parse(text);
        benchmark::DoNotOptimize(&parsed);
        kept = allocated() - before;
    }
    state.counters["kept"] = kept / static_cast<double>(text.size());
    per_second(state, text);
}

void parse_and_check_profile(benchmark::State& state) {
    auto const text = profile_of(state);
    for (auto _ : state) {
        auto const parsed = parse(text);
        auto const made = parser::apply({}, parsed.profile, parser::phase::initial);
        if (!parsed.ok() || !made.ok()) state.SkipWithError("it is no good profile");
    }
    per_second(state, text);
}

/// What any parser must do at the least, to compare with in the same run: copies the text, finds
/// its words and reads the numbers among them.
void find_words(benchmark::State& state) {
    auto const text = profile_of(state);
    for (auto _ : state) {
        std::string const copy = text;
        char const* const end = copy.data() + copy.size();
        std::uint64_t sum = 0;
        for (char const* at = copy.data(); at != end;) {
            auto const word = parser::word_at(parser::skip_blanks(at, end), end);
            if (word.empty()) break;
            at = word.data() + word.size();
            unsigned number = 0;
            std::from_chars(word.data(), at, number);
            sum += number + word.size();
        }
        benchmark::DoNotOptimize(sum);
    }
    per_second(state, text);
}

void all_kinds(benchmark::internal::Benchmark* bench) {
    bench->ArgNames({"MB", "kind"})->Unit(benchmark::kMillisecond);
    for (auto const each : every_kind)
        for (int const size : {1, 10, 100})
            bench->Args({size, static_cast<std::int64_t>(each)});
}

}  // namespace

BENCHMARK(find_words)->Apply(all_kinds);
BENCHMARK(parse_profile)->Apply(all_kinds);
BENCHMARK(parse_and_check_profile)->Apply(all_kinds);
