#include "daemon/sysplex/recall_message.hpp"

#include <boost/json.hpp>

#include <limits>

namespace tcpplexd {

namespace json = boost::json;

namespace {

constexpr std::string_view asking = "recall", answering = "recalled";

json::object parsed(std::string_view text) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    return !error && value.is_object() ? std::move(value.as_object()) : json::object();
}

template <class Number>
bool read_number(json::object const& from, std::string_view name, Number& into) {
    auto const* found = from.if_contains(name);
    auto const* number = found == nullptr ? nullptr : found->if_int64();
    if (number == nullptr || *number < 0 || *number > std::numeric_limits<Number>::max())
        return false;
    into = static_cast<Number>(*number);
    return true;
}

bool read(json::object const& from, std::string_view name, bool& into) {
    auto const* found = from.if_contains(name);
    auto const* flag = found == nullptr ? nullptr : found->if_bool();
    if (flag != nullptr) into = *flag;
    return flag != nullptr;
}

bool read(json::object const& from, std::string_view name, stack::address& into) {
    auto const* found = from.if_contains(name);
    auto const* text = found == nullptr ? nullptr : found->if_string();
    auto const address = text == nullptr ? std::nullopt : stack::address::parse(*text);
    if (address) into = *address;
    return address.has_value();
}

}  // namespace

std::string to_json(recall_message const& message) {
    if (auto const* request = std::get_if<recall_request>(&message))
        return json::serialize(json::value{{asking, request->number},
                                           {"dvipa", request->dvipa.to_string()},
                                           {"port", request->port}});
    auto const& answer = std::get<recall_answer>(message);
    return json::serialize(json::value{{answering, answer.number}, {"gave", answer.gave}});
}

bool is_recall(std::string_view text) {
    auto const message = parsed(text);
    return message.contains(asking) || message.contains(answering);
}

boost::system::result<recall_message, std::string> recall_from_json(std::string_view text) {
    auto const message = parsed(text);
    recall_answer answer;
    if (read_number(message, answering, answer.number) && read(message, "gave", answer.gave))
        return answer;
    recall_request request;
    if (read_number(message, asking, request.number) && read(message, "dvipa", request.dvipa) &&
        read_number(message, "port", request.port))
        return request;
    return std::string("not a recall: ") + std::string(text.substr(0, 200));
}

}  // namespace tcpplexd
