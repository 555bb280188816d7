using System.Collections.Immutable;
using VoiceFunctions.Core.Calls.Belonging;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Calls.State.Recorded;

/// <summary>The slice of a call's state that holds its recordings, by LiveKit's ids, and who wants them.</summary>
public sealed record CallRecordings
{
    /// <summary>Nothing was recorded or wanted.</summary>
    public static CallRecordings None { get; } = new();

    /// <summary>The recordings in the order of their ids.</summary>
    public IEnumerable<RecordingState> All => ByEgress.IsEmpty ? [] : ByEgress.Values;

    /// <summary>What is known of a recording; <c>null</c> where no event named it.</summary>
    public RecordingState? Find(string egressId) => ByEgress.GetValueOrDefault(egressId);

    /// <summary>The last word on whether it is to be recorded; <c>null</c> where nobody said anything.</summary>
    public CallEvent? Wanted { get; private init; }

    /// <summary>The caller's last answer; <c>null</c> where they were not asked.</summary>
    public CallEvent? Consent { get; private init; }

    /// <summary>What was wanted last; <c>null</c> where nobody said anything.</summary>
    public string? Want => (Wanted?.Fact as CallFact.RecordingWanted)?.Want;

    /// <summary>What the caller answered last; <c>null</c> where they were not asked.</summary>
    public bool? HasConsent => (Consent?.Fact as CallFact.ConsentGiven)?.Granted;

    private ImmutableSortedDictionary<string, RecordingState> ByEgress { get; init; } =
        ImmutableSortedDictionary.Create<string, RecordingState>(StringComparer.Ordinal);

    /// <summary>
    /// The recordings after one more event. One whose file is named after another call belongs to that call, although both were in one
    /// room.
    /// </summary>
    internal CallRecordings Apply(CallId callId, CallEvent callEvent) => callEvent.Fact switch
    {
        CallFact.RecordingStarted { IsActive: true, File: var file } started when file.CallId == callId.Value =>
            With(Begin(Known(started.EgressId, file), callEvent, isActive: true)),
        CallFact.RecordingStarted { File: var file } started when file.CallId == callId.Value =>
            With(Begin(Known(started.EgressId, file), callEvent, isActive: false)),
        CallFact.RecordingEnded { File: var file } ended when file.CallId == callId.Value =>
            With(End(Known(ended.EgressId, file), callEvent)),
        CallFact.RecordingWanted => this with { Wanted = CallEvent.Later(Wanted, callEvent) },
        CallFact.ConsentGiven => this with { Consent = CallEvent.Later(Consent, callEvent) },
        _ => this,
    };

    private static RecordingState Begin(RecordingState state, CallEvent callEvent, bool isActive) => isActive
        ? state with { Active = CallEvent.Earlier(state.Active, callEvent) }
        : state with { Started = CallEvent.Earlier(state.Started, callEvent) };

    private static RecordingState End(RecordingState state, CallEvent callEvent) =>
        state with { Ended = Truer(state.Ended, callEvent) };

    private RecordingState Known(string egressId, RecordingFile file) =>
        ByEgress.GetValueOrDefault(egressId) ?? new RecordingState(egressId, file);

    private CallRecordings With(RecordingState recording) => this with { ByEgress = ByEgress.SetItem(recording.EgressId, recording) };

    private static CallEvent Truer(CallEvent? one, CallEvent other) =>
        one is null || IsLost(one) == IsLost(other) ? CallEvent.Earlier(one, other) : IsLost(one) ? other : one;

    private static bool IsLost(CallEvent ended) => ended.Fact is CallFact.RecordingEnded { Status: CallFact.RecordingEnded.Lost };
}
