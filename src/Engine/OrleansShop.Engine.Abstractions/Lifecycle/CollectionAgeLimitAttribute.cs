using System.Globalization;
using Orleans.Metadata;
using Orleans.Runtime;

namespace Orleans;

/// <summary>How long an idle activation of the class is kept: the sum of days, hours and minutes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CollectionAgeLimitAttribute : Attribute, IGrainPropertiesProviderAttribute
{
    /// <summary>The shortest time allowed: one minute.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private readonly TimeSpan? _inactivityPeriod;

    /// <summary>Takes the time from the properties.</summary>
    public CollectionAgeLimitAttribute()
    {
    }

    /// <summary>Takes the time from a text such as <c>00:10:00</c>.</summary>
    public CollectionAgeLimitAttribute(string inactivityPeriod) => _inactivityPeriod = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

    /// <summary>Whole and part days.</summary>
    public double Days { get; set; }

    /// <summary>Whole and part hours.</summary>
    public double Hours { get; set; }

    /// <summary>Whole and part minutes.</summary>
    public double Minutes { get; set; }

    /// <summary>Whether activations are kept for good; the times then mean nothing.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>How long an idle activation is kept.</summary>
    /// <exception cref="ArgumentException">The time is shorter than <see cref="MinAgeLimit"/>.</exception>
    public TimeSpan AgeLimit
    {
        get
        {
            if (AlwaysActive)
                return Timeout.InfiniteTimeSpan;
            var limit = _inactivityPeriod ?? TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return limit >= MinAgeLimit
                ? limit
                : throw new ArgumentException($"[CollectionAgeLimit] is {limit}; it must be {MinAgeLimit} or more, or set AlwaysActive.");
        }
    }

    /// <inheritdoc/>
    public void Populate(IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
        properties[WellKnownGrainTypeProperties.IdleDeactivationPeriod] = AlwaysActive
            ? WellKnownGrainTypeProperties.IndefiniteIdleDeactivationPeriodValue
            : AgeLimit.ToString("c", CultureInfo.InvariantCulture);
}
