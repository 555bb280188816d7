namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>Where in a call a process is killed.</summary>
internal sealed record Spot(Step Step, Side Side)
{
    public override string ToString() => $"{(Side == Side.Before ? "before" : "after")} '{Step}'";
}
