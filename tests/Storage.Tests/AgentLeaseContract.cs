using VoiceFunctions.Core.Agents.Lease;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

/// <summary>On every journal one job holds an epoch's lease, however many ask.</summary>
public abstract class AgentLeaseContract(IJournals journals) : JournalContract(journals)
{
    [Fact]
    public async Task Of_twenty_racing_jobs_exactly_one_gets_the_lease_and_the_story_says_which()
    {
        var caller = new CallEvent("EV_1", Some.Noon, new CallFact.LegJoined(new Leg("PA_1", "sip_1", LegRole.Caller)))
        {
            Room = new RoomSession(new RoomNaming("call").NameOf(CallId), "RM_1"),
        };
        await Journal.AppendAsync(CallId, caller, Tracking.Follow, Stop);
        var history = await Journal.ReadAsync(CallId, Stop);
        await Journal.CommitAsync(CallId, history.Version, Some.Step(CallId, Some.Claim("dispatch:1", ClaimStatus.Done)), Stop);

        var leases = new AgentLeases(Journal, new RoomNaming("call"), SomeFence.Keyed, Clock);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(job => Task.Run(
            async () => (Job: $"AJ_{job}", (await leases.AskAsync(
                new LeaseRequest(CallId, SomeFence.Keyed.Of(CallId, 1), 1, $"AJ_{job}"), caller.Room.Name, Stop)).Answer),
            Stop)));

        var (winner, _) = Assert.Single(answers, answer => answer.Answer == LeaseAnswer.Granted);
        Assert.Equal(19, answers.Count(answer => answer.Answer == LeaseAnswer.Taken));
        var lease = Assert.Single((await Journal.ReadAsync(CallId, Stop)).Claims, claim => claim.Key == "lease:1");
        Assert.Equal((winner, winner, ClaimStatus.Done), (lease.Result, lease.Owner, lease.Status));
    }
}
