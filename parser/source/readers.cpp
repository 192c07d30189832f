#include "parser/parse.hpp"
#include "parser/source/expand.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

namespace parser {

namespace {

using boost::system::errc::make_error_code;

boost::system::result<std::string> read_file(std::filesystem::path const& path) {
    std::error_code problem;
    // A directory opens as a stream and then reads as nothing.
    if (std::filesystem::is_directory(path, problem))
        return make_error_code(boost::system::errc::is_a_directory);
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) return boost::system::error_code(errno, boost::system::generic_category());
    auto const too_large = make_error_code(boost::system::errc::file_too_large);
    std::string text;
    auto const size = std::filesystem::file_size(path, problem);  // of what is no file: unknown
    if (!problem && size > expanded_size_limit) return too_large;
    if (!problem) text.reserve(size);
    std::array<char, 1U << 16U> block{};
    while (in.read(block.data(), block.size()) || in.gcount() != 0) {
        text.append(block.data(), static_cast<std::size_t>(in.gcount()));
        if (text.size() > expanded_size_limit) return too_large;  // a device may not end
    }
    if (in.bad()) return make_error_code(boost::system::errc::io_error);
    return text;
}

}  // namespace

source_reader file_reader() {
    return [](std::string const& name) { return read_file(name); };
}

source_reader memory_reader(std::map<std::string, std::string> texts) {
    return
        [texts = std::move(texts)](std::string const& name) -> boost::system::result<std::string> {
            auto const found = texts.find(name);
            if (found == texts.end())
                return make_error_code(boost::system::errc::no_such_file_or_directory);
            return found->second;
        };
}

}  // namespace parser
