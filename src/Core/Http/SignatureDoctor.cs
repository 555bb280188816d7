namespace VoiceFunctions.Core.Http;

/// <summary>
/// Decides which refused requests are looked into and told. A look costs up to a hundred hashes, so there is at most one a second; a line
/// comes at most once a minute, of what a key of ours signed and of everything else each, so that strangers hide nothing.
/// </summary>
/// <param name="timeProvider">Measures both.</param>
internal sealed class SignatureDoctor(TimeProvider timeProvider)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TellEvery = TimeSpan.FromMinutes(1);

    private readonly RareLines looks = new(LookEvery, timeProvider);
    private readonly RareLines proven = new(TellEvery, timeProvider);
    private readonly RareLines others = new(TellEvery, timeProvider);

    /// <summary>What is to be told now of a refused request; <c>null</c> for nothing.</summary>
    /// <param name="look">Looks into it.</param>
    public SignatureDiagnosis? Of(Func<SignatureDiagnosis> look)
    {
        if (looks.Take() is null)
        {
            return null;
        }

        var diagnosis = look();
        return (diagnosis.IsProven ? proven : others).Take() is null ? null : diagnosis;
    }
}
