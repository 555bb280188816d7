using System.Globalization;
using System.Security.Cryptography;
using VoiceFunctions.Bench;

// What the gateway itself costs per webhook, as ratios to the bare cryptography that any verification needs, measured in one run.
//   dotnet run -c Release --project bench/Webhooks [SECONDS]
var seconds = args is [var text] && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var given)
    ? given
    : 1;
var twilio = new TwilioRequest();
var voice = twilio.Body;
var liveKit = new LiveKitRequest();
var key = new byte[32];

Measure.Header();
#pragma warning disable CA5350 // Twilio signs with HMAC-SHA1; this is what it costs by itself.
var sha1 = Measure.Run("HMAC-SHA1 of a voice webhook", seconds, 1, () => HMACSHA1.HashData(key, voice));
#pragma warning restore CA5350
Measure.Run("voice: verify and read the form", seconds, sha1, twilio.Verify);
Measure.Run("voice: whole door, TwiML included", seconds, sha1, twilio.Answer);
Measure.Run("voice: the same webhook again", seconds, sha1, twilio.AnswerAgain);
var sha256 = Measure.Run("SHA-256 and HMAC-SHA256 of a join", seconds, 1, () => HMACSHA256.HashData(key, SHA256.HashData(liveKit.Body)));
Measure.Run("join: verify", seconds, sha256, liveKit.Verify);
Measure.Run("join: verify and normalize", seconds, sha256, liveKit.Normalize);
Measure.Run("join: whole door, journal in memory", seconds, sha256, liveKit.Answer);
