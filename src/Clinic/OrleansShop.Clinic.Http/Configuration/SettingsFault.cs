namespace OrleansShop.Clinic.Http.Configuration;

/// <summary>One value of the configuration that is not usable.</summary>
/// <param name="Key">The configuration key.</param>
/// <param name="Given">The value that it has.</param>
/// <param name="Wanted">What it should be.</param>
internal sealed record SettingsFault(string Key, string Given, string Wanted)
{
    public override string ToString() => $"{Key} (environment: {Key.Replace(":", "__", StringComparison.Ordinal)}) is '{Given}'; it must be {Wanted}.";
}
