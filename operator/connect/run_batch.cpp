// The course of a batch: input, connections, summary, hold.
#include "operator/connect/batch.hpp"

#include <array>
#include <cerrno>

#include <unistd.h>

namespace operators {

namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 10;

// A terminal sends nothing: nobody wants to end an empty input by hand first.
app::result<std::string> read_input(int input) {
    std::string bytes;
    if (::isatty(input) == 1) return bytes;
    std::array<char, 65536> buffer;
    for (;;) {
        ssize_t const got = ::read(input, buffer.data(), buffer.size());
        if (got == 0) return bytes;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return app::system_error(errno, "standard input");
        bytes.append(buffer.data(), static_cast<std::size_t>(got));
        if (bytes.size() > most_bytes)
            return app::error{
                EMSGSIZE,
                "standard input has more than the 64 KiB that are sent on each of several "
                "connections"};
    }
}

}  // namespace

int run_batch(context const& with, connect_options const& options) {
    auto bytes = read_input(with.input);
    if (bytes.has_error()) return fail(with, bytes.error().message);
    auto stack = open_stack(with);
    if (stack.has_error()) return fail(with, stack.error().message);

    connect_batch batch(with, options, std::move(*stack), std::move(*bytes));
    batch.open_all();
    auto const& summary = batch.summary();
    write_text(with.output, with.json ? summary.json() : summary.text());
    bool good = summary.connected == options.count && summary.failures() == 0 &&
                (!options.expect_echo || summary.echoed == options.count);
    if (!options.hold) return good ? exit_good : exit_failed;
    auto const broken = std::to_string(batch.hold());
    write_text(with.output,
               with.json ? "{\"broken\":" + broken + "}\n" : broken + " broken while held\n");
    good = good && broken == "0";
    return good ? exit_good : exit_failed;
}

}  // namespace operators
