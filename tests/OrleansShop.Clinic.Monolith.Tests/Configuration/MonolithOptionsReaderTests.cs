using Microsoft.Extensions.Configuration;
using OrleansShop.Clinic.Monolith.Configuration;
using Xunit;

namespace OrleansShop.Clinic.Monolith.Tests.Configuration;

public sealed class MonolithOptionsReaderTests
{
    [Fact]
    public void Nothing_configured_is_the_default()
    {
        var options = Read();

        Assert.Equal((DatabaseProvider.Sqlite, "Data Source=data/petclinic.db", false), (options.Provider, options.ConnectionString, options.Api.SecurityEnabled));
        Assert.Equal(["http://localhost:4200"], options.Api.CorsOrigins);
        Assert.Equal((1_048_576, 32_768, 100, 8_192), (options.Api.MaxRequestBodyBytes, options.Api.MaxRequestHeadersBytes, options.Api.MaxRequestHeaderCount, options.Api.MaxRequestTargetBytes));
    }

    [Fact]
    public void Every_fault_is_listed_at_once_with_key_variable_and_value()
    {
        var fault = Assert.Throws<InvalidConfigurationException>(() => Read(
            ("Database:Provider", "Oracle"), ("Security:Enabled", "maybe"), ("Cors:Origins:0", "localhost"), ("Cors:Origins:1", "http://a.example/path"), ("Limits:MaxRequestBodyBytes", "10"), ("Limits:MaxRequestHeaderCount", "many")));

        Assert.Equal(
            [
                "Database:Provider (environment: Database__Provider) is 'Oracle'; it must be Sqlite or PostgreSql.",
                "Security:Enabled (environment: Security__Enabled) is 'maybe'; it must be true or false.",
                "Cors:Origins (environment: Cors__Origins) is 'localhost'; it must be an origin such as http://localhost:4200, without a path.",
                "Cors:Origins (environment: Cors__Origins) is 'http://a.example/path'; it must be an origin such as http://localhost:4200, without a path.",
                "Limits:MaxRequestBodyBytes (environment: Limits__MaxRequestBodyBytes) is '10'; it must be a whole number from 1024 to 16777216.",
                "Limits:MaxRequestHeaderCount (environment: Limits__MaxRequestHeaderCount) is 'many'; it must be a whole number from 10 to 1000.",
            ],
            fault.Faults);
        Assert.StartsWith("The configuration has 6 faults:", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PostgreSql_needs_a_connection_string() => Assert.Equal(
        ["Database:ConnectionString (environment: Database__ConnectionString) is ''; it must be a PostgreSQL connection string, because Database:Provider is PostgreSql."],
        Assert.Throws<InvalidConfigurationException>(() => Read(("Database:Provider", "postgresql"))).Faults);

    [Theory]
    [InlineData("PostgreSql", "Host=x;Pasword=secret")]
    [InlineData("Sqlite", "File=secret.db")]
    public void A_connection_string_that_does_not_parse_is_not_shown(string provider, string value)
    {
        var fault = Assert.Single(Assert.Throws<InvalidConfigurationException>(() => Read(("Database:Provider", provider), ("Database:ConnectionString", value))).Faults);

        Assert.StartsWith("Database:ConnectionString (environment: Database__ConnectionString) is '(not shown)'; it must be a connection string of", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_with_an_invalid_configuration_ends_with_1() => Assert.Equal(1, await MonolithApplication.RunAsync(["--Database:Provider=Oracle"]));

    private static MonolithOptions Read(params (string Key, string Value)[] settings) => MonolithOptionsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
}
