using VoiceFunctions.Core.LiveKit.Api;
using VoiceFunctions.Core.LiveKit.Api.Sip;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.LocalHost.Doctor.Checks.Twilio;

namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>What the checks of one run share: the settings, the ways to LiveKit and Twilio, and what earlier checks found.</summary>
/// <param name="environment">Gives a setting.</param>
/// <param name="options">What was asked for.</param>
/// <param name="time">The clock of this machine.</param>
internal sealed class DoctorVisit(Func<string, string?> environment, DoctorOptions options, TimeProvider time) : IDisposable
{
#pragma warning disable CA2000 // The client owns its handler.
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
#pragma warning restore CA2000
    private GatewaySettings? settings;

    /// <summary>Gives a setting.</summary>
    public Func<string, string?> Environment => environment;

    /// <summary>What was asked for.</summary>
    public DoctorOptions Options => options;

    /// <summary>The clock of this machine.</summary>
    public TimeProvider Time => time;

    /// <summary>Sends requests; follows no redirects.</summary>
    public HttpMessageInvoker Http => http;

    /// <summary>The settings, once their check is done.</summary>
    public GatewaySettings Settings
    {
        get => settings ?? throw new InvalidOperationException("The settings were not read.");
        set
        {
            settings = value;
            LiveKit = new LiveKitApi(http, value.LiveKitHost, value.LiveKitKeys, time, new LiveKitApiOptions());
            SipSetup = new LiveKitSipSetup(http, value.LiveKitHost, value.LiveKitKeys, time, new LiveKitApiOptions());
        }
    }

    /// <summary>LiveKit's API.</summary>
    public ILiveKitApi LiveKit { get; private set; } = null!;

    /// <summary>LiveKit's trunks and rules.</summary>
    public LiveKitSipSetup SipSetup { get; private set; } = null!;

    /// <summary>The inbound trunk of Twilio's calls, once it was found.</summary>
    public LiveKitInboundTrunk? Trunk { get; set; }

    /// <summary>The dispatch rules by which calls become ours, once they were found.</summary>
    public IReadOnlyList<LiveKitDispatchRule> Rules { get; set; } = [];

    /// <summary>The Twilio numbers that shall reach the gateway, once they were found.</summary>
    public IReadOnlyList<OwnNumber> Numbers { get; set; } = [];

    /// <summary>The region in which an account's token was taken, where that is another one than the settings say.</summary>
    public Dictionary<string, string> OtherRegions { get; } = new(StringComparer.Ordinal);

    /// <summary>The gateway's URL for a route.</summary>
    /// <param name="path">The route, without a slash at its beginning.</param>
    public string Gateway(string path) => $"{Settings.PublicUrl.TrimEnd('/')}/{path}";

    /// <summary>Twilio's REST API as an account.</summary>
    public TwilioRest Twilio(TwilioAccount account) => new(http, account, environment(TwilioRest.TestUrl));

    /// <summary>A name of a room that is nobody's call: without our prefix, and never the same twice.</summary>
    public string NewRoomName() => $"doctor-{Guid.CreateVersion7(time.GetUtcNow()):N}";

    public void Dispose() => http.Dispose();
}
