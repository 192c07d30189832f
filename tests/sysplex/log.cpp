#include "log.hpp"

#include "daemon/loop/log.hpp"
#include "scheduler.hpp"

#include <cstdio>
#include <deque>
#include <utility>

namespace sim {

namespace {

constexpr std::size_t kept = 60;

struct {
    std::deque<std::string> last;
    std::optional<std::string> violation;
    bool print = false;
    std::string keys;  ///< whose changes are printed; empty: none
} book;

}  // namespace

void print_messages() {
    book.print = true;
}

void print_changes_of(std::string part) {
    book.keys = std::move(part);
}

void tell_change(std::string const& key, std::string const& what) {
    if (book.keys.empty() || key.find(book.keys) == std::string::npos) return;
    std::printf("%lld %s: %s\n", static_cast<long long>(scheduler::current().now() / us),
                key.c_str(), what.c_str());
}

std::vector<std::string> last_messages() {
    return {book.last.begin(), book.last.end()};
}

std::optional<std::string> first_violation() {
    return book.violation;
}

}  // namespace sim

namespace tcpplexd {

void log_message(severity level, std::string_view text) {
    auto& time = sim::scheduler::current();
    auto line = std::to_string(time.now() / sim::us) + " " + time.here().name + " " +
                (level == severity::error ? "error: " : "") + std::string(text);
    if (sim::book.print) std::printf("%s\n", line.c_str());
    if (text.find("damaged") != std::string_view::npos && !sim::book.violation)
        sim::book.violation = line;
    sim::book.last.push_back(std::move(line));
    if (sim::book.last.size() > sim::kept) sim::book.last.pop_front();
}

}  // namespace tcpplexd
