namespace VoiceFunctions.Core.Lifecycle.Delivery;

/// <summary>An event on its way out.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Tenant">Whose call or document it is; <c>null</c> where it is nobody's.</param>
public sealed record OutgoingEvent(LifecycleEvent Event, string? Tenant);
