using System.Text.Json;
using VoiceFunctions.Core.Knowledge;

namespace VoiceFunctions.Knowledge;

/// <summary>What every store of documents promises.</summary>
public abstract class KnowledgeContract
{
    protected const string Golf = "golf";
    protected const string Phone = "phone";

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The store, with the most documents that a tenant may have.</summary>
    protected abstract IKnowledgeStore Store { get; }

    /// <summary>How many documents a tenant of the tested store may have.</summary>
    protected const int Most = 5;

    [Fact]
    public async Task A_document_is_found_by_its_words_with_its_source_its_metadata_and_a_score_between_0_and_1()
    {
        await PutAsync(Golf, "hours", "Our support hours are Sunday to Thursday, 9 AM to 6 PM.", """{"page":1,"url":"https://x.org"}""");
        await PutAsync(Golf, "dogs", "Dogs on a leash are welcome on the terrace.");

        var hit = Assert.Single(await AskAsync(Golf, "What are your support hours?"));

        Assert.Equal(
            ("Our support hours are Sunday to Thursday, 9 AM to 6 PM.", "About hours", "hours"), (hit.Text, hit.Source, hit.DocumentId));
        Assert.Equal("""{"page":1,"url":"https://x.org"}""", hit.Metadata);
        Assert.InRange(hit.Score, 0.000001, 0.999999);
    }

    [Fact]
    public async Task The_passage_that_has_more_of_the_words_comes_first_and_no_more_come_than_are_wanted()
    {
        await PutAsync(Golf, "a", "The range has bays.");
        await PutAsync(Golf, "b", "The driving range has lit bays under a roof.");
        await PutAsync(Golf, "c", "The range is closed.");

        var hits = await AskAsync(Golf, "driving range roof", most: 2);

        Assert.Equal(2, hits.Count);
        Assert.Equal("b", hits[0].DocumentId);
        Assert.True(hits[0].Score > hits[1].Score);
    }

    [Fact]
    public async Task No_question_reaches_another_tenants_documents_whatever_the_names_are()
    {
        string[] tenants = [Golf, "Golf", "golf ", "../golf", "golf' or tenant_id eq 'phone", "golf\" OR \"x", "高尔夫"];
        foreach (var tenant in tenants)
        {
            await PutAsync(tenant, "secret", $"The secret of {tenant} is number{Array.IndexOf(tenants, tenant)}.");
        }

        foreach (var tenant in tenants)
        {
            var hit = Assert.Single(await AskAsync(tenant, "secret"));
            Assert.Contains($"number{Array.IndexOf(tenants, tenant)}.", hit.Text, StringComparison.Ordinal);
        }

        Assert.True(await Store.DeleteAsync("golf ", Id("secret"), Stop));
        Assert.Empty(await AskAsync("golf ", "secret"));
        Assert.Single(await AskAsync(Golf, "secret"));
        Assert.Empty(await AskAsync("nobody", "secret"));
        Assert.Null(await Store.FindAsync("nobody", Id("secret"), Stop));
    }

    [Fact]
    public async Task A_document_that_is_sent_again_takes_the_place_of_the_one_before_with_all_its_passages()
    {
        await Store.PutAsync(
            Golf, new KnowledgeDocument(Id("fees"), "Old fees", ["The fee was ten.", "The buggy was free.", "The caddie was kind."]), Stop);

        await Store.PutAsync(Golf, new KnowledgeDocument(Id("fees"), "New fees", ["The fee is twenty."]), Stop);

        var hit = Assert.Single(await AskAsync(Golf, "fee buggy caddie"));
        Assert.Equal(("The fee is twenty.", "New fees"), (hit.Text, hit.Source));
        Assert.Equal(new DocumentState(Id("fees"), "New fees", 1), await Store.FindAsync(Golf, Id("fees"), Stop));
    }

    [Fact]
    public async Task A_document_that_is_deleted_is_gone_and_can_come_back()
    {
        await PutAsync(Golf, "dogs", "Dogs are welcome.");

        Assert.True(await Store.DeleteAsync(Golf, Id("dogs"), Stop));

        Assert.Empty(await AskAsync(Golf, "dogs"));
        Assert.Null(await Store.FindAsync(Golf, Id("dogs"), Stop));
        Assert.False(await Store.DeleteAsync(Golf, Id("dogs"), Stop));
        await PutAsync(Golf, "dogs", "Dogs are welcome again.");
        Assert.Single(await AskAsync(Golf, "dogs"));
    }

    [Fact]
    public async Task A_filter_lets_through_only_documents_that_have_all_its_labels()
    {
        await PutAsync(Golf, "a", "Support by phone.", """{"category":"support","language":["en","de"],"public":true}""");
        await PutAsync(Golf, "b", "Support by letter.", """{"category":"support's","language":"en"}""");
        await PutAsync(Golf, "c", "Support by pigeon.");

        Assert.Equal(["a"], await IdsAsync("category=support"));
        Assert.Equal(["b"], await IdsAsync("category=support's"));
        Assert.Equal(["a", "b"], await IdsAsync("language=en"));
        Assert.Equal(["a"], await IdsAsync("language=de", "public=true"));
        Assert.Empty(await IdsAsync("category=support", "public=false"));

        async Task<IEnumerable<string>> IdsAsync(params string[] labels) =>
            (await Store.SearchAsync(Golf, new KnowledgeQuestion("support", 10) { Labels = labels }, Stop))
            .Select(hit => hit.DocumentId)
            .Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("+")]
    [InlineData("*")]
    [InlineData("\"")]
    [InlineData("dogs AND")]
    [InlineData("-dogs")]
    [InlineData("(dogs")]
    [InlineData("dogs* OR text:[* TO *]")]
    [InlineData("~ \\ / { } [ ] ^ ! : ?")]
    [InlineData("😀 \u0000 \u200f")]
    public async Task What_a_caller_says_is_no_query_language(string words)
    {
        await PutAsync(Golf, "dogs", "Dogs are welcome.");
        await PutAsync(Golf, "cats", "Cats are not.");

        var hits = await AskAsync(Golf, words);

        Assert.Equal(words.Contains("dogs", StringComparison.Ordinal) ? ["dogs"] : [], hits.Select(hit => hit.DocumentId));
    }

    [Fact]
    public async Task A_tenant_may_have_so_many_documents_and_one_in_the_place_of_another_is_no_further_one()
    {
        for (var number = 0; number < Most; number++)
        {
            Assert.NotEqual(PutOutcome.Full, await PutAsync(Golf, $"d{number}", $"Document {number}."));
        }

        Assert.Equal(PutOutcome.Full, await PutAsync(Golf, "further", "One too many."));
        Assert.NotEqual(PutOutcome.Full, await PutAsync(Golf, "d0", "Document 0 anew."));
        Assert.NotEqual(PutOutcome.Full, await PutAsync(Phone, "further", "Another tenant's."));
        Assert.Null(await Store.FindAsync(Golf, Id("further"), Stop));
        Assert.True(await Store.DeleteAsync(Golf, Id("d1"), Stop));
        Assert.NotEqual(PutOutcome.Full, await PutAsync(Golf, "further", "Now there is room."));
    }

    [Fact]
    public async Task Many_documents_at_once_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, Most).Select(number =>
            Task.Run(() => PutAsync(Golf, $"d{number}", $"Swing {number}."), Stop)));

        Assert.Equal(Most, (await AskAsync(Golf, "swing", most: 20)).Count);
    }

    protected static DocumentId Id(string text) => DocumentId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    protected Task<PutOutcome> PutAsync(string tenant, string id, string text, string? metadata = null) =>
        Store.PutAsync(tenant, Document(id, text, metadata), Stop);

    protected Task<IReadOnlyList<KnowledgeHit>> AskAsync(string tenant, string words, int most = 3) =>
        Store.SearchAsync(tenant, new KnowledgeQuestion(words, most), Stop);

    protected static KnowledgeDocument Document(string id, string text, string? metadata = null) =>
        new(Id(id), $"About {id}", PassageCutter.Cut(text))
        {
            Metadata = metadata,
            Labels = metadata is null ? [] : DocumentLabels.Of(JsonElement.Parse(metadata)),
        };
}
