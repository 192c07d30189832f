// Runs the simulated sysplex for many seeds, each in a process of its own.
#include "log.hpp"
#include "plex.hpp"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

namespace {

struct options {
    std::uint64_t first = 1;
    std::uint64_t count = 10;
    bool verbose = false;
    bool grace = true;
};

constexpr char const* usage =
    "usage: sysplex_sim [--seeds N] [--from SEED] [--seed SEED [--watch KEY]] [--no-grace] "
    "[--help]\n"
    "\n"
    "Simulates a sysplex on etcd with crashes, pauses, partitions, lost and late answers.\n"
    "\n"
    "  --seeds N     as many runs (10)\n"
    "  --from SEED   the first of them (1)\n"
    "  --seed SEED   this run alone, with all messages of the stacks\n"
    "  --watch KEY   and the changes of all keys whose names contain KEY\n"
    "  --no-grace    frees the ports of the dead at once: invariants must break\n";

/// What the runs of one child come to, line by line to the parent: the sums of all.
struct sums {
    std::map<std::string, std::uint64_t> figures;
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> points;
};

// One run, told on `out` as "name value" lines; the exit status is 1 if an invariant broke.
[[noreturn]] void play(std::uint64_t seed, bool grace, std::FILE* out) {
    sim::crash_points points;
    auto const ran = sim::run({seed, grace}, points);
    std::fprintf(out,
                 "connections %llu\nechoed %llu\ninbound %llu\ndeaths %d\nfenced %d\npauses %d\n"
                 "cuts %d\nexpired %d\noutages %d\nmoves %d\n",
                 static_cast<unsigned long long>(ran.connections),
                 static_cast<unsigned long long>(ran.echoed),
                 static_cast<unsigned long long>(ran.inbound), ran.deaths, ran.fenced, ran.pauses,
                 ran.cuts, ran.expired, ran.outages, ran.moves);
    for (auto const& [name, seen] : points.seen)
        std::fprintf(out, "@%s\t%llu %llu\n", name.c_str(),
                     static_cast<unsigned long long>(seen.first),
                     static_cast<unsigned long long>(seen.second));
    if (!ran.broken.empty()) {
        for (auto const& line : ran.log)
            std::printf("    %s\n", line.c_str());
        std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), ran.broken.c_str());
    }
    std::fflush(out);
    std::fflush(stdout);
    ::_exit(ran.broken.empty() ? 0 : 1);  // threads of dead stacks are still there
}

void add(sums& to, char const* line) {
    char name[200];
    unsigned long long one = 0, two = 0;
    if (std::sscanf(line, "@%199[^\t]\t%llu %llu", name, &one, &two) == 3) {
        to.points[name].first += one;
        to.points[name].second += two;
    } else if (std::sscanf(line, "%199s %llu", name, &one) == 2) {
        to.figures[name] += one;
    }
}

struct child {
    std::uint64_t seed = 0;
    pid_t pid = 0;
    std::FILE* from = nullptr;
};

child start(std::uint64_t seed, bool grace) {
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    auto const pid = ::fork();
    if (pid < 0) std::abort();
    if (pid == 0) {
        ::close(ends[0]);
        play(seed, grace, ::fdopen(ends[1], "w"));
    }
    ::close(ends[1]);
    return {seed, pid, ::fdopen(ends[0], "r")};
}

bool finish(child& which, sums& all) {
    char line[300];
    while (std::fgets(line, sizeof line, which.from) != nullptr)
        add(all, line);
    std::fclose(which.from);
    int status = 0;
    ::waitpid(which.pid, &status, 0);
    if (WIFSIGNALED(status))
        std::printf("seed %llu: ended by signal %d\n", static_cast<unsigned long long>(which.seed),
                    WTERMSIG(status));
    return status == 0;
}

int run_all(options const& how) {
    sums all;
    std::vector<std::uint64_t> failed;
    std::vector<child> running;
    auto const at_once = std::max(1U, std::thread::hardware_concurrency());
    auto const end_first = [&] {
        if (!finish(running.front(), all)) failed.push_back(running.front().seed);
        running.erase(running.begin());
    };
    for (std::uint64_t i = 0; i < how.count; ++i) {
        if (running.size() == at_once) end_first();
        running.push_back(start(how.first + i, how.grace));
    }
    while (!running.empty())
        end_first();
    std::size_t died_at = 0;
    for (auto const& [name, seen] : all.points)
        died_at += seen.second != 0;
    std::printf("%llu runs:", static_cast<unsigned long long>(how.count));
    for (auto const& [name, value] : all.figures)
        std::printf(" %s %llu", name.c_str(), static_cast<unsigned long long>(value));
    std::printf("; died at %zu of %zu places\n", died_at, all.points.size());
    for (auto const seed : failed)
        std::printf("replay: sysplex_sim --seed %llu\n", static_cast<unsigned long long>(seed));
    return failed.empty() ? 0 : 1;
}

bool number(char const* text, std::uint64_t& into) {
    auto const* end = text + std::strlen(text);
    auto const [stopped, error] = std::from_chars(text, end, into);
    return error == std::errc() && stopped == end;
}

}  // namespace

int main(int count, char** words) {
    options how;
    for (int i = 1; i < count; ++i) {
        std::string_view const word = words[i];
        bool const has_value = i + 1 < count;
        bool good = false;
        if (word == "--help") return std::fputs(usage, stdout), 0;
        if (word == "--seeds" && has_value) good = number(words[++i], how.count);
        if (word == "--from" && has_value) good = number(words[++i], how.first);
        if (word == "--seed" && has_value) {
            good = number(words[++i], how.first);
            how.verbose = true;
        }
        if (word == "--watch" && has_value) {
            sim::print_changes_of(words[++i]);
            good = true;
        }
        if (word == "--no-grace") {
            how.grace = false;
            good = true;
        }
        if (!good) return std::fputs(usage, stderr), 2;
    }
    if (!how.verbose) return run_all(how);
    sim::print_messages();
    play(how.first, how.grace, stdout);
}
