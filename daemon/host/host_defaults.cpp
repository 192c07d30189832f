#include "daemon/host/host_defaults.hpp"

#include "daemon/host/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

namespace tcpplexd {
namespace {

constexpr std::string_view run_directory = "/run/tcpplex";

void complete_stack(host_settings& settings, settings_origin const& origin,
                    std::vector<settings_error>& errors) {
    if (!settings.stack.empty()) return;
    std::string const stem = std::filesystem::path(origin.profile_path).stem().string();
    settings.stack = upper(stem);
    if (is_member_name(settings.stack)) return;
    errors.push_back({0, 0,
                      fmt::format("the profile's file name gives the stack name '{}', which is not "
                                  "1-8 letters, digits, @, # or $ with no digit first; rename the "
                                  "file or set 'stack:' in the host settings",
                                  stem)});
}

void complete_system(host_settings& settings, settings_origin const& origin,
                     std::vector<settings_error>& errors) {
    if (!settings.system.empty()) return;
    settings.system = system_name_of_host(origin.host_name);
    if (!settings.system.empty()) return;
    errors.push_back({0, 0,
                      fmt::format("the host name '{}' gives no system name; set 'system:' in the "
                                  "host settings",
                                  origin.host_name)});
}

// z/OS: SYSCLONE is the last two characters of SYSNAME unless IEASYMxx says otherwise.
void complete_symbols(host_settings& settings) {
    std::string const& system = settings.system;
    settings.symbols.insert_or_assign("SYSNAME", system);
    settings.symbols.insert_or_assign("SYSPLEX", settings.sysplex);
    settings.symbols.try_emplace(
        "SYSCLONE", system.substr(system.size() - std::min<std::size_t>(2, system.size())));
}

// Stacks of one sysplex with different XCFGRPIDs are different groups, with a facility each.
void complete_group(host_settings& settings, settings_origin const& origin,
                    std::vector<settings_error>& errors) {
    if (!settings.xcfgrpid) settings.xcfgrpid = origin.xcfgrpid;
    if (!origin.xcfgrpid || settings.xcfgrpid == origin.xcfgrpid) return;
    errors.push_back({0, 0,
                      fmt::format("XCFGRPID {} of the profile and 'xcfgrpid: {}' of the host "
                                  "settings name different groups; leave one of them out",
                                  *origin.xcfgrpid, *settings.xcfgrpid)});
}

std::string group_name(host_settings const& settings) {
    if (!settings.xcfgrpid) return settings.sysplex;
    return fmt::format("{}-{:02}", settings.sysplex, *settings.xcfgrpid);
}

}  // namespace

void complete(host_settings& settings, settings_origin const& origin,
              std::vector<settings_error>& errors) {
    complete_stack(settings, origin, errors);
    complete_system(settings, origin, errors);
    if (settings.sysplex.empty()) settings.sysplex = "LOCAL";
    complete_symbols(settings);
    complete_group(settings, origin, errors);
    auto& facility = settings.coupling_facility;
    facility.etcd.group = group_name(settings);
    if (facility.path.empty() && facility.where == facility_settings::kind::shared_memory)
        facility.path = fmt::format("{}/{}.cf", run_directory, group_name(settings));
    if (settings.xcf.directory.empty())
        settings.xcf.directory = fmt::format("{}/{}.xcf", run_directory, group_name(settings));
    if (settings.control.empty())
        settings.control = fmt::format("{}/{}.sock", run_directory, settings.stack);
}

settings_result defaults(settings_origin const& origin) {
    host_settings settings;
    std::vector<settings_error> errors;
    complete(settings, origin, errors);
    if (!errors.empty()) return errors;
    return settings;
}

std::string to_string(settings_error const& error, std::string_view path) {
    if (error.line == 0) return error.message;
    return fmt::format("{}:{}:{}: {}", path, error.line, error.column, error.message);
}

host_result<host_interface> device_behind(host_settings const& settings, std::string_view name) {
    auto const named = std::find_if(settings.interfaces.begin(), settings.interfaces.end(),
                                    [&](host_interface const& i) { return i.name == name; });
    if (named != settings.interfaces.end()) return *named;
    std::string const tun = lower(name);
    if (!is_device_name(tun))
        return failure{
            fmt::format("'{}' cannot be the name of a TUN device (1-15 characters, no / : %); "
                        "name one in the host settings: interfaces: {{{}: {{tun: NAME}}}}",
                        tun, name)};
    auto const taken = std::find_if(settings.interfaces.begin(), settings.interfaces.end(),
                                    [&](host_interface const& i) { return i.tun == tun; });
    if (taken != settings.interfaces.end())
        return failure{
            fmt::format("INTERFACE {} would have the TUN device {}, which the host settings give "
                        "to {}; name another: interfaces: {{{}: {{tun: NAME}}}}",
                        name, tun, taken->name, name)};
    host_interface derived;
    derived.name = name;
    derived.tun = tun;
    return derived;
}

}  // namespace tcpplexd
