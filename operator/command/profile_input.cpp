#include "operator/command/profile_input.hpp"

#include "parser/parse.hpp"
#include "parser/source/expand.hpp"

#include <array>
#include <cerrno>

#include <poll.h>
#include <unistd.h>

namespace operators {

namespace {

boost::system::result<std::string> read_to_end(int fd) {
    std::string text;
    std::array<char, std::size_t{64} << 10> part{};
    while (text.size() <= parser::expanded_size_limit) {
        ssize_t const got = ::read(fd, part.data(), part.size());
        if (got == 0) break;
        if (got > 0) {
            text.append(part.data(), static_cast<std::size_t>(got));
        } else if (errno == EAGAIN) {  // a non-blocking input that a parent process gave us
            pollfd ready{fd, POLLIN, 0};
            ::poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return boost::system::error_code(errno, boost::system::generic_category());
        }
    }
    return text;
}

}  // namespace

profile_input open_profile(std::string const& file) {
    return {file, parser::file_reader()(file)};
}

profile_input read_profile(context const& with, std::string const& name) {
    return {name, read_to_end(with.input)};
}

parser::source_reader reader_of(profile_input const& input) {
    return [&input, others = parser::file_reader()](std::string const& name) {
        return name == input.name ? input.text : others(name);
    };
}

}  // namespace operators
