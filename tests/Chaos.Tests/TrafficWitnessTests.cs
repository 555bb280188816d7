using System.Text;
using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Chaos.Measures;
using VoiceFunctions.Chaos.Verdict;

namespace VoiceFunctions.Chaos;

public sealed class TrafficWitnessTests
{
    private readonly List<Defect> defects = [];

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(429)]
    public void An_authentic_request_that_is_refused_is_a_defect(int status)
    {
        See(status, isForged: false);

        Assert.Equal([DefectKind.RefusedAuthentics], defects.Select(defect => defect.Kind));
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    [InlineData(401, true)]
    public void An_answer_or_a_failure_or_a_refused_forgery_is_none(int status, bool isForged)
    {
        See(status, isForged);

        Assert.Empty(defects);
    }

    [Theory]
    [InlineData("/agents/lease", 0)]
    [InlineData("/tools/bookTeeTime", 0)]
    [InlineData("/calls/abc/quality", 0)]
    [InlineData("/livekit/webhook", 1)]
    public void To_a_job_that_asks_or_reports_409_is_an_answer(string path, int found)
    {
        new TrafficWitness(TimeProvider.System, defects.Add).See(new PassedExchange(
            new PassedRequest("POST", path, [], "{}"u8.ToArray()), new PassedAnswer(409, [], []), TimeSpan.Zero, IsForged: false));

        Assert.Equal(found, defects.Count);
    }

    [Theory]
    [InlineData("GET", "/calls", 0)]
    [InlineData("POST", "/calls", 1)]
    [InlineData("GET", "/calls/abc", 1)]
    public void To_an_operator_who_looks_for_a_rooms_call_404_is_an_answer(string method, string path, int found)
    {
        new TrafficWitness(TimeProvider.System, defects.Add).See(new PassedExchange(
            new PassedRequest(method, path, [], []), new PassedAnswer(404, [], []), TimeSpan.Zero, IsForged: false));

        Assert.Equal(found, defects.Count);
    }

    [Theory]
    [InlineData(200, "participant_joined", "sip_1", true)]
    [InlineData(200, "track_published", "sip_1", true)]
    [InlineData(200, "participant_left", "sip_1", true)]
    [InlineData(503, "participant_joined", "sip_1", false)]
    [InlineData(200, "participant_joined", "agent-1", false)]
    [InlineData(200, "participant_connection_aborted", "sip_1", false)]
    [InlineData(200, "room_started", null, false)]
    public void A_gateway_was_told_of_a_phone_by_a_word_of_it_that_was_taken(int status, string name, string? identity, bool wasTold)
    {
        var witness = new TrafficWitness(TimeProvider.System, defects.Add);
        var participant = identity is null ? "" : $$""","participant":{"identity":"{{identity}}"}""";
        var body = Encoding.UTF8.GetBytes($$"""{"event":"{{name}}","room":{"sid":"RM_1"}{{participant}}}""");

        witness.See(new PassedExchange(
            new PassedRequest("POST", "/livekit/webhook", [], body),
            new PassedAnswer(status, [], []),
            TimeSpan.FromMilliseconds(5),
            IsForged: false));

        Assert.Equal(wasTold, witness.WasTold("RM_1"));
        Assert.False(witness.WasTold("RM_2"));
    }

    private void See(int status, bool isForged) => new TrafficWitness(TimeProvider.System, defects.Add).See(
        new PassedExchange(
            new PassedRequest("POST", "/livekit/webhook", [], "{}"u8.ToArray()),
            new PassedAnswer(status, [], []),
            TimeSpan.FromMilliseconds(5),
            isForged));
}
