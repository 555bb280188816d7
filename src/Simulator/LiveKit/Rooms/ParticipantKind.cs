namespace VoiceFunctions.Simulator.LiveKit.Rooms;

/// <summary>The kinds of participant that the simulation knows.</summary>
internal enum ParticipantKind
{
    Standard,
    Sip,
    Agent,
    Egress,
    Connector,
    Ingress,
}
