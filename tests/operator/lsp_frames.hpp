// Messages of the Language Server Protocol as they travel, and back.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tests {

inline std::string framed(std::string const& body) {
    return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

inline std::string request(int id, std::string const& method, boost::json::value params = {}) {
    return framed(boost::json::serialize(boost::json::object{
        {"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}}));
}

inline std::string notification(std::string const& method, boost::json::value params = {}) {
    return framed(boost::json::serialize(boost::json::object{
        {"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}}));
}

/// The messages of an output that is all frames.
inline std::vector<boost::json::value> messages_in(std::string_view output) {
    std::vector<boost::json::value> messages;
    while (!output.empty()) {
        std::size_t const begin = output.find("\r\n\r\n") + 4;
        std::size_t const length = std::stoul(std::string(output.substr(16, begin)));
        messages.push_back(boost::json::parse(std::string(output.substr(begin, length))));
        output.remove_prefix(begin + length);
    }
    return messages;
}

}  // namespace tests
