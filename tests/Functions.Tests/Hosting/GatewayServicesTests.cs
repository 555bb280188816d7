using Microsoft.Extensions.DependencyInjection;
using VoiceFunctions.Core;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Hosting;

namespace VoiceFunctions.Functions.Tests.Hosting;

public sealed class GatewayServicesTests
{
    private const string Key = "a-key-of-this-test";

    [Theory]
    [InlineData(null, null, 403)]
    [InlineData(null, Key, 403)]
    [InlineData(Key, null, 401)]
    [InlineData(Key, "another-key-of-this-test", 401)]
    [InlineData(Key, Key, 400)]
    public async Task The_app_asks_for_its_diagnostics_key_and_is_closed_without_one(string? set, string? given, int status)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddGateway(World.Settings.Read((SettingNames.DiagnosticsKey, set)));
        await using var provider = services.BuildServiceProvider();
        string? Header(string name) => name == DiagnosticsAccess.HeaderName ? given : null;

        var response = await provider.GetRequiredService<VoiceGateway>().Front.HandleAsync(
            new GatewayRequest("GET", "/calls/nonsense", Header, ReadOnlyMemory<byte>.Empty), TestContext.Current.CancellationToken);

        Assert.Equal(status, response.Status);
    }
}
