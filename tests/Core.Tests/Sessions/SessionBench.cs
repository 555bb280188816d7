using System.Text;
using System.Text.Json;
using VoiceFunctions.Core.Access;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.LiveKit.Tokens;
using VoiceFunctions.Core.Settings;

namespace VoiceFunctions.Core.Sessions;

/// <summary>A gateway with two tenants, asked over its API.</summary>
internal sealed class SessionBench(params (string Name, string? Value)[] changes)
{
    public const string Tenant = "golf";
    public const string Other = "other";
    public const string Secret = "a-secret-that-signs-hunter2-hunter2";

    public GatewayBench Gateway { get; } = new(
        GatewayBench.DiagnosticsKey,
        [
            (SettingNames.ApiKeys, $$"""{"{{Tenant}}": "golf-key-hunter2", "{{Other}}": "other-key-hunter2"}"""),
            (SettingNames.ApiTokenSecret, Secret),
            .. changes,
        ]);

    public Task<GatewayResponse> PostAsync(string path, string body, string tenant = Tenant, string? key = null) => Gateway.SendAsync(
        "POST", path, Encoding.UTF8.GetBytes(body), ("Authorization", $"Bearer {TokenOf(tenant)}"), ("Idempotency-Key", key));

    public Task<GatewayResponse> GetAsync(string path, string tenant = Tenant) =>
        Gateway.SendAsync("GET", path, [], ("Authorization", $"Bearer {TokenOf(tenant)}"));

    public Task<GatewayResponse> DeleteAsync(string path, string tenant = Tenant) =>
        Gateway.SendAsync("DELETE", path, [], ("Authorization", $"Bearer {TokenOf(tenant)}"));

    /// <summary>Begins a call and gives its id.</summary>
    public async Task<CallId> StartAsync(string body = "{}", string? key = null) =>
        CallId.TryParse(TextIn(await PostAsync("/call/start", body, key: key), "call_id"), out var callId)
            ? callId
            : throw new InvalidOperationException();

    /// <summary>The caller of a call joins with their token, and LiveKit says so.</summary>
    public Task<GatewayResponse> DriverJoinsAsync(CallId callId, string sid = "PA_driver") =>
        Gateway.LiveKitAsync(GatewayBench.Webhook("participant_joined", $"EV_{sid}", Driver(callId, sid), $"call_{callId}"));

    public static string Driver(CallId callId, string sid = "PA_driver") =>
        $$"""{"sid":"{{sid}}","identity":"driver_{{callId}}","state":"ACTIVE","attributes":{"voicefunctions.role":"caller"} }""";

    public static JsonElement Json(GatewayResponse answer)
    {
        Assert.True(answer.Status == 200, GatewayBench.Text(answer));
        return JsonElement.Parse(answer.Body.Span);
    }

    public static string TextIn(GatewayResponse answer, string name) => Json(answer).GetProperty(name).GetString()!;

    public LiveKitTokenClaims Claims(string token) =>
        LiveKitToken.TryVerify(new LiveKitKeyring(GatewayBench.Key), token, Gateway.Clock.GetUtcNow(), out var claims)
            ? claims
            : throw new InvalidOperationException();

    private string TokenOf(string tenant) => new ApiTokens(Secret, Gateway.Clock).Issue(tenant);
}
