namespace VoiceFunctions.Core.Routing;

internal sealed record RedialJson
{
    public IReadOnlyList<string?>? On { get; init; }

    public int? Attempts { get; init; }

    public int? AfterSeconds { get; init; }
}

internal sealed record CallingHoursJson
{
    public string? TimeZone { get; init; }

    public IReadOnlyList<WindowJson?>? Open { get; init; }
}
