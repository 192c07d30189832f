#include "cf/backend/etcd/grpc_client.hpp"

#include "cf/backend/etcd/deadline.hpp"
#include "cf/backend/etcd/endpoints.hpp"
#include "cf/backend/etcd/messages.hpp"

#include <atomic>
#include <utility>

namespace cf::etcd {

namespace {

using clock = std::chrono::steady_clock;
constexpr std::chrono::seconds call_deadline{1};
constexpr std::int64_t page_size = 4000;

call_failure failed(endpoints::endpoint const& at, grpc::Status const& status) {
    auto code = status.error_code();
    // What a server has refused with these has not been and will not be done; all else may have
    // been.
    bool refused = code == grpc::NOT_FOUND || code == grpc::INVALID_ARGUMENT ||
                   code == grpc::OUT_OF_RANGE || code == grpc::PERMISSION_DENIED ||
                   code == grpc::UNAUTHENTICATED || code == grpc::FAILED_PRECONDITION ||
                   code == grpc::RESOURCE_EXHAUSTED || code == grpc::UNIMPLEMENTED;
    return {refused ? call_failure::kind::not_done : call_failure::kind::unknown,
            "etcd at " + at.name + ": " + status.error_message()};
}

class open_watch final : public watch_stream {
  public:
    open_watch(pb::Watch::Stub& stub, pb::WatchRequest const& request) {
        stream_ = stub.Watch(&context_);
        if (!stream_->Write(request)) context_.TryCancel();
    }
    ~open_watch() override {
        context_.TryCancel();
        stream_->Finish();
    }
    std::optional<batch> next() override {
        pb::WatchResponse response;
        if (!stream_->Read(&response)) return std::nullopt;
        if (response.compact_revision() != 0) compacted_ = true;
        if (response.canceled()) return std::nullopt;
        batch got;
        got.at = response.header().revision();
        for (auto& one : *response.mutable_events())
            got.events.push_back(
                {to_key_value(*one.mutable_kv()), one.type() == mvccpb::Event::DELETE});
        return got;
    }
    bool compacted() const override { return compacted_; }
    void ask_for_life() override {
        pb::WatchRequest request;
        request.mutable_progress_request();
        stream_->Write(request);
    }
    void cancel() override { context_.TryCancel(); }

  private:
    grpc::ClientContext context_;
    std::unique_ptr<grpc::ClientReaderWriter<pb::WatchRequest, pb::WatchResponse>> stream_;
    bool compacted_ = false;
};

class no_watch final : public watch_stream {
    std::optional<batch> next() override { return std::nullopt; }
    bool compacted() const override { return false; }
    void ask_for_life() override {}
    void cancel() override {}
};

/// Each call asks one endpoint at a time, with the generated stubs.
class grpc_client final : public client {
  public:
    explicit grpc_client(endpoints all) : where_(std::move(all)) {}

    call_result<answer> transact(transaction const& what) override;
    /// Page by page.
    call_result<answer> read(key_range const& which) override;
    call_result<lease_id> grant(std::chrono::seconds life) override;
    call_result<bool> keep_alive(lease_id lease) override;
    call_result<> revoke(lease_id lease) override;
    std::unique_ptr<watch_stream> watch(key_range const& which, revision from) override;
    call_counts counts() const override { return {transactions_.load(), reads_.load()}; }
    std::string names() const override { return where_.names(); }

  private:
    // A call on a connected endpoint. An endpoint that gave no answer is not asked again while
    // there is another. What may be done twice is asked of the next one, once.
    template <class Service, class Response, class Call>
    call_result<Response> ask(Call&& call, bool repeatable = true) {
        auto deadline = clock::now() + call_deadline;
        auto const* at = where_.connected(deadline);
        if (at == nullptr)
            return call_failure{call_failure::kind::not_done,
                                where_.names() + ": no connection within 1 s"};
        grpc::ClientContext context;
        context.set_deadline(to_grpc(deadline));
        auto stub = Service::NewStub(at->channel);
        Response response;
        grpc::Status status = call(*stub, context, response);
        if (status.ok()) return response;
        auto failure = failed(*at, status);
        if (failure.what == call_failure::kind::not_done) return failure;
        where_.leave(*at);
        return repeatable ? ask<Service, Response>(call, false) : failure;
    }

    endpoints where_;
    std::atomic<std::uint64_t> transactions_ = 0;
    std::atomic<std::uint64_t> reads_ = 0;
};

call_result<answer> grpc_client::transact(transaction const& what) {
    auto const request = to_request(what);
    bool reading = what.writes.empty() && what.compares.empty();
    ++(reading ? reads_ : transactions_);
    auto response = ask<pb::KV, pb::TxnResponse>(
        [&](auto& stub, auto& context, auto& into) { return stub.Txn(&context, request, &into); },
        what.writes.empty());
    if (!response) return response.error();
    return to_answer(std::move(*response));
}

call_result<answer> grpc_client::read(key_range const& which) {
    answer all{.succeeded = true};
    auto request = to_request(which);
    request.set_limit(page_size);
    for (;;) {
        ++reads_;
        auto response = ask<pb::KV, pb::RangeResponse>([&](auto& stub, auto& context, auto& into) {
            return stub.Range(&context, request, &into);
        });
        if (!response) return response.error();
        // All pages are of the revision of the first.
        if (all.at == 0) all.at = response->header().revision();
        request.set_revision(all.at);
        for (auto& one : *response->mutable_kvs())
            all.found.push_back(to_key_value(one));
        if (!response->more()) return all;
        request.set_key(all.found.back().key + '\0');
    }
}

call_result<lease_id> grpc_client::grant(std::chrono::seconds life) {
    pb::LeaseGrantRequest request;
    request.set_ttl(life.count());
    auto response =
        ask<pb::Lease, pb::LeaseGrantResponse>([&](auto& stub, auto& context, auto& into) {
            return stub.LeaseGrant(&context, request, &into);
        });
    if (!response) return response.error();
    return response->id();
}

call_result<bool> grpc_client::keep_alive(lease_id lease) {
    pb::LeaseKeepAliveRequest request;
    request.set_id(lease);
    auto response =
        ask<pb::Lease, pb::LeaseKeepAliveResponse>([&](auto& stub, auto& context, auto& into) {
            auto stream = stub.LeaseKeepAlive(&context);
            bool answered = stream->Write(request) && stream->Read(&into);
            if (answered) context.TryCancel();
            auto status = stream->Finish();
            return answered ? grpc::Status::OK : status;
        });
    if (!response) return response.error();
    return response->ttl() > 0;
}

call_result<> grpc_client::revoke(lease_id lease) {
    pb::LeaseRevokeRequest request;
    request.set_id(lease);
    auto response =
        ask<pb::Lease, pb::LeaseRevokeResponse>([&](auto& stub, auto& context, auto& into) {
            return stub.LeaseRevoke(&context, request, &into);
        });
    if (!response) return response.error();
    return {};
}

std::unique_ptr<watch_stream> grpc_client::watch(key_range const& which, revision from) {
    auto const* at = where_.connected(clock::now() + call_deadline);
    if (at == nullptr) return std::make_unique<no_watch>();
    auto stub = pb::Watch::NewStub(at->channel);
    return std::make_unique<open_watch>(*stub, to_request(which, from));
}

}  // namespace

result<std::unique_ptr<client>> connect(access const& where) {
    auto all = endpoints::open(where);
    if (!all) return all.error();
    return std::unique_ptr<client>(std::make_unique<grpc_client>(std::move(*all)));
}

}  // namespace cf::etcd
