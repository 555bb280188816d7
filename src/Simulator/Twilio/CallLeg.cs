using System.Globalization;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>One leg of a call at Twilio, and its fields in the form of a request.</summary>
internal sealed record CallLeg(string AccountSid, string CallSid, string From, string To)
{
    private static readonly string[] Places = ["City", "State", "Zip", "Country"];

    /// <summary>The leg whose Dial created this leg; <c>null</c> for the caller's own.</summary>
    public string? ParentCallSid { get; init; }

    /// <summary>The call token that Twilio sends with an inbound call.</summary>
    public string? CallToken { get; init; }

    /// <summary>What STIR/SHAKEN says about the caller's number.</summary>
    public string Verdict { get; init; } = SimulatedTwilio.Verified;

    /// <summary>The fields of every request about the leg, in arbitrary order.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields(string callStatus)
    {
        yield return new("AccountSid", AccountSid);
        yield return new("ApiVersion", "2010-04-01");
        yield return new("CallSid", CallSid);
        yield return new("CallStatus", callStatus);
        yield return new("Direction", ParentCallSid is null ? "inbound" : "outbound-dial");
        yield return new("From", From);
        yield return new("Caller", From);
        yield return new("To", To);
        yield return new("Called", To);
        foreach (var place in Places)
        {
            foreach (var party in (string[])["From", "Caller", "To", "Called"])
            {
                yield return new(party + place, place == "Country" ? "US" : "");
            }
        }

        if (ParentCallSid is not null)
        {
            yield return new("ParentCallSid", ParentCallSid);
        }

        if (CallToken is not null)
        {
            yield return new("CallToken", CallToken);
            yield return new("StirVerstat", Verdict);
        }
    }

    /// <summary>The fields of a status callback.</summary>
    public IEnumerable<KeyValuePair<string, string>> StatusFields(string callStatus, int sequenceNumber, DateTimeOffset at) =>
    [
        .. Fields(callStatus).Where(field => field.Key is not ("CallToken" or "StirVerstat")),
        new("CallbackSource", "call-progress-events"),
        new("SequenceNumber", Text(sequenceNumber)),
        new("Timestamp", at.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)),
    ];

    /// <summary>The fields with the duration since the answer: in whole seconds, and in minutes rounded up.</summary>
    public static IEnumerable<KeyValuePair<string, string>> DurationFields(TimeSpan duration)
    {
        yield return new("CallDuration", Text((int)duration.TotalSeconds));
        yield return new("Duration", Text((int)Math.Ceiling(duration.TotalMinutes)));
    }

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
