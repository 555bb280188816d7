using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.GroundTruth;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>
/// Twilio's side of phone calls: requests TwiML from the gateway over real HTTP, executes it, dials LiveKit, and sends status callbacks.
/// </summary>
public sealed class SimulatedTwilio : IAsyncDisposable
{
    private readonly SimulationTime time;
    private readonly Chance chance;
    private readonly TwilioSetup setup;
    private readonly NetworkLog log;
    private readonly CancellationTokenSource stopping = new();
    private readonly TwilioHttp http;
    private readonly Dialling dialling;
    private readonly Dictionary<string, TwilioCall> live = new(StringComparer.Ordinal);

    internal SimulatedTwilio(SimulationTime time, Chance chance, TwilioSetup setup, SimulatedLiveKit liveKit, NetworkLog log)
    {
        this.time = time;
        this.chance = chance;
        this.setup = setup;
        this.log = log;
        http = new TwilioHttp(time, chance, setup, log, stopping.Token);
        dialling = new Dialling(time, chance, setup, http, liveKit, log, stopping.Token);
    }

    /// <summary>What Twilio says of a caller whom the network knows, and whose number is their own.</summary>
    public const string Verified = "TN-Validation-Passed-A";

    /// <summary>What Twilio says about callers' numbers (<c>StirVerstat</c>).</summary>
    public string Verdict { get; set; } = Verified;

    /// <summary>The gateway's public URL, to which the phone numbers' webhooks go. Set it before placing a call.</summary>
    public Uri? Gateway { get; set; }

    /// <summary>The route to LiveKit SIP.</summary>
    public SipRoute Route
    {
        get => dialling.Route;
        set => dialling.Route = value;
    }

    /// <summary>The human at the fallback number.</summary>
    public Human Human
    {
        get => dialling.Human;
        set => dialling.Human = value;
    }

    /// <summary>Who is at which fallback number; <see cref="Human"/> is at every other.</summary>
    public IReadOnlyDictionary<string, Human> Humans
    {
        get => dialling.Humans;
        set => dialling.Humans = value;
    }

    /// <summary>
    /// The delivery faults between Twilio and the gateway. A request for TwiML can be doubled or late, but is never lost or reordered.
    /// </summary>
    public DeliveryFaults Faults
    {
        get => http.Faults;
        set => http.Faults = value;
    }

    /// <summary>Requests for TwiML that were sent twice and got different answers. Must be empty.</summary>
    public IReadOnlyList<string> Disagreements => http.Disagreements;

    /// <summary>Places a call to a number of the account. Returns when the call has ended.</summary>
    public Task<CallerExperience> CallAsync(Caller caller) => CallAsync(caller, menu: null);

    /// <summary>
    /// Places a call to a phone menu that sends its caller to the gateway, takes them back, and sends them there again: all under one
    /// CallSid. Returns when the call has ended.
    /// </summary>
    /// <param name="caller">Who rings up.</param>
    /// <param name="passes">How often the menu sends them to the gateway.</param>
    /// <param name="each">How long they may talk each time but the last.</param>
    public Task<CallerExperience> CallMenuAsync(Caller caller, int passes, TimeSpan each) => CallAsync(caller, new PhoneMenu(passes, each));

    /// <summary>
    /// Replaces the document that a live call runs, as Twilio's REST API does: a running Dial ends, and its action URL is not requested.
    /// False where the call is over.
    /// </summary>
    /// <param name="callSid">The caller's own leg.</param>
    /// <param name="twiml">The document.</param>
    public bool Redirect(string callSid, string twiml)
    {
        TwilioCall? call;
        lock (live)
        {
            live.TryGetValue(callSid, out call);
        }

        log.Tell("twilio", call is null ? "is asked to redirect a call that is over" : "redirects the call to another document");
        return call?.Redirect(twiml) == true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        http.Dispose();
        stopping.Dispose();
    }

    private async Task<CallerExperience> CallAsync(Caller caller, PhoneMenu? menu)
    {
        var gateway = Gateway ?? throw new InvalidOperationException("Set Gateway before placing a call.");
        using var phone = new CallerPhone(time, caller, log);
        var leg = new CallLeg(setup.AccountSid, chance.Sid("CA"), caller.From, caller.To)
        {
            Verdict = Verdict,
            CallToken = $$"""{"parentCallInfoToken":"{{chance.Id("CallToken", 120)}}","identityHeaderTokens":[]}""",
        };
        var call = new TwilioCall(time, http, dialling, gateway, setup.VoiceOverride, menu, leg, phone, log, stopping.Token);
        lock (live)
        {
            live.Add(leg.CallSid, call);
        }

        try
        {
            return await call.RunAsync();
        }
        finally
        {
            lock (live)
            {
                live.Remove(leg.CallSid);
            }
        }
    }
}
