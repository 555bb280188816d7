namespace VoiceFunctions.Simulator.Twilio;

/// <summary>
/// A phone menu of somebody else's at Twilio that sends a caller to the gateway, takes them back, and sends them there again.
/// </summary>
/// <param name="Passes">How often it sends them.</param>
/// <param name="Each">How long they may talk each time but the last before it takes them back.</param>
internal sealed record PhoneMenu(int Passes, TimeSpan Each);
