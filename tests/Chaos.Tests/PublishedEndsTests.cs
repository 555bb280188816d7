using VoiceFunctions.Chaos.Gateways;

namespace VoiceFunctions.Chaos;

public sealed class PublishedEndsTests
{
    private const string Call = "hr4bpq2owjg562thg45z6neuat";

    [Fact]
    public void Every_telling_of_an_end_is_read_from_what_the_hosts_print()
    {
        var ends = new PublishedEnds(TimeProvider.System);

        ends.Take(1, $"info: VoiceFunctions.Core.Events.LoggingEventSink[4001] CALL_STARTED of call {Call}: ");
        ends.Take(1, $"info: VoiceFunctions.Core.Events.LoggingEventSink[4001] CALL_ENDED of call {Call}: caller_hangup");
        ends.Take(1, $"warn: VoiceFunctions.Core.Calls.Delivery[2401] receiver did not take CALL_ENDED of call {Call}: answered 503");
        ends.Take(2, $"info: VoiceFunctions.Core.Events.LoggingEventSink[4001] CALL_ENDED of call {Call}: caller_hangup");

        Assert.Equal([(1, "caller_hangup"), (2, "caller_hangup")], ends.Of(Call).Select(told => (told.Host, told.Cause)));
        Assert.Equal(2, ends.Count);
    }
}
