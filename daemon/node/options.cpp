#include "daemon/node/options.hpp"

#include "daemon/node/version.hpp"

#include <CLI/CLI.hpp>

#include <map>

namespace tcpplexd {

options parse_options(int argc, char** argv) {
    options result;
    CLI::App command(
        "Runs a TCP/IP stack configured by a PROFILE.TCPIP file, until SIGTERM.\n"
        "\n"
        "  tcpplexd tcpip1.profile                    stack TCPIP1, one TUN device per INTERFACE\n"
        "  tcpplexd tcpip1.profile --host sys1.yaml   with host settings, see tcpplex.host(5)\n",
        "tcpplexd");
    command.footer(
        "Look at it and change it with tcpplex(8); the profile language is in tcpplex.profile(5).");
    command.set_version_flag("--version", std::string("tcpplexd ") + version);
    command.add_option("PROFILE", result.profile, "the profile")->required();
    command.add_option("--host", result.host, "host settings in YAML");
    command.add_flag("--as-zos", result.as_zos,
                     "skip faulty statements, and what needs them, instead of refusing to start");
    command.add_flag("--resume", result.resume,
                     "start with the configuration the stack had last, changes since its start "
                     "included; PROFILE if none is kept");
    std::map<std::string, severity> const levels{{"debug", severity::debug},
                                                 {"info", severity::info},
                                                 {"warning", severity::warning},
                                                 {"error", severity::error}};
    command.add_option("--log-level", result.log_level, "debug, info, warning or error")
        ->transform(CLI::CheckedTransformer(levels, CLI::ignore_case))
        ->default_str("info");
    try {
        command.parse(argc, argv);
    } catch (CLI::ParseError const& problem) {
        result.exit_status = command.exit(problem) == 0 ? 0 : 2;
    }
    return result;
}

}  // namespace tcpplexd
