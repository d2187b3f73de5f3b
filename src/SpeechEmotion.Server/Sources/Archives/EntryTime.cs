namespace SpeechEmotion.Server.Sources.Archives;

/// <summary>The time of an entry of an archive.</summary>
internal static class EntryTime
{
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Converts seconds since 1970 to milliseconds; null if they are before 1970 or too far in the future.</summary>
    public static long? OfSeconds(decimal seconds) => seconds >= 0 && seconds < Latest ? (long)(seconds * 1000) : null;

    /// <summary>
    /// Converts a time of MS-DOS, which zip archives use. It has no time zone, so it is taken as UTC: the result must not depend on the
    /// machine.
    /// </summary>
    /// <returns>Milliseconds since 1970; null if there is no such time.</returns>
    public static long? OfDos(int date, int time)
    {
        var (year, month, day) = (1980 + (date >> 9), (date >> 5) & 15, date & 31);
        var (hour, minute, second) = (time >> 11, (time >> 5) & 63, (time & 31) * 2);
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return null;
        return new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero).ToUnixTimeMilliseconds();
    }
}
