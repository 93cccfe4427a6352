using System.Globalization;

namespace OrleansShop.Engine.DynamoDB.Reminders;

/// <summary>
/// Reads the times in the official table. They are UTC, and written as the culture of the process had it that wrote them. Where day and month are numbers
/// with slashes between, their order is not in the text: it is the one in which all times of the table can be read.
/// </summary>
internal sealed class OfficialTimes
{
    private static readonly string[] s_clear =
    [
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-M-d H:m:s", "yyyy-M-d h:m:s tt", "yyyy/M/d H:m:s", "yyyy/M/d h:m:s tt", "yyyy. M. d. H:m:s", "yyyy.M.d H:m:s", "d.M.yyyy H:m:s", "d. M. yyyy H:m:s", "d-M-yyyy H:m:s",
    ];

    private static readonly string[] s_monthFirst = ["M/d/yyyy H:m:s", "M/d/yyyy h:m:s tt"];
    private static readonly string[] s_dayFirst = ["d/M/yyyy H:m:s", "d/M/yyyy h:m:s tt"];

    private readonly string[] _withSlashes;

    private OfficialTimes(string[] withSlashes) => _withSlashes = withSlashes;

    /// <summary>Month first, as without a culture, unless a time can only be read the other way round.</summary>
    public static OfficialTimes Of(IEnumerable<string?> texts) =>
        new(texts.Any(static text => text is not null && Parse(text, s_dayFirst) is not null && Parse(text, s_monthFirst) is null) ? s_dayFirst : s_monthFirst);

    /// <summary>The time; null if the text is none.</summary>
    public DateTime? Read(string text) => Parse(text, s_clear) ?? Parse(text, _withSlashes);

    // Some cultures have a narrow space, which is not a blank, before the half of the day.
    private static DateTime? Parse(string text, string[] formats) => DateTime.TryParseExact(
        text.Replace('\u202F', ' ').Replace('\u00A0', ' ').Trim(), formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        ? time
        : null;
}
