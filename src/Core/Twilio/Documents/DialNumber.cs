using VoiceFunctions.Core.Telephony;

namespace VoiceFunctions.Core.Twilio.Documents;

/// <summary>Connects the caller to a human's telephone.</summary>
public sealed record DialNumber
{
    /// <summary>Dials a number.</summary>
    /// <param name="number">The human's number.</param>
    /// <param name="timeout">How long it may ring, in whole seconds; clamped to Twilio's range of 5 to 600 s.</param>
    /// <param name="callerId">The caller id that the human sees; <c>null</c> shows the caller's own number.</param>
    /// <param name="action">The absolute URL that Twilio requests when the Dial has ended; <c>null</c> ends the call instead.</param>
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

    /// <summary>The ring timeout in seconds, 5 to 600.</summary>
    public int TimeoutSeconds { get; }

    /// <summary>The caller id that the human sees; <c>null</c> shows the caller's own number.</summary>
    public PhoneNumber? CallerId { get; }

    /// <summary>The URL that Twilio requests when the Dial has ended; <c>null</c> ends the call instead.</summary>
    public string? Action { get; }

    /// <summary>
    /// The absolute URL of the TwiML that runs on the human's leg when they picked up, before the caller is put through; <c>null</c> puts
    /// them through at once. Throws <see cref="ArgumentException"/> where it is not absolute.
    /// </summary>
    public string? ScreenUrl
    {
        get;
        init => field = value is null ? null : AbsoluteUrl.Require(value, nameof(ScreenUrl));
    }
}
