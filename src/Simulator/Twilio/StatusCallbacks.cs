using System.Xml.Linq;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>Sends the status callbacks of one dialled leg: the events that its TwiML subscribes to, numbered in order.</summary>
internal sealed class StatusCallbacks(TwilioHttp http, TimeProvider clock, XElement noun, CallLeg leg)
{
    private readonly string[] events = (noun.Text("statusCallbackEvent") ?? "completed").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    private int sequenceNumber;

    /// <summary>Sends the event <paramref name="progress"/>: initiated, ringing, answered or completed.</summary>
    public void Send(string progress, string callStatus, IEnumerable<KeyValuePair<string, string>> more)
    {
        var number = sequenceNumber++;
        if (noun.Text("statusCallback") is { } url && events.Contains(progress))
        {
            http.SendStatus(new Uri(url), [.. leg.StatusFields(callStatus, number, clock.GetUtcNow()), .. more], callStatus);
        }
    }

    public void Initiated() => Send("initiated", "initiated", []);

    public void Ringing() => Send("ringing", "ringing", []);

    public void Answered() => Send("answered", "in-progress", []);

    public void Completed(DialEnd result)
    {
        List<KeyValuePair<string, string>> more = [.. CallLeg.DurationFields(result.Duration)];
        if (result.SipStatus is { } status)
        {
            more.Add(new("SipResponseCode", CallLeg.Text(status)));
        }

        Send("completed", result.Status, more);
    }
}
