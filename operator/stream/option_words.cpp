// Socket options as words of the command.
#include "operator/stream/option_words.hpp"

#include "app/message/option_table.hpp"

#include <cerrno>
#include <charconv>
#include <optional>
#include <string_view>

namespace operators {

namespace {

constexpr std::string_view congestion_name = "TCP_CONGESTION";
constexpr std::string_view no_linger = "off";

app::error refused(std::string const& word, std::string const& expected) {
    return {EINVAL, "\"" + word + "\": " + expected};
}

std::optional<std::uint32_t> number_in(std::string_view text, std::uint32_t highest) {
    std::uint32_t number = 0;
    auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size() || number > highest)
        return std::nullopt;
    return number;
}

bool is_linger(app::number_option const& option) {
    return option.value == &app::socket_options::linger_time;
}

std::string values_of(app::number_option const& option) {
    return "0 to " + std::to_string(option.highest) + " " + option.unit +
           (is_linger(option) ? ", or off" : "");
}

app::result<void> take_number(app::socket_options& to, app::number_option const& option,
                              std::string const& word, std::string_view value) {
    if (is_linger(option)) to.linger = value != no_linger;
    if (is_linger(option) && value == no_linger) return {};
    auto const number = number_in(value, option.highest);
    if (!number)
        return refused(word, std::string(option.linux_name) + " takes " + values_of(option));
    to.*option.value = *number;
    return {};
}

}  // namespace

app::result<void> take_option(app::socket_options& to, std::string const& word) {
    auto const equals = word.find('=');
    auto const name = std::string_view(word).substr(0, equals);
    auto const value = equals == std::string::npos ? std::string_view()
                                                   : std::string_view(word).substr(equals + 1);
    if (name == congestion_name) {
        if (value.empty()) return refused(word, "TCP_CONGESTION takes cubic or reno");
        to.congestion = value;  // the stack knows which there are
        return {};
    }
    for (auto const& option : app::flag_options) {
        if (option.linux_name == nullptr || name != option.linux_name) continue;
        auto const number = number_in(value, 1);
        if (!number) return refused(word, std::string(name) + " takes 0 or 1");
        to.*option.value = *number == 1;
        return {};
    }
    for (auto const& option : app::number_options)
        if (name == option.linux_name) return take_number(to, option, word, value);
    return refused(word, "there is no such option (connect --help lists them)");
}

std::string option_help() {
    std::string text;
    for (auto const& option : app::flag_options)
        if (option.linux_name != nullptr)
            text += std::string("  ") + option.linux_name + "  0 or 1\n";
    for (auto const& option : app::number_options)
        text += std::string("  ") + option.linux_name + "  " + values_of(option) + "\n";
    return text + "  TCP_CONGESTION  cubic or reno\n";
}

}  // namespace operators
