using System.Net;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.LocalHost.Serve;

namespace VoiceFunctions.LocalHost;

/// <summary>Where the local host listens by its settings, and that a wrong one is said so.</summary>
public sealed class ListenPlaceTests
{
    [Fact]
    public void Without_settings_it_listens_on_this_machine_alone()
    {
        var place = ListenPlace.Read(_ => null);

        Assert.Equal("127.0.0.1:7071", place.EndPoint.ToString());
        Assert.True(place.IsLocal);
    }

    [Theory]
    [InlineData("127.0.0.1", true, "127.0.0.1:80")]
    [InlineData("127.0.0.9", true, "127.0.0.9:80")]
    [InlineData("::1", true, "[::1]:80")]
    [InlineData(" \"0.0.0.0\" ", false, "127.0.0.1:80")]
    [InlineData("::", false, "[::1]:80")]
    [InlineData("::ffff:0.0.0.0", false, "[::ffff:0:0]:80")]
    [InlineData("192.0.2.7", false, "192.0.2.7:80")]
    public void Only_a_loopback_address_is_this_machine_alone(string address, bool isLocal, string own)
    {
        var place = ListenPlace.Read(name => name == ListenPlace.AddressSetting ? address : "80");

        Assert.Equal((isLocal, own), (place.IsLocal, place.Own.ToString()));
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("*")]
    [InlineData("127.1")]
    [InlineData("1")]
    [InlineData("0.0.0.0:80")]
    [InlineData("[::1]")]
    [InlineData("256.0.0.1")]
    public void What_is_no_address_in_full_is_refused(string address)
    {
        var refused = Assert.Throws<SettingsException>(
            () => ListenPlace.Read(name => name == ListenPlace.AddressSetting ? address : null));

        Assert.Equal(
            "LISTEN_ADDRESS must be an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them", refused.Message);
    }

    [Fact]
    public async Task Both_settings_are_named_at_once_where_both_are_wrong()
    {
        using var told = new StringWriter();

        var exit = await ServeCommand.RunAsync(_ => "wrong", told, told, TestContext.Current.CancellationToken);

        Assert.Equal(1, exit);
        Assert.Equal(["PORT", "LISTEN_ADDRESS"], told.ToString().Trim().Split(Environment.NewLine).Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task An_address_of_another_machine_is_said_so()
    {
        using var told = new StringWriter();

        var exit = await ServeCommand.RunAsync(
            name => name switch { ListenPlace.AddressSetting => "192.0.2.7", ListenPlace.PortSetting => "0", _ => null },
            told,
            told,
            TestContext.Current.CancellationToken);

        Assert.Equal(1, exit);
        Assert.StartsWith("LISTEN_ADDRESS is no address of this machine.", told.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "true", false)]
    [InlineData("0.0.0.0", "false", false)]
    [InlineData("0.0.0.0", "true", true)]
    public async Task Open_metrics_are_refused_where_other_machines_get_here(string address, string open, bool isRefused)
    {
        var place = new ListenPlace(new IPEndPoint(IPAddress.Parse(address), 0));
        await using var parts = await ServedParts.FromAsync(
            name => name == SettingNames.MetricsOpen ? open : null,
            new Uri("http://127.0.0.1:7071"),
            _ => { },
            _ => { },
            TestContext.Current.CancellationToken);

        var refused = Record.Exception(() => place.Guard(parts.Settings));

        Assert.Equal(isRefused, refused is SettingsException);
        Assert.Equal(isRefused, refused?.Message.StartsWith("METRICS_OPEN would open", StringComparison.Ordinal) == true);
    }
}
