using System.Text.Json;
using System.Text.Json.Serialization;
using VoiceFunctions.Core.Calls;

namespace VoiceFunctions.Core.Console;

/// <summary>What the console shows of the calls that go on.</summary>
/// <param name="Calls">The newest calls, the newest first.</param>
/// <param name="Count">How many there are; <paramref name="Calls"/> has no more than the console looks at.</param>
internal sealed record ConsoleCalls(IReadOnlyList<ConsoleCall> Calls, int Count);

/// <summary>How one call stands, and whether it is as promised.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Direction">Which way it goes.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="BeganAt">When it began.</param>
internal sealed record ConsoleCall(string CallId, CallDirection Direction, CallStatus Status, DateTimeOffset BeganAt)
{
    /// <summary>Who called.</summary>
    public string? From { get; init; }

    /// <summary>Who was called.</summary>
    public string? To { get; init; }

    /// <summary>The room's name.</summary>
    public string? Room { get; init; }

    /// <summary>Another text whenever more is stored of the call, so that whoever shows its history reads it again.</summary>
    public string Version { get; init; } = "";

    /// <summary>Since when the caller has heard nobody; <c>null</c> while somebody is heard, and before a caller came.</summary>
    public DateTimeOffset? SilentSince { get; init; }

    /// <summary>How many voice agents are in the room.</summary>
    public int Agents { get; init; }

    /// <summary>How many of them should not be there.</summary>
    public int SurplusAgents { get; init; }

    /// <summary>Whether a human is heard.</summary>
    public bool HasHuman { get; init; }

    /// <summary>When it ended; <c>null</c> while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>By when the room had to be deleted and was not; <c>null</c> where it is gone, or has time.</summary>
    public DateTimeOffset? OverdueSince { get; init; }
}

/// <summary>How they are written as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConsoleCalls))]
internal sealed partial class ConsoleJson : JsonSerializerContext;
