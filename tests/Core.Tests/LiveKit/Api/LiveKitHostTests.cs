namespace VoiceFunctions.Core.LiveKit.Api;

public sealed class LiveKitHostTests
{
    [Theory]
    [InlineData("https://a.livekit.cloud", "https://a.livekit.cloud/")]
    [InlineData("wss://a.livekit.cloud", "https://a.livekit.cloud/")]
    [InlineData("wss://a.livekit.cloud/", "https://a.livekit.cloud/")]
    [InlineData(" WSS://a.livekit.cloud ", "https://a.livekit.cloud/")]
    [InlineData("ws://127.0.0.1:7880", "http://127.0.0.1:7880/")]
    [InlineData("http://localhost:7880/", "http://localhost:7880/")]
    [InlineData("wss://a.example:443", "https://a.example/")]
    [InlineData("wss://a.example:80/livekit", "https://a.example:80/livekit/")]
    [InlineData("ws://[::1]:7880", "http://[::1]:7880/")]
    public void What_operators_paste_becomes_the_apis_base(string text, string expected)
    {
        Assert.True(LiveKitHost.TryParse(text, out var host));
        Assert.Equal(expected, host.BaseUri.AbsoluteUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a.livekit.cloud")]
    [InlineData("/livekit")]
    [InlineData("sip:a.livekit.cloud")]
    [InlineData("ftp://a.livekit.cloud")]
    [InlineData("wss://")]
    [InlineData("https://user:password@a.livekit.cloud")]
    [InlineData("https://a.livekit.cloud?x=1")]
    [InlineData("https://a.livekit.cloud#x")]
    public void Anything_else_is_refused(string? text) => Assert.False(LiveKitHost.TryParse(text, out _));
}
