// How fast a profile is parsed and checked, by its size and by what is in it (0: PORT entries, 1:
// the same, half of it comments, 2: ports, routes, DVIPAs and comments): bytes a second that do not
// depend on the size show that the time is linear.
#include "parser/configuration.hpp"
#include "parser/parse.hpp"
#include "parser/source/lexical.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

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

/// A little of everything that a large profile has many of, a tenth of it comments.
std::string mixed(std::size_t size) {
    std::string text;
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
            text += fmt::format("  ROUTE 172.{}.{}.0/24 10.{}.{}.254 OSA{} MTU 1492\n", 16 + route,
                                fourth, third, fourth, route);
        text += fmt::format(
            "ENDROUTES\n"
            "VIPADYNAMIC\n"
            "  VIPADEFINE SYSPLEXPORTS MOVEABLE IMMEDIATE 255.255.255.0 10.{0}.{1}.1\n"
            "  VIPADISTRIBUTE 10.{0}.{1}.1 PORT 80 443 DESTIP ALL\n"
            "ENDVIPADYNAMIC\n",
            third, fourth);
    }
    return text;
}

enum class kind : std::int64_t { ports, commented, mixed };

std::string profile_of(benchmark::State const& state) {
    auto const size = static_cast<std::size_t>(state.range(0)) << 20U;
    auto const wanted = static_cast<kind>(state.range(1));
    return wanted == kind::mixed ? mixed(size) : ports_of(size, wanted == kind::commented);
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
        benchmark::DoNotOptimize(parser::apply({}, parsed.profile, parser::phase::initial));
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
    for (auto const each : {kind::ports, kind::commented, kind::mixed})
        for (int const size : {1, 10, 100})
            bench->Args({size, static_cast<std::int64_t>(each)});
}

}  // namespace

BENCHMARK(find_words)->Apply(all_kinds);
BENCHMARK(parse_profile)->Apply(all_kinds);
BENCHMARK(parse_and_check_profile)->Apply(all_kinds);
