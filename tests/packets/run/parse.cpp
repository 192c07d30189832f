#include "run/grammar.hpp"
#include "run/script.hpp"
#include "stack/wire/ecn.hpp"
#include "stack/wire/tcp.hpp"

#include <tao/pegtl/contrib/parse_tree.hpp>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace packets {

namespace {

namespace g = grammar;
using node = tao::pegtl::parse_tree::node;

template <typename Rule>
using selected = tao::pegtl::parse_tree::selector<
    Rule,
    tao::pegtl::parse_tree::store_content::on<
        g::number, g::position, g::unknown, g::word, g::seconds, g::relative_time, g::absolute_time,
        g::any_time, g::mss, g::window_scale, g::sack_permitted, g::stamp_value, g::stamp_echo,
        g::timestamps, g::block, g::sack, g::others, g::flags, g::left, g::right, g::length, g::ack,
        g::window, g::urgent, g::ecn, g::segment, g::mtu, g::quoted, g::icmp, g::arrival,
        g::expectation, g::call, g::setting, g::step>>;

[[noreturn]] void complain(node const& at, std::string const& what) {
    auto const where = at.begin();
    throw std::runtime_error(where.source + ":" + std::to_string(where.line) + ": " + what);
}

template <typename T>
T number_of(node const& n) {
    auto const text = n.string_view();
    T value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        complain(n, "the number is too large: " + std::string(text));
    return value;
}

std::uint32_t position_of(node const& n) {
    return static_cast<std::uint32_t>(number_of<std::int64_t>(n));
}

stack::duration seconds_of(node const& n) {
    std::string text = n.string();
    std::size_t const point = std::min(text.find('.'), text.size());
    std::string fraction = point < text.size() ? text.substr(point + 1) : "";
    fraction.resize(9, '0');
    return std::chrono::seconds(std::stoll(text.substr(0, point))) +
           stack::duration(std::stoll(fraction));
}

moment moment_of(node const& n) {
    moment m;
    if (n.is_type<g::any_time>()) return m;
    m.from = n.is_type<g::relative_time>() ? moment::base::last_step : moment::base::begin;
    m.earliest = seconds_of(*n.children.front());
    m.latest = seconds_of(*n.children.back());
    if (m.latest < m.earliest) complain(n, "the range of time is empty");
    return m;
}

std::optional<std::uint32_t> stamp_of(node const& n) {
    node const& value = *n.children[0];
    if (value.is_type<g::unknown>()) return std::nullopt;
    return number_of<std::uint32_t>(value);
}

void read_option(options& o, node const& n) {
    if (n.is_type<g::mss>()) o.mss = number_of<std::uint16_t>(*n.children[0]);
    if (n.is_type<g::window_scale>()) o.window_scale = number_of<std::uint8_t>(*n.children[0]);
    if (n.is_type<g::sack_permitted>()) o.sack_permitted = true;
    if (n.is_type<g::timestamps>())
        o.timestamps = {stamp_of(*n.children[0]), stamp_of(*n.children[1])};
    if (n.is_type<g::others>()) o.others = true;
    if (n.is_type<g::sack>())
        for (auto const& b : n.children)
            o.sacks.emplace_back(position_of(*b->children[0]), position_of(*b->children[1]));
}

std::string in_order(std::string_view letters) {
    std::string flags;
    for (char const letter : std::string_view("SFRPUEW."))
        if (letters.find(letter) != letters.npos) flags += letter;
    return flags;
}

std::uint8_t ecn_of(node const& n) {
    if (n.string_view() == "[ce]") return stack::wire::ecn_congested;
    return n.string_view() == "[ect0]" ? stack::wire::ecn_capable : std::uint8_t{0};
}

segment segment_of(node const& n) {
    segment s;
    std::uint32_t end = 0;
    for (auto const& child : n.children) {
        node const& part = *child;
        if (part.is_type<g::flags>())
            s.flags = in_order(part.string_view());
        else if (part.is_type<g::left>())
            s.seq = position_of(part);
        else if (part.is_type<g::right>())
            end = position_of(part);
        else if (part.is_type<g::length>())
            s.length = number_of<std::uint32_t>(part);
        else if (part.is_type<g::ack>())
            s.ack = position_of(*part.children[0]);
        else if (part.is_type<g::window>())
            s.window = number_of<std::uint16_t>(*part.children[0]);
        else if (part.is_type<g::urgent>())
            s.urgent = number_of<std::uint16_t>(*part.children[0]);
        else if (part.is_type<g::ecn>())
            s.ecn = ecn_of(part);
        else
            read_option(s.options, part);
    }
    if (end - s.seq != s.length) complain(n, "the length does not fit the numbers");
    if (s.ack.has_value() != s.has('.')) complain(n, "'.' and \"ack\" go together");
    return s;
}

icmp icmp_of(node const& n) {
    icmp message;
    for (auto const& child : n.children) {
        if (child->is_type<g::mtu>()) {
            message.kind = "mtu";
            message.mtu = number_of<std::uint16_t>(*child->children[0]);
        }
        if (child->is_type<g::word>()) message.kind = child->string();
        if (child->is_type<g::quoted>()) message.quoted = position_of(*child->children[0]);
    }
    return message;
}

step step_of(node const& n) {
    step s;
    s.line = n.begin().line;
    if (n.is_type<g::setting>()) {
        s.what = setting{n.children[0]->string(), number_of<std::uint64_t>(*n.children[1])};
        return s;
    }
    s.when = moment_of(*n.children[0]);
    node const& what = *n.children[1];
    if (what.is_type<g::call>()) {
        call c;
        for (auto const& w : what.children)
            c.words.push_back(w->string());
        s.what = c;
    } else if (what.is_type<g::expectation>()) {
        s.what = expectation{segment_of(*what.children[0])};
    } else if (what.children[0]->is_type<g::icmp>()) {
        s.what = icmp_of(*what.children[0]);
    } else {
        s.what = arrival{segment_of(*what.children[0])};
    }
    return s;
}

}  // namespace

std::vector<step> parse(std::string const& text, std::string const& file) {
    tao::pegtl::memory_input in(text, file);
    try {
        auto const root = tao::pegtl::parse_tree::parse<g::script, selected>(in);
        std::vector<step> steps;
        for (auto const& child : root->children)
            steps.push_back(step_of(*child));
        return steps;
    } catch (tao::pegtl::parse_error const& error) {
        auto const& at = error.positions().front();
        throw std::runtime_error(file + ":" + std::to_string(at.line) + ":" +
                                 std::to_string(at.column) +
                                 ": cannot read this: " + std::string(in.line_at(at)));
    }
}

}  // namespace packets
