using System.Xml.Linq;
using VoiceFunctions.Core.Telephony;
using VoiceFunctions.Core.Twilio;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.LiveKit.Sip;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>Executes a Dial verb with one Sip or one Number noun.</summary>
internal sealed class Dialling(
    SimulationTime time,
    Chance chance,
    TwilioSetup setup,
    TwilioHttp http,
    SimulatedLiveKit liveKit,
    NetworkLog log,
    CancellationToken stopping)
{
    /// <summary>Twilio adds this to every timeout.</summary>
    private static readonly TimeSpan Buffer = TimeSpan.FromSeconds(5);

    /// <summary>How long a failing route takes to answer with its SIP status.</summary>
    private static readonly TimeSpan RouteFails = TimeSpan.FromMilliseconds(300);

    private readonly Screening screening = new(time, http, log, stopping);

    public SipRoute Route { get; set; } = SipRoute.Open;

    public Human Human { get; set; } = Human.AtTheDesk;

    public IReadOnlyDictionary<string, Human> Humans { get; set; } = new Dictionary<string, Human>();

    /// <summary>Dials, and returns when the dialled leg has ended; <c>null</c> if the Dial is not valid.</summary>
    /// <param name="dial">The verb.</param>
    /// <param name="parent">The caller's leg.</param>
    /// <param name="phone">The caller's phone.</param>
    /// <param name="longest">After how long somebody else ends the conversation; <c>null</c> for never.</param>
    /// <param name="redirected">Ends when the call gets another document.</param>
    public async Task<DialEnd?> DialAsync(XElement dial, CallLeg parent, CallerPhone phone, TimeSpan? longest, Task redirected)
    {
        if (dial.Elements().FirstOrDefault() is not { } noun)
        {
            return null;
        }

        var limits = new Limits(
            TimeSpan.FromSeconds(Math.Clamp(dial.Number("timeout") ?? 30, 5, 600)) + Buffer,
            ((TimeSpan?[])[TimeSpan.FromSeconds(dial.Number("timeLimit") ?? 14400), longest]).Min()!.Value,
            redirected);
        var child = new CallLeg(parent.AccountSid, chance.Sid("CA"), dial.Text("callerId") ?? parent.From, noun.Value.Trim())
        {
            ParentCallSid = parent.CallSid,
        };
        var callbacks = new StatusCallbacks(http, time.Clock, noun, child);
        switch (noun.Name.LocalName)
        {
            case "Sip" when SipTarget.Parse(child.To) is { } target:
                callbacks.Initiated();
                return Report(callbacks, await DialSipAsync(target, noun, child, phone, limits, callbacks));
            case "Number" when !IsCallerId(child.From, parent):
                log.Tell("twilio", "refuses the caller id (13214)");
                return Report(callbacks, new DialEnd("failed", child.CallSid, TimeSpan.Zero, IsBridged: false, null));
            case "Number":
                callbacks.Initiated();
                return Report(callbacks, await DialNumberAsync(noun, child, phone, limits, callbacks));
            default:
                return null;
        }
    }

    /// <summary>Whether a telephone may be shown it: the caller's number or the called one, or a number of the account.</summary>
    private bool IsCallerId(string callerId, CallLeg parent) => PhoneNumber.TryParse(callerId, out _)
        && (callerId == parent.From || callerId == parent.To || setup.VerifiedNumbers.Contains(callerId));

    private DialEnd Report(StatusCallbacks callbacks, DialEnd result)
    {
        log.Tell("twilio", $"dial ended: {result.Status}");
        callbacks.Completed(result);
        return result;
    }

    private async Task<DialEnd> DialSipAsync(
        SipTarget target, XElement noun, CallLeg child, CallerPhone phone, Limits limits, StatusCallbacks callbacks)
    {
        var status = target.Host != setup.SipHost ? 404 : Route is SipRoute.Failing failing ? failing.SipStatus : 0;
        if (status != 0)
        {
            log.Tell("network", $"answers the SIP call with {status}");
            await phone.HearAsync(time.Delay(RouteFails, stopping), span => new Heard.Ringing(span));
            return new DialEnd(DialEnd.StatusOf(status), child.CallSid, TimeSpan.Zero, IsBridged: false, status);
        }

        log.Tell("twilio", $"dials LiveKit SIP as {child.From}");
        var leg = liveKit.PlaceCall(new InboundSipCall(child.From, target.User)
        {
            Headers = new Dictionary<string, string>(target.Headers)
            {
                ["X-Twilio-CallSid"] = child.CallSid,
                ["X-Twilio-AccountSid"] = child.AccountSid,
                ["X-Twilio-ApiVersion"] = "2010-04-01",
            },
            Username = noun.Text("username"),
            Password = noun.Text("password"),
        });
        phone.NoteRoom(leg.RoomName);
        _ = time.Start(async () =>
        {
            await leg.Ringing;
            callbacks.Ringing();
        });

        await phone.HearAsync(Task.WhenAny(leg.Answered, leg.Ended, time.Delay(limits.Ringing, stopping)), span => new Heard.Ringing(span));
        return leg.Answered.IsCompleted && !phone.IsHungUp
            ? await TalkToAgentAsync(leg, child, phone, limits, callbacks)
            : await GiveUpAsync(leg, child, phone);
    }

    private static async Task<DialEnd> GiveUpAsync(SipLeg leg, CallLeg child, CallerPhone phone)
    {
        leg.HangUp();
        var (status, code) = await leg.Ended switch
        {
            SipEnd.Refused(var refused) => (DialEnd.StatusOf(refused), refused),
            _ when phone.IsHungUp => ("canceled", 487),
            _ => ("no-answer", 487),
        };
        return new DialEnd(status, child.CallSid, TimeSpan.Zero, IsBridged: false, code);
    }

    private async Task<DialEnd> TalkToAgentAsync(SipLeg leg, CallLeg child, CallerPhone phone, Limits limits, StatusCallbacks callbacks)
    {
        var answeredAt = time.Clock.GetUtcNow();
        callbacks.Answered();
        phone.Connect();
        await Task.WhenAny(leg.Ended, phone.HungUp, limits.Redirected, time.Delay(limits.Talking, stopping));
        leg.HangUp();
        await leg.Ended;
        phone.NoteConversation(leg.Sounds, answeredAt);
        return new DialEnd("completed", child.CallSid, time.Clock.GetUtcNow() - answeredAt, IsBridged: true, 200);
    }

    private async Task<DialEnd> DialNumberAsync(XElement noun, CallLeg child, CallerPhone phone, Limits limits, StatusCallbacks callbacks)
    {
        var human = Humans.GetValueOrDefault(child.To, Human);
        log.Tell("twilio", $"dials {child.To}");
        callbacks.Ringing();
        var answers = human.AnswersAfter is { } after && after < limits.Ringing;
        var rings = answers ? human.AnswersAfter!.Value : human.RefusesWith is null ? limits.Ringing : Human.RefusalTakes;
        await phone.HearAsync(time.Delay(rings, stopping), span => new Heard.Ringing(span));
        if (phone.IsHungUp || !answers)
        {
            var status = phone.IsHungUp ? "canceled" : DialEnd.StatusOf(human.RefusesWith ?? 480);
            return new DialEnd(status, child.CallSid, TimeSpan.Zero, IsBridged: false, null);
        }

        var answeredAt = time.Clock.GetUtcNow();
        log.Tell("human", $"{child.To} answers");
        callbacks.Answered();
        if (noun.Text("url") is { } url && !await screening.IsPassedAsync(new Uri(url), child, human, phone))
        {
            return new DialEnd("completed", child.CallSid, time.Clock.GetUtcNow() - answeredAt, IsBridged: false, null);
        }

        phone.Connect();
        await phone.HearAsync(
            time.Delay(human.Talks < limits.Talking ? human.Talks.Value : limits.Talking, stopping),
            span => human.Presses is null ? new Heard.Message(span, Human.VoicemailGreeting) : new Heard.Human(span));
        return new DialEnd("completed", child.CallSid, time.Clock.GetUtcNow() - answeredAt, IsBridged: true, null);
    }

    private sealed record Limits(TimeSpan Ringing, TimeSpan Talking, Task Redirected);
}
