using Microsoft.Extensions.Logging.Abstractions;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Diagnostics;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Http;

/// <summary>The router lets nobody in whom the route's access does not name, whatever the handler does.</summary>
public sealed class RouteAccessTests
{
    private static readonly InMemoryCallJournal Journal = new(new ManualClock());

    [Fact]
    public void A_handler_whose_access_nothing_checks_keeps_the_gateway_from_starting()
    {
        var handler = new CallHandler(new CallFinder(Journal, new CallTenancy(null)), new RoomNaming("call"));

        var refusal = Assert.Throws<ArgumentException>(() => RouterOf(handler));

        Assert.Contains("ApiOrKey", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(handler.Route.Name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_is_not_called_for_whoever_is_refused()
    {
        var handler = new Trusting(GatewayRoutes.Call);

        var response = await RouterOf(handler, new Check(AccessOutcome.Refused(Problem.BadKey), default)).HandleAsync(
            Request("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa"), TestContext.Current.CancellationToken);

        Assert.Equal((401, 0), (response.Status, handler.Calls));
    }

    [Fact]
    public async Task A_handler_is_not_called_for_whose_body_is_refused()
    {
        var handler = new Trusting(GatewayRoutes.Call);

        var response = await RouterOf(handler, new Check(AccessOutcome.Admitted("x"), AccessOutcome.Refused(Problem.BadKey))).HandleAsync(
            Request("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa"), TestContext.Current.CancellationToken);

        Assert.Equal((401, 0), (response.Status, handler.Calls));
    }

    [Fact]
    public async Task A_handler_gets_what_the_check_found()
    {
        var handler = new Trusting(GatewayRoutes.Call);

        await RouterOf(handler, new Check(AccessOutcome.Admitted("nobody yet"), AccessOutcome.Admitted("an operator"))).HandleAsync(
            Request("/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa"), TestContext.Current.CancellationToken);

        Assert.Equal("an operator", handler.Credential);
    }

    [Theory]
    [InlineData("GET", "/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("GET", "/calls/aaaaaaaaaaaaaaaaaaaaaaaaaa/proof")]
    [InlineData("GET", "/calls?room=a")]
    [InlineData("POST", "/agents/lease")]
    [InlineData("POST", "/livekit/webhook")]
    [InlineData("POST", "/twilio/status")]
    public async Task The_gateway_lets_no_stranger_in(string method, string target)
    {
        var bench = new GatewayBench();

        Assert.Equal(401, (await bench.SendAsync(method, target, [])).Status);
    }

    private static GatewayRequest Request(string target) => new("GET", target, _ => null, ReadOnlyMemory<byte>.Empty);

    private static HttpRouter RouterOf(IGatewayHandler handler, params IAccessCheck[] checks) =>
        new([handler], checks.ToDictionary(_ => RouteAccess.ApiOrKey), NullLogger<HttpRouter>.Instance);

    private sealed class Check(AccessOutcome head, AccessOutcome body) : IAccessCheck
    {
        public AccessOutcome CheckHead(GatewayRequest request) => head;

        public AccessOutcome CheckBody(GatewayRequest request) => body;
    }

    private sealed class Trusting(GatewayRoute route) : IGatewayHandler
    {
        public int Calls { get; private set; }

        public object? Credential { get; private set; }

        public GatewayRoute Route => route;

        public ValueTask<GatewayResponse> HandleAsync(GatewayRequest request, CancellationToken cancellationToken)
        {
            (Calls, Credential) = (Calls + 1, request.Credential);
            return ValueTask.FromResult(GatewayResponse.Ok);
        }
    }
}
