// Any one statement of a profile, small enough to keep millions.
#pragma once

#include "parser/model/statement.hpp"

#include <boost/container/deque.hpp>

#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

namespace parser {

class statement_body {
  public:
    template <typename Statement>
    explicit statement_body(Statement&& body)
        : kept_(std::in_place_type<kept<std::remove_cvref_t<Statement>>>,
                to_keep(std::forward<Statement>(body))) {}

    /// Null if it is another statement.
    template <typename Statement>
    Statement const* as() const {
        auto const* found = std::get_if<kept<Statement>>(&kept_);
        if constexpr (is_small<Statement>)
            return found;
        else
            return found == nullptr ? nullptr : found->get();
    }

    /// Calls `visitor` with the statement as what it is.
    template <typename Visitor>
    void visit(Visitor&& visitor) const {
        std::visit(
            [&](auto const& each) {
                if constexpr (requires { visitor(*each); })
                    visitor(*each);
                else
                    visitor(each);
            },
            kept_);
    }

  private:
    /// Those of which there are many; the others are kept apart, or each would cost as much as the
    /// largest.
    template <typename Statement>
    static constexpr bool is_small = sizeof(Statement) <= sizeof(port_statement);
    static_assert(sizeof(port_statement) <= 64);

    template <typename Statement>
    using kept = std::conditional_t<is_small<Statement>, Statement, std::unique_ptr<Statement>>;

    template <typename Statement>
    static decltype(auto) to_keep(Statement&& body) {
        using plain = std::remove_cvref_t<Statement>;
        if constexpr (is_small<plain>)
            return std::forward<Statement>(body);
        else
            return std::make_unique<plain>(std::forward<Statement>(body));
    }

    std::variant<kept<interface_statement>, kept<device_statement>, kept<link_statement>,
                 kept<home_statement>, kept<link_network_statement>, kept<start_statement>,
                 kept<stop_statement>, kept<begin_routes_statement>, kept<route_statement>,
                 kept<ipconfig_statement>, kept<ipconfig6_statement>, kept<tcpconfig_statement>,
                 kept<udpconfig_statement>, kept<somaxconn_statement>, kept<port_statement>,
                 kept<unreserved_statement>, kept<portrange_statement>, kept<vipadefine_statement>,
                 kept<vipabackup_statement>, kept<vipadelete_statement>,
                 kept<vipadistribute_statement>, kept<viparange_statement>,
                 kept<viparoute_statement>, kept<srcip_statement>, kept<srcip_job_statement>,
                 kept<srcip_destination_statement>, kept<globalconfig_statement>,
                 kept<primaryinterface_statement>>
        kept_;
};

/// A statement and the place of its first word.
struct statement {
    template <typename Statement>
    statement(Statement&& written, span begin)
        : body(std::forward<Statement>(written)), where(begin) {}

    statement_body body;
    span where;
};

/// In the order written; to add one moves none.
using statement_list = boost::container::deque<
    statement, void,
    boost::container::deque_options<boost::container::block_bytes<1U << 16U>>::type>;

}  // namespace parser
