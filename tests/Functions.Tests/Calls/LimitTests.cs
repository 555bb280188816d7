using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Lifecycle;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Functions.Http;
using VoiceFunctions.Functions.Tests.Http;
using VoiceFunctions.Functions.Tests.World;

namespace VoiceFunctions.Functions.Tests.Calls;

/// <summary>Limits on the Functions app.</summary>
public sealed class LimitTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_caller_who_is_one_too_many_gets_no_agent_and_the_next_one_does_when_the_line_is_free()
    {
        var app = new FunctionApp(null, (SettingNames.RoutesJson, """{"default":{"maxConcurrentCalls":1}}"""));
        var (first, second, third) = (new PhoneCall(app, "call_1"), new PhoneCall(app, "call_2"), new PhoneCall(app, "call_3"));
        first.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(2), Stop);

        second.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(3), Stop);

        Assert.Single(app.Api.Made);
        Assert.Equal(EndCause.OverLimit, Assert.Single(app.Told, told => told.Name == LifecycleEventName.CallEnded).Cause);
        first.CallerLeaves();
        await app.PassAsync(TimeSpan.FromMinutes(1), Stop);
        third.CallerJoins();
        await app.PassAsync(TimeSpan.FromSeconds(2), Stop);
        Assert.Equal(2, app.Api.Made.Count);
    }

    [Fact]
    public async Task A_tenant_that_asks_too_often_is_told_so_in_the_headers()
    {
        var app = new FunctionApp(
            null,
            (SettingNames.ApiKeys, """{"golf":"golf-key-hunter2-hunter2"}"""),
            (SettingNames.ApiTokenSecret, "a-secret-that-signs-hunter2-hunter2"),
            (SettingNames.TenantLimits, """{"*":{"requests":1}}"""));
        var door = new AccessFunctions(app.Front);

        var (first, second) = (await AskAsync(), await AskAsync());

        Assert.Equal((200, "\"requests\";q=1;w=60"), ((int)first.StatusCode, first.Header("RateLimit-Policy")));
        Assert.StartsWith("\"requests\";r=0;t=", first.Header("RateLimit"), StringComparison.Ordinal);
        Assert.Equal(429, (int)second.StatusCode);
        Assert.NotNull(second.Header("Retry-After"));

        async Task<TestResponse> AskAsync() => (TestResponse)await door.TokenAsync(
            new TestRequest(
                "POST",
                "https://voice.example.com/auth/token",
                """{"tenant_id":"golf","api_key":"golf-key-hunter2-hunter2"}"""u8.ToArray()),
            Stop);
    }
}
