using VoiceFunctions.Core.Settings.Services;
using VoiceFunctions.Testing;

namespace VoiceFunctions.Storage;

public sealed class JournalTableTests
{
    [Fact]
    public void A_journal_needs_exactly_one_place()
    {
        var uri = new Uri("https://account.table.core.windows.net");

        Assert.Throws<ArgumentException>(() => TableCallJournal.Create(new StorageSettings(null, null, null, "calls"), new ManualClock()));
        Assert.Throws<ArgumentException>(() =>
            TableCallJournal.Create(new StorageSettings("UseDevelopmentStorage=true", uri, null, "calls"), new ManualClock()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("11111111-2222-3333-4444-555555555555")]
    public void An_identity_opens_the_table_of_the_account_that_the_uri_names(string? clientId)
    {
        var settings = new StorageSettings(null, new Uri("https://account.table.core.windows.net"), clientId, "mine");

        var table = JournalTable.Open(settings, JournalTable.ClientOptions());

        Assert.Equal(("account", "mine"), (table.AccountName, table.Name));
    }
}
