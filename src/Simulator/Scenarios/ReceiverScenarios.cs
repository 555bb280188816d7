using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Receivers;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Calls whose events go to a system that has a bad day.</summary>
internal static class ReceiverScenarios
{
    private const string Last = "room.deleted";
    private static readonly TimeSpan Outage = TimeSpan.FromHours(1);

    /// <summary>The longest pause between two attempts, a fifth more, and the time that offering takes.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(19);

    private static readonly Caller Somebody = new("+15550101234", "+15550100");

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("receiver-down", "A receiver of events is down for an hour, and then gets every event, in order.")
        {
            HasReceiver = true,
            Arrange = network =>
            {
                var until = network.Time.Clock.GetUtcNow() + Outage;
                network.Receiver.Answers = (_, _) =>
                    network.Time.Clock.GetUtcNow() < until ? new ReceiverAnswer(503) : ReceiverAnswer.Taken;
            },
            Call = network => CallAsync(network, Outage + Recovery),
            Expect = Complete,
        },
        new("receiver-slow", "A receiver takes two seconds for each event, and ten for every third; the call is not affected.")
        {
            HasReceiver = true,
            Arrange = network =>
            {
                var offered = 0;
                network.Receiver.Answers = (_, _) => ReceiverAnswer.Taken with
                {
                    After = TimeSpan.FromSeconds(++offered % 3 == 0 ? 10 : 2),
                };
            },
            Call = network => CallAsync(network, Recovery),
            Expect = Complete,
        },
        new("receiver-refuses", "A receiver refuses some events with 400; they become dead letters, and are delivered later.")
        {
            HasReceiver = true,
            Arrange = network => network.Receiver.Answers = (offered, times) =>
                times == 1 && offered.Type is "participant.joined" or "call.ended"
                    ? new ReceiverAnswer(400)
                    : ReceiverAnswer.Taken,
            Call = async network =>
            {
                var experience = await CallAsync(network, Recovery);

                // What was late on its way has been refused by then too.
                await network.Time.Delay(network.Setup.Faults.Late + TimeSpan.FromMinutes(1), CancellationToken.None);
                network.Receiver.Replayed = await network.Operator.ReplayDeadLettersAsync(CancellationToken.None);
                return experience;
            },
            Expect = result => result.Receiver!.Replayed > 0 ? Whole(result) : ["no dead letter was replayed"],
        },
    ];

    private static async Task<CallerExperience> CallAsync(PhoneNetwork network, TimeSpan patience)
    {
        var experience = await network.Twilio.CallAsync(Somebody);
        await network.Receiver.WaitForAsync(Last, patience);
        return experience;
    }

    private static IEnumerable<string> Complete(ScenarioResult result) => [.. Whole(result), .. InOrder(result)];

    /// <summary>The beginning and the end; whether it is everything is the verdict's to say, which knows what was told.</summary>
    private static IEnumerable<string> Whole(ScenarioResult result)
    {
        var types = result.Receiver!.Received.Select(one => one.Type).ToHashSet();
        string[] expected = ["call.started", "participant.joined", "call.ended", Last];
        return expected.Where(type => !types.Contains(type)).Select(type => $"the receiver never got {type}");
    }

    /// <summary>Seen for the first time, events come in the order in which they happened.</summary>
    private static IEnumerable<string> InOrder(ScenarioResult result)
    {
        var first = result.Receiver!.Received.DistinctBy(one => one.Id).ToList();
        var isInOrder = first.Zip(first.Skip(1), (one, next) => one.Time <= next.Time).All(inOrder => inOrder);
        return isInOrder || result.Slack > TimeSpan.Zero ? [] : ["the receiver got events in another order than they happened"];
    }
}
