namespace VoiceFunctions.LocalHost.Doctor;

/// <summary>Where doctor tells what it found, and who answers its questions.</summary>
/// <param name="Input">Who answers; its bytes are a request that is read from it.</param>
/// <param name="Output">Findings.</param>
/// <param name="Errors">Questions, and what was not understood.</param>
internal sealed record DoctorConsole(Stream Input, TextWriter Output, TextWriter Errors)
{
    private StreamReader? Answers { get; set; }

    /// <summary>Asks whether something may be done; no answer is a no.</summary>
    public async Task<bool> AskAsync(string offer, CancellationToken cancellationToken)
    {
        await Errors.WriteAsync($"        shall doctor {offer}? [y/N] ");
        await Errors.FlushAsync(cancellationToken);
        Answers ??= new StreamReader(Input, leaveOpen: true);
        var answer = await Answers.ReadLineAsync(cancellationToken);
        return answer?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    /// <summary>Everything that comes in.</summary>
    public async Task<byte[]> ReadAllAsync(CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        await Input.CopyToAsync(all, cancellationToken);
        return all.ToArray();
    }
}
