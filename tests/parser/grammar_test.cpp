// No grammar of a statement can loop without consuming anything.
#include "parser/statement/delete.hpp"
#include "parser/statement/device.hpp"
#include "parser/statement/globalconfig.hpp"
#include "parser/statement/home.hpp"
#include "parser/statement/interface.hpp"
#include "parser/statement/ipconfig.hpp"
#include "parser/statement/ipconfig6.hpp"
#include "parser/statement/named.hpp"
#include "parser/statement/port.hpp"
#include "parser/statement/portrange.hpp"
#include "parser/statement/route.hpp"
#include "parser/statement/srcip.hpp"
#include "parser/statement/tcpconfig.hpp"
#include "parser/statement/udpconfig.hpp"
#include "parser/statement/vipadefine.hpp"
#include "parser/statement/vipadistribute.hpp"
#include "parser/statement/viparange.hpp"
#include "parser/statement/viparoute.hpp"

#include <gtest/gtest.h>
#include <tao/pegtl/contrib/analyze.hpp>

namespace parser::grammar {
namespace {

template <typename Rule>
class statement_grammar : public testing::Test {};

using statements =
    testing::Types<interfaces::statement, named::one_interface, named::somaxconn, routes::statement,
                   ipconfig::statement, ipconfig6::statement, tcpconfig::statement,
                   udpconfig::statement, port::statement, portrange::statement, deletion::statement,
                   vipadefine::define, vipadefine::backup, vipadefine::remove,
                   vipadistribute::statement, viparange::statement, viparoute::route,
                   viparoute::service_manager, srcip::of_job, srcip::to_destination,
                   globalconfig::statement, named::arpage, devices::device, devices::link,
                   home::list, home::networks>;
TYPED_TEST_SUITE(statement_grammar, statements);

TYPED_TEST(statement_grammar, always_makes_progress) {
    EXPECT_EQ(tao::pegtl::analyze<TypeParam>(), std::size_t{0});
}

TEST(keyword, is_at_least_its_upper_case_beginning_and_at_most_the_whole_word) {
    using word = kw<"VIPADISTribute">;
    EXPECT_TRUE(word::accepts("VIPADIST"));
    EXPECT_TRUE(word::accepts("vipadistri"));
    EXPECT_TRUE(word::accepts("VIPADISTRIBUTE"));
    EXPECT_FALSE(word::accepts("VIPADIS"));
    EXPECT_FALSE(word::accepts("VIPADISTRIBUTED"));
    EXPECT_FALSE(word::accepts("VIPADISTX"));
}

}  // namespace
}  // namespace parser::grammar
