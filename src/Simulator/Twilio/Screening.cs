using System.Xml.Linq;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>
/// Executes the document of a Number's <c>url</c> on the leg of a human who picked up; the caller hears it ring meanwhile.
/// </summary>
internal sealed class Screening(SimulationTime time, TwilioHttp http, NetworkLog log, CancellationToken stopping)
{
    private const int DefaultTimeout = 5;

    /// <summary>Whether the document came to its end, which puts the caller through. Otherwise the leg is hung up.</summary>
    public async Task<bool> IsPassedAsync(Uri url, CallLeg leg, Human human, CallerPhone phone)
    {
        var verbs = await AskAsync(url, leg.Fields("in-progress"), phone);
        while (verbs is not null && !phone.IsHungUp)
        {
            (Uri Url, char Digit)? pressed = null;
            foreach (var verb in verbs)
            {
                switch (verb.Name.LocalName)
                {
                    case "Say":
                        await RingAsync(TwimlDocument.SpeakingTime(verb.Value), phone);
                        continue;
                    case "Gather":
                        await GatherAsync(verb, human, phone);
                        if (human.Presses is not { } digit)
                        {
                            continue;
                        }

                        pressed = (verb.Text("action") is { } action ? new Uri(url, action) : url, digit);
                        break;
                    default:
                        log.Tell("twilio", "hangs up on the human");
                        return false;
                }

                break;
            }

            if (pressed is not { } key)
            {
                return true;
            }

            log.Tell("human", $"presses {key.Digit}");
            verbs = await AskAsync(key.Url, [.. leg.Fields("in-progress"), new("Digits", $"{key.Digit}")], phone);
        }

        return false;
    }

    private async Task GatherAsync(XElement gather, Human human, CallerPhone phone)
    {
        log.Tell("twilio", "tells the human who calls, and waits for a key");
        foreach (var say in gather.Elements("Say"))
        {
            await RingAsync(TwimlDocument.SpeakingTime(say.Value), phone);
        }

        await RingAsync(
            human.Presses is null ? TimeSpan.FromSeconds(gather.Number("timeout") ?? DefaultTimeout) : Human.PressingTakes, phone);
    }

    private async Task<IReadOnlyList<XElement>?> AskAsync(Uri url, IEnumerable<KeyValuePair<string, string>> fields, CallerPhone phone)
    {
        var asking = http.AskAsync(url, fields, "screening");
        await phone.HearAsync(asking, span => new Heard.Ringing(span));
        return TwimlDocument.VerbsOf(await asking);
    }

    private Task RingAsync(TimeSpan span, CallerPhone phone) =>
        phone.HearAsync(time.Delay(span, stopping), heard => new Heard.Ringing(heard));
}
