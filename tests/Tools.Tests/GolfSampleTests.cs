using System.Text.Json;
using VoiceFunctions.Core.Calls;
using VoiceFunctions.Core.Tools;
using VoiceFunctions.Core.Tools.Catalog;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Tools;

/// <summary>The four golf tools of samples/golf-tools.json, asked for at a backend of the test's own.</summary>
public sealed class GolfSampleTests
{
    private static readonly CallId Call = CallId.ForTwilio("CA1");

    public static TheoryData<string, string, string> Uses => new()
    {
        {
            "searchTeeTimes",
            """{"date":"2026-05-01","players":2,"from":"09:00"}""",
            """{"teeTimes":[{"id":"T1","time":"2026-05-01T09:10:00Z","freePlaces":4}]}"""
        },
        {
            "bookTeeTime",
            """{"teeTimeId":"T1","players":2,"name":"A. Golfer","phone":"+15550101234"}""",
            """{"reservationId":"R1","time":"2026-05-01T09:10:00Z","players":2}"""
        },
        {
            "modifyReservation",
            """{"reservationId":"R1","players":3}""",
            """{"reservationId":"R1","time":"2026-05-01T09:10:00Z","players":3}"""
        },
        { "cancelReservation", """{"reservationId":"R1"}""", """{"cancelled":true}""" },
    };

    public static TheoryData<string, string, string> Faults => new()
    {
        { "searchTeeTimes", """{"date":"tomorrow","players":2}""", "Not as the schema says: arguments/date (format)." },
        { "searchTeeTimes", """{"date":"2026-05-01","players":9}""", "Not as the schema says: arguments/players (maximum)." },
        { "bookTeeTime", """{"teeTimeId":"T1","players":2}""", "Not as the schema says: arguments (required)." },
        { "modifyReservation", """{"reservationId":"R1"}""", "Not as the schema says: arguments (minProperties)." },
        { "cancelReservation", """{"reservationId":7}""", "Not as the schema says: arguments/reservationId (type)." },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task Each_tool_is_asked_for_at_its_address_and_its_answer_is_given(string name, string arguments, string answer)
    {
        await using var golf = await GolfServer.StartAsync(_ => answer);
        var tools = Sample(golf.Url);
        using var backends = new HttpToolBackends(tools.All, HttpToolBackends.Connections(), TimeProvider.System);
        var tool = tools.Find(null, name)!;

        Assert.Null(backends.FaultOf(tool, JsonElement.Parse(arguments)));
        var reply = await backends.AskAsync(new ToolRequest(tool, Call, "call_1", arguments), TestContext.Current.CancellationToken);

        Assert.Equal(new ToolReply(ToolOutcome.Done) { Status = 200, Result = answer }, reply);
        var (path, headers, body) = Assert.Single(golf.Asked);
        Assert.Equal(($"POST /tools/{name}", arguments), (path, body));
        Assert.Equal("Bearer REPLACE-ME", headers["Authorization"]);
        Assert.Equal($"{Call}.call_1", headers["Idempotency-Key"]);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_is_wrong_with_arguments_is_told_by_place_and_keyword(string name, string arguments, string fault)
    {
        var tools = Sample(new Uri("http://127.0.0.1:9/"));
        using var backends = new HttpToolBackends(tools.All, HttpToolBackends.Connections(), TimeProvider.System);

        Assert.Equal(fault, backends.FaultOf(tools.Find(null, name)!, JsonElement.Parse(arguments)));
    }

    [Fact]
    public void There_are_the_four_tools_each_with_a_sentence_to_say()
    {
        var tools = Sample(new Uri("http://127.0.0.1:9/")).All;

        Assert.Equal(
            ["searchTeeTimes", "bookTeeTime", "modifyReservation", "cancelReservation"], tools.Select(tool => tool.Name));
        Assert.All(tools, tool => Assert.StartsWith("I am sorry", tool.SpeakableError, StringComparison.Ordinal));
    }

    private static ToolTable Sample(Uri server)
    {
        List<string> errors = [];
        var json = File.ReadAllText(Repository.PathOf("samples", "golf-tools.json"))
            .Replace("https://backend.golf.example/", server.AbsoluteUri, StringComparison.Ordinal);
        var tools = ToolFile.Parse(json, errors, ToolSchema.FaultOf);
        Assert.Equal([], errors);
        return tools!;
    }
}
