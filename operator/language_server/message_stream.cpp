#include "operator/language_server/message_stream.hpp"

#include "operator/context.hpp"
#include "parser/source/lexical.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <string_view>

#include <poll.h>
#include <unistd.h>

namespace operators::lsp {

namespace {

constexpr std::string_view length_field = "Content-Length:";

/// The value of Content-Length in the header's fields; their names are in any case (RFC 9110 5.1).
std::optional<std::size_t> length_in(std::string_view header) {
    while (!header.empty()) {
        std::string_view const field = header.substr(0, header.find("\r\n"));
        header.remove_prefix(std::min(field.size() + 2, header.size()));
        if (!parser::same_word(field.substr(0, length_field.size()), length_field)) continue;
        char const* const end = field.data() + field.size();
        char const* const digits = parser::skip_blanks(field.data() + length_field.size(), end);
        std::size_t length = 0;
        auto const [last, problem] = std::from_chars(digits, end, length);
        if (problem != std::errc() || last != end) return std::nullopt;
        return length;
    }
    return std::nullopt;
}

}  // namespace

/// Reads more into the buffer; false at the end of the input.
bool message_stream::fill() {
    std::array<char, std::size_t{64} << 10> part{};
    for (;;) {
        ssize_t const got = ::read(input_, part.data(), part.size());
        if (got > 0) {
            buffer_.append(part.data(), static_cast<std::size_t>(got));
            return true;
        }
        if (got == 0 || (errno != EINTR && errno != EAGAIN)) return false;
        pollfd ready{input_, POLLIN, 0};
        if (errno == EAGAIN) ::poll(&ready, 1, -1);
    }
}

received message_stream::read_header(std::size_t& length) {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
        if (buffer_.size() > header_limit) return received::broken;
        if (!fill()) return buffer_.empty() ? received::end : received::broken;
    }
    auto const found = length_in(std::string_view(buffer_).substr(0, end + 2));
    if (end > header_limit || !found) return received::broken;
    buffer_.erase(0, end + 4);
    length = *found;
    return received::message;
}

/// Moves `length` bytes from the input to `to`, if it is not null.
bool message_stream::take(std::size_t length, std::string* to) {
    for (;;) {
        std::size_t const here = std::min(length, buffer_.size());
        if (to != nullptr) to->append(buffer_, 0, here);
        buffer_.erase(0, here);
        length -= here;
        if (length == 0) return true;
        if (!fill()) return false;
    }
}

received message_stream::next(std::string& text) {
    std::size_t length = 0;
    if (auto const header = read_header(length); header != received::message) return header;
    text.clear();
    bool const fits = length <= message_limit;
    if (!take(length, fits ? &text : nullptr)) return received::broken;
    return fits ? received::message : received::too_large;
}

bool message_stream::send(boost::json::object const& message) const {
    std::string const body = boost::json::serialize(message);
    return write_text(
        output_, std::string(length_field) + ' ' + std::to_string(body.size()) + "\r\n\r\n" + body);
}

}  // namespace operators::lsp
