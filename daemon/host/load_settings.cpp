// The schema of the host settings file: one function for each key.
#include "daemon/host/facility_schema.hpp"
#include "daemon/host/host_defaults.hpp"
#include "daemon/host/names.hpp"
#include "daemon/host/resource_schema.hpp"
#include "daemon/host/xcf_schema.hpp"
#include "daemon/host/yaml_document.hpp"
#include "daemon/host/yaml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <utility>

namespace tcpplexd {
namespace {

using node = YAML::Node;

constexpr std::size_t longest_text = 1024 * 1024;
// sockaddr_un::sun_path with its closing zero.
constexpr std::size_t longest_socket_path = 107;

constexpr std::string_view member_name_rule =
    "a name of 1-8 letters, digits, @, # or $ with no digit first";

class schema {
  public:
    explicit schema(std::vector<settings_error>& errors) : read_(errors) {}
    host_settings settings(node const& root);

  private:
    void entry(std::string const& key, node const& value, host_settings& into);
    void member_name(std::string_view what, node const& value, std::string& into);
    void symbol(node const& key, node const& value, host_settings& into);
    void interface(node const& key, node const& value, host_settings& into);
    void device(std::string_view what, node const& place, std::string const& written,
                host_interface& into, host_settings const& all);
    void kernel_address(std::string_view what, node const& value, host_interface& into);
    void operators(node const& value, host_settings& into);
    void announce(node const& value, std::vector<std::string>& into);
    void shards(node const& value, std::size_t& into);

    yaml_reader read_;
};

void schema::member_name(std::string_view what, node const& value, std::string& into) {
    auto const written = read_.text(value, what, member_name_rule);
    if (!written) return;
    std::string name = upper(*written);
    if (!is_member_name(name))
        return read_.error(
            value, fmt::format("{}: expected {}, found '{}'", what, member_name_rule, *written));
    into = std::move(name);
}

void schema::symbol(node const& key, node const& value, host_settings& into) {
    std::string const name = upper(key.Scalar());
    if (!is_symbol_name(name))
        return read_.error(key,
                           fmt::format("'symbols': '{}' is no symbol name; expected 1-17 letters, "
                                       "digits, @, #, $ or _ without & and period",
                                       key.Scalar()));
    if (name == "SYSNAME" || name == "SYSPLEX")
        return read_.error(key, fmt::format("'symbols': {} cannot be set here; it follows '{}:'",
                                            name, name == "SYSNAME" ? "system" : "sysplex"));
    if (!value.IsScalar()) {
        read_.text(value, fmt::format("symbol {}", name), "a text");
        return;
    }
    std::string const& text = value.Scalar();
    if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; }))
        return read_.error(
            value, fmt::format("symbol {}: expected one line without control characters", name));
    if (!into.symbols.try_emplace(name, text).second)
        read_.error(key,
                    fmt::format("'symbols': {} again (upper and lower case are the same)", name));
}

void schema::device(std::string_view what, node const& place, std::string const& written,
                    host_interface& into, host_settings const& all) {
    if (!is_device_name(written))
        return read_.error(place,
                           fmt::format("{}: '{}' cannot be the name of a TUN device; expected "
                                       "1-15 characters without / : % and blanks",
                                       what, written));
    auto const taken = std::find_if(all.interfaces.begin(), all.interfaces.end(),
                                    [&](host_interface const& i) { return i.tun == written; });
    if (taken != all.interfaces.end())
        return read_.error(place, fmt::format("{}: TUN device '{}' belongs to {} already; each "
                                              "interface needs one of its own",
                                              what, written, taken->name));
    into.tun = written;
}

void schema::kernel_address(std::string_view what, node const& value, host_interface& into) {
    auto const written = read_.text(value, what, "an IP address");
    if (!written) return;
    into.kernel_address = stack::address::parse(*written);
    if (!into.kernel_address || into.kernel_address->is_unspecified())
        read_.error(
            value, fmt::format("{}: expected an IP address without prefix length, found '{}'", what,
                               *written));
}

void schema::interface(node const& key, node const& value, host_settings& into) {
    static constexpr std::array<std::string_view, 4> known{"tun", "queues", "mtu",
                                                           "kernel_address"};
    host_interface made;
    made.name = upper(key.Scalar());
    if (!is_interface_name(made.name))
        read_.error(key,
                    fmt::format("'interfaces': '{}' is no INTERFACE name; expected 1-16 characters "
                                "without blanks",
                                key.Scalar()));
    auto const same = [&](host_interface const& i) { return i.name == made.name; };
    if (std::any_of(into.interfaces.begin(), into.interfaces.end(), same))
        read_.error(key, fmt::format("'interfaces': {} again (upper and lower case are the same)",
                                     made.name));
    bool named = false;
    read_.each_known(value, fmt::format("interface {}", made.name), known,
                     [&](node const& member, node const& setting) {
                         std::string const& name = member.Scalar();
                         std::string const what = fmt::format("{} of {}", name, made.name);
                         if (name == "tun") {
                             named = true;
                             if (auto const tun = read_.text(setting, what, "a TUN device's name"))
                                 device(what, setting, *tun, made, into);
                         } else if (name == "queues") {
                             if (auto const n = read_.number(setting, what, 1, 64); n && *n != 1)
                                 read_.error(setting, fmt::format("{}: more than one queue is not "
                                                                  "supported yet; leave it out",
                                                                  what));
                         } else if (name == "mtu") {
                             if (auto const mtu = read_.number(setting, what, 576, 65535))
                                 made.mtu = static_cast<std::uint16_t>(*mtu);
                         } else {
                             kernel_address(what, setting, made);
                         }
                     });
    if (!named)
        device(fmt::format("{} without 'tun:'", made.name), key, lower(made.name), made, into);
    into.interfaces.push_back(std::move(made));
}

void schema::operators(node const& value, host_settings& into) {
    if (!value.IsSequence())
        return read_.error(value,
                           "'operators': expected a list of uids and user names: [1000, ops]");
    for (node const& item : value) {
        auto const written = read_.text(item, "'operators'", "a uid or a user name");
        if (!written) continue;
        if (auto const who = to_account(*written))
            into.operators.push_back(*who);
        else
            read_.error(item, fmt::format("'operators': {} is no uid; expected at most {}",
                                          *written, std::numeric_limits<uid_t>::max() - 1));
    }
}

void schema::announce(node const& value, std::vector<std::string>& into) {
    if (!value.IsSequence())
        return read_.error(value, "'announce': expected a list of links: [eth0]");
    for (node const& item : value) {
        auto const name = read_.text(item, "'announce'", "a link's name");
        if (!name) continue;
        if (!is_device_name(*name))
            read_.error(item, fmt::format("'announce': '{}' cannot be the name of a link; expected "
                                          "1-15 characters without / : % and blanks",
                                          *name));
        else if (std::find(into.begin(), into.end(), *name) != into.end())
            read_.error(item, fmt::format("'announce': {} again", *name));
        else
            into.push_back(*name);
    }
}

void schema::shards(node const& value, std::size_t& into) {
    auto const count = read_.number(value, "'shards'", 1, most_shards);
    if (!count) return;
    if (!std::has_single_bit(*count))
        return read_.error(value, "'shards': expected a power of two: 1, 2, 4, 8 or 16");
    into = *count;
}

void schema::entry(std::string const& key, node const& value, host_settings& into) {
    if (key == "stack") return member_name("'stack'", value, into.stack);
    if (key == "system") return member_name("'system'", value, into.system);
    if (key == "sysplex") return member_name("'sysplex'", value, into.sysplex);
    if (key == "control") return read_.path("'control'", value, longest_socket_path, into.control);
    if (key == "coupling_facility")
        return facility_schema(read_).settings(value, into.coupling_facility);
    if (key == "xcf") return xcf_schema(read_).settings(value, into.xcf);
    if (key == "operators") return operators(value, into);
    if (key == "resources") return resource_schema(read_).settings(value, into.resources);
    if (key == "symbols")
        return read_.each(value, "'symbols'",
                          [&](node const& name, node const& text) { symbol(name, text, into); });
    if (key == "interfaces")
        return read_.each(value, "'interfaces'", [&](node const& name, node const& members) {
            interface(name, members, into);
        });
    if (key == "announce") return announce(value, into.announce);
    if (key == "shards") return shards(value, into.shards);
    if (key == "xcfgrpid") {
        if (auto const id = read_.number(value, "'xcfgrpid'", 2, 31))
            into.xcfgrpid = static_cast<std::uint8_t>(*id);
    }
}

host_settings schema::settings(node const& root) {
    static constexpr std::array<std::string_view, 14> known{
        "stack",   "system",  "sysplex",   "xcfgrpid", "symbols", "interfaces", "coupling_facility",
        "control", "metrics", "operators", "announce", "xcf",     "shards",     "resources"};
    host_settings made;
    read_.each_known(root, "host settings", known, [&](node const& key, node const& value) {
        if (key.Scalar() == "metrics")
            return read_.error(key, "'metrics' is not supported yet; remove it");
        entry(key.Scalar(), value, made);
    });
    return made;
}

// One document, or none (a file of comments has only defaults).
host_settings parse(std::string_view text, std::vector<settings_error>& errors) {
    yaml_reader read(errors);
    if (text.size() > longest_text) {
        errors.push_back({1, 1,
                          fmt::format("the host settings have {} bytes; at most {} are read",
                                      text.size(), longest_text)});
        return {};
    }
    try {
        auto const document = yaml_document(std::string(text));
        return document ? schema(errors).settings(*document) : host_settings();
    } catch (YAML::Exception const& broken) {
        read.error(broken.mark, fmt::format("not valid YAML: {}", broken.msg));
        return {};
    }
}

}  // namespace

settings_result load(std::string_view text, settings_origin const& origin) {
    std::vector<settings_error> errors;
    host_settings settings = parse(text, errors);
    std::stable_sort(errors.begin(), errors.end(), [](auto const& a, auto const& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    if (errors.empty()) complete(settings, origin, errors);
    if (!errors.empty()) return errors;
    return settings;
}

}  // namespace tcpplexd
