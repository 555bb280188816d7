using System.Xml.Linq;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>The status callbacks of one dialled leg: those events that its TwiML asks for, numbered in their order.</summary>
internal sealed class StatusCallbacks(TwilioHttp http, TimeProvider clock, XElement noun, CallLeg leg)
{
    private readonly string[] events = (noun.Text("statusCallbackEvent") ?? "completed").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    private int sequenceNumber;

    /// <summary>The leg came to <paramref name="progress"/>: initiated, ringing, answered or completed.</summary>
    public void Tell(string progress, string callStatus, IEnumerable<KeyValuePair<string, string>> more)
    {
        var number = sequenceNumber++;
        if (noun.Text("statusCallback") is { } url && events.Contains(progress))
        {
            http.Tell(new Uri(url), [.. leg.StatusFields(callStatus, number, clock.GetUtcNow()), .. more], callStatus);
        }
    }

    public void Initiated() => Tell("initiated", "initiated", []);

    public void Ringing() => Tell("ringing", "ringing", []);

    public void Answered() => Tell("answered", "in-progress", []);

    public void Completed(DialEnd result)
    {
        List<KeyValuePair<string, string>> more = [.. CallLeg.DurationFields(result.Duration)];
        if (result.SipStatus is { } status)
        {
            more.Add(new("SipResponseCode", CallLeg.Text(status)));
        }

        Tell("completed", result.Status, more);
    }
}
