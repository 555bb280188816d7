using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio.Documents;

/// <summary>Hands the caller to a human's telephone.</summary>
public sealed record DialNumber
{
    /// <summary>Dials a number.</summary>
    /// <param name="number">The human's number.</param>
    /// <param name="timeout">How long it may ring; whole seconds, brought into Twilio's 5 to 600.</param>
    /// <param name="callerId">The number to show; <c>null</c> shows the caller's own.</param>
    /// <param name="action">The absolute URL that Twilio asks when the Dial has ended; <c>null</c> ends the call with it.</param>
    /// <exception cref="ArgumentException"><paramref name="action"/> is not absolute.</exception>
    public DialNumber(PhoneNumber number, TimeSpan timeout, PhoneNumber? callerId, string? action)
    {
        Number = number;
        TimeoutSeconds = (int)Math.Clamp(timeout.TotalSeconds, 5, 600);
        CallerId = callerId;
        Action = action is null ? null : AbsoluteUrl.Require(action, nameof(action));
    }

    /// <summary>The human's number.</summary>
    public PhoneNumber Number { get; }

    /// <summary>5 to 600.</summary>
    public int TimeoutSeconds { get; }

    /// <summary>The number to show; <c>null</c> shows the caller's own.</summary>
    public PhoneNumber? CallerId { get; }

    /// <summary>The URL that Twilio asks when the Dial has ended; <c>null</c> ends the call with it.</summary>
    public string? Action { get; }
}
