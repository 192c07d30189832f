// The words of tcpplex connect and listen, with CLI11.
#include "operator/command_line_streams.hpp"

#include "operator/job_option.hpp"
#include "operator/stream/option_words.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <charconv>

#include <arpa/inet.h>

namespace operators {

namespace {

constexpr std::size_t most_connections = 60000;
constexpr std::uint64_t longest_timeout = 86400;  // seconds

std::optional<std::uint16_t> parse_port(std::string_view text) {
    std::uint16_t port = 0;
    auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (text.empty() || failure != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return port;
}

bool is_address(std::string const& text) {
    in6_addr ignored{};
    return ::inet_pton(AF_INET, text.c_str(), &ignored) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), &ignored) == 1;
}

app::endpoint required_endpoint(std::string const& option, std::string const& text) {
    auto const parsed = parse_endpoint(text);
    if (!parsed)
        throw CLI::ValidationError(option, "\"" + text + "\" is not ADDR, ADDR..PORT or ..PORT");
    return *parsed;
}

/// What `--udp` sockets have none of.
CLI::Option* add_socket_options(CLI::App& command, app::socket_options& to) {
    return command
        .add_option_function<std::vector<std::string>>(
            "--option",
            [&to](std::vector<std::string> const& words) {
                for (auto const& word : words)
                    if (auto const taken = take_option(to, word); taken.has_error())
                        throw CLI::ValidationError("--option", taken.error().message);
            },
            "Socket option NAME=VALUE of each connection; may be repeated")
        ->expected(1)
        ->take_all();
}

std::string const option_footer = "Socket options, where 0 of a number is the stack's choice:\n";

}  // namespace

std::optional<app::endpoint> parse_endpoint(std::string const& text) {
    auto const dots = text.rfind("..");
    std::string const address = text.substr(0, dots);
    if (!address.empty() && !is_address(address)) return std::nullopt;
    if (dots == std::string::npos)
        return address.empty() ? std::nullopt : std::optional(app::endpoint{address, 0});
    auto const port = parse_port(std::string_view(text).substr(dots + 2));
    if (!port) return std::nullopt;
    return app::endpoint{address, *port};
}

void add_connect(CLI::App& app, command_line& to) {
    auto* const connect = app.add_subcommand("connect", "Open connections through the stack");
    connect->fallthrough();
    connect->footer(
        "Examples:\n  echo hello | tcpplex connect 10.2.0.9 7\n"
        "  echo hello | tcpplex connect --udp 10.2.0.9 7\n"
        "  tcpplex connect --jobname JOB1 --bind 10.1.9.9..40001 10.2.0.9 7000\n"
        "  tcpplex --json connect --count 2000 --expect-echo --hold 10.2.0.9 7 < message\n"
        "  tcpplex connect --option TCP_NODELAY=1 --option SO_LINGER=0 10.2.0.9 7\n" +
        option_footer + option_help());
    auto const what = std::make_shared<connect_options>();
    what->each.job = "TCPPLEX";
    connect->add_option_function<std::string>(
        "--jobname", [what](std::string const& job) { what->each.job = upper_job(job); },
        "Job name that rules and displays see (default TCPPLEX)");
    connect->add_option_function<std::string>(
        "--bind",
        [what](std::string const& name) { what->each.local = required_endpoint("--bind", name); },
        "Source ADDR, ADDR..PORT or ..PORT; without it the stack chooses");
    auto* const udp =
        connect->add_flag("--udp", what->udp, "Datagrams: one for each read of standard input");
    add_socket_options(*connect, what->each.options)->excludes(udp);
    connect->add_option("--count", what->count, "Connections, all at once")
        ->check(CLI::Range(std::size_t{1}, most_connections))
        ->excludes(udp);
    connect->add_flag("--hold", what->hold, "Keep them open until SIGINT or SIGTERM")
        ->excludes(udp);
    connect
        ->add_flag("--expect-echo", what->expect_echo,
                   "Each must return exactly the bytes of standard input")
        ->excludes(udp);
    connect
        ->add_flag("--progress", what->progress,
                   "A line a second on the error output, terminal or not")
        ->excludes(udp);
    connect
        ->add_option_function<std::uint64_t>(
            "--timeout", [what](std::uint64_t s) { what->timeout = std::chrono::seconds(s); },
            "Seconds for each connection to be made (and echoed); with --udp, for more to come "
            "after the end of standard input (default 1)")
        ->check(CLI::Range(std::uint64_t{1}, longest_timeout));
    connect
        ->add_option_function<std::string>(
            "ADDR",
            [what](std::string const& address) {
                if (!is_address(address))
                    throw CLI::ValidationError("ADDR", "\"" + address + "\" is not an IP address");
                what->each.remote.address = address;
            },
            "Remote address")
        ->required();
    connect->add_option("PORT", what->each.remote.port, "Remote port")
        ->required()
        ->check(CLI::Range(1, 65535));
    connect->callback([&to, what] { to.command = *what; });
}

void add_listen(CLI::App& app, command_line& to) {
    auto* const listen = app.add_subcommand("listen", "Accept connections at the stack");
    listen->fallthrough();
    listen->footer(
        "Examples:\n  tcpplex listen 10.1.9.9 7000 > received\n"
        "  tcpplex listen --jobname WEB --serve-file page.html --http 10.1.9.9 80\n"
        "  tcpplex listen --echo 10.1.9.9 7\n"
        "  tcpplex listen --udp 10.1.9.9 514 > log\n" +
        option_footer + option_help());
    auto const what = std::make_shared<listen_options>();
    what->where.job = "TCPPLEX";
    listen->add_option_function<std::string>(
        "--jobname", [what](std::string const& job) { what->where.job = upper_job(job); },
        "Job name that rules and displays see (default TCPPLEX)");
    auto* const udp = listen->add_flag(
        "--udp", what->udp, "Datagrams: standard input goes to whoever sent the last one");
    listen->add_option("--backlog", what->where.backlog, "Connections that may wait to be accepted")
        ->excludes(udp);
    add_socket_options(*listen, what->where.options)->excludes(udp);
    listen->add_flag("--v6only", what->where.v6only,
                     "With the address ::, take IPv6 alone (IPV6_V6ONLY)");
    auto* const echo = listen->add_flag("--echo", what->echo,
                                        "Return what comes, on every connection or by datagram");
    auto* const file =
        listen->add_option("--serve-file", what->serve_file,
                           "Answer each request (up to an empty line) with this file");
    file->excludes(echo)->excludes(udp);
    listen->add_flag("--http", what->http, "With an HTTP/1.0 header")->needs(file);
    listen->add_option(
        "--count", what->count,
        "End after so many connections, with --echo or --serve-file; with --udp, after "
        "so many datagrams and the end of standard input");
    listen
        ->add_option_function<std::string>(
            "ADDR",
            [what](std::string const& address) {
                if (!is_address(address))
                    throw CLI::ValidationError("ADDR", "\"" + address + "\" is not an IP address");
                what->where.local.address = address;
            },
            "Local address; 0.0.0.0 is every IPv4 address of the stack, :: every one of both "
            "families")
        ->required();
    listen->add_option("PORT", what->where.local.port, "Local port")
        ->required()
        ->check(CLI::Range(1, 65535));
    listen->callback([&to, what] {
        if (what->count && !what->server() && !what->udp && *what->count != 1)
            throw CLI::ValidationError(
                "--count", "more than one connection needs --echo, --serve-file or --udp");
        to.command = *what;
    });
}

}  // namespace operators
