using VoiceFunctions.Core.Agents;
using VoiceFunctions.Core.Calls.Effects;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Testing.LiveKit;
using static VoiceFunctions.Core.Calls.Given;

namespace VoiceFunctions.Core.Calls.Helpers;

public sealed class HelperTests
{
    private static readonly CallTimeouts WithHelpers = Timeouts with { Helpers = ["transcriber", "media bot"] };
    private static readonly CallEffect.DispatchHelper Transcriber = new("transcriber");

    private readonly CallsBench bench = new();

    [Fact]
    public void Each_helper_of_the_route_is_sent_once_after_the_agent()
    {
        Assert.Equal(new CallEffect.DispatchAgent(1), new Scene(Joined(0)).With(WithHelpers).DueAt(0));
        var served = new Scene(Joined(0), Dispatched(0.3)).With(WithHelpers);
        Assert.Equal(Transcriber, served.DueAt(0.3));

        var first = served.And(Done(Transcriber.ClaimKeys[0], 0.4, "created:AD_2"));
        Assert.Equal(new CallEffect.DispatchHelper("media bot"), first.DueAt(0.4));

        var both = first.And(Done(new CallEffect.DispatchHelper("media bot").ClaimKeys[0], 0.5, "created:AD_3"));
        Assert.Null(both.DueAt(0.5));
    }

    [Fact]
    public void After_the_caller_has_gone_none_is_sent() =>
        Assert.IsNotType<CallEffect.DispatchHelper>(new Scene(Joined(0), Dispatched(0.3), Left(1)).With(WithHelpers).DueAt(1));

    [Fact]
    public async Task It_is_dispatched_with_the_calls_id_and_without_a_lease()
    {
        RoomIsOpen();

        var done = Assert.IsType<EffectOutcome.Done>(await DispatchAsync());

        var (request, _) = Assert.Single(bench.LiveKit.Made);
        Assert.StartsWith("created:AD_", done.Result, StringComparison.Ordinal);
        Assert.Equal("transcriber", request.AgentName);
        Assert.Equal((Call.Value, 0), DispatchMetadata.TryParse(request.Metadata) is { } read ? (read.CallId, read.Epoch) : default);
    }

    [Fact]
    public async Task One_that_is_listed_already_is_enough()
    {
        RoomIsOpen();
        var theirs = bench.LiveKit.Dispatch(Room.Name, "transcriber");

        Assert.Equal($"found:{theirs.Id}", Assert.IsType<EffectOutcome.Done>(await DispatchAsync()).Result);
        Assert.Empty(bench.LiveKit.Made);
    }

    [Fact]
    public async Task One_of_which_nobody_knows_is_looked_for_and_not_made_twice()
    {
        RoomIsOpen();
        bench.LiveKit.Script("CreateDispatch", Trouble.LostAnswer);

        Assert.IsType<EffectOutcome.TryAgain>(await DispatchAsync());
        Assert.StartsWith("found:", Assert.IsType<EffectOutcome.Done>(await DispatchAsync(2)).Result, StringComparison.Ordinal);
        Assert.Single(bench.LiveKit.Made);
    }

    [Fact]
    public async Task It_is_given_up_in_the_end_and_the_call_goes_on()
    {
        RoomIsOpen();
        bench.LiveKit.Script("ListDispatches", Trouble.Unavailable);

        Assert.Equal(new EffectOutcome.GaveUp("list_dispatches"), await DispatchAsync(HelperDispatcher.MaxAttempts));
    }

    private void RoomIsOpen() => bench.LiveKit.Open(Room.Name, Room.Sid);

    private Task<EffectOutcome> DispatchAsync(int attempt = 1) => new HelperDispatcher(bench.LiveKit).DispatchAsync(
        CallsBench.Context(new Scene(Joined(0), Dispatched(0)).State, attempt), Transcriber, TestContext.Current.CancellationToken);
}
