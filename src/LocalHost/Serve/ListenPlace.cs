using System.Globalization;
using System.Net;
using System.Net.Sockets;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Hosting;

namespace VoiceFunctions.LocalHost.Serve;

/// <summary>Where this host listens, by its own two settings.</summary>
/// <param name="EndPoint">The address and the port; port 0 picks a free one.</param>
internal sealed record ListenPlace(IPEndPoint EndPoint)
{
    /// <summary>The setting of the address: one of this machine, or <c>0.0.0.0</c> or <c>::</c> for all of them.</summary>
    public const string AddressSetting = "LISTEN_ADDRESS";

    /// <summary>The setting of the port.</summary>
    public const string PortSetting = "PORT";

    private const int DefaultPort = 7071;

    /// <summary>
    /// Whether this machine alone gets here. Elsewhere nothing is open without a key that is closed on a machine of one's own.
    /// </summary>
    public bool IsLocal => IPAddress.IsLoopback(EndPoint.Address);

    /// <summary>Where this machine itself gets here.</summary>
    public IPEndPoint Own => new(KestrelHttpAdapter.OwnOf(EndPoint.Address), EndPoint.Port);

    /// <summary>Reads the settings; without them it is the loopback address.</summary>
    /// <exception cref="SettingsException">Names each setting that is wrong.</exception>
    public static ListenPlace Read(Func<string, string?> environment)
    {
        List<string> faults = [];
        var port = PastedValue.TextOf(environment(PortSetting));
        if (!int.TryParse(port ?? $"{DefaultPort}", NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > ushort.MaxValue)
        {
            faults.Add($"{PortSetting} must be a whole number from 0 to {ushort.MaxValue}");
        }

        var text = PastedValue.TextOf(environment(AddressSetting));
        var address = text is null ? IPAddress.Loopback : AddressOf(text);
        if (address is null)
        {
            var what = $"an IP address of this machine, such as {IPAddress.Loopback}, or {IPAddress.Any} for all of them";
            faults.Add($"{AddressSetting} must be {what}");
        }

        return faults.Count == 0
            ? new ListenPlace(new IPEndPoint(address!, number))
            : throw new SettingsException(string.Join(Environment.NewLine, faults));
    }

    /// <summary>Refuses a setting that opens something on a machine of one's own, where other machines get here.</summary>
    /// <exception cref="SettingsException">Says which one, and what to do instead.</exception>
    public void Guard(GatewaySettings settings)
    {
        if (!IsLocal && settings.MetricsOpen)
        {
            throw new SettingsException(
                $"{SettingNames.MetricsOpen} would open the metrics to every machine that gets to {AddressSetting}: leave one of them out. "
                    + $"A scraper can send the key in the header {DiagnosticsAccess.HeaderName}.");
        }
    }

    /// <summary>An address in its full spelling: <c>127.1</c> and <c>1</c> are addresses too, and nobody means them.</summary>
    private static IPAddress? AddressOf(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.StartsWith('[') : address.ToString() == text)
            ? address
            : null;
}
