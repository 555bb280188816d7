using Lucene.Net.Store;
using VoiceFunctions.Core.Knowledge;
using VoiceFunctions.Knowledge.Lexical;

namespace VoiceFunctions.Knowledge;

/// <summary>A process that keeps a document may be killed at any step.</summary>
public sealed class KilledIndexTests
{
    private const string Tenant = "golf";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_that_is_replaced_under_a_kill_at_every_step_is_the_old_one_or_the_new_one_and_whole()
    {
        var (old, anew, step) = (0, 0, 0);
        for (var survived = false; !survived; step++)
        {
            using var disk = new RAMDirectory();
            await PutAsync(disk, Text("old", 3));
            await PutAsync(disk, Text("other", 1));
            var killed = new KilledDirectory(disk, step + 1);

            survived = await TryAsync(killed, store => store.PutAsync(Tenant, Text("new", 2) with { Id = Id("old") }, Stop));
            Revive(disk);

            using var store = new LexicalKnowledge(_ => disk);
            var texts = (await store.SearchAsync(Tenant, new KnowledgeQuestion("word", 20), Stop)).Select(hit => hit.Text).ToList();
            var isOld = texts.Any(text => text.StartsWith("old", StringComparison.Ordinal));
            Assert.Equal(isOld ? 4 : 3, texts.Count);
            Assert.Equal(isOld ? 3 : 2, (await store.FindAsync(Tenant, Id("old"), Stop))!.Passages);
            Assert.True(!survived || !isOld, "It was said to be kept, and is not.");
            (old, anew) = isOld ? (old + 1, anew) : (old, anew + 1);
            Assert.Equal(PutOutcome.Ready, await store.PutAsync(Tenant, Text("after", 1), Stop));
            Assert.NotNull(await store.FindAsync(Tenant, Id("after"), Stop));
        }

        Assert.True(old > 3, $"{old} kills before the commit");
        Assert.True(anew > 0, $"{anew} ends after it");
    }

    [Fact]
    public async Task The_first_document_of_a_tenant_under_a_kill_at_every_step_is_there_or_not_and_the_next_one_is_taken()
    {
        for (var (survived, step) = (false, 1); !survived; step++)
        {
            using var disk = new RAMDirectory();

            survived = await TryAsync(new KilledDirectory(disk, step), store => store.PutAsync(Tenant, Text("first", 2), Stop));
            Revive(disk);

            using var store = new LexicalKnowledge(_ => disk);
            Assert.True(await store.FindAsync(Tenant, Id("first"), Stop) is { Passages: 2 } || !survived);
            Assert.Equal(PutOutcome.Ready, await store.PutAsync(Tenant, Text("second", 1), Stop));
            Assert.NotNull(await store.FindAsync(Tenant, Id("second"), Stop));
        }
    }

    [Fact]
    public async Task Two_processes_on_one_folder_take_turns_and_see_each_others_documents()
    {
        using var folder = new TemporaryFolder();
        using var one = LexicalKnowledge.InFolder(folder.Path);
        using var other = LexicalKnowledge.InFolder(folder.Path);

        await Task.WhenAll(
            PutManyAsync(one, "one"),
            PutManyAsync(other, "other"));

        Assert.Equal(6, (await one.SearchAsync(Tenant, new KnowledgeQuestion("word", 20), Stop)).Count);
        Assert.Equal(6, (await other.SearchAsync(Tenant, new KnowledgeQuestion("word", 20), Stop)).Count);

        static async Task PutManyAsync(LexicalKnowledge store, string name)
        {
            for (var number = 0; number < 3; number++)
            {
                await store.PutAsync(Tenant, Text($"{name}{number}", 1), Stop);
            }
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_as_such_and_no_tenants_name_is_a_path()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "", Stop);
        using var store = LexicalKnowledge.InFolder(file);

        await Assert.ThrowsAsync<KnowledgeUnavailableException>(() => store.PutAsync(Tenant, Text("first", 1), Stop));

        Assert.Matches("^[0-9a-f]{32}$", LexicalKnowledge.FolderOf("../../etc"));
        Assert.NotEqual(LexicalKnowledge.FolderOf("Golf"), LexicalKnowledge.FolderOf("golf"));
    }

    private static async Task PutAsync(Lucene.Net.Store.Directory disk, KnowledgeDocument document)
    {
        // Disposing the store would dispose the disk.
        var store = new LexicalKnowledge(_ => new FilterDirectoryOf(disk));
        await store.PutAsync(Tenant, document, Stop);
    }

    private static async Task<bool> TryAsync(KilledDirectory killed, Func<LexicalKnowledge, Task<PutOutcome>> put)
    {
        try
        {
            return await put(new LexicalKnowledge(_ => killed)) == PutOutcome.Ready && !killed.IsDead;
        }
        catch (KnowledgeUnavailableException)
        {
            return false;
        }
    }

    /// <summary>The locks of a killed process are the operating system's, and go with it.</summary>
    private static void Revive(RAMDirectory disk) => disk.SetLockFactory(new SingleInstanceLockFactory());

    private static KnowledgeDocument Text(string id, int passages) =>
        new(Id(id), id, [.. Enumerable.Range(0, passages).Select(number => $"{id} word {number}")]);

    private static DocumentId Id(string text) => DocumentId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    private sealed class FilterDirectoryOf(Lucene.Net.Store.Directory disk) : FilterDirectory(disk);
}
