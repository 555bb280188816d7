using static VoiceFunctions.Core.LiveKit.Api.ScriptedHttp;

namespace VoiceFunctions.Core.LiveKit.Api;

public sealed class LiveKitApiOutcomeTests
{
    private static readonly string[] Reads = ["ListRooms", "ListParticipants", "ListDispatch"];
    private static readonly string[] Deletes = ["DeleteRoom", "RemoveParticipant", "DeleteDispatch"];
    private static readonly string[] Creates = ["CreateRoom", "CreateDispatch", "CreateSipParticipant"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(404, "not_found", "NotFound", "NotFound")]
    [InlineData(404, "bad_route", "Refused", "Refused")]
    [InlineData(400, "malformed", "Refused", "Refused")]
    [InlineData(400, "invalid_argument", "Refused", "Refused")]
    [InlineData(400, "out_of_range", "Refused", "Refused")]
    [InlineData(401, "unauthenticated", "Refused", "Refused")]
    [InlineData(403, "permission_denied", "Refused", "Refused")]
    [InlineData(409, "already_exists", "Refused", "Refused")]
    [InlineData(412, "failed_precondition", "Refused", "Refused")]
    [InlineData(501, "unimplemented", "Refused", "Refused")]
    [InlineData(429, "resource_exhausted", "Unavailable", "Unavailable")]
    [InlineData(408, "canceled", "Unavailable", "Unknown")]
    [InlineData(408, "deadline_exceeded", "Unavailable", "Unknown")]
    [InlineData(409, "aborted", "Unavailable", "Unknown")]
    [InlineData(500, "unknown", "Unavailable", "Unknown")]
    [InlineData(500, "internal", "Unavailable", "Unknown")]
    [InlineData(500, "dataloss", "Unavailable", "Unknown")]
    [InlineData(503, "unavailable", "Unavailable", "Unknown")]
    public async Task A_twirp_error_says_whether_the_call_was_done(int status, string code, string read, string write) =>
        await ExpectAsync(() => Answer(status, $$"""{"code":"{{code}}","msg":"m"}"""), read, write, write);

    [Theory]
    [InlineData(301, "Refused", "Refused")]
    [InlineData(307, "Refused", "Refused")]
    [InlineData(401, "Refused", "Refused")]
    [InlineData(404, "Refused", "Refused")]
    [InlineData(413, "Refused", "Refused")]
    [InlineData(429, "Unavailable", "Unavailable")]
    [InlineData(200, "Unavailable", "Unknown")]
    [InlineData(204, "Unavailable", "Unknown")]
    [InlineData(500, "Unavailable", "Unknown")]
    [InlineData(502, "Unavailable", "Unknown")]
    [InlineData(503, "Unavailable", "Unknown")]
    [InlineData(504, "Unavailable", "Unknown")]
    public async Task So_does_an_answer_of_something_in_between(int status, string read, string write) =>
        await ExpectAsync(() => Answer(status, "<html>no twirp</html>", "text/html"), read, write, write);

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, "Unavailable")]
    [InlineData(HttpRequestError.NameResolutionError, "Unavailable")]
    [InlineData(HttpRequestError.SecureConnectionError, "Unavailable")]
    [InlineData(HttpRequestError.ProxyTunnelError, "Unavailable")]
    [InlineData(HttpRequestError.ResponseEnded, "Unknown")]
    [InlineData(HttpRequestError.HttpProtocolError, "Unknown")]
    [InlineData(HttpRequestError.InvalidResponse, "Unknown")]
    [InlineData(HttpRequestError.Unknown, "Unknown")]
    public async Task Without_a_connection_nothing_was_done_and_after_one_nobody_knows(HttpRequestError error, string write) =>
        await ExpectAsync(() => Failure(new HttpRequestException(error)), "Unavailable", write, write);

    [Fact]
    public async Task An_answer_that_breaks_off_is_no_answer()
    {
        await ExpectAsync(AnswerThatBreaksOff, "Unavailable", "Unknown", "Unknown");
        await ExpectAsync(() => Failure(new IOException()), "Unavailable", "Unknown", "Unknown");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("{\"rooms\":5,\"participants\":{},\"agent_dispatches\":\"x\"}")]
    public async Task A_good_status_over_something_else_than_the_answer_proves_nothing(string body)
    {
        foreach (var call in Reads)
        {
            Assert.Equal("Unavailable", await OutcomeAsync(call, () => Answer(200, body)));
        }

        foreach (var call in Creates)
        {
            Assert.Equal("Unknown", await OutcomeAsync(call, () => Answer(200, body)));
        }
    }

    [Fact]
    public async Task An_error_keeps_what_LiveKit_said()
    {
        var server = new LiveKitApiHarness(
            Answer(412, """{"code":"failed_precondition","msg":"twirp error unknown: busy","meta":{"sip_status_code":"503","n":5}}"""));

        var outcome = await server.Api.DeleteRoomAsync("r", Token);

        var error = Assert.IsType<LiveKitOutcome<LiveKitDone>.Refused>(outcome).Error;
        Assert.Equal(("failed_precondition", "twirp error unknown: busy", 412), (error.Code, error.Message, error.HttpStatus));
        Assert.Equal(new Dictionary<string, string> { ["sip_status_code"] = "503" }, error.Meta);
    }

    [Theory]
    [InlineData("text/plain", "invalid token: eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6e319.c2ln, error: token signature is invalid")]
    [InlineData("application/json", """{"code":"unauthenticated","msg":"invalid token: eyJhbGciOiJIUzI1NiJ9.eyJ2aWRlbyI6e319.c2ln"}""")]
    public async Task A_refused_token_is_not_kept(string mediaType, string body)
    {
        var server = new LiveKitApiHarness(Answer(401, body, mediaType));

        var outcome = await server.Api.CreateRoomAsync(new LiveKitRoomRequest("r"), Token);

        var error = Assert.IsType<LiveKitOutcome<LiveKitRoom>.Refused>(outcome).Error;
        Assert.Equal(("unauthenticated", "", 401), (error.Code, error.Message, error.HttpStatus));
        Assert.Empty(error.Meta);
    }

    [Theory]
    [InlineData(302, "internal")]
    [InlineData(400, "internal")]
    [InlineData(401, "unauthenticated")]
    [InlineData(403, "permission_denied")]
    [InlineData(404, "bad_route")]
    [InlineData(429, "resource_exhausted")]
    [InlineData(502, "unavailable")]
    [InlineData(504, "unavailable")]
    [InlineData(500, "unknown")]
    [InlineData(418, "unknown")]
    public async Task An_answer_without_a_code_gets_the_one_of_its_status(int status, string code)
    {
        var server = new LiveKitApiHarness(Answer(status, "no json", "text/plain"));

        var outcome = await server.Api.CreateRoomAsync(new LiveKitRoomRequest("r"), Token);

        var error = outcome switch
        {
            LiveKitOutcome<LiveKitRoom>.Refused refused => refused.Error,
            LiveKitOutcome<LiveKitRoom>.Unavailable unavailable => unavailable.Error,
            LiveKitOutcome<LiveKitRoom>.Unknown unknown => unknown.Error,
            _ => null,
        };
        Assert.Equal(new LiveKitError(code, "", LiveKitAttributes.None, status), error);
    }

    private static async Task ExpectAsync(
        Func<Func<CancellationToken, Task<HttpResponseMessage>>> step, string read, string delete, string create)
    {
        foreach (var (calls, expected) in new[] { (Reads, read), (Deletes, delete), (Creates, create) })
        {
            foreach (var call in calls)
            {
                Assert.Equal($"{call} {expected}", $"{call} {await OutcomeAsync(call, step)}");
            }
        }
    }

    private static Task<string> OutcomeAsync(string call, Func<Func<CancellationToken, Task<HttpResponseMessage>>> step) =>
        new LiveKitApiHarness(step(), step()).FinishAsync(call, Token);
}
