using System.Diagnostics;
using VoiceFunctions.Core.Http;
using VoiceFunctions.Core.Settings;
using VoiceFunctions.Storage;

namespace VoiceFunctions.LocalHost.Doctor.Checks;

/// <summary>The journal's storage can be opened, as the gateway does when it starts: a table that is missing is made.</summary>
internal sealed class StorageCheck : IDoctorCheck
{
    public string Id => CheckNames.Storage;

    public IReadOnlyList<string> Needs => [CheckNames.Settings];

    public async Task<Finding> RunAsync(DoctorVisit visit, CancellationToken cancellationToken)
    {
        if (visit.Settings.Storage is not { } storage)
        {
            return Finding.Ok("the journal is in memory: calls are lost when the gateway ends");
        }

        var change = $"check {SettingNames.StorageConnection} or {SettingNames.StorageTableUri}, and the rights of its key or identity";
        return await TableCallJournal.Create(storage, visit.Time).OpenAsync(cancellationToken) switch
        {
            JournalOpening.Opened => Finding.Ok($"the journal's {storage} is there"),
            JournalOpening.Refused(var reason) => Finding.Fail(reason, change),
            JournalOpening.Away(var reason) => Finding.Fail(reason, $"start it, or {change}"),
            _ => throw new UnreachableException(),
        };
    }
}
