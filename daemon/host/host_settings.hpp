// What a z/OS profile has no word for: who this stack is on this machine, and what stands behind
// its interfaces.
#pragma once

#include "cf/backend/etcd/settings.hpp"
#include "cf/backend/shared_memory/table_size.hpp"
#include "daemon/host/account.hpp"
#include "daemon/host/failure.hpp"
#include "daemon/host/resources.hpp"
#include "stack/wire/address.hpp"

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace tcpplexd {

/// The TUN device behind an INTERFACE of the profile.
struct host_interface {
    std::string name;                              ///< of the INTERFACE, upper case
    std::string tun;                               ///< device name, 1-15 characters
    std::optional<std::uint16_t> mtu;              ///< 576-65535; absent: the profile's
    std::optional<stack::address> kernel_address;  ///< absent: see kernel_address.hpp
};

/// The coupling facility.
struct facility_settings {
    enum class kind : std::uint8_t {
        shared_memory,  ///< a file that all stacks of one machine map
        etcd            ///< for several machines
    };
    kind where = kind::shared_memory;
    std::string path;  ///< shared memory: absolute; else empty
    std::uint32_t connections = cf::shared_memory::default_connections;  ///< of a HASHTABLE
    cf::etcd::settings etcd;  ///< etcd; its paths are absolute
};

/// A file that the settings name, and where in them.
struct named_file {
    std::string path;  ///< absolute
    std::size_t line = 0;
    std::size_t column = 0;
};

/// How the stacks of other machines reach this one, and it them: TLS 1.3 with certificates.
struct secure_xcf_settings {
    std::string listen;      ///< "ADDRESS:PORT", an address of this system
    named_file ca;           ///< PEM: who signs the stacks' certificates
    named_file certificate;  ///< PEM: this stack's
    named_file key;          ///< PEM: its private key
};

/// Signalling between the stacks of the sysplex: one way or the other.
struct xcf_settings {
    std::string directory;  ///< absolute; where the stacks of a machine keep their sockets
    std::optional<secure_xcf_settings> secure;
};

constexpr std::size_t most_shards = 16;

/// Complete and checked; defaults are filled in.
struct host_settings {
    std::string file;                            ///< where they are from; empty: all by default
    std::string stack;                           ///< member name, upper case
    std::string system;                          ///< member name, upper case
    std::string sysplex;                         ///< member name, upper case
    std::optional<std::uint8_t> xcfgrpid;        ///< 2-31
    std::map<std::string, std::string> symbols;  ///< with SYSNAME, SYSCLONE and SYSPLEX
    std::vector<host_interface> interfaces;      ///< those the file names, in its order
    facility_settings coupling_facility;
    std::string control;  ///< absolute path of the control socket
    xcf_settings xcf;
    std::vector<account> operators;     ///< beside root
    named_resources resources;          ///< who may use what the profile has under SAF
    std::vector<std::string> announce;  ///< links whose neighbours are told of owned DVIPAs
    std::size_t shards = 1;             ///< threads; a power of two, at most most_shards
};

/// One thing wrong with the settings. Line and column count from 1; 0 if no text is to blame.
struct settings_error {
    std::size_t line = 0;
    std::size_t column = 0;
    std::string message;  ///< what is wrong, what was expected, and the remedy
};

/// All that is wrong, in the order of the text.
using settings_result = boost::system::result<host_settings, std::vector<settings_error>>;

/// Where the settings come from if the file does not say.
struct settings_origin {
    std::string profile_path;  ///< its file name without extension, in upper case, names the stack
    std::string host_name;     ///< names the system (names.hpp)
    std::optional<std::uint8_t> xcfgrpid{};  ///< of the profile, once that has been read
};

/// The settings of a stack started without a settings file.
settings_result defaults(settings_origin const& origin);

/// Parses the YAML `text`. Every unknown or repeated key, wrong type and bad value is an error with
/// its place; nothing is skipped and nothing but `text` is read. What the file leaves out has the
/// default of `defaults`.
settings_result load(std::string_view text, settings_origin const& origin);

/// "host.yaml:3:5: unknown key ...", for one line on stderr.
std::string to_string(settings_error const& error, std::string_view path);

/// The device behind the profile's INTERFACE `name`: the one the settings name, else a TUN device
/// named after it in lower case. Fails if that name is no device name.
host_result<host_interface> device_behind(host_settings const& settings, std::string_view name);

}  // namespace tcpplexd
