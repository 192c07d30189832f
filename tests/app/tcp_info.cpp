#include "app/tcp_info.hpp"

#include <gtest/gtest.h>

TEST(tcp_info, has_the_numbers_of_linux) {
    app::info from;
    from.state = "CLOSE-WAIT";
    from.snd_wscale = 7;
    from.rcv_wscale = 9;
    from.retransmits = 2;
    from.mss = 1000;
    from.rto = 200'000;
    from.rtt = 1500;
    from.unacked = 2001;
    from.cwnd = 10'000;
    from.ssthresh = 0xffffffff;
    from.since_sent = 7000;
    tcp_info const to = app::to_tcp_info(from);
    EXPECT_EQ(to.tcpi_state, TCP_CLOSE_WAIT);
    EXPECT_EQ(to.tcpi_options, TCPI_OPT_WSCALE);
    EXPECT_EQ(to.tcpi_snd_wscale, 7);
    EXPECT_EQ(to.tcpi_rcv_wscale, 9);
    EXPECT_EQ(to.tcpi_retransmits, 2);
    EXPECT_EQ(to.tcpi_rto, 200'000U);
    EXPECT_EQ(to.tcpi_rtt, 1500U);
    EXPECT_EQ(to.tcpi_snd_mss, 1000U);
    EXPECT_EQ(to.tcpi_unacked, 3U);
    EXPECT_EQ(to.tcpi_snd_cwnd, 10U);
    EXPECT_EQ(to.tcpi_last_data_sent, 7U);
}

TEST(tcp_info, of_an_unknown_state_is_closed) {
    app::info from;
    from.state = "DREAMING";
    EXPECT_EQ(app::to_tcp_info(from).tcpi_state, TCP_CLOSE);
}
