using System.Text.RegularExpressions;
using VoiceFunctions.Core.LiveKit.Api.Egress;

namespace VoiceFunctions.Core.Settings;

/// <summary>Reads where recordings go. The errors name the settings, never their values.</summary>
/// <param name="read">Returns a setting's value; <c>null</c> where it is not set, or was named as wrong already.</param>
/// <param name="errors">Receives the errors.</param>
internal sealed partial class RecordingTargetReader(Func<string, string?> read, List<string> errors)
{
    private const int AzureKeyBytes = 64;

    private static readonly string[] Azure =
        [SettingNames.RecordingAzureAccount, SettingNames.RecordingAzureKey, SettingNames.RecordingAzureContainer];

    private static readonly string[] S3 =
        [SettingNames.RecordingS3Bucket, SettingNames.RecordingS3AccessKey, SettingNames.RecordingS3Secret];

    /// <summary>The forced path style is not among them: <c>false</c>, as in the sample, says no more than a missing one.</summary>
    private static readonly string[] S3Options = [SettingNames.RecordingS3Region, SettingNames.RecordingS3Endpoint];

    /// <summary>The target; <c>null</c> where there is none.</summary>
    /// <param name="isNeeded">Whether a route records its calls.</param>
    public LiveKitFileTarget? Read(bool isNeeded)
    {
        var (hasAzure, hasS3) = (Azure.Any(IsSet), S3.Concat(S3Options).Any(IsSet));
        if (hasAzure && hasS3)
        {
            errors.Add(
                $"{SettingNames.RecordingAzureAccount} and {SettingNames.RecordingS3Bucket} cannot both be set");
        }
        else if (!hasAzure && !hasS3 && isNeeded)
        {
            errors.Add(
                $"{SettingNames.RecordingAzureAccount} or {SettingNames.RecordingS3Bucket} is missing: a route records its calls");
        }

        Check(SettingNames.RecordingS3ForcePathStyle, text => bool.TryParse(text, out _), "must be true or false");
        return hasAzure ? AzureTarget() : hasS3 ? S3Target() : null;
    }

    private LiveKitFileTarget.Azure? AzureTarget()
    {
        var values = All(Azure);
        Check(SettingNames.RecordingAzureAccount, AccountPattern.IsMatch, "must be 3 to 24 lower-case letters and digits");
        Check(SettingNames.RecordingAzureKey, IsAzureKey, "must be an account's key: 64 bytes in base64");
        Check(
            SettingNames.RecordingAzureContainer,
            ContainerPattern.IsMatch,
            "must be 3 to 63 lower-case letters, digits and single dashes, a letter or digit at each end");
        return values is [var account, var key, var container] ? new LiveKitFileTarget.Azure(account, key, container) : null;
    }

    private LiveKitFileTarget.S3? S3Target()
    {
        var values = All(S3);
        Check(SettingNames.RecordingS3Bucket, BucketPattern.IsMatch, "must be 3 to 63 lower-case letters, digits, dots and dashes");
        Check(SettingNames.RecordingS3Region, RegionPattern.IsMatch, "must be a region, such as eu-central-1");
        Check(SettingNames.RecordingS3Endpoint, IsEndpoint, "must be an http or https URL");
        return values is [var bucket, var accessKey, var secret]
            ? new LiveKitFileTarget.S3(bucket, accessKey, secret)
            {
                Region = read(SettingNames.RecordingS3Region),
                Endpoint = read(SettingNames.RecordingS3Endpoint),
                ForcePathStyle = bool.TryParse(read(SettingNames.RecordingS3ForcePathStyle), out var force) && force,
            }
            : null;
    }

    /// <summary>The values of settings that must be set together; <c>null</c> where one is missing.</summary>
    private List<string>? All(string[] names)
    {
        var missing = names.Where(name => !IsSet(name)).ToList();
        missing.ForEach(name => errors.Add($"{name} is missing: {string.Join(", ", names)} must be set together"));
        return missing.Count == 0 ? [.. names.Select(name => read(name)!)] : null;
    }

    private void Check(string name, Func<string, bool> isValid, string rule)
    {
        if (read(name) is { } text && !isValid(text))
        {
            errors.Add($"{name} {rule}");
        }
    }

    private bool IsSet(string name) => read(name) is not null;

    private static bool IsAzureKey(string text)
    {
        Span<byte> bytes = stackalloc byte[AzureKeyBytes + 2];
        return Convert.TryFromBase64String(text, bytes, out var count) && count == AzureKeyBytes;
    }

    private static bool IsEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };

    [GeneratedRegex(@"^[a-z0-9]{3,24}\z")]
    private static partial Regex AccountPattern { get; }

    [GeneratedRegex(@"^(?=.{3,63}\z)[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex ContainerPattern { get; }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex BucketPattern { get; }

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex RegionPattern { get; }
}
