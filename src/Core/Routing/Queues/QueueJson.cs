namespace VoiceFunctions.Core.Routing.Queues;

internal sealed record QueueJson
{
    public IReadOnlyList<string?>? Members { get; init; }

    public string? Tenant { get; init; }

    public string? Order { get; init; }

    public int? RingSeconds { get; init; }
}
