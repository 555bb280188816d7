namespace VoiceFunctions.Simulator.LiveKit.Webhooks;

/// <summary>A webhook as it goes over the wire, the same in every attempt.</summary>
internal sealed record Webhook(string Id, string Event, string RoomName, string Subject, byte[] Body, string Token, DateTimeOffset QueuedAt)
{
    /// <summary>Is told when the gateway had taken it.</summary>
    public Action<DateTimeOffset>? Delivered { get; init; }

    /// <summary>How a story names it.</summary>
    public string Label => $"{Event} {Subject}";
}
