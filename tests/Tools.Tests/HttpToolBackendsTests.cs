using System.Text.Json;
using Microsoft.AspNetCore.Http;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Tools.Catalog;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tools;

/// <summary>What goes over the wire, and what comes back.</summary>
public sealed class HttpToolBackendsTests
{
    private static readonly CallId Call = CallId.ForTwilio("CA1");

    [Theory]
    [InlineData(200, "application/json", """{"a":1}""", ToolOutcome.Done, """{"a":1}""")]
    [InlineData(201, "application/problem+json", "7", ToolOutcome.Done, "7")]
    [InlineData(204, null, "", ToolOutcome.Done, "null")]
    [InlineData(200, "text/html", "<p>", ToolOutcome.BadAnswer, null)]
    [InlineData(200, "application/json", "{", ToolOutcome.BadAnswer, null)]
    [InlineData(200, "application/json", """{"a":1,"a":2}""", ToolOutcome.BadAnswer, null)]
    [InlineData(409, "application/json", """{"taken":true}""", ToolOutcome.Refused, """{"taken":true}""")]
    [InlineData(404, "text/plain", "who?", ToolOutcome.Refused, null)]
    [InlineData(401, "application/json", """{"key":"wrong"}""", ToolOutcome.Failed, null)]
    [InlineData(403, "application/json", "{}", ToolOutcome.Failed, null)]
    [InlineData(500, "application/json", """{"stack":"trace"}""", ToolOutcome.Failed, null)]
    [InlineData(503, null, "", ToolOutcome.Failed, null)]
    public async Task An_answer_comes_to_what_its_status_and_its_body_say(
        int status, string? type, string body, string outcome, string? result)
    {
        await using var golf = await GolfServer.StartAsync(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            if (body.Length > 0)
            {
                await context.Response.WriteAsync(body, context.RequestAborted);
            }
        });

        Assert.Equal(new ToolReply(outcome) { Status = status, Result = result }, await AskAsync(ToolAt(golf.Url)));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task No_redirect_is_followed(int status)
    {
        await using var elsewhere = await GolfServer.StartAsync(_ => "{}");
        await using var golf = await GolfServer.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = elsewhere.Url.AbsoluteUri;
            return Task.CompletedTask;
        });

        Assert.Equal(new ToolReply(ToolOutcome.Failed) { Status = status }, await AskAsync(ToolAt(golf.Url)));
        Assert.Empty(elsewhere.Asked);
        Assert.Single(golf.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_is_too_large_is_none_whether_its_length_is_told_or_not(bool isTold)
    {
        var text = $"\"{new string('x', ToolReply.MaxResultBytes)}\"";
        await using var golf = await GolfServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = isTold ? text.Length : null;
            await context.Response.WriteAsync(text, context.RequestAborted);
        });

        Assert.Equal(new ToolReply(ToolOutcome.BadAnswer) { Status = 200 }, await AskAsync(ToolAt(golf.Url)));
    }

    [Fact]
    public async Task An_answer_that_is_not_as_the_schema_says_is_none()
    {
        await using var golf = await GolfServer.StartAsync(_ => """{"reservationId":7}""");
        var schema = JsonElement.Parse("""{"type":"object","properties":{"reservationId":{"type":"string"}}}""");

        Assert.Equal(
            new ToolReply(ToolOutcome.BadAnswer) { Status = 200 },
            await AskAsync(new Tool("book", new Uri(golf.Url, "book")) { Answer = schema }));
    }

    [Fact]
    public async Task A_request_is_signed_by_the_scheme_of_Standard_Webhooks()
    {
        await using var golf = await GolfServer.StartAsync(_ => "{}");
        var tool = new Tool("book", new Uri(golf.Url, "book")) { SigningKey = "0123456789abcdef01234567"u8.ToArray() };
        using var backends = new HttpToolBackends([tool], HttpToolBackends.Connections(), new ManualClock());

        await backends.AskAsync(new ToolRequest(tool, Call, "1", """{"a":1}"""), TestContext.Current.CancellationToken);

        var (_, headers, body) = Assert.Single(golf.Asked);
        Assert.Equal($"{Call}.1", headers[ToolSignature.IdHeader]);
        Assert.Equal(
            ToolSignature.Of(
                tool.SigningKey.Value.Span,
                headers[ToolSignature.IdHeader],
                long.Parse(headers[ToolSignature.TimestampHeader], System.Globalization.CultureInfo.InvariantCulture),
                body),
            headers[ToolSignature.SignatureHeader]);
    }

    /// <summary>
    /// printf 'call.1.1700000000.{"a":1}' | openssl dgst -sha256 -mac HMAC -macopt key:0123456789abcdef01234567 -binary | base64.
    /// </summary>
    [Fact]
    public void A_signature_is_what_OpenSSL_makes_of_it() => Assert.Equal(
        "v1,BCptynOYAYG479kH6Hu4SOHt/uQ+NlZOvksAkoaAa5w=",
        ToolSignature.Of("0123456789abcdef01234567"u8, "call.1", 1_700_000_000, """{"a":1}"""));

    [Fact]
    public async Task A_backend_that_nobody_listens_at_is_unavailable()
    {
        Uri gone;
        await using (var golf = await GolfServer.StartAsync(_ => "{}"))
        {
            gone = golf.Url;
        }

        Assert.Equal(new ToolReply(ToolOutcome.Unavailable), await AskAsync(ToolAt(gone)));
    }

    private static Tool ToolAt(Uri server) => new("book", new Uri(server, "book"));

    private static async Task<ToolReply> AskAsync(Tool tool)
    {
        using var backends = new HttpToolBackends([tool], HttpToolBackends.Connections(), TimeProvider.System);
        return await backends.AskAsync(new ToolRequest(tool, Call, "call_1", "{}"), TestContext.Current.CancellationToken);
    }
}
