#include "parser/difference.hpp"

#include "parser/print/entries.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <map>
#include <set>
#include <unordered_map>

namespace parser {

namespace {

void compare(entries const& before, entries const& after, std::vector<change>& changes) {
    std::unordered_map<std::string_view, std::string_view> now;
    for (auto const& each : after)
        now.emplace(each.key, each.text);
    std::unordered_map<std::string_view, std::string_view> old;
    for (auto const& each : before) {
        old.emplace(each.key, each.text);
        if (!now.contains(each.key)) changes.push_back({each.text, {}});
    }
    for (auto const& each : after) {
        auto const found = old.find(each.key);
        if (found == old.end())
            changes.push_back({{}, each.text});
        else if (found->second != each.text)
            changes.push_back({std::string(found->second), each.text});
    }
}

/// The addresses of a stack, and whether each is a DVIPA.
std::map<ip_address, bool> addresses_of(configuration const& of) {
    std::map<ip_address, bool> result;
    for (auto const& each : of.interfaces)
        result.emplace(each.address, false);
    if (of.ip.xcf) result.emplace(of.ip.xcf->address, false);
    if (of.ip6.xcf) result.emplace(of.ip6.xcf->address, false);
    for (auto const& each : of.dvipas)
        result.emplace(each.address, true);
    return result;
}

void compare_addresses(configuration const& before, configuration const& after,
                       std::vector<effect>& effects) {
    auto const left = addresses_of(after);
    for (auto const& [address, is_dvipa] : addresses_of(before)) {
        if (left.contains(address)) continue;
        auto const text = address.to_string();
        if (is_dvipa)
            effects.push_back({effect_kind::dvipa_gone, address,
                               text + " is given up: its connections end, unless another stack "
                                      "has it"});
        else
            effects.push_back({effect_kind::address_gone, address,
                               text + " is no address of this stack: its connections end"});
    }
}

void compare_interfaces(configuration const& before, configuration const& after,
                        std::vector<effect>& effects) {
    std::map<std::string_view, bool> started;
    for (auto const& each : before.interfaces)
        started.emplace(each.name, each.started);
    for (auto const& each : after.interfaces) {
        auto const found = started.find(each.name);
        bool const was = found != started.end() && found->second;
        if (each.started && !was)
            effects.push_back({effect_kind::interface_started,
                               {},
                               fmt::format("interface {} starts", each.name)});
        if (!each.started && was)
            effects.push_back(
                {effect_kind::interface_stopped,
                 {},
                 fmt::format("interface {} stops: no packet goes in or out by it", each.name)});
    }
}

void compare_sharing(configuration const& before, configuration const& after,
                     std::vector<effect>& effects) {
    std::set<ip_address> dvipas;
    for (auto const* each : {&before, &after})
        for (auto const& dvipa : each->dvipas)
            dvipas.insert(dvipa.address);
    for (auto const& address : dvipas) {
        auto const was = before.sharing(address);
        auto const is = after.sharing(address);
        auto const text = address.to_string();
        if (is && was != is)
            effects.push_back(
                {effect_kind::sharing_on, address,
                 fmt::format("source ports of {} are shared, {} GRAIN {}: its connections are "
                             "adopted",
                             text, to_string(is->form), is->grain)});
        if (was && !is)
            effects.push_back(
                {effect_kind::sharing_off, address,
                 fmt::format("source ports of {} are not shared: those in use drain", text)});
    }
}

}  // namespace

difference differences(configuration const& before, configuration const& after) {
    difference result;
    entries old, now;
    for (auto const& part : parts()) {
        if (part.same(before, after)) continue;
        old.clear();
        now.clear();
        part.write(old, before);
        part.write(now, after);
        compare(old, now, result.changes);
    }
    compare_addresses(before, after, result.effects);
    compare_interfaces(before, after, result.effects);
    compare_sharing(before, after, result.effects);
    return result;
}

std::string to_text(difference const& all) {
    std::string out;
    for (auto const& each : all.changes) {
        if (!each.before.empty()) out += "- " + each.before + '\n';
        if (!each.after.empty()) out += "+ " + each.after + '\n';
    }
    for (auto const& each : all.effects)
        out += "  " + each.text + '\n';
    return out;
}

boost::json::object to_json(difference const& all) {
    boost::json::array changes;
    for (auto const& each : all.changes) {
        boost::json::object row;
        if (!each.before.empty()) row["before"] = each.before;
        if (!each.after.empty()) row["after"] = each.after;
        changes.push_back(std::move(row));
    }
    boost::json::array effects;
    for (auto const& each : all.effects) {
        boost::json::object row{{"kind", to_string(each.kind)}, {"text", each.text}};
        if (each.address) row["address"] = each.address->to_string();
        effects.push_back(std::move(row));
    }
    return {{"changes", std::move(changes)}, {"effects", std::move(effects)}};
}

char const* to_string(effect_kind kind) {
    switch (kind) {
        case effect_kind::address_gone:
            return "addressGone";
        case effect_kind::dvipa_gone:
            return "dvipaGone";
        case effect_kind::interface_started:
            return "interfaceStarted";
        case effect_kind::interface_stopped:
            return "interfaceStopped";
        case effect_kind::sharing_on:
            return "sharingOn";
        case effect_kind::sharing_off:
            break;
    }
    return "sharingOff";
}

}  // namespace parser
