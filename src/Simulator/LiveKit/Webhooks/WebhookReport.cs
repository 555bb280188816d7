namespace VoiceFunctions.Simulator.LiveKit.Webhooks;

/// <summary>How the delivery of one webhook ended.</summary>
/// <param name="Event">Its name.</param>
/// <param name="Took">From the moment at which LiveKit had it to tell to the last answer.</param>
/// <param name="IsDelivered">Whether it was answered for good; otherwise the server gave up.</param>
/// <param name="IsDisturbed">Whether it was held back or doubled on its way on purpose, so that its time says
/// nothing about who answers.</param>
public sealed record WebhookReport(string Event, TimeSpan Took, bool IsDelivered, bool IsDisturbed);
