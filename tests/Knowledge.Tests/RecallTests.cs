using VoiceFunctions.Knowledge.Lexical;
using VoiceFunctions.Recall;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Knowledge;

/// <summary>How often the embedded index finds the right passage, on a question set of our own making: docs/knowledge.md.</summary>
public sealed class RecallTests
{
    private static readonly QuestionSet Set = QuestionSet.Read(Repository.PathOf("bench", "Recall", "questions.json"));

    [Fact]
    public async Task The_right_passage_is_found_no_less_often_than_it_was()
    {
        using var store = LexicalKnowledge.InMemory();

        var measured = await Set.MeasureAsync(store, TestContext.Current.CancellationToken);

        Assert.InRange(measured.RecallAt1, 0.70, 1);
        Assert.InRange(measured.RecallAt3, 0.87, 1);
        Assert.InRange(measured.Mrr, 0.77, 1);
    }

    [Fact]
    public void Every_question_has_its_passage_and_no_passage_is_there_twice()
    {
        var ids = Set.Passages.Select(passage => passage.Id).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(Set.Questions, question => Assert.Contains(question.Passage, ids));
        Assert.Equal((40, 40), (ids.Count, Set.Questions.Count));
    }
}
