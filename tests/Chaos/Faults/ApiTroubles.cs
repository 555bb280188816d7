using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.LiveKit.Api;

namespace VoiceFunctions.Chaos.Faults;

/// <summary>Decides what goes wrong with each call of LiveKit's API.</summary>
internal sealed class ApiTroubles(Chance chance, IReadOnlySet<string> faults, Tally tally)
{
    private static readonly string[] NotToBeRepeated =
        ["AgentDispatchService/CreateDispatch", "SIP/CreateSIPParticipant", "Egress/StartRoomCompositeEgress", "Egress/StartTrackEgress"];

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    /// <summary>What goes wrong; <c>null</c> for nothing.</summary>
    public ApiFault? Of(ApiCall call)
    {
        if (faults.Contains(FaultName.Ambiguous)
            && NotToBeRepeated.Contains(call.Method)
            && Ambiguous(call.Method.Split('/')[1], chance.Next("ambiguous")) is { } lie)
        {
            return lie;
        }

        return faults.Contains(FaultName.Api) ? Plain(chance.Next("api")) : null;
    }

    private ApiFault? Ambiguous(string method, double draw) => draw switch
    {
        < 0.02 => Counted($"{method} done, no answer", new ApiFault.TimeOutDone()),
        < 0.04 => Counted($"{method} done, answered 503", new ApiFault.FailedDone()),
        _ => null,
    };

    private ApiFault? Plain(double draw) => draw switch
    {
        < 0.01 => Counted("LiveKit API answered 500", new ApiFault.ServerError()),
        < 0.013 => Counted("LiveKit API did nothing, no answer", new ApiFault.TimeOutUndone()),
        < 0.023 => Counted("LiveKit API 2 s late", new ApiFault.Delayed(Slow)),
        _ => null,
    };

    private ApiFault Counted(string name, ApiFault fault)
    {
        tally.Add(name);
        return fault;
    }
}
