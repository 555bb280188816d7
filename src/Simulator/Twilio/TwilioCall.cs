using System.Xml.Linq;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>One inbound call at Twilio: requests TwiML from the gateway and executes it, verb by verb.</summary>
internal sealed class TwilioCall(
    SimulationTime time,
    TwilioHttp http,
    Dialling dialling,
    Uri gateway,
    string voiceOverride,
    PhoneMenu? menu,
    CallLeg leg,
    CallerPhone phone,
    NetworkLog log,
    CancellationToken stopping)
{
    private static readonly TimeSpan Apology = TimeSpan.FromSeconds(5);

    private DateTimeOffset? answeredAt;
    private TimeSpan? longest;
    private bool isTakenBack;
    private TaskCompletionSource<bool> redirected = time.CreateCompletion<bool>();
    private string? document;

    public async Task<CallerExperience> RunAsync()
    {
        var end = CallEnd.OtherSideHungUp;
        for (var passes = menu?.Passes ?? 1; passes > 0; passes--)
        {
            longest = passes > 1 ? menu!.Each : null;
            isTakenBack = false;
            end = await PassAsync();
            if (!isTakenBack)
            {
                break;
            }

            log.Tell("twilio", "a menu of somebody else's takes the call back");
            await SayAsync("You are connected again.");
        }

        var duration = answeredAt is { } since ? time.Clock.GetUtcNow() - since : TimeSpan.Zero;
        http.SendStatus(
            new Uri(gateway, GatewayRoutes.TwilioStatus.Template),
            [.. leg.StatusFields(FinalStatus(end), 0, time.Clock.GetUtcNow()), .. CallLeg.DurationFields(duration)],
            $"{FinalStatus(end)} of the caller's leg");
        return phone.Experience(end, leg.CallSid);
    }

    /// <summary>The call runs another document from now on. False where it runs none that can be interrupted.</summary>
    public bool Redirect(string twiml)
    {
        document = twiml;
        return redirected.TrySetResult(true);
    }

    /// <summary>The caller is sent to the gateway.</summary>
    private async Task<CallEnd> PassAsync() => await ExecuteAsync(await AskAsync(
        new Uri(gateway, GatewayRoutes.TwilioVoice.Template + voiceOverride),
        leg.Fields(answeredAt is null ? "ringing" : "in-progress"),
        "voice request"));

    private async Task<CallEnd> ExecuteAsync(IReadOnlyList<XElement>? verbs)
    {
        while (true)
        {
            if (verbs is null)
            {
                return await FailAsync();
            }

            IReadOnlyList<XElement>? next = [];
            foreach (var verb in verbs)
            {
                if (phone.IsHungUp)
                {
                    return CallEnd.CallerHungUp;
                }

                switch (verb.Name.LocalName)
                {
                    case "Say":
                        await SayAsync(verb.Value.Trim());
                        continue;
                    case "Pause":
                        Answer();
                        await phone.HearAsync(time.Delay(TimeSpan.FromSeconds(verb.Number("length") ?? 1), stopping), span =>
                            new Heard.Silence(span));
                        continue;
                    case "Hangup":
                        return CallEnd.OtherSideHungUp;
                    case "Reject":
                        log.Tell("twilio", "rejects the call");
                        return CallEnd.Refused;
                    case "Dial" when await DialAsync(verb) is { } result:
                        if (document is { } other && !phone.IsHungUp)
                        {
                            (document, redirected) = (null, time.CreateCompletion<bool>());
                            next = TwimlDocument.VerbsOf(new TwilioAnswer(200, "text/xml", other));
                            break;
                        }

                        if (isTakenBack)
                        {
                            // Whoever redirects a call ends its document: no action is requested.
                            return CallEnd.OtherSideHungUp;
                        }

                        if (verb.Text("action") is not { } action)
                        {
                            continue;
                        }

                        next = await AskAsync(new Uri(gateway, action), ActionFields(result), "dial result");
                        break;
                    default:
                        next = null;
                        break;
                }

                // The document ends at a Dial with an action URL, and at a verb that is not valid.
                break;
            }

            if (phone.IsHungUp)
            {
                return CallEnd.CallerHungUp;
            }

            if (next is { Count: 0 })
            {
                return CallEnd.OtherSideHungUp;
            }

            verbs = next;
        }
    }

    private async Task<DialEnd?> DialAsync(XElement verb)
    {
        if (verb.Text("answerOnBridge") != "true")
        {
            Answer();
        }

        var result = await dialling.DialAsync(verb, leg, phone, longest, redirected.Task);
        isTakenBack = result is { IsBridged: true } && result.Duration >= longest && !phone.IsHungUp;
        if (result is { IsBridged: true })
        {
            answeredAt ??= time.Clock.GetUtcNow() - result.Duration;
        }

        return result;
    }

    private async Task SayAsync(string text)
    {
        Answer();
        log.Tell("twilio", $"says: {text}");
        await phone.HearAsync(time.Delay(TwimlDocument.SpeakingTime(text), stopping), span => new Heard.Message(span, text));
    }

    private async Task<CallEnd> FailAsync()
    {
        if (!phone.IsHungUp)
        {
            log.Tell("twilio", "says that an application error has occurred");
            await phone.HearAsync(time.Delay(Apology, stopping), span => new Heard.ApplicationError(span));
        }

        return CallEnd.ApplicationError;
    }

    private async Task<IReadOnlyList<XElement>?> AskAsync(Uri url, IEnumerable<KeyValuePair<string, string>> fields, string purpose)
    {
        var asking = http.AskAsync(url, fields, purpose);
        await phone.HearAsync(asking, span => answeredAt is null ? new Heard.Ringing(span) : new Heard.Silence(span));
        return TwimlDocument.VerbsOf(await asking);
    }

    private IEnumerable<KeyValuePair<string, string>> ActionFields(DialEnd result)
    {
        foreach (var field in leg.Fields(phone.IsHungUp || result.IsBridged ? "completed" : answeredAt is null ? "ringing" : "in-progress"))
        {
            yield return field;
        }

        yield return new("DialCallStatus", result.Status);
        yield return new("DialCallSid", result.CallSid);
        yield return new("DialCallDuration", CallLeg.Text((int)result.Duration.TotalSeconds));
        yield return new("DialBridged", result.IsBridged ? "true" : "false");
        if (result.SipStatus is { } status)
        {
            yield return new("DialSipResponseCode", CallLeg.Text(status));
        }
    }

    private string FinalStatus(CallEnd end) => answeredAt is not null ? "completed" : end switch
    {
        CallEnd.Refused => "busy",
        CallEnd.ApplicationError => "failed",
        _ => "no-answer",
    };

    private void Answer()
    {
        if (answeredAt is null)
        {
            answeredAt = time.Clock.GetUtcNow();
        }
    }
}
