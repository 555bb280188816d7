using System.Globalization;
using VoiceFunctions.Knowledge.Lexical;
using VoiceFunctions.Recall;
using VoiceFunctions.Testing;

// How often the embedded index finds the right passage: dotnet run -c Release --project bench/Recall
var set = QuestionSet.Read(args.Length > 0 ? args[0] : Repository.PathOf("bench", "Recall", "questions.json"));
using var store = LexicalKnowledge.InMemory();
var measured = await set.MeasureAsync(store, CancellationToken.None);
foreach (var (question, rank) in measured.Ranks.Where(asked => asked.Rank != 1))
{
    Console.WriteLine($"{(rank == 0 ? "-" : rank.ToString(CultureInfo.InvariantCulture)),3}  {question.Passage}  {question.Query}");
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{set.Passages.Count} passages, {set.Questions.Count} questions: recall@1 {measured.RecallAt1:0.000}, "
        + $"recall@3 {measured.RecallAt3:0.000}, MRR {measured.Mrr:0.000}"));
