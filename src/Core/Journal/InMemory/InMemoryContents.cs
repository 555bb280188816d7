using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Calls.Events;

namespace VoiceFunctions.Core.Journal.InMemory;

/// <summary>The events, claims and steps of one call.</summary>
internal sealed class InMemoryContents
{
    public Dictionary<string, CallEvent> Events { get; } = [];

    public Dictionary<string, EffectClaim> Claims { get; } = [];

    /// <summary>The events in the order in which they came: a version tells how many of them its reader saw.</summary>
    public List<CallEvent> Heard { get; } = [];

    /// <summary>Every step that was taken.</summary>
    public List<InMemoryStep> Steps { get; } = [];

    /// <summary>Events that came again.</summary>
    public List<(string Id, DateTimeOffset At)> Duplicates { get; } = [];

    /// <summary>The contents of a packed history.</summary>
    public static InMemoryContents Unpacked(byte[] packed)
    {
        using var bytes = new MemoryStream(packed);
        using var inflated = new DeflateStream(bytes, CompressionMode.Decompress);
        var (contents, kept) = (new InMemoryContents(), JsonSerializer.Deserialize(inflated, PackedJson.Default.PackedHistory)!);
        foreach (var callEvent in kept.Events)
        {
            contents.Events.Add(callEvent.Id, callEvent);
            contents.Heard.Add(callEvent);
        }

        foreach (var claim in kept.Claims)
        {
            contents.Claims.Add(claim.Key, claim);
        }

        return contents;
    }

    /// <summary>
    /// What decisions need, as the rows of a table hold it: one piece of memory, where the objects would be hundreds, and many times its
    /// size.
    /// </summary>
    public byte[] Packed()
    {
        var kept = new PackedHistory([.. Heard.Select(heard => heard with { Raw = null })], [.. Claims.Values]);
        using var bytes = new MemoryStream();
        using (var deflated = new DeflateStream(bytes, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(deflated, kept, PackedJson.Default.PackedHistory);
        }

        return bytes.ToArray();
    }
}

/// <summary>The part of a call's history that decisions need.</summary>
/// <param name="Events">The events in the order in which they came.</param>
/// <param name="Claims">The claims.</param>
internal sealed record PackedHistory(IReadOnlyList<CallEvent> Events, IReadOnlyList<EffectClaim> Claims);

/// <summary>How it is written: as <see cref="JournalJson"/> writes rows, which is public and cannot name an internal type.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PackedHistory))]
internal sealed partial class PackedJson : JsonSerializerContext;

/// <summary>A step as it was written, without the call's record: of the records only the newest is kept.</summary>
/// <param name="Seen">How many of the events its writer had seen.</param>
/// <param name="At">When it was written.</param>
/// <param name="Claims">The claims that it wrote.</param>
/// <param name="Events">The events that it stored.</param>
/// <param name="Decision">As <see cref="JournalChange.Decision"/>.</param>
/// <param name="IsJoined">As <see cref="JournalChange.IsJoined"/>.</param>
internal readonly record struct InMemoryStep(
    int Seen,
    DateTimeOffset At,
    IReadOnlyList<EffectClaim> Claims,
    IReadOnlyList<CallEvent> Events,
    RecordedDecision? Decision,
    bool IsJoined);
