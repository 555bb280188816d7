namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>Where lifecycle events go besides the sink, and what becomes of those that nobody takes.</summary>
/// <param name="Destinations">The destinations; none by default.</param>
/// <param name="DeadLetters">Keeps what could not be delivered.</param>
/// <param name="GiveUpAfter">For how long an event is offered, from its first attempt.</param>
public sealed record EventOutbox(IReadOnlyList<IEventDestination> Destinations, IDeadLetters DeadLetters, TimeSpan GiveUpAfter)
{
    /// <summary>For how long an event is offered where no setting says otherwise.</summary>
    public static TimeSpan DefaultGiveUpAfter { get; } = TimeSpan.FromHours(24);

    /// <summary>No destination: the journal then holds nothing of deliveries.</summary>
    public static EventOutbox None { get; } = new([], new NoDeadLetters(), DefaultGiveUpAfter);

    /// <summary>Keeps events that no call's journal holds.</summary>
    public IQueuedEvents Queue { get; init; } = new InMemoryQueuedEvents();

    /// <summary>The names of the destinations that hear of a tenant's calls and documents, in the order of the settings.</summary>
    /// <param name="tenant">The tenant; <c>null</c> for calls that are nobody's.</param>
    public IReadOnlyList<string> NamesFor(string? tenant) => Destinations.Count == 0
        ? []
        : [.. Destinations.Where(one => one.Tenant is null || one.Tenant == tenant).Select(one => one.Name)];

    /// <summary>The destination of that name; <c>null</c> where the settings have it no more.</summary>
    public IEventDestination? Find(string name) => Destinations.FirstOrDefault(one => one.Name == name);
}
