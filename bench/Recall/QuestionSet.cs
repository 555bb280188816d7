using System.Text.Json;
using VoiceFunctions.Core.Knowledge;

namespace VoiceFunctions.Recall;

/// <summary>Passages, and questions of which each has its one right passage.</summary>
internal sealed record QuestionSet(string About, IReadOnlyList<SetPassage> Passages, IReadOnlyList<SetQuestion> Questions)
{
    private const string Tenant = "recall";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static QuestionSet Read(string path) => JsonSerializer.Deserialize<QuestionSet>(File.ReadAllText(path), Web)!;

    /// <summary>Puts every passage into a store as a document, asks every question, and tells where the right passage came.</summary>
    public async Task<Measured> MeasureAsync(IKnowledgeStore store, CancellationToken cancellationToken)
    {
        foreach (var passage in Passages)
        {
            if (!DocumentId.TryParse(passage.Id, out var id))
            {
                throw new InvalidDataException(passage.Id);
            }

            await store.PutAsync(
                Tenant, new KnowledgeDocument(id, passage.Source, PassageCutter.Cut(passage.Text)), cancellationToken);
        }

        var ranks = new List<(SetQuestion, int)>();
        foreach (var question in Questions)
        {
            var hits = await store.SearchAsync(
                Tenant, new KnowledgeQuestion(question.Query, KnowledgeLimits.MostResults), cancellationToken);
            ranks.Add((question, hits.Select(hit => hit.DocumentId).ToList().IndexOf(question.Passage) + 1));
        }

        return new Measured(ranks);
    }
}

/// <summary>A passage.</summary>
internal sealed record SetPassage(string Id, string Source, string Text);

/// <summary>A question, and the passage that answers it.</summary>
internal sealed record SetQuestion(string Query, string Passage);

/// <summary>Where the right passages came: 1 for the first place, 0 for none of the first twenty.</summary>
internal sealed record Measured(IReadOnlyList<(SetQuestion Question, int Rank)> Ranks)
{
    /// <summary>The share of questions whose right passage came first.</summary>
    public double RecallAt1 => At(1);

    /// <summary>The share of questions whose right passage came among the first three.</summary>
    public double RecallAt3 => At(3);

    /// <summary>The mean of one through the place of the right passage.</summary>
    public double Mrr => Ranks.Average(asked => asked.Rank == 0 ? 0 : 1.0 / asked.Rank);

    private double At(int most) => Ranks.Average(asked => asked.Rank is not 0 && asked.Rank <= most ? 1.0 : 0.0);
}
