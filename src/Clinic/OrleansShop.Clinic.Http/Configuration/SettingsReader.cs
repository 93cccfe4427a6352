using System.Globalization;

namespace OrleansShop.Clinic.Http.Configuration;

/// <summary>Reads values of the configuration and collects what is wrong with them, so that one start shows every fault.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<SettingsFault> _faults = [];

    public IReadOnlyList<SettingsFault> Faults => _faults;

    public string? Text(string key) => configuration[key];

    public bool Flag(string key, bool fallback)
    {
        var value = configuration[key];
        if (string.IsNullOrEmpty(value)) return fallback;
        if (bool.TryParse(value, out var flag)) return flag;

        Fault(key, value, "true or false");
        return fallback;
    }

    public int Number(string key, int fallback, int min, int max)
    {
        var value = configuration[key];
        if (string.IsNullOrEmpty(value)) return fallback;
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;

        Fault(key, value, $"a whole number from {min} to {max}");
        return fallback;
    }

    public IReadOnlyList<string> Origins(string key, IReadOnlyList<string> fallback)
    {
        var section = configuration.GetSection(key);
        var listed = section.GetChildren().Select(child => child.Value ?? "").ToList();
        if (listed.Count == 0 && section.Value is null) return fallback;

        var origins = listed.Concat((section.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        foreach (var origin in origins.Where(origin => !IsOrigin(origin)))
        {
            Fault(key, origin, "an origin such as http://localhost:4200, without a path");
        }

        return origins;
    }

    public void Fault(string key, string given, string wanted) => _faults.Add(new SettingsFault(key, given, wanted));

    private static bool IsOrigin(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), value, StringComparison.OrdinalIgnoreCase);
}
