using VoiceFunctions.Core.Routing;
using VoiceFunctions.Simulator.Faults;
using VoiceFunctions.Simulator.LiveKit;
using VoiceFunctions.Simulator.Phones;
using VoiceFunctions.Simulator.Story;
using VoiceFunctions.Simulator.Time;

namespace VoiceFunctions.Simulator.Twilio;

/// <summary>Twilio's side of phone calls: asks the gateway over real HTTP, follows its TwiML, rings LiveKit, and tells how it went.</summary>
public sealed class SimulatedTwilio : IAsyncDisposable
{
    private readonly SimulationTime time;
    private readonly Chance chance;
    private readonly TwilioSetup setup;
    private readonly NetworkLog log;
    private readonly CancellationTokenSource stopping = new();
    private readonly TwilioHttp http;
    private readonly Dialling dialling;

    internal SimulatedTwilio(SimulationTime time, Chance chance, TwilioSetup setup, SimulatedLiveKit liveKit, NetworkLog log)
    {
        this.time = time;
        this.chance = chance;
        this.setup = setup;
        this.log = log;
        http = new TwilioHttp(time, chance, setup, log, stopping.Token);
        dialling = new Dialling(time, chance, setup, http, liveKit, log, stopping.Token);
    }

    /// <summary>Where the numbers' webhooks go: the gateway's public URL. To be set before a call is placed.</summary>
    public Uri? Gateway { get; set; }

    /// <summary>The way to LiveKit SIP.</summary>
    public SipRoute Route
    {
        get => dialling.Route;
        set => dialling.Route = value;
    }

    /// <summary>Whoever is at the number that calls fall back to.</summary>
    public Human Human
    {
        get => dialling.Human;
        set => dialling.Human = value;
    }

    /// <summary>What goes wrong on the way to the gateway. What asks for TwiML may be doubled and late, but is never lost or reordered.</summary>
    public DeliveryFaults Faults
    {
        get => http.Faults;
        set => http.Faults = value;
    }

    /// <summary>Requests for TwiML that were made twice and answered differently. Must be empty.</summary>
    public IReadOnlyList<string> Disagreements => http.Disagreements;

    /// <summary>Somebody rings up a number of the account. Ends when their call does.</summary>
    public async Task<CallerExperience> CallAsync(Caller caller)
    {
        var gateway = Gateway ?? throw new InvalidOperationException("Twilio has not been told where the gateway is.");
        using var phone = new CallerPhone(time, caller, log);
        var leg = new CallLeg(setup.AccountSid, chance.Sid("CA"), caller.From, caller.To)
        {
            CallToken = $$"""{"parentCallInfoToken":"{{chance.Id("CallToken", 120)}}","identityHeaderTokens":[]}""",
        };
        return await new TwilioCall(time, http, dialling, gateway, setup.VoiceOverride, leg, phone, log, stopping.Token).RunAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        http.Dispose();
        stopping.Dispose();
    }
}
