#include "daemon/display/connection_detail.hpp"

#include <chrono>

namespace tcpplexd {

namespace {

std::int64_t microseconds(stack::duration time) {
    return std::chrono::duration_cast<std::chrono::microseconds>(time).count();
}

}  // namespace

boost::json::object describe(stack::tcp::connection_detail const& from) {
    auto const& report = from.report;
    bool const cubic = report.congestion == stack::tcp::congestion_algorithm::cubic;
    return {{"bytesIn", from.bytes_in},
            {"bytesOut", from.bytes_out},
            {"irs", from.irs},
            {"rcvNxt", from.rcv_nxt},
            {"rcvWnd", report.rcv_wnd},
            {"unread", report.unread},
            {"receiveBuffer", report.receive_buffer},
            {"iss", from.iss},
            {"sndUna", from.snd_una},
            {"sndNxt", from.snd_nxt},
            {"sndWnd", report.snd_wnd},
            {"maxSndWnd", from.max_snd_wnd},
            {"sndWl1", from.snd_wl1},
            {"sndWl2", from.snd_wl2},
            {"unacked", report.unacked},
            {"unsent", report.unsent},
            {"sendBuffer", report.send_buffer},
            {"mss", report.mss},
            {"congestion", cubic ? "cubic" : "reno"},
            {"congestionWindow", report.cwnd},
            {"slowStartThreshold", report.ssthresh},
            {"rttSeq", from.rtt_seq},
            {"smoothedRtt", microseconds(report.smoothed_rtt)},
            {"rto", microseconds(report.rto)},
            {"sinceSent", microseconds(report.since_sent)},
            {"retransmits", report.retransmits},
            {"rcvWindowScale", report.rcv_wscale},
            {"sndWindowScale", report.snd_wscale},
            {"sack", from.sack},
            {"timestamps", from.timestamps},
            {"ecn", from.ecn},
            {"delayedAcks", from.delays_acks},
            {"nagle", from.nagle},
            {"cork", from.cork},
            {"keepalive", from.keepalive},
            {"keepaliveProbes", report.probes}};
}

}  // namespace tcpplexd
