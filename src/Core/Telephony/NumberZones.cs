using PhoneNumbers;

namespace VoiceFunctions.Core.Telephony;

/// <summary>
/// The time zones in which a number may be, by libphonenumber's data: one for most, those of its country where the number does not say
/// more, as mobile numbers of large countries.
/// </summary>
public static class NumberZones
{
    private static readonly PhoneNumberToTimeZonesMapper Library = PhoneNumberToTimeZonesMapper.GetInstance();

    /// <summary>The time zones; none where nothing is known.</summary>
    /// <param name="e164">The number in E.164.</param>
    public static IReadOnlyList<TimeZoneInfo> Of(string e164)
    {
        try
        {
            return
            [
                .. Library.GetTimeZonesForNumber(PhoneNumberUtil.GetInstance().Parse(e164, null))
                    .Select(name => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null)
                    .OfType<TimeZoneInfo>(),
            ];
        }
        catch (NumberParseException)
        {
            return [];
        }
    }
}
