using System.Text.Json.Nodes;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Receivers;
using static VoiceFunctions.Simulator.Scenarios.Expectations;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>The whole day of a tenant, a golf club, from nine in the morning until seven in the evening.</summary>
internal static class TenantDay
{
    /// <summary>The club's line as a route: open by hours, one call at a time, recorded.</summary>
    public const string Route = $$"""
        {"name":"golf club","number":"{{Line}}","maxConcurrentCalls":1,"recording":{"mode":"room"},"fallback":{"message":"{{Busy}}"},
         "hours":{"timeZone":"Europe/London","open":[{"days":"mon-fri","from":"09:30","to":"17:30"}],
                  "closed":{"fallback":{"message":"{{Closed}}"} } } }
        """;

    private const string Line = "+15550193";
    private const string Member = "+15550100151";
    private const string Closed = "The club is open from half past nine.";
    private const string Busy = "Somebody else is on our line. Please call again in a minute.";
    private const string Handoff = $$"""{"reason":"customer_request","queue":"{{HandoffScenarios.Queue}}"}""";
    private const string LastEvent = "room.deleted";

    private static readonly Caller Golfer = new("+15550101234", Line) { Stays = TimeSpan.FromSeconds(45) };

    private static readonly AgentBehaviour Receptionist = AgentBehaviour.Good with
    {
        LooksUp = "May I bring my dog?",
        Tools =
        [
            new(TimeSpan.FromSeconds(5), "searchTeeTimes", """{"date":"2026-01-06","players":2}"""),
            new(TimeSpan.FromSeconds(5), "bookTeeTime", """{"teeTimeId":"T-0900","players":2}""") { Askings = 2 },
        ],
    };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("tenant-day", "A golf club's day: documents, opening hours, bookings, a busy line, a human, a reminder call, a report.")
        {
            Calls = 9,
            HasReceiver = true,
            Call = async network =>
            {
                var begin = network.Time.Clock.GetUtcNow();
                List<CallerExperience> lived = [];
                foreach (var (after, play) in Hours)
                {
                    var wait = begin + after - network.Time.Clock.GetUtcNow();
                    await network.Time.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, CancellationToken.None);
                    network.LiveKit.Agents = AgentScript.Good;
                    lived.AddRange(await play(network));
                }

                await network.Tenant.LookAtAsync(begin, lived.Count, mustAgree: network.Setup.Faults == DeliveryFaults.None);
                await network.Receiver.WaitForAsync(LastEvent, TimeSpan.FromMinutes(20));
                return Enumerable.Reverse(lived).Aggregate((later, earlier) => earlier with { Next = later })!;
            },
            Expect = result =>
            [
                .. HeardMessage(result.Experience, Closed),
                .. HeardAgent(Nth(result, 1)),
                .. HeardMessage(Nth(result, 2), Busy),
                .. HeardAgent(Nth(result, 3)), .. HeardHuman(Nth(result, 3)),
                .. HeardAgent(Nth(result, 4)),
                .. HeardAgent(Nth(result, 5)),
                .. HeardAgent(Nth(result, 6)),
                .. HeardAgent(Nth(result, 7)),
                .. HeardMessage(Nth(result, 8), Closed),
                .. Once(result, "the agent found in the documents", result.Rooms.Count(room => room.Passages.Count == 1)),
                .. Once(result, "a tee time was booked", result.Rooms.Count(room => room.Tools.Count == 3)),
                .. Once(result, "the network stuttered", result.Rooms.Count(room => room.QualityWarnings.Count == 2)),
            ],
        },
    ];

    /// <summary>What happens so long after nine, and what the callers of it lived through.</summary>
    private static IReadOnlyList<(TimeSpan After, Func<PhoneNetwork, Task<IReadOnlyList<CallerExperience>>> Play)> Hours =>
    [
        (At(0, 5), async network =>
        {
            await network.Tenant.TeachAsync("House rules", "Dogs are welcome on the course on a lead. Children play for half the price.");
            return [];
        }),
        (At(0, 15), async network => [await network.Twilio.CallAsync(Golfer)]),
        (At(1, 0), BookWhileAnotherCallsAsync),
        (At(2, 0), async network =>
        {
            var until = network.Time.Clock.GetUtcNow() + TimeSpan.FromHours(1);
            network.Receiver.Answers = (_, _) =>
                network.Time.Clock.GetUtcNow() < until ? new ReceiverAnswer(503) : ReceiverAnswer.Taken;
            network.LiveKit.Agents = new(AgentBehaviour.Good with { AsksForHuman = TimeSpan.FromSeconds(8), HandoffRequest = Handoff });
            return [await network.Twilio.CallAsync(Golfer)];
        }),
        (At(4, 0), async network =>
        {
            network.LiveKit.Agents = new(AgentBehaviour.Good with { Network = new() });
            return [await network.Twilio.CallAsync(Golfer with { Stays = TimeSpan.FromSeconds(70) })];
        }),
        (At(5, 0), async network =>
        {
            network.LiveKit.Agents = new(AgentBehaviour.DyingAfter(TimeSpan.FromSeconds(15)) with { Renews = true }, AgentBehaviour.Good);
            return [await network.Twilio.CallAsync(Golfer with { Stays = TimeSpan.FromSeconds(60) })];
        }),
        (At(6, 0), async network =>
        {
            network.LiveKit.Callee = [Human.Busy, Human.AtTheDesk with { Talks = TimeSpan.FromSeconds(30) }];
            var reminder = new JsonObject { ["to"] = Member, ["from"] = OutboundScenarios.RedialNumber };
            return [await network.Tenant.CallAsync(reminder, TimeSpan.FromMinutes(5))];
        }),
        (At(7, 0), async network => [await network.CallFromBrowserAsync(new Caller("a browser", "the gateway"))]),
        (At(9, 0), async network => [await network.Twilio.CallAsync(Golfer)]),
        (At(10, 0), _ => Task.FromResult<IReadOnlyList<CallerExperience>>([])),
    ];

    private static async Task<IReadOnlyList<CallerExperience>> BookWhileAnotherCallsAsync(PhoneNetwork network)
    {
        network.LiveKit.Agents = new(Receptionist);
        var first = network.Twilio.CallAsync(Golfer);
        await network.Time.Delay(TimeSpan.FromSeconds(20), CancellationToken.None);
        var second = await network.Twilio.CallAsync(Golfer with { From = "+15550101235" });
        return [await first, second];
    }

    private static TimeSpan At(int hours, int minutes) => new(hours, minutes, 0);

    private static CallerExperience? Nth(ScenarioResult result, int number)
    {
        var caller = result.Experience;
        for (var at = 0; at < number && caller is not null; at++)
        {
            caller = caller.Next;
        }

        return caller;
    }

    private static IEnumerable<string> Once(ScenarioResult result, string what, int times) =>
        times == 1 || result.Slack > TimeSpan.Zero ? [] : [$"{what} in {times} calls, not in one"];
}
