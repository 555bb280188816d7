using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Core.Calls.State;
using VoiceFunctions.Core.Journal;
using VoiceFunctions.Core.Journal.InMemory;
using VoiceFunctions.Core.Routing;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Core.Console;

/// <summary>What the console is told where there are more calls than it looks at.</summary>
public sealed class ConsoleDeskTests
{
    private const int Many = ConsoleDesk.MostCalls + 10;

    private readonly ManualClock clock = new(Given.Noon);
    private readonly InMemoryCallJournal journal;
    private readonly ConsoleDesk desk;

    public ConsoleDeskTests()
    {
        journal = new InMemoryCallJournal(clock);
        desk = new ConsoleDesk(journal, new CallTenancy(null), new RouteTable(CallsBench.Route), clock);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_calls_it_shows_the_newest_and_says_how_many_there_are()
    {
        for (var number = 0; number < Many; number++)
        {
            await CallAsync(number, "acme");
        }

        var (calls, count) = await desk.LookAsync(null, Stop);

        Assert.Equal(Many, count);
        Assert.Equal(
            Enumerable.Range(Many - ConsoleDesk.MostCalls, ConsoleDesk.MostCalls).Reverse().Select(Id),
            calls.Select(call => call.CallId));
    }

    [Fact]
    public async Task A_tenant_sees_its_own_calls_however_many_newer_ones_others_have()
    {
        await CallAsync(0, "golf");
        for (var number = 1; number < Many; number++)
        {
            await CallAsync(number, "acme");
        }

        var (calls, count) = await desk.LookAsync(new ApiCaller("golf"), Stop);

        Assert.Equal((1, Id(0)), (count, Assert.Single(calls).CallId));
    }

    [Fact]
    public async Task Rooms_that_are_no_calls_are_not_counted()
    {
        for (var number = 0; number < ConsoleDesk.MostCalls; number++)
        {
            await CallAsync(number, null);
        }

        await journal.AppendAsync(CallId.ForTwilio("a room"), Given.Started(1), Tracking.Follow, Stop);

        Assert.Equal(ConsoleDesk.MostCalls, (await desk.LookAsync(null, Stop)).Count);
    }

    [Fact]
    public async Task Whatever_is_stored_of_a_call_gives_it_another_version()
    {
        await CallAsync(0, null);
        var before = Assert.Single((await desk.LookAsync(null, Stop)).Calls);

        await journal.AppendAsync(CallId.ForTwilio("0"), Given.Event(1, new CallFact.Unhandled("twilio:ringing")), Tracking.Follow, Stop);

        var after = Assert.Single((await desk.LookAsync(null, Stop)).Calls);
        Assert.NotEqual(before.Version, after.Version);
        Assert.Equal(before, after with { Version = before.Version });
    }

    [Fact]
    public async Task The_agent_who_is_still_in_the_room_of_an_ended_call_is_not_too_many()
    {
        await CallAsync(0, null);
        foreach (var happened in (CallEvent[])[Given.Joined(1), Given.Joined(2, Given.Agent()), Given.Left(9)])
        {
            await journal.AppendAsync(CallId.ForTwilio("0"), happened, Tracking.Follow, Stop);
        }

        var history = await journal.ReadAsync(CallId.ForTwilio("0"), Stop);
        var record = CallDetailRecord.Of(CallState.Of(history), Given.Naming);
        var ended = new JournalChange([Given.Dispatched(1), Given.Ended(9)], record);
        await journal.CommitAsync(CallId.ForTwilio("0"), history.Version, ended, Stop);

        var call = Assert.Single((await desk.LookAsync(null, Stop)).Calls);

        Assert.NotNull(call.EndedAt);
        Assert.Equal((1, 0), (call.Agents, call.SurplusAgents));
    }

    private static string Id(int number) => CallId.ForTwilio($"{number}").Value;

    private async Task CallAsync(int number, string? tenant) => await journal.AppendAsync(
        CallId.ForTwilio($"{number}"),
        Given.Event(number, new CallFact.CallRequested { Tenant = tenant }, "api:request"),
        Tracking.Follow,
        Stop);
}
