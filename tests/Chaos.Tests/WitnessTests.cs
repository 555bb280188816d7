using VoiceFunctions.Chaos.Gateways;
using VoiceFunctions.Chaos.Measures;
using VoiceFunctions.Chaos.Verdict;

namespace VoiceFunctions.Chaos;

public sealed class WitnessTests
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

    private void See(int status, bool isForged) => new Witness(TimeProvider.System, defects.Add).See(
        new Exchange(new PassedRequest("POST", "/livekit/webhook", [], []), new PassedAnswer(status, [], []), TimeSpan.FromMilliseconds(5), isForged));
}
