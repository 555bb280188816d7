using VoiceFunctions.Core.Calls;
using VoiceFunctions.Simulator;
using VoiceFunctions.Simulator.Phones;

namespace VoiceFunctions.KillEverywhere.Runs;

/// <summary>A way in which a call comes in.</summary>
internal sealed record CallKind(string Name, Func<PhoneNetwork, Caller, Task<CallerExperience>> PlaceAsync)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TalksFor = TimeSpan.FromSeconds(2);

    /// <summary>Over Twilio, which asks for TwiML and brings the caller to LiveKit.</summary>
    public static CallKind Twilio { get; } =
        new("a call over Twilio", (network, caller) => network.Twilio.CallAsync(caller with { To = "+15550100" }));

    /// <summary>Over a SIP trunk that ends at LiveKit.</summary>
    public static CallKind Trunk { get; } =
        new("a call over a SIP trunk", (network, caller) => network.CallOverTrunkAsync(caller with { To = network.Setup.TrunkNumber }));

    /// <summary>Over a SIP trunk; once an agent speaks, an operator ends it over the API.</summary>
    public static CallKind Ended { get; } = new("a call that an operator ends", PlaceAndEndAsync)
    {
        Causes = [EndCause.ApiEnd],
        Steps = ["end_requested", "commit end", "delete-room", "DeleteRoom"],
    };

    /// <summary>
    /// The causes that its end may have. Where LiveKit's word of the hanging up is still waiting to be sent again, asking LiveKit finds the
    /// caller gone.
    /// </summary>
    public IReadOnlyList<string> Causes { get; private init; } = [EndCause.CallerHangup, EndCause.CallerLost];

    /// <summary>What the names of the steps hold at which it is killed; empty for all steps.</summary>
    public IReadOnlyList<string> Steps { get; private init; } = [];

    public override string ToString() => Name;

    private static async Task<CallerExperience> PlaceAndEndAsync(PhoneNetwork network, Caller caller)
    {
        var call = network.CallOverTrunkAsync(
            caller with { To = network.Setup.TrunkNumber, Stays = TimeSpan.FromMinutes(4) });
        while (!call.IsCompleted && network.LiveKit.Rooms is not [{ AgentAudioAt: not null }, ..])
        {
            await network.Time.Delay(Look, CancellationToken.None);
        }

        await network.Time.Delay(TalksFor, CancellationToken.None);
        await network.Operator.EndAsync(network.LiveKit.Rooms[0].Name, CancellationToken.None);
        return await call;
    }
}
