using VoiceFunctions.Core.LiveKit;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit.Agents;
using VoiceFunctions.Simulator.LiveKit.Recorders;
using VoiceFunctions.Simulator.Phones;
using static VoiceFunctions.Simulator.Scenarios.Expectations;

namespace VoiceFunctions.Simulator.Scenarios;

/// <summary>Calls that are recorded.</summary>
internal static class RecordingScenarios
{
    /// <summary>A number whose calls are recorded by separate tracks, once the caller agrees.</summary>
    public const string TracksNumber = "+15550100145";

    /// <summary>A number whose calls are recorded into one file.</summary>
    public const string RoomNumber = "+15550100146";

    private static readonly TimeSpan Consent = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Earlier = TimeSpan.FromSeconds(1);
    private static readonly Caller Somebody = new("+15550101234", TracksNumber) { Stays = TimeSpan.FromSeconds(40) };

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("recording", "The caller agrees to a recording; caller and agent each get a file before the room is deleted.")
        {
            Arrange = network => network.LiveKit.Agents = new(AgentBehaviour.Good with { SaysConsent = Consent }),
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = result =>
            [
                .. HeardAgent(result),
                .. OneAgentSent(result),
                .. Recorded(result, 2, LiveKitEgressStatus.Complete),
                .. AfterConsent(result),
            ],
        },
        new("recording-room", "The whole call is recorded into one file, from the answer to the end.")
        {
            Call = network => network.Twilio.CallAsync(Somebody with { To = RoomNumber }),
            Expect = result => [.. HeardAgent(result), .. Recorded(result, 1, LiveKitEgressStatus.Complete)],
        },
        new("recording-refused", "The caller does not agree; nothing is recorded, and the call continues.")
        {
            Call = network => network.Twilio.CallAsync(Somebody),
            Expect = result => [.. HeardAgent(result), .. Recorded(result, 0, "")],
        },
        new("recording-fails", "The recorder fails in the middle of the call; the caller does not notice.")
        {
            Arrange = network => network.LiveKit.Recorders = _ => RecorderBehaviour.FailingAfter(TimeSpan.FromSeconds(10)),
            Call = network => network.Twilio.CallAsync(Somebody with { To = RoomNumber }),
            Expect = result => [.. Served(result), .. Recorded(result, 1, LiveKitEgressStatus.Failed)],
        },
        new("recording-nobody-records", "No recorder is free; the call continues without a recording.")
        {
            Arrange = network => network.LiveKit.Recorders = _ => RecorderBehaviour.Busy,
            Call = network => network.Twilio.CallAsync(Somebody with { To = RoomNumber }),
            Expect = result => [.. Served(result), .. Recorded(result, 0, "")],
        },
    ];

    private static IEnumerable<RecordingTruth> RecordingsOf(ScenarioResult result) => result.Rooms.SelectMany(room => room.Recordings);

    private static IEnumerable<string> Recorded(ScenarioResult result, int count, string status) =>
        RecordingsOf(result).Select(recording => recording.Status ?? "nothing").ToList() is var came
        && came.Count == count
        && came.TrueForAll(how => how == status)
            ? []
            : [$"{count} recordings should have come to {status}: {(came.Count == 0 ? "there was none" : string.Join(", ", came))}"];

    private static IEnumerable<string> AfterConsent(ScenarioResult result) =>
        result.Rooms.Any(room => room.Recordings.Any(recording => recording.AskedAt - room.AgentAudioAt < Consent - Earlier))
            ? ["a recording began before the caller agreed"]
            : [];

    /// <summary>The caller talked with the agent until they hung up.</summary>
    private static IEnumerable<string> Served(ScenarioResult result) =>
        result.Experience is { End: CallEnd.CallerHungUp } caller && caller.HeardAgent > TimeSpan.FromSeconds(30)
            ? []
            : ["the call was harmed"];
}
