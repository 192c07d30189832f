#include "parser/parse.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
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
    std::string text{std::istreambuf_iterator<char>(in), {}};
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
