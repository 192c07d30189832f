#include "parser/apply/application.hpp"

#include <fmt/format.h>

namespace parser {

namespace {

using origin = dvipa_configuration::origin;
using activation = vipabackup_statement::activation;

/// z/OS: DVIPAs of a stack, active or not.
constexpr std::size_t most_dvipas = 1024;

/// What is wrong with the address itself, whatever else is defined.
bool accept_address(application& run, spanned_address const& address, std::string_view statement) {
    std::string const text = address.value.to_string();
    if (address.value.is_loopback()) {
        run.error(address.where,
                  fmt::format("loopback address {} can't be used in {}", text, statement),
                  "use a routable address", "EZZ0638I");
        return false;
    }
    if (!is_host_address(address.value)) {
        run.error(address.where, fmt::format("{} is not the address of a host", text),
                  "use a routable address");
        return false;
    }
    std::string const holder = run.find.holder_in_home(address.value);
    if (!holder.empty()) {
        run.error(address.where, fmt::format("{} is already defined", text),
                  fmt::format("it is the address of {}", holder), "EZZ8307I");
        return false;
    }
    if (run.defined_here.insert(address.value).second) return true;
    run.error(address.where, fmt::format("{} has a VIPADEFINE or VIPABACKUP already", text),
              "remove one of them, or write VIPADELETE between them");
    return false;
}

/// An IPv6 DVIPA's interface has a name of its own.
bool accept_name(application& run, std::optional<spanned_name> const& name,
                 ip_address const& address) {
    if (!name) return true;
    auto const holder = run.find.address_of(name->value);
    if (!holder || (*holder == address && run.find.dvipa(name->value) != nullptr)) return true;
    run.error(
        name->where,
        fmt::format("interface {} is already defined, with {}", name->value, holder->to_string()),
        "use another name", "EZZ9654I");
    return false;
}

std::string name_in(std::optional<spanned_name> const& name) {
    return name ? name->value : std::string();
}

void add(application& run, spanned_address const& address, dvipa_configuration dvipa) {
    if (run.find.number_of_dvipas() >= most_dvipas)
        return run.error(address.where, fmt::format("a stack has at most {} DVIPAs", most_dvipas),
                         "delete some, or use VIPARANGE");
    run.next.dvipas.push_back(std::move(dvipa));
}

void define(application& run, spanned_address const& address, vipadefine_statement const& wanted) {
    activation const how{wanted.moveable, wanted.prefix_length};
    auto* dvipa = run.find.dvipa(address.value);
    if (dvipa == nullptr) {
        add(run, address,
            {address.value, name_in(wanted.interface), origin::define, how, 1, {}, {}});
        dvipa = run.find.dvipa(address.value);
    } else if (dvipa->made_by == origin::backup) {
        dvipa->made_by = origin::define;
        dvipa->interface = name_in(wanted.interface);
        dvipa->activation = how;
        dvipa->rank = 1;
    } else if (dvipa->activation != how) {
        return run.error(
            address.where,
            fmt::format("{} is defined with another mask or MOVEABLE", address.value.to_string()),
            "delete it first, with VIPADELETE");
    }
    if (dvipa != nullptr && wanted.sharing)
        set_sharing(run, *dvipa, dvipa->sharing, *wanted.sharing);
}

void back_up(application& run, spanned_address const& address, vipabackup_statement const& wanted) {
    auto* dvipa = run.find.dvipa(address.value);
    if (dvipa == nullptr)
        return add(run, address,
                   {address.value,
                    name_in(wanted.interface),
                    origin::backup,
                    wanted.activate,
                    wanted.rank,
                    {},
                    {}});
    if (dvipa->made_by == origin::define)
        return run.error(address.where,
                         fmt::format("{} is defined by VIPADEFINE", address.value.to_string()),
                         "delete it first, with VIPADELETE");
    dvipa->rank = wanted.rank;
    dvipa->activation = wanted.activate;
}

}  // namespace

void carry_out(application& run, vipadefine_statement const& wanted) {
    if (wanted.sharing && !accept_sharing(run, *wanted.sharing, wanted.addresses)) return;
    for (auto const& address : wanted.addresses)
        if (!run.is_left_out(address.where) && accept_address(run, address, "VIPADEFINE") &&
            accept_name(run, wanted.interface, address.value))
            define(run, address, wanted);
}

void carry_out(application& run, vipabackup_statement const& wanted) {
    for (auto const& address : wanted.addresses)
        if (!run.is_left_out(address.where) && accept_address(run, address, "VIPABACKUP") &&
            accept_name(run, wanted.interface, address.value))
            back_up(run, address, wanted);
}

void carry_out(application& run, vipadelete_statement const& wanted) {
    auto addresses = wanted.addresses;
    if (wanted.interface) {
        if (run.is_left_out(wanted.interface->where)) return;
        auto const* dvipa = run.find.dvipa(wanted.interface->value);
        if (dvipa == nullptr)
            return run.missing(
                wanted.interface->where,
                fmt::format("{} is the interface of no IPv6 DVIPA", wanted.interface->value),
                "netstat vipadcfg shows those there are");
        addresses.push_back({dvipa->address, wanted.interface->where});
    }
    for (auto const& address : addresses) {
        if (run.is_left_out(address.where)) continue;
        std::string const text = address.value.to_string();
        run.defined_here.erase(address.value);
        run.sharing_here.erase(address.value);
        if (auto* gone = run.find.dvipa(address.value))
            run.find.remove(*gone);
        else
            run.missing(address.where,
                        fmt::format("{} has neither VIPADEFINE nor VIPABACKUP to delete", text),
                        "netstat vipadcfg shows those there are");
    }
}

}  // namespace parser
