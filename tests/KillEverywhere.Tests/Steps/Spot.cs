namespace VoiceFunctions.KillEverywhere.Steps;

/// <summary>Where in a call a process is killed.</summary>
internal sealed record Spot(GatewayStep Step, Side Side)
{
    public override string ToString() => $"{(Side == Side.Before ? "before" : "after")} '{Step}'";
}
