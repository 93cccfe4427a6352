using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace OrleansShop.Strangler.Capabilities;

/// <summary>Reads the section <c>Rollout</c> of a capability. What is wrong goes to the faults, and the default takes its place.</summary>
/// <param name="fault">Takes each fault.</param>
internal sealed class RolloutReader(Action<ConfigurationFault> fault)
{
    internal static readonly string[] Keys = ["Steps", "BakeTime", "Patience", "MinRequests", "Lists", "Limits"];
    internal static readonly string[] LimitKeys = ["ErrorPercent", "LatencyRatio", "LatencyFloor", "DifferentPercent", "Lag", "Unmoved"];

    private const string WantedSteps = "a list of 1 to 20 whole numbers from 1 to 100, each greater than the one before, 100 at the end";

    internal RolloutManifest Read(IConfigurationSection section)
    {
        var (plan, limits) = (RolloutManifest.Default, section.GetSection("Limits"));
        return new RolloutManifest
        {
            Steps = ReadSteps(section.GetSection("Steps")),
            BakeTime = ReadTime(section.GetSection("BakeTime"), plan.BakeTime, TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(7)),
            Patience = ReadTime(section.GetSection("Patience"), plan.Patience, TimeSpan.Zero, TimeSpan.FromDays(30)),
            MinRequests = (int)ReadWhole(section.GetSection("MinRequests"), plan.MinRequests, 1, 1_000_000),
            Lists = ReadFlag(section.GetSection("Lists"), plan.Lists),
            Limits = new RolloutLimits
            {
                ErrorPercent = ReadNumber(limits.GetSection("ErrorPercent"), plan.Limits.ErrorPercent, 0, 100),
                LatencyRatio = ReadNumber(limits.GetSection("LatencyRatio"), plan.Limits.LatencyRatio, 1, 1000),
                LatencyFloor = ReadTime(limits.GetSection("LatencyFloor"), plan.Limits.LatencyFloor, TimeSpan.Zero, TimeSpan.FromMinutes(1)),
                DifferentPercent = ReadNumber(limits.GetSection("DifferentPercent"), plan.Limits.DifferentPercent, 0, 100),
                Lag = ReadTime(limits.GetSection("Lag"), plan.Limits.Lag, TimeSpan.Zero, TimeSpan.FromDays(1)),
                Unmoved = ReadWhole(limits.GetSection("Unmoved"), plan.Limits.Unmoved, 0, 1_000_000_000),
            },
        };
    }

    private ImmutableArray<int> ReadSteps(IConfigurationSection section)
    {
        var items = section.GetChildren().ToList();
        if (items.Count == 0)
        {
            return section.Value is null ? RolloutManifest.Default.Steps : Wrong(section.Path, section.Value, WantedSteps, RolloutManifest.Default.Steps);
        }

        var steps = ImmutableArray.CreateBuilder<int>(items.Count);
        foreach (var item in items)
        {
            var least = steps.Count == 0 ? 1 : steps[^1] + 1;
            if (!int.TryParse(item.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var step) || step < least || step > 100)
            {
                return Wrong(item.Path, item.Value, least <= 100 ? $"a whole number of percent from {least} to 100, greater than the one before" : "absent, because 100 is the last step", RolloutManifest.Default.Steps);
            }

            steps.Add(step);
        }

        return steps.Count <= RolloutManifest.MaxSteps && steps[^1] == 100
            ? steps.ToImmutable()
            : Wrong(section.Path, string.Join(", ", steps), WantedSteps, RolloutManifest.Default.Steps);
    }

    private TimeSpan ReadTime(IConfigurationSection section, TimeSpan otherwise, TimeSpan least, TimeSpan most) =>
        section.Value is not { } given ? otherwise
        : TimeSpan.TryParseExact(given, ["c"], CultureInfo.InvariantCulture, out var time) && time >= least && time <= most ? time
        : Wrong(section.Path, given, $"a time from {least:c} to {most:c}, such as 00:10:00", otherwise);

    private long ReadWhole(IConfigurationSection section, long otherwise, long least, long most) =>
        section.Value is not { } given ? otherwise
        : long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : Wrong(section.Path, given, $"a whole number from {least} to {most}", otherwise);

    private double ReadNumber(IConfigurationSection section, double otherwise, double least, double most) =>
        section.Value is not { } given ? otherwise
        : double.TryParse(given, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : Wrong(section.Path, given, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}, such as 2.5"), otherwise);

    private bool ReadFlag(IConfigurationSection section, bool otherwise) =>
        section.Value is not { } given ? otherwise : bool.TryParse(given, out var flag) ? flag : Wrong(section.Path, given, "true or false", otherwise);

    private T Wrong<T>(string key, string? given, string wanted, T otherwise)
    {
        fault(new ConfigurationFault(key, given, wanted));
        return otherwise;
    }
}
