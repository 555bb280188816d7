using System.Globalization;
using VoiceFunctions.Simulator.Phones;
using static VoiceFunctions.Simulator.Scenarios.Expectations;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Calls that are one too many, or whose callers a route does not just let in.</summary>
internal static class LimitScenarios
{
    /// <summary>A line with one place, and its route's name.</summary>
    public const string LimitedNumber = "+15550190";

    public const string LimitedRoute = "limited";

    /// <summary>A line that counts its callers.</summary>
    public const string FloodedNumber = "+15550191";

    /// <summary>What a caller hears who is one too many.</summary>
    public const string Full = "All our lines are busy. Please call again in a minute.";

    private const string ScreenedNumber = "+15550192";
    private const string CheapAgent = "cheap-agent";

    /// <summary>The routes of these scenarios.</summary>
    public const string Routes = $$"""
        {"name":"{{LimitedRoute}}","number":"{{LimitedNumber}}","maxConcurrentCalls":1,"fallback":{"message":"{{Full}}"} },
        {"name":"flooded","number":"{{FloodedNumber}}",
         "admission":[{"moreThan":{"calls":2,"minutes":10},"then":"reject"}]},
        {"name":"screened","number":"{{ScreenedNumber}}",
         "admission":[{"verdict":["passed-c","failed","none"],"then":"agent","agent":{"name":"{{CheapAgent}}"} }]}
        """;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("over-the-limit", "A route for one call at a time: the second caller hears a message at once, the third gets an agent again.")
        {
            Calls = 3,
            Call = async network =>
            {
                var first = network.Twilio.CallAsync(Somebody(network, LimitedNumber));
                await network.Time.Delay(TimeSpan.FromSeconds(15), CancellationToken.None);
                var second = await network.Twilio.CallAsync(Somebody(network, LimitedNumber));
                var heard = await first;
                await network.Time.Delay(TimeSpan.FromSeconds(20), CancellationToken.None);
                return heard with { Next = second with { Next = await network.Twilio.CallAsync(Somebody(network, LimitedNumber)) } };
            },
            Expect = result =>
            [
                .. HeardAgent(result),
                .. HeardMessage(result.Experience.Next!, Full),
                .. HeardAgent(result.Experience.Next!.Next),
                .. RoomsWere(result, 2),
            ],
        },
        new("caller-floods", "Somebody calls a third time within ten minutes, and hears the busy tone; no agent is dispatched.")
        {
            Calls = 3,
            Call = async network =>
            {
                var caller = Somebody(network, FloodedNumber) with { Stays = TimeSpan.FromSeconds(5) };
                var first = await network.Twilio.CallAsync(caller);
                var second = await network.Twilio.CallAsync(caller);
                return first with { Next = second with { Next = await network.Twilio.CallAsync(caller) } };
            },
            Expect = result =>
            [
                .. HeardAgent(result),
                .. HeardAgent(result.Experience.Next),
                .. result.Experience.Next!.Next!.End == CallEnd.Refused ? [] : (string[])["the third call was not refused"],
                .. RoomsWere(result, 2),
            ],
        },
        new("unverified-caller", "The phone network has not verified the caller's number: they get a cheaper agent.")
        {
            Arrange = network => network.Twilio.Verdict = "TN-Validation-Failed",
            Call = network => network.Twilio.CallAsync(Somebody(network, ScreenedNumber)),
            Expect = result =>
            [
                .. HeardAgent(result),
                .. result.Rooms.All(room => room.AgentNames.SequenceEqual([CheapAgent])) ? [] : (string[])["another agent was sent"],
            ],
        },
    ];

    /// <summary>A caller whom no earlier call in the same gateway was counted for.</summary>
    private static Caller Somebody(PhoneNetwork network, string to) => new(
        string.Create(CultureInfo.InvariantCulture, $"+1555{network.Time.Clock.GetUtcNow().Ticks / 1_000_000 % 10_000_000:D7}"), to);

    private static IEnumerable<string> RoomsWere(ScenarioResult result, int rooms) =>
        result.Rooms.Count == rooms ? [] : [$"{result.Rooms.Count} rooms were opened"];
}
