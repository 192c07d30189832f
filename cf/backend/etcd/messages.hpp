// From the project's own types to etcd's messages and back. The only place, with grpc_client.cpp,
// that sees the generated code.
#pragma once

#include "cf/backend/etcd/transaction.hpp"
#include "etcd/etcdserver/etcdserverpb/rpc.grpc.pb.h"

#include <utility>

namespace cf::etcd {

namespace pb = etcdserverpb;

inline key_value to_key_value(mvccpb::KeyValue& from) {
    return {std::move(*from.mutable_key()), std::move(*from.mutable_value()),
            from.create_revision(), from.mod_revision(), from.lease()};
}

inline pb::RangeRequest to_request(key_range const& which) {
    pb::RangeRequest request;
    request.set_key(which.first);
    request.set_range_end(which.end);
    return request;
}

inline pb::WatchRequest to_request(key_range const& which, revision from) {
    pb::WatchRequest request;
    auto& create = *request.mutable_create_request();
    create.set_key(which.first);
    create.set_range_end(which.end);
    create.set_start_revision(from);
    return request;
}

inline void add(pb::TxnRequest& to, compare const& one) {
    auto& made = *to.add_compare();
    made.set_result(pb::Compare::EQUAL);
    made.set_key(one.key);
    // A key that does not exist has revision 0 in both.
    if (one.what == compare::kind::created) {
        made.set_target(pb::Compare::CREATE);
        made.set_create_revision(one.at);
    } else {
        made.set_target(pb::Compare::MOD);
        made.set_mod_revision(one.at);
    }
}

inline void add(pb::TxnRequest& to, write const& one) {
    auto& made = *to.add_success();
    if (!one.value) return made.mutable_request_delete_range()->set_key(one.key);
    auto& put = *made.mutable_request_put();
    put.set_key(one.key);
    put.set_value(*one.value);
    put.set_lease(one.lease);
}

inline pb::TxnRequest to_request(transaction const& what) {
    pb::TxnRequest request;
    for (auto const& one : what.compares)
        add(request, one);
    for (auto const& one : what.writes)
        add(request, one);
    for (auto const& one : what.reads)
        *request.add_success()->mutable_request_range() = to_request(one);
    for (auto const& one : what.reads_if_refused)
        *request.add_failure()->mutable_request_range() = to_request(one);
    return request;
}

inline answer to_answer(pb::TxnResponse from) {
    answer made{.succeeded = from.succeeded(), .at = from.header().revision(), .found = {}};
    for (auto& response : *from.mutable_responses()) {
        if (!response.has_response_range()) continue;
        for (auto& one : *response.mutable_response_range()->mutable_kvs())
            made.found.push_back(to_key_value(one));
    }
    return made;
}

}  // namespace cf::etcd
