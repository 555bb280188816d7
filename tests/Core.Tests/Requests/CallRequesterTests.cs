using VoiceFunctions.Core.Calls.Admission;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Limits;

namespace VoiceFunctions.Core.Requests;

/// <summary>A call that is asked for begins once for each idempotency key.</summary>
public sealed class CallRequesterTests
{
    private static readonly CallFact.CallRequested Asked = new() { Tenant = "golf", To = "+15550100123" };

    private readonly GatewayBench bench = new();

    [Fact]
    public async Task The_same_request_under_a_key_gives_the_same_call()
    {
        var first = await BeginAsync(Asked, "order-7");
        var again = await BeginAsync(Asked, "order-7");

        Assert.Equal((true, false), (first!.IsNew, again!.IsNew));
        Assert.Equal(first.CallId, again.CallId);
    }

    [Fact]
    public async Task Another_request_under_a_used_key_begins_nothing()
    {
        var first = await BeginAsync(Asked, "order-7");

        Assert.Null(await BeginAsync(Asked with { To = "+15550100124" }, "order-7"));
        Assert.Equal("+15550100123", (await StateAsync(first!)).CalledNumber);
    }

    [Fact]
    public async Task Two_tenants_may_use_the_same_key() => Assert.NotEqual(
        (await BeginAsync(Asked, "order-7"))!.CallId, (await BeginAsync(Asked with { Tenant = "other" }, "order-7"))!.CallId);

    [Fact]
    public async Task Without_a_key_each_request_begins_a_call() =>
        Assert.NotEqual((await BeginAsync(Asked, null))!.CallId, (await BeginAsync(Asked, null))!.CallId);

    [Fact]
    public async Task A_call_that_was_asked_for_is_followed_from_then_on()
    {
        var call = await BeginAsync(Asked, null);

        Assert.True((await StateAsync(call!)).IsCall);
        Assert.Contains(call!.CallId, bench.Workflows.Started);
    }

    private Task<RequestedCall?> BeginAsync(CallFact.CallRequested request, string? key) =>
        new CallRequester(
            bench.Journal,
            bench.Gateway.Calls.Ingestor,
            bench.Clock,
            new PlaceDesk(new CallPlaces(new InMemoryLimitStore(), bench.Clock), bench.Journal, bench.Clock),
            bench.Settings.Routes)
            .BeginAsync(request, key, TestContext.Current.CancellationToken);

    private async Task<CallState> StateAsync(RequestedCall call) =>
        CallState.Of(await bench.Journal.ReadAsync(call.CallId, TestContext.Current.CancellationToken));
}
