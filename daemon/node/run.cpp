#include "daemon/node/run.hpp"

#include "cf/backend/etcd/backend.hpp"
#include "cf/backend/shared_memory/backend.hpp"
#include "daemon/change/translate.hpp"
#include "daemon/host/descriptor_limit.hpp"
#include "daemon/host/operators.hpp"
#include "daemon/host/run_directory.hpp"
#include "daemon/host/settings_file.hpp"
#include "daemon/node/names.hpp"
#include "daemon/node/node.hpp"
#include "daemon/node/xcf_end.hpp"
#include "parser/parse.hpp"

#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <vector>

#include <unistd.h>

namespace tcpplexd {

namespace {

/// sysexits.h: EX_TEMPFAIL. To be started again.
constexpr int declared_dead_status = 75;

int stop_with(std::string const& message) {
    fmt::print(stderr, "tcpplexd: {}\n", message);
    return 1;
}

/// Empty if something is wrong; that has been said on standard error then.
std::optional<host_settings> host_settings_for(options const& asked,
                                               std::optional<std::uint8_t> xcfgrpid = {}) {
    auto result = read_settings(asked.host, asked.profile, xcfgrpid);
    if (result) return std::move(*result);
    for (auto const& problem : result.error())
        fmt::print(stderr, "{}\n", to_string(problem, asked.host.value_or(asked.profile)));
    return std::nullopt;
}

std::optional<parser::configuration> configuration_of(parser::parse_result const& parsed,
                                                      bool as_zos) {
    fmt::print(stderr, "{}", parser::to_text(parsed.diagnostics));
    auto applied = parser::apply({}, parsed.profile, parser::phase::initial,
                                 as_zos ? parser::on_error::skip : parser::on_error::refuse);
    fmt::print(stderr, "{}", parser::to_text(applied.diagnostics));
    if (as_zos ? !parsed.whole : !applied.ok()) return std::nullopt;
    return std::move(applied.next);
}

/// What the stack begins with, and where that is from.
struct beginning {
    parser::configuration configuration;
    std::string from;
};

std::optional<beginning> begin_with(options const& asked, host_settings const& host,
                                    std::deque<kept_configuration> const& kept) {
    if (asked.resume && !kept.empty()) {
        auto const& last = kept.back();
        auto const name = fmt::format("{}, configuration {}", history_directory(host), last.number);
        auto result = configuration_of(
            parser::parse(name, parser::memory_reader({{name, last.profile}})), false);
        if (!result) return std::nullopt;
        return beginning{std::move(*result), fmt::format("START, configuration {}", last.number)};
    }
    auto result = configuration_of(
        parser::parse(asked.profile, parser::file_reader(), symbols_of(host)), asked.as_zos);
    if (!result) return std::nullopt;
    return beginning{std::move(*result), "START, " + asked.profile};
}

/// The directories of everything the stack makes under a path.
host_result<void> make_run_directories(host_settings const& host) {
    std::vector<std::filesystem::path> needed{std::filesystem::path(host.control).parent_path()};
    if (!host.xcf.secure) needed.emplace_back(host.xcf.directory);
    if (host.coupling_facility.where == facility_settings::kind::shared_memory)
        needed.push_back(std::filesystem::path(host.coupling_facility.path).parent_path());
    for (auto const& path : needed)
        if (auto const done = make_run_directory(path); !done) return done.error();
    return {};
}

cf::result<std::unique_ptr<cf::backend>> open(facility_settings const& where) {
    if (where.where == facility_settings::kind::etcd) {
        auto facility = cf::etcd::backend::open(where.etcd);
        if (!facility) return facility.error();
        return std::unique_ptr<cf::backend>(std::move(*facility));
    }
    auto facility = cf::shared_memory::backend::open(
        where.path, {.connections = where.connections, .before_write = {}});
    if (!facility) return facility.error();
    return std::unique_ptr<cf::backend>(std::move(*facility));
}

cf::result<std::unique_ptr<cf::connector>> join(host_settings const& host,
                                                parser::configuration const& profile,
                                                std::string const& xcf) {
    auto facility = open(host.coupling_facility);
    if (!facility) return facility.error();
    cf::member_description self{
        .stack = host.stack, .system = host.system, .xcf = xcf, .dynamic_xcf = {}, .pid = getpid()};
    if (auto const& any = profile.ip.xcf ? profile.ip.xcf : profile.ip6.xcf)
        self.dynamic_xcf = facility_key(to_stack(any->address));
    random_source random;
    return cf::connector::join(std::move(*facility), self, random.next());
}

void announce(host_settings const& host) {
    fmt::print("EZD1176I {} HAS SUCCESSFULLY JOINED THE TCP/IP SYSPLEX GROUP {}\n", host.stack,
               group_name(host));
    fmt::print("EZAIN11I ALL TCPIP SERVICES FOR PROC {} ARE AVAILABLE.\n", host.stack);
    std::fflush(stdout);
    sd_notify(0, "READY=1");
}

}  // namespace

int run(options const& asked, std::function<void(node&)> const& in_service) {
    set_log_level(asked.log_level);
    auto host = host_settings_for(asked);
    if (!host) return 1;
    auto kept = history::read(history_directory(*host));
    if (!kept) return stop_with(kept.error().message);
    auto begun = begin_with(asked, *host, *kept);
    if (!begun) return 1;
    // Where facility and partners are found follows from the group.
    if (auto const group = begun->configuration.global.xcf_group_id) {
        host = host_settings_for(asked, group);
        if (!host) return 1;
    }
    if (auto const done = make_run_directories(*host); !done)
        return stop_with(done.error().message);

    if (auto const limit = raise_descriptor_limit(); !limit)
        return stop_with(limit.error().message);
    auto kernel = kernel_network::open();
    if (!kernel) return stop_with(kernel.error().message);
    auto operators = operator_uids(host->operators);
    if (!operators) return stop_with(operators.error().message);
    auto holders = look_up(host->resources);
    if (!holders) return stop_with(holders.error().message);

    boost::asio::io_context io(1);
    auto const signalling = xcf_end::of(*host);
    if (!signalling) return stop_with(signalling.error().text);
    auto facility = join(*host, begun->configuration, signalling->where());
    if (!facility) return stop_with(facility.error().text);
    auto const& self = (*facility)->self();
    auto links = signalling->open(
        io, {group_name(*host) + "." + host->sysplex, host->stack, self.slot, self.incarnation});
    if (!links) return stop_with(links.error().text);

    boost::asio::signal_set signals(io, SIGTERM, SIGINT);
    signals.async_wait([&](boost::system::error_code error, int) {
        if (error) return;
        sd_notify(0, "STOPPING=1");
        io.stop();
    });

    int status = 0;
    auto const settings = *host;
    node running(io, {std::move(*host), std::move(*operators), std::move(*holders),
                      std::move(begun->configuration), std::move(begun->from), std::move(*kept),
                      std::move(*facility), std::move(*links), std::move(*kernel)});
    running.on_declared_dead([&] {
        stop_with(fmt::format(
            "{} was silent for so long that the other stacks have declared it dead and taken its "
            "ports; it ends with status {} and may be started again at once",
            settings.stack, declared_dead_status));
        status = declared_dead_status;
        io.stop();
    });
    running.start([&](std::string const& problem) {
        if (problem.empty()) {
            announce(settings);
            if (in_service) in_service(running);
            return;
        }
        status = stop_with(problem);
        io.stop();
    });
    io.run();
    running.stop();
    return status;
}

}  // namespace tcpplexd
